"""The voter contact meeting and the opinions raised there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects

from ..states import Handling, Level, MeetingState, Phase


class Meeting(models.Model):
    """A voter contact meeting (hội nghị tiếp xúc cử tri) of one commune, ward or special zone, and who was there."""

    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    session = models.ForeignKey("meetings.CouncilSession", models.PROTECT, related_name="+")
    phase = models.CharField(_("Đợt tiếp xúc"), max_length=8, choices=Phase, default=Phase.BEFORE)
    state = models.CharField(max_length=8, choices=MeetingState, default=MeetingState.WRITING)
    held_on = models.DateField(_("Ngày họp"))
    starts_at = models.TimeField(_("Bắt đầu"), null=True, blank=True)
    place = models.CharField(_("Địa điểm"), max_length=200)
    chair = models.CharField(_("Chủ trì"), max_length=200, blank=True)
    secretary = models.CharField(_("Thư ký"), max_length=200, blank=True)
    deputies_present = models.TextField(_("Đại biểu dự"), blank=True)
    deputies_absent = models.TextField(_("Đại biểu vắng, lý do"), blank=True)
    voters_total = models.PositiveIntegerField(_("Số cử tri dự"), default=0)
    voters_women = models.PositiveIntegerField(_("Trong đó nữ"), default=0)
    paper_id = models.BigIntegerField(null=True, blank=True)
    opened_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hội nghị tiếp xúc cử tri")
        constraints = [
            models.CheckConstraint(
                name="women_are_among_the_voters", condition=models.Q(voters_women__lte=models.F("voters_total"))
            )
        ]
        indexes = [
            models.Index(name="meeting_of_commune", fields=["commune", "-held_on", "-id"]),
            models.Index(name="meeting_of_session", fields=["session", "-held_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.place}, {self.held_on:%d/%m/%Y}"


class Opinion(models.Model):
    """What one voter said (ý kiến). An opinion not answered on the spot becomes a petition when the minutes are made."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="opinions")
    place = models.PositiveSmallIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    hamlet = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    voters = models.PositiveIntegerField(default=1)
    handling = models.CharField(max_length=8, choices=Handling, default=Handling.UP)
    replied_by = models.CharField(max_length=200, blank=True)
    reply = models.TextField(blank=True)
    # What the clerk took over from a proposal; the petition made from the opinion begins with it.
    field = models.ForeignKey("voters.Field", models.PROTECT, related_name="+", null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("ý kiến")
        constraints = [models.UniqueConstraint(name="opinion_has_its_row", fields=["meeting", "place"])]

    def __str__(self):
        return f"{self.place}. {self.text[:60]}"


workflow.guard("voters_meeting")
subjects.register("voters.meeting", "voters.Meeting", _("hội nghị tiếp xúc cử tri"), "voters:meeting")
