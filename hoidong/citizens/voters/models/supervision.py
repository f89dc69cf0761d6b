"""A supervision team, who sits in it, the petitions it took up, and what it asks bodies for."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects

from ..supervision.states import Advice, DemandState, Measure, Pace, Part, Seen, TeamState


class SupervisionTeam(models.Model):
    """A supervision team (đoàn giám sát), founded by a decision of `issuer` for the council of `area`."""

    area = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("Tên đoàn"), max_length=200)
    decision_number = models.CharField(_("Quyết định số"), max_length=60)
    decision_date = models.DateField(_("Ngày quyết định"))
    content = models.TextField(_("Nội dung giám sát"), blank=True)
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến ngày"))
    others = models.TextField(_("Người ngoài Hội đồng nhân dân"), blank=True)
    state = models.CharField(max_length=12, choices=TeamState, default=TeamState.WORKING)
    conclusion = models.TextField(blank=True)
    conclusion_number = models.CharField(max_length=60, blank=True)
    concluded_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=160, blank=True)
    paper_id = models.BigIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("đoàn giám sát")
        constraints = [
            models.CheckConstraint(name="team_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="concluded_team_has_words",
                condition=Q(state__in=["working", "cancelled"]) | (~Q(conclusion="") & Q(concluded_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="team_of_area", fields=["area", "state", "-id"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("voters:team", args=[self.pk])


class TeamMember(models.Model):
    """One person in a team; who sits in it reads its group and writes findings."""

    team = models.ForeignKey(SupervisionTeam, models.CASCADE, related_name="members")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)

    class Meta:
        verbose_name = _("thành viên đoàn giám sát")
        constraints = [
            models.UniqueConstraint(name="sits_once_in_a_team", fields=["team", "person"]),
            models.UniqueConstraint(name="team_has_one_head", fields=["team"], condition=Q(part="head")),
        ]

    def __str__(self):
        return f"{self.team_id}: {self.person_id}"


class SupervisionItem(models.Model):
    """One petition in a team's group, and what the team found of it."""

    team = models.ForeignKey(SupervisionTeam, models.PROTECT, related_name="items")
    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="supervised")
    words = models.TextField(blank=True)
    seen = models.CharField(max_length=10, choices=Seen, blank=True)
    pace = models.CharField(max_length=8, choices=Pace, blank=True)
    advice = models.CharField(max_length=8, choices=Advice, blank=True)
    found_on = models.DateField(null=True, blank=True)
    found_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    added_on = models.DateField()

    class Meta:
        verbose_name = _("kiến nghị trong đoàn giám sát")
        constraints = [
            models.UniqueConstraint(name="taken_up_once_by_a_team", fields=["team", "petition"]),
            models.CheckConstraint(
                name="finding_is_whole",
                condition=Q(words="", seen="", pace="", found_on__isnull=True)
                | (~Q(words="") & ~Q(seen="") & ~Q(pace="") & Q(found_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.team_id}: {self.petition_id}"

    def get_absolute_url(self):
        return reverse("voters:team_item", args=[self.pk])


class Demand(models.Model):
    """A recommendation of a team (kiến nghị giám sát): which body does what, who answers for it there, by when."""

    team = models.ForeignKey(SupervisionTeam, models.PROTECT, related_name="demands")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    words = models.TextField()
    person = models.CharField(max_length=160)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DemandState, default=DemandState.DRAFT)
    report = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)
    reported_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    file_id = models.BigIntegerField(null=True, blank=True)
    explain_by = models.DateField(null=True, blank=True)
    explanation = models.TextField(blank=True)
    explained_on = models.DateField(null=True, blank=True)
    explained_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    explanation_file_id = models.BigIntegerField(null=True, blank=True)
    judgement = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("kiến nghị giám sát")
        constraints = [
            models.CheckConstraint(name="demand_has_words", condition=~Q(words="") & ~Q(person="")),
            models.CheckConstraint(
                name="reported_demand_has_words", condition=~Q(state="reported") | ~Q(report="") | ~Q(explanation="")
            ),
            models.CheckConstraint(name="asked_why_until_a_day", condition=~Q(state="asked_why") | Q(explain_by__isnull=False)),
        ]
        indexes = [
            models.Index(name="demand_of_team", fields=["team", "id"]),
            models.Index(name="demand_of_body", fields=["body", "state", "due_on", "id"]),
        ]

    def __str__(self):
        return f"{self.team_id}: {self.body_id}"

    def get_absolute_url(self):
        return reverse("voters:demand", args=[self.pk])


class DemandMeasure(models.Model):
    """One rung of the ladder that was taken for a recommendation; `nth` counts the same rung (đôn đốc lần 1, 2 …)."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="measures")
    measure = models.CharField(max_length=10, choices=Measure)
    nth = models.PositiveSmallIntegerField()
    words = models.TextField()
    taken_on = models.DateField()
    taken_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("biện pháp sau giám sát")
        constraints = [models.UniqueConstraint(name="measure_is_counted_once", fields=["demand", "measure", "nth"])]

    def __str__(self):
        return self.called

    @property
    def called(self):
        """`Đôn đốc lần 2`, `Chất vấn`."""
        label = self.get_measure_display()
        return _("%(measure)s lần %(nth)s") % {"measure": label, "nth": self.nth} if self.measure == Measure.URGE else label


workflow.guard("voters_supervisionteam")
workflow.guard("voters_demand")
subjects.register("voters.supervisionteam", "voters.SupervisionTeam", _("đoàn giám sát"), "voters:team")
subjects.register("voters.supervisionitem", "voters.SupervisionItem", _("kiến nghị trong đoàn giám sát"), "voters:team_item")
subjects.register("voters.demand", "voters.Demand", _("kiến nghị giám sát"), "voters:demand")
