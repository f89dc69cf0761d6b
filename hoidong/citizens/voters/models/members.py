"""What deputies keep with petitions: which they follow, and the words they add."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """A deputy follows a petition and is told of every move."""

    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+")
    petition = models.ForeignKey("voters.Petition", models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("theo dõi")
        constraints = [models.UniqueConstraint(name="followed_once", fields=["account", "petition"])]
        indexes = [models.Index(name="follows_of_petition", fields=["petition", "account"])]

    def __str__(self):
        return f"{self.account_id}: {self.petition_id}"


class DeputyWord(models.Model):
    """What a deputy adds to a petition (lời của đại biểu): read by the council's side, kept as it was said."""

    petition = models.ForeignKey("voters.Petition", models.PROTECT, related_name="deputy_words")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    post = models.CharField(max_length=200)
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lời của đại biểu")
        constraints = [models.CheckConstraint(name="deputy_says_something", condition=~models.Q(text=""))]
        indexes = [models.Index(name="words_of_petition", fields=["petition", "id"])]

    def __str__(self):
        return f"{self.person_id}: {self.petition_id}"
