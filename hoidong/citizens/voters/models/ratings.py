"""What voters say of a reply and of a promise, by the code on their slip."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import About, Voice


class VoterRating(models.Model):
    """One judgement by whoever holds the code of a petition: of a reply, or of the promise in it. The last word counts.

    Nothing is kept of who said it: no address, no device; the code is the petition's, not a person's.
    """

    petition = models.ForeignKey("voters.Petition", models.CASCADE, related_name="ratings")
    answer = models.ForeignKey("voters.Answer", models.CASCADE, related_name="ratings")
    about = models.CharField(max_length=8, choices=About)
    voice = models.CharField(max_length=8, choices=Voice)
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("đánh giá của cử tri")
        constraints = [models.UniqueConstraint(name="one_rating_a_code", fields=["petition", "answer", "about"])]
        indexes = [models.Index(name="ratings_of_answer", fields=["answer", "about"])]

    def __str__(self):
        return f"{self.petition_id}: {self.get_about_display()} {self.get_voice_display()}"
