"""The petition, the places that raised it, and the fields it may belong to."""

import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects

from ..states import READ_BY_BODY, FieldGroup, Level, PetitionState, Phase, Result, Source, Verdict

NO_DATE = datetime.date(9999, 12, 31)
KIND = "voters.petition"  # what the log, the index and the citizens' pages call a petition
# The columns by which people narrow lists; each way of seeing petitions has them in its index.
NARROWED_BY = ("field", "result", "level", "phase", "due_key")


class Field(models.Model):
    """A field of petitions (lĩnh vực), with the column it counts in and the spellings old sheets use for it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=16, choices=FieldGroup)
    place = models.PositiveSmallIntegerField(default=0)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        verbose_name = _("lĩnh vực")

    def __str__(self):
        return self.name


class Petition(models.Model):
    """One petition (kiến nghị). State changes go through `moves` and `workflow.make` only; a trigger sees to it.

    `province` and `commune` are areas; `office` is the area whose council office has it in hand now: the commune until it
    is handed up, then the province. `body` is who must answer. Numbers run through the province by year.
    """

    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=9)
    state = models.CharField(max_length=16, choices=PetitionState, default=PetitionState.NEW)
    province = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    session = models.ForeignKey("meetings.CouncilSession", models.PROTECT, related_name="+")
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.BEFORE)
    source = models.CharField(max_length=8, choices=Source, default=Source.MEETING)
    title = models.CharField(max_length=160)
    text = models.TextField()
    original_text = models.TextField()
    field = models.ForeignKey(Field, models.PROTECT, related_name="+", null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    voters = models.PositiveIntegerField(default=1)
    note = models.TextField(blank=True)
    received_on = models.DateField()
    handed_up_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_key = models.GeneratedField(
        expression=Coalesce("due_on", models.Value(NO_DATE, output_field=models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    answered_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=24, choices=Result, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True, db_index=False)
    lot_id = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kiến nghị")
        constraints = [
            models.UniqueConstraint(name="petition_number_is_given_once", fields=["province", "year", "number"]),
            models.UniqueConstraint(name="petition_code_is_given_once", fields=["code"]),
            models.CheckConstraint(
                name="merged_petition_knows_its_master",
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="sent_petition_has_body", condition=~Q(state__in=["sent", "taken"]) | Q(body__isnull=False)
            ),
            models.CheckConstraint(name="petition_has_words", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(name="petition_of_office", fields=["office", "state", "-id"]),
            # One for each way of seeing petitions; what lists are narrowed by lies in the index, so that counting reads no rows.
            models.Index(
                name="petition_in_province",
                fields=["province", "state", "-id"],
                include=[*NARROWED_BY, "body", "session"],
                condition=Q(handed_up_on__isnull=False),
            ),
            models.Index(
                name="petition_in_session",
                fields=["province", "session", "state", "-id"],
                include=[*NARROWED_BY, "body"],
                condition=Q(handed_up_on__isnull=False),
            ),
            models.Index(
                name="petition_in_commune", fields=["commune", "state", "-id"], include=[*NARROWED_BY, "body", "session"]
            ),
            # A body reads what was sent to it, and often one session of it; what is only proposed for it is in neither index.
            models.Index(
                name="petition_at_body",
                fields=["body", "state", "-id"],
                include=[*NARROWED_BY, "session"],
                condition=Q(state__in=READ_BY_BODY),
            ),
            models.Index(
                name="petition_at_body_of_session",
                fields=["body", "session", "-id"],
                include=["state", *NARROWED_BY],
                condition=Q(state__in=READ_BY_BODY),
            ),
            models.Index(name="petition_handed_up", fields=["province", "-id"], condition=Q(handed_up_on__isnull=False)),
            models.Index(name="petition_due", fields=["province", "due_key", "id"], condition=Q(state__in=["sent", "taken"])),
            models.Index(
                name="petition_due_of_body", fields=["body", "due_key", "id"], condition=Q(state__in=["sent", "taken"])
            ),
            # An import asks for thousands of titles at once whether they stand here already.
            HashIndex(name="petition_called", fields=["title"]),
            models.Index(name="petition_of_lot", fields=["lot_id"], condition=Q(lot_id__isnull=False)),
            models.Index(name="petition_merged_into", fields=["merged_into"], condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self):
        return f"{self.number}/{self.year}"

    def get_absolute_url(self):
        return reverse("voters:petition", args=[self.pk])

    # Django's own looks through all choices, in every language's words, for each row of a list; an enum knows its word.
    def get_state_display(self):
        """The word of the state."""
        return str(PetitionState(self.state).label) if self.state else ""

    def get_result_display(self):
        """The words of the class of the reply, empty without one."""
        return str(Result(self.result).label) if self.result else ""

    def get_level_display(self):
        """The word of the level competent to answer, empty where it is open."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def shown_number(self):
        """`1284/2026`, as it is quoted in letters."""
        return f"{self.number}/{self.year}"


class Origin(models.Model):
    """One place where a petition was raised, in the voters' own words. Merging moves it, `petition_first` keeps its home.

    The speaker's name is personal data: only the commune and the council office read it, and each look is audited.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="origins")
    petition_first = models.ForeignKey(Petition, models.CASCADE, related_name="+", db_index=False)
    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey("voters.Meeting", models.PROTECT, related_name="origins", null=True, blank=True)
    hamlet = models.CharField(max_length=120, blank=True)
    speaker = models.CharField(max_length=120, blank=True)
    raised_on = models.DateField()
    voters = models.PositiveIntegerField(default=1)
    text = models.TextField()

    class Meta:
        verbose_name = _("nơi nêu")
        indexes = [
            models.Index(name="origin_of_first", fields=["petition_first"]),
            models.Index(name="origin_of_commune", fields=["commune", "-petition"]),
        ]

    def __str__(self):
        return f"{self.commune_id} {self.raised_on}"


workflow.guard("voters_petition")
subjects.register(KIND, "voters.Petition", _("kiến nghị cử tri"), "voters:petition")
