"""The round of voter contact meetings, what is planned in it, and who may follow it in a calendar."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects

from ..rounds.states import ChangeKind, Kind, PlannedState, RoundState
from ..states import Phase


class Round(models.Model):
    """A round of voter contact before or after a session (đợt tiếp xúc cử tri) and the plan it stands on."""

    area = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    session = models.ForeignKey("meetings.CouncilSession", models.PROTECT, related_name="+")
    phase = models.CharField(_("Đợt tiếp xúc"), max_length=8, choices=Phase, default=Phase.BEFORE)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến ngày"))
    plan_number = models.CharField(_("Kế hoạch số"), max_length=60, blank=True)
    plan_date = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    signer = models.CharField(_("Người ký"), max_length=120, blank=True)
    signer_title = models.CharField(_("Quyền hạn, chức vụ ký"), max_length=160, blank=True)
    basis = models.TextField(_("Căn cứ"), blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)
    paper_id = models.BigIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("đợt tiếp xúc cử tri")
        constraints = [models.CheckConstraint(name="round_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on")))]
        indexes = [models.Index(name="round_of_area", fields=["area", "-starts_on", "-id"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page of the round."""
        return reverse("voters:round", args=[self.pk])

    @property
    def name(self):
        """ "Tiếp xúc cử tri trước Kỳ họp thứ 3, HĐND thành phố …". Select `session__council__area` along."""
        words = {
            Phase.BEFORE: _now("Tiếp xúc cử tri trước %(session)s"),
            Phase.AFTER: _now("Tiếp xúc cử tri sau %(session)s"),
        }.get(self.phase, _now("Tiếp xúc cử tri ngoài đợt, %(session)s"))
        return words % {"session": self.session.short_name}


class PlannedMeeting(models.Model):
    """One meeting of a plan. In a draft cells may be empty or not understood (`typed`); what is announced is complete.

    `uid` and `sequence` are what calendars know it by (RFC 5545): the first never changes, the second grows by each change.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="planned")
    place = models.PositiveSmallIntegerField()
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PlannedState, default=PlannedState.PLANNED)
    group = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    held_on = models.DateField(_("Ngày"), null=True, blank=True)
    starts_at = models.TimeField(_("Bắt đầu"), null=True, blank=True)
    ends_at = models.TimeField(_("Kết thúc"), null=True, blank=True)
    venue = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    kind = models.CharField(_("Hình thức"), max_length=8, choices=Kind, default=Kind.ORDINARY)
    chair = models.CharField(_("Chủ trì"), max_length=200, blank=True)
    guests = models.CharField(_("Đại biểu khác"), max_length=400, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    typed = models.JSONField(default=dict, blank=True)
    minutes_due_on = models.DateField(null=True, blank=True)
    meeting = models.OneToOneField("voters.Meeting", models.PROTECT, related_name="planned", null=True, blank=True)
    urged = models.PositiveSmallIntegerField(default=0)
    urged_on = models.DateField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    lot_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("hội nghị theo kế hoạch")
        constraints = [
            models.UniqueConstraint(name="planned_meeting_has_its_row", fields=["round", "place"]),
            models.CheckConstraint(
                name="announced_meeting_is_complete",
                condition=Q(announced_at=None) | (Q(commune__isnull=False, held_on__isnull=False) & ~Q(venue="")),
            ),
        ]
        indexes = [
            models.Index(name="planned_of_round", fields=["round", "held_on", "id"]),
            models.Index(name="planned_of_commune", fields=["commune", "held_on", "id"], condition=~Q(announced_at=None)),
            models.Index(name="planned_of_group", fields=["group", "held_on"]),
            models.Index(name="planned_announced", fields=["held_on", "id"], condition=~Q(announced_at=None)),
            models.Index(name="planned_of_lot", fields=["lot_id"], condition=~Q(lot_id=None)),
        ]

    def __str__(self):
        return f"{self.venue}, {self.held_on:%d/%m/%Y}" if self.held_on else self.venue or str(self.place)

    def get_absolute_url(self):
        """The page of the planned meeting."""
        return reverse("voters:planned", args=[self.pk])

    @property
    def hours(self):
        """`08:00–10:00`, `08:00`, or nothing where only the day is known."""
        if self.starts_at is None:
            return ""
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}" if self.ends_at else f"{self.starts_at:%H:%M}"


class PlannedDeputy(models.Model):
    """A deputy who is to attend."""

    planned = models.ForeignKey(PlannedMeeting, models.CASCADE, related_name="deputies")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("đại biểu dự theo kế hoạch")
        constraints = [models.UniqueConstraint(name="deputy_is_planned_once_a_meeting", fields=["planned", "person"])]

    def __str__(self):
        return f"{self.planned_id}: {self.person_id}"


class PlanChange(models.Model):
    """What was announced after publication: the cells that changed, as they were and as they are, in words for people."""

    planned = models.ForeignKey(PlannedMeeting, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("thay đổi lịch đã thông báo")
        indexes = [models.Index(name="change_of_planned", fields=["planned", "-id"])]

    def __str__(self):
        return f"{self.planned_id}: {self.get_kind_display()}"


class GroupArea(models.Model):
    """A commune of the constituency a deputies' group was elected in (đơn vị bầu cử của tổ đại biểu)."""

    group = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("địa bàn của tổ đại biểu")
        constraints = [models.UniqueConstraint(name="group_has_a_commune_once", fields=["group", "commune"])]
        indexes = [models.Index(name="groups_of_commune", fields=["commune", "group"])]

    def __str__(self):
        return f"{self.group_id}: {self.commune_id}"


class CalendarKey(models.Model):
    """The secret address of a deputy's calendar. Only a digest is kept: who reads the table cannot read the calendar."""

    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("khóa lịch riêng")
        constraints = [
            models.UniqueConstraint(name="one_calendar_key_a_person", fields=["person"], condition=Q(revoked_at=None))
        ]

    def __str__(self):
        return f"{self.person_id}"


workflow.guard("voters_round")
workflow.guard("voters_plannedmeeting")
subjects.register("voters.round", "voters.Round", _("đợt tiếp xúc cử tri"), "voters:round")
subjects.register("voters.plannedmeeting", "voters.PlannedMeeting", _("hội nghị theo kế hoạch"), "voters:planned")
