"""The part of a coordinating body in a petition that another body leads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import workflow
from hoidong.kernel.base import subjects

from ..shares.states import ShareState


class Share(models.Model):
    """One body is asked to coordinate (phối hợp) on one petition: what for, by when, and what it said.

    `words` is the opinion, the reason of a return, or why the asking was taken back.
    """

    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="shares")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    asked_for = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ShareState, default=ShareState.ASKED)
    words = models.TextField(blank=True)
    given_on = models.DateField(null=True, blank=True)
    file_id = models.BigIntegerField(null=True, blank=True)
    asked_unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    asked_on = models.DateField()
    given_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("phần việc phối hợp")
        constraints = [
            models.UniqueConstraint(name="asked_once_at_a_time", fields=["petition", "body"], condition=Q(state="asked")),
            models.CheckConstraint(name="ended_share_has_words", condition=Q(state="asked") | ~Q(words="")),
        ]
        indexes = [
            models.Index(name="share_of_petition", fields=["petition", "id"]),
            models.Index(name="share_of_body", fields=["body", "-id"]),
            models.Index(name="share_waiting", fields=["body", "due_on", "id"], condition=Q(state="asked")),
        ]

    def __str__(self):
        return f"{self.petition_id}: {self.body_id}"


workflow.guard("voters_share")
subjects.register("voters.share", "voters.Share", _("phần việc phối hợp"), "voters:share")
