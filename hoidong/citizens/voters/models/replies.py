"""Letters that bodies send: one file that answers many petitions, its passages, and which petition each answers."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects
from hoidong.kernel.base.text import clip

from ..replies.states import LetterState, Seen, Verdict
from ..states import Result


class ReplyLetter(models.Model):
    """A reply letter (thư trả lời) being matched. `holder` works on it: a body itself, or the area whose council's office got it.

    `body` is whose reply it is, none while nobody knows; `read` what the machine found in it (see replies.working).
    """

    holder = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    on_paper = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.READING)
    file_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    number = models.CharField(_("Số, ký hiệu văn bản"), max_length=60, blank=True)
    letter_date = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    signer = models.CharField(_("Người ký"), max_length=120, blank=True)
    came_on = models.DateField(_("Ngày nhận văn bản"))
    read = models.JSONField(default=dict)
    pages = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=400, blank=True)
    brought_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thư trả lời")
        constraints = [
            models.UniqueConstraint(
                name="reply_letter_comes_once", fields=["holder", "digest"], condition=~Q(state=LetterState.DROPPED)
            ),
            models.CheckConstraint(
                name="written_reply_letter_has_body", condition=~Q(state=LetterState.WRITTEN) | Q(body__isnull=False)
            ),
        ]
        indexes = [models.Index(name="reply_letter_of_holder", fields=["holder", "-id"])]

    def __str__(self):
        return self.number or self.file_name

    def get_absolute_url(self):
        return reverse("voters:reply", args=[self.pk])


class Passage(models.Model):
    """A part of a letter that answers something: its paragraphs in order, each {"text", "role", "page"}.

    `version` grows with every change, so that two people at one passage are told. `result` stays empty until a person takes
    one; `proposed` is what the machine reads from the words.
    """

    letter = models.ForeignKey(ReplyLetter, models.CASCADE, related_name="passages")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    frame = models.BooleanField(default=False)
    pieces = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    seen = models.CharField(max_length=8, choices=Seen, default=Seen.OPEN, blank=True)
    result = models.CharField(max_length=24, choices=Result, blank=True)
    road_map = models.TextField(blank=True)
    promised_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("đoạn trong thư trả lời")
        constraints = [
            models.UniqueConstraint(
                name="passage_has_one_place", fields=["letter", "place"], deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                name="passage_road_map_has_a_date", condition=~Q(result="working.road_map") | Q(promised_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.letter_id}: {self.place}"

    @property
    def title(self):
        """A few words for the list: the question where there is one, else the first words."""
        texts = {role: text for role, text in ((piece["role"], piece["text"]) for piece in reversed(self.pieces))}
        return clip(texts.get("ask") or texts.get("head") or texts.get("say") or "", 64)

    @property
    def words(self):
        """What the body says, as it is written into the answer."""
        return "\n\n".join(piece["text"] for piece in self.pieces if piece["role"] == "say")

    @property
    def page(self):
        """The page it begins on, 0 where nobody knows."""
        return self.pieces[0]["page"] if self.pieces else 0


class ReplyPair(models.Model):
    """A petition that a passage may answer: proposed by the machine with its reasons, or chosen; decided by a person."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="pairs")
    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="+")
    proposed = models.BooleanField(default=True)
    score = models.FloatField(default=0)
    level = models.CharField(max_length=8, blank=True)
    reasons = models.JSONField(default=list)
    verdict = models.CharField(max_length=4, choices=Verdict, default=Verdict.OPEN, blank=True)
    decided_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    answer = models.ForeignKey("voters.Answer", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("cặp đoạn và kiến nghị")
        constraints = [models.UniqueConstraint(name="passage_meets_petition_once", fields=["passage", "petition"])]

    def __str__(self):
        return f"{self.passage_id} – {self.petition_id}"


workflow.guard("voters_replyletter")
subjects.register("voters.replyletter", "voters.ReplyLetter", _("thư trả lời"), "voters:reply")
