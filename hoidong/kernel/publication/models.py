"""The published pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """What the public sees of one record: words, facts and steps, copied at each change; never a pointer into the record."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    code = models.CharField(max_length=9)
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    reply = models.JSONField(default=dict)
    listed = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("trang công khai")
        constraints = [
            models.UniqueConstraint(name="one_page_a_subject", fields=["kind", "subject_id"]),
            models.UniqueConstraint(name="page_code_is_given_once", fields=["code"]),
        ]
        indexes = [
            models.Index(name="publication_listed", fields=["unit", "-id"], condition=models.Q(listed=True, withdrawn_at=None)),
            models.Index(name="publication_of_unit", fields=["unit"], condition=models.Q(withdrawn_at=None)),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"
