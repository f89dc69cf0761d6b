"""A lot is one sheet on its way in; its rows stay as evidence of what was taken, mended and left out."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..base import subjects


class LotState(models.TextChoices):
    """Where a lot stands."""

    READING = "reading", _("Đang đọc")
    CHECKED = "checked", _("Đã kiểm tra, chờ nhận")
    TAKING = "taking", _("Đang nhận")
    TAKEN = "taken", _("Đã nhận")
    CANCELLED = "cancelled", _("Đã hủy")


class RowState(models.TextChoices):
    """What became of one row."""

    OK = "ok", _("Nhận được")
    BAD = "bad", _("Cần sửa")
    TAKEN = "taken", _("Đã nhận")
    SKIPPED = "skipped", _("Bỏ qua")


class SheetLot(models.Model):
    """One sheet of one file that a unit brings in. `options` is what was asked at the start, `told` the same in words."""

    importer = models.CharField(max_length=60)
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    file_name = models.CharField(_("Tệp"), max_length=200)
    # Sheets to choose from ([name, rows, fits]), kept until one is chosen.
    choices = models.JSONField(default=list)
    sheet = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    header = models.JSONField(default=dict)
    unused = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=LotState, default=LotState.READING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ok = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    take_repeats = models.BooleanField(default=False)
    trouble = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lô nhập")
        indexes = [models.Index(name="sheet_lot_of_unit", fields=["unit", "-id"])]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("sheets:lot", args=[self.pk])

    @property
    def at_work(self):
        """Whether the machine works on it now: reading a chosen sheet, or taking."""
        return self.state == LotState.TAKING or (self.state == LotState.READING and bool(self.sheet))


class SheetSource(models.Model):
    """The file itself, kept only until its rows are read."""

    lot = models.OneToOneField(SheetLot, models.CASCADE, related_name="source")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("tệp của lô nhập")


class SheetRow(models.Model):
    """One row: what the sheet said (`raw`, by column), what was understood, what is wrong, what came of it."""

    lot = models.ForeignKey(SheetLot, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    errors = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    repeat = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=8, choices=RowState)
    mended = models.BooleanField(default=False)
    taken_ref = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("dòng của lô nhập")
        constraints = [models.UniqueConstraint(name="sheet_row_has_one_number", fields=["lot", "number"])]
        indexes = [
            models.Index(name="sheet_row_by_state", fields=["lot", "state", "number"]),
            models.Index(name="sheet_row_same", fields=["fingerprint"], condition=~models.Q(fingerprint="")),
        ]

    def __str__(self):
        return f"{self.lot_id}: {self.number}"


workflow.guard("kernel_sheetlot")
subjects.register("kernel.sheetlot", "kernel.SheetLot", _("lô nhập"), "sheets:lot")
