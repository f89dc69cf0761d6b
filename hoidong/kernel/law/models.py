"""One table: the rules, each for its time and its area."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..base.fields import Days

MOST = 3650  # the largest number of days (or hours, times) a rule can have: ten years; more is a slip of the hand


class Measure(models.TextChoices):
    """What the value counts. Working days and calendar days are never mixed."""

    WORKING_DAYS = "wd", _("ngày làm việc")
    CALENDAR_DAYS = "cd", _("ngày")
    HOURS = "h", _("giờ")
    PER_WEEK = "per_week", _("lần mỗi tuần")
    PER_MONTH = "per_month", _("lần mỗi tháng")


class When(models.TextChoices):
    """Does the term run after an event, or must the thing be done that long before it?"""

    AFTER = "after", _("sau sự kiện")
    BEFORE = "before", _("trước sự kiện")


class Confidence(models.TextChoices):
    """How sure the number is. K and CFG wait for a person who holds the text."""

    SOURCE = "S", _("Đã đọc trong nguồn")
    KNOWLEDGE = "K", _("Theo hiểu biết chung, chưa đọc văn bản gốc")
    CONFIG = "CFG", _("Chưa có quy định đọc được, đơn vị tự đặt")


class Rule(models.Model):
    """A number of the law, valid from a day to a day, for everyone (no scope) or for a unit and all below it."""

    code = models.CharField(_("mã"), max_length=60)
    title = models.CharField(_("việc"), max_length=200)
    value = models.PositiveIntegerField(_("giá trị"))
    unit = models.CharField(_("đơn vị tính"), max_length=10, choices=Measure)
    when = models.CharField(_("tính từ"), max_length=6, choices=When, default=When.AFTER)
    variants = models.JSONField(_("trường hợp khác"), default=dict, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300)
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    scope = models.ForeignKey("kernel.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phạm vi"))
    confidence = models.CharField(_("độ tin cậy"), max_length=3, choices=Confidence, default=Confidence.CONFIG)
    read_in_text = models.BooleanField(_("đã đọc trong văn bản luật"), default=False)
    note = models.TextField(_("ghi chú nguồn"), blank=True)
    seed = models.CharField(max_length=64, blank=True)  # what load_law wrote; differs once a person changed the row
    verified_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("quy định")
        constraints = [
            ExclusionConstraint(
                name="one_rule_for_a_day_and_an_area",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Coalesce("scope", models.Value(0, output_field=models.BigIntegerField())), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("Đã có quy định cùng mã cho khoảng thời gian này. Chọn ngày bắt đầu khác."),
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_starts",
                condition=models.Q(valid_from=None) | models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="rule_verified_by_someone_at_a_time",
                condition=models.Q(verified_by=None, verified_at=None)
                | models.Q(verified_by__isnull=False, verified_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="rule_by_code", fields=["code", "scope", "valid_from"])]

    def __str__(self):
        return f"{self.code} {self.amount()}"

    @property
    def is_verified(self):
        """Was the number compared with the text of the law: by a person here, or by those who wrote the seed?"""
        return self.verified_at is not None or self.read_in_text

    def amount(self, variant=None):
        """The number in words: "07 ngày làm việc", "2 lần mỗi tháng"."""
        number = self.value_of(variant)
        padded = f"{number:02d}" if self.unit in (Measure.WORKING_DAYS, Measure.CALENDAR_DAYS, Measure.HOURS) else str(number)
        return f"{padded} {self.get_unit_display()}"

    def value_of(self, variant=None):
        """The value, or that of a variant ("complex"). A variant the rule does not know is an error of the caller."""
        if not variant:
            return self.value
        if variant not in self.variants:
            raise LookupError(f"rule {self.code} has no variant {variant!r}, it has {sorted(self.variants)}")
        return self.variants[variant]

    def covers(self, day):
        """Is the rule in force on this day?"""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
