"""The calendar of days off, and the deadlines that run on it."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..base import sql


class DayKind(models.TextChoices):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday", _("nghỉ lễ, tết")
    COMPENSATION = "compensation", _("nghỉ bù")
    SWAP_OFF = "swap_off", _("nghỉ do hoán đổi")
    SWAP_WORK = "swap_work", _("làm bù do hoán đổi")
    PENDING = "pending", _("chưa rõ có nghỉ không")
    DECLINED = "declined", _("đã xác nhận là ngày thường")


OFF = frozenset({DayKind.HOLIDAY, DayKind.COMPENSATION, DayKind.SWAP_OFF})


class CalendarYear(models.Model):
    """A year whose days off are loaded. Only such years can be counted in."""

    year = models.PositiveSmallIntegerField(_("năm"), primary_key=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(_("ghi chú"), blank=True)
    confirmed_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_note = models.TextField(_("căn cứ xác nhận"), blank=True)
    official = models.BooleanField(_("đã có lịch chính thức khi nạp"), default=False)

    class Meta:
        verbose_name = _("năm lịch")

    def __str__(self):
        return str(self.year)

    @property
    def is_settled(self):
        """Is the year's calendar official: decided when it was loaded, or confirmed by an administrator?"""
        return self.official or self.confirmed_at is not None


class CalendarDay(models.Model):
    """A day off outside weekends, a weekend day worked, or a day nobody has decided on yet."""

    date = models.DateField(_("ngày"), unique=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=12, choices=DayKind)
    name = models.CharField(_("tên"), max_length=120)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=3, default="S")
    pair = models.DateField(_("hoán đổi với ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("ngày trong lịch")
        constraints = [
            models.CheckConstraint(
                name="calendar_day_lies_in_its_year", condition=models.Q(year=models.functions.ExtractYear("date"))
            ),
            models.CheckConstraint(
                name="swapped_day_names_its_pair",
                condition=~models.Q(kind__in=["swap_off", "swap_work"]) | models.Q(pair__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.date:%d/%m/%Y} {self.name}"

    @property
    def is_off(self):
        return self.kind in OFF


class CalendarSetting(models.Model):
    """One row: the stamp of the calendar (a trigger renews it with every change) and what ends on a day off."""

    class EndOnDayOff(models.TextChoices):
        NEXT = "next", _("chuyển sang ngày làm việc kế tiếp")
        KEEP = "keep", _("giữ nguyên ngày")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)
    end_on_day_off = models.CharField(max_length=4, choices=EndOnDayOff, default=EndOnDayOff.NEXT)

    class Meta:
        verbose_name = _("cách tính hạn")
        constraints = [models.CheckConstraint(name="one_calendar_setting", condition=models.Q(id=1))]


class Deadline(models.Model):
    """A duty with a last day. Late is never stored: it is asked of the day (`overdue`).

    `missing_year` marks a clock that could not be counted again after a change: the year whose table of days off has to
    be loaded first. Its `due_on` is the last day that was known before.
    """

    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    duty = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    # The unit by whose rules the clock runs; a rule of its own or of one above it applies.
    office = models.ForeignKey("kernel.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.ForeignKey("kernel.Rule", models.PROTECT, null=True, blank=True, related_name="+")
    rule_code = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    start_label = models.CharField(max_length=200, blank=True)
    days = models.PositiveIntegerField()
    unit = models.CharField(max_length=2, choices=[("wd", _("ngày làm việc")), ("cd", _("ngày"))])
    due_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    missing_year = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hạn")
        constraints = [
            models.UniqueConstraint(
                name="one_open_deadline_for_a_duty",
                fields=["subject_kind", "subject_id", "duty"],
                condition=models.Q(closed_on=None),
            ),
            models.CheckConstraint(name="deadline_due_not_before_start", condition=models.Q(due_on__gte=models.F("starts_on"))),
        ]
        indexes = [
            models.Index(name="deadline_of_subject", fields=["subject_kind", "subject_id", "duty", "-id"]),
            models.Index(name="deadline_open_due", fields=["due_on", "id"], condition=models.Q(closed_on=None)),
            models.Index(name="deadline_open_of_rule", fields=["rule_code", "starts_on"], condition=models.Q(closed_on=None)),
            models.Index(
                name="deadline_uncountable",
                fields=["missing_year"],
                condition=models.Q(closed_on=None, missing_year__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.due_on:%d/%m/%Y}"

    def is_overdue(self, today):
        """Past its last day, still open and not paused?"""
        return self.closed_on is None and self.paused_on is None and self.due_on < today

    @property
    def obstacle(self):
        """What keeps a running clock from being counted, and what to do about it; an empty text where nothing does."""
        if self.closed_on is not None or self.missing_year is None:
            return ""
        return gettext(
            "Chưa tính lại được hạn: lịch nghỉ năm %(year)s chưa có. Ngày %(day)s là hạn tính trước đó. "
            "Nhờ quản trị hệ thống mở lịch năm %(year)s ở trang Quản trị, mục Lịch nghỉ; hạn sẽ tự tính lại."
        ) % {"year": self.missing_year, "day": f"{self.due_on:%d/%m/%Y}"}

    @property
    def was_late(self):
        """Was it closed after its last day?"""
        return self.closed_on is not None and self.closed_on > self.due_on


class Pause(models.Model):
    """A time that does not count: from its first day to the day before work goes on."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    resumes_on = models.DateField(null=True, blank=True)
    reason = models.TextField()

    class Meta:
        verbose_name = _("lần tạm dừng")
        constraints = [
            models.UniqueConstraint(name="one_open_pause", fields=["deadline"], condition=models.Q(resumes_on=None)),
            models.CheckConstraint(
                name="pause_resumes_after_it_starts",
                condition=models.Q(resumes_on=None) | models.Q(resumes_on__gte=models.F("starts_on")),
            ),
        ]


class Extension(models.Model):
    """More days, granted in writing by somebody who may."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="extensions")
    days = models.PositiveIntegerField()
    reason = models.TextField()
    approver = models.CharField(max_length=200)
    document = models.CharField(max_length=200, blank=True)
    granted_on = models.DateField()

    class Meta:
        verbose_name = _("lần gia hạn")
        constraints = [models.CheckConstraint(name="extension_gives_days", condition=models.Q(days__gt=0))]


# Whoever changes the calendar, by whatever way, renews the stamp; processes that hold an older one read again.
# A random stamp, not a counter: a rolled-back change must not share its number with the next one.
_TABLES = ("kernel_calendarday", "kernel_calendaryear", "kernel_calendarsetting")
sql.register(
    "calendar_stamp",
    """
CREATE OR REPLACE FUNCTION calendar_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kernel_calendarsetting (id, stamp, end_on_day_off) VALUES (1, gen_random_uuid(), 'next')
    ON CONFLICT (id) DO UPDATE SET stamp = gen_random_uuid();
  RETURN NULL;
END $$;
"""  # nosec B608: names of tables are our own
    + "".join(
        f"CREATE TRIGGER calendar_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION calendar_stamp();\n"
        for table in _TABLES
    ),
    "".join(f"DROP TRIGGER IF EXISTS calendar_stamp ON {table};\n" for table in _TABLES)
    + "DROP FUNCTION IF EXISTS calendar_stamp();",
)
