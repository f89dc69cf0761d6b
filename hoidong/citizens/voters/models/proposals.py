"""What proposals stand on: the marks by which petitions that read alike are found, and what was learned from decisions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .petitions import Petition


class Alike(models.Model):
    """The marks of a petition's words: texts that read alike share some. A row of its own, so that moves never touch it."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="+")
    commune = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    marks = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("dấu vết lời văn")
        indexes = [GinIndex(name="alike_marks", fields=["commune", "marks"])]

    def __str__(self):
        return str(self.petition_id)


class Learned(models.Model):
    """What was learned from the decisions of this installation: sums over hashed words, no text. The newest one speaks."""

    made_at = models.DateTimeField()
    decisions = models.PositiveIntegerField()
    bodies = models.BinaryField()
    fields = models.BinaryField()
    shares = models.BinaryField()
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mô hình đề xuất")
        get_latest_by = "pk"

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d} {self.decisions}"
