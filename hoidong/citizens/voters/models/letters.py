"""The letter that takes a batch of petitions to the body competent to answer."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import subjects


class OutgoingLetter(models.Model):
    """What letters of the council's office to a body have in common: number, day, the day by which the body answers."""

    office = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField()
    due_on = models.DateField()
    signer = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=160)
    count = models.PositiveIntegerField()
    paper_id = models.BigIntegerField(null=True, blank=True)
    made_by = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.symbol


class TransferLetter(OutgoingLetter):
    """A transfer letter (văn bản chuyển kiến nghị): petitions of one session for one body."""

    session = models.ForeignKey("meetings.CouncilSession", models.PROTECT, related_name="+")
    complex = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("văn bản chuyển kiến nghị")
        indexes = [
            models.Index(name="letter_of_office", fields=["office", "-issued_on", "-id"]),
            models.Index(name="letter_to_body", fields=["body", "-issued_on", "-id"]),
        ]

    def get_absolute_url(self):
        return reverse("voters:letter", args=[self.pk])


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
    # The body that the returning one holds to be competent; the council's office decides.
    proposed_body = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("kiến nghị trong văn bản chuyển")
        constraints = [models.UniqueConstraint(name="petition_is_once_in_a_letter", fields=["letter", "petition"])]

    def __str__(self):
        return f"{self.letter_id}: {self.petition_id}"


class UrgingLetter(OutgoingLetter):
    """An urging letter (công văn đôn đốc): petitions one body owes an answer to, for the `times`-th time (lần 1, 2 …)."""

    times = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("công văn đôn đốc")
        constraints = [models.CheckConstraint(name="urging_counts_from_one", condition=models.Q(times__gte=1))]
        indexes = [
            models.Index(name="urging_of_office", fields=["office", "-issued_on", "-id"]),
            models.Index(name="urging_to_body", fields=["body", "-issued_on", "-id"]),
        ]

    def get_absolute_url(self):
        return reverse("voters:urging", args=[self.pk])


class UrgingItem(models.Model):
    """One petition in one urging letter: the proof that the body was asked again."""

    letter = models.ForeignKey(UrgingLetter, models.PROTECT, related_name="items")
    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="urgings")
    times = models.PositiveSmallIntegerField()
    was_due_on = models.DateField()

    class Meta:
        verbose_name = _("kiến nghị được đôn đốc")
        constraints = [
            models.UniqueConstraint(name="petition_is_urged_once_a_time", fields=["petition", "times", "was_due_on"])
        ]

    def __str__(self):
        return f"{self.letter_id}: {self.petition_id} ({self.times})"


subjects.register("voters.transferletter", "voters.TransferLetter", _("văn bản chuyển kiến nghị"), "voters:letter")
subjects.register("voters.urgingletter", "voters.UrgingLetter", _("công văn đôn đốc"), "voters:urging")
