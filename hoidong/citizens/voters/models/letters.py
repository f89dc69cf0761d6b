"""The letter that takes a batch of petitions to the body competent to answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferLetter(models.Model):
    """A transfer letter (văn bản chuyển kiến nghị): numbered, dated, with the day by which the body answers."""

    office = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    session = models.ForeignKey("meetings.CouncilSession", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField()
    due_on = models.DateField()
    signer = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=160)
    complex = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    paper_id = models.BigIntegerField(null=True, blank=True)
    made_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("văn bản chuyển kiến nghị")
        indexes = [
            models.Index(name="letter_of_office", fields=["office", "-issued_on", "-id"]),
            models.Index(name="letter_to_body", fields=["body", "-issued_on", "-id"]),
        ]

    def __str__(self):
        return self.symbol


class TransferItem(models.Model):
    """One petition in one letter, and what the body did with it."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("Đã chuyển")
        TAKEN = "taken", _("Đã tiếp nhận")
        RETURNED = "returned", _("Trả lại")

    letter = models.ForeignKey(TransferLetter, models.PROTECT, related_name="items")
    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="transfers")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.SENT)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("kiến nghị trong văn bản chuyển")
        constraints = [models.UniqueConstraint(name="petition_is_once_in_a_letter", fields=["letter", "petition"])]

    def __str__(self):
        return f"{self.letter_id}: {self.petition_id}"
