"""Registers, their sequences by unit and year, and the numbers that were drawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """A kind of book numbers are drawn from: outgoing papers, resolutions, receipts."""

    code = models.CharField(_("mã sổ"), max_length=40, primary_key=True)
    title = models.CharField(_("tên sổ"), max_length=200)

    class Meta:
        verbose_name = _("sổ")

    def __str__(self):
        return self.title


class Sequence(models.Model):
    """One year of one unit's book: the number that comes next. Its row is the lock of `draw`."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    first = models.PositiveIntegerField(_("bắt đầu từ số"), default=1)
    next = models.PositiveIntegerField(_("số kế tiếp"), default=1)

    class Meta:
        verbose_name = _("dãy số")
        constraints = [
            models.UniqueConstraint(name="one_sequence_for_register_unit_year", fields=["register", "unit", "year"]),
            models.CheckConstraint(
                name="next_number_not_before_first", condition=models.Q(next__gte=models.F("first"), first__gte=1)
            ),
        ]
        indexes = [models.Index(name="sequence_of_unit", fields=["unit", "-year", "register"])]

    def __str__(self):
        return f"{self.register_id} {self.year}"


class DrawnNumber(models.Model):
    """A number that was given once, and what it was given to: a line of the book."""

    sequence = models.ForeignKey(Sequence, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("số"))
    drawn_at = models.DateTimeField(_("lấy lúc"), db_default=models.functions.Now())
    subject_kind = models.CharField(max_length=80, db_default="", default="")
    subject_id = models.BigIntegerField(null=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, db_default="", default="")
    title = models.CharField(_("trích yếu"), max_length=500, db_default="", default="")
    issued_on = models.DateField(_("ngày văn bản"), null=True)
    signer = models.CharField(_("người ký"), max_length=300, db_default="", default="")
    recipients = models.CharField(_("nơi nhận"), max_length=500, db_default="", default="")

    class Meta:
        verbose_name = _("số đã lấy")
        constraints = [models.UniqueConstraint(name="a_number_is_given_once", fields=["sequence", "number"])]
        indexes = [models.Index(name="drawn_for_subject", fields=["subject_kind", "subject_id"])]

    def __str__(self):
        return self.symbol or str(self.number)


class UnnumberedBook(models.Model):
    """A choice of an area: papers of this optional book get no number. Without a row they are numbered."""

    area = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    code = models.CharField(_("mã sổ"), max_length=40)

    class Meta:
        verbose_name = _("sổ không lấy số")
        constraints = [models.UniqueConstraint(name="one_choice_for_area_and_book", fields=["area", "code"])]

    def __str__(self):
        return self.code
