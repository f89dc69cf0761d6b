"""Forms that came, so that one that comes again is known."""

from django.db import models


class SentForm(models.Model):
    """A form somebody sent, by the key it was shown with, and what it made; kept for a day."""

    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    made = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="sent_form_once")]
