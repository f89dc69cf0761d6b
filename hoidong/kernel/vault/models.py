"""Sealed boxes, who may open them, and requests to break one open. No column holds a word of what is sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..base import subjects


class GlassState(models.TextChoices):
    """Breaking a box open takes two people."""

    ASKED = "asked", _("Chờ người thứ hai xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    REFUSED = "refused", _("Không đồng ý")


class VaultBox(models.Model):
    """What is sealed about one record. `unit` answers for it. Destroying takes the key away: no backup gives it back."""

    kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    key_print = models.CharField(max_length=16)
    content = models.BinaryField()
    sealed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hồ sơ niêm phong")
        constraints = [
            models.UniqueConstraint(name="one_box_a_subject", fields=["kind", "subject_id"]),
            models.CheckConstraint(
                name="destroyed_box_is_empty", condition=Q(destroyed_at__isnull=True) | Q(wrapped=b"", content=b"")
            ),
        ]

    def __str__(self):
        return self.about

    @property
    def about(self):
        """What the ciphers are bound to."""
        return f"{self.kind}:{self.subject_id}"

    @property
    def ref(self):
        """The record it is about."""
        return subjects.Ref(self.kind, self.subject_id)


class VaultScan(models.Model):
    """A sealed file, its name and type with it: handwriting tells who wrote."""

    box = models.ForeignKey(VaultBox, models.CASCADE, related_name="scans")
    content = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tệp niêm phong")


class VaultReader(models.Model):
    """A person named for one box. `until` ends a right that was given by breaking it open."""

    box = models.ForeignKey(VaultBox, models.CASCADE, related_name="readers")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", null=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("người được mở hồ sơ niêm phong")
        constraints = [models.UniqueConstraint(name="reader_is_named_once_a_box", fields=["box", "person"])]


class GlassRequest(models.Model):
    """Somebody who is not named asks to break a box open; a second person confirms. The reason stands in the log."""

    box = models.ForeignKey(VaultBox, models.CASCADE, related_name="requests")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=GlassState, default=GlassState.ASKED)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("đề nghị mở hồ sơ niêm phong")
        constraints = [
            models.UniqueConstraint(name="one_open_request_a_person", fields=["box", "person"], condition=Q(state="asked"))
        ]


workflow.guard("kernel_glassrequest")
subjects.register("kernel.vaultbox", "kernel.VaultBox", _("hồ sơ niêm phong"))
subjects.register("kernel.glassrequest", "kernel.GlassRequest", _("đề nghị mở hồ sơ niêm phong"))
