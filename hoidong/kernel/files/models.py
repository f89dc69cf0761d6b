"""The table of files. The bytes lie in the store, under their digest; several rows may point at the same bytes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..base import subjects
from . import store


class StoredFile(models.Model):
    """A file as somebody brought it: its name, and the digest under which its bytes lie. Never changed, never overwritten."""

    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(_("tên tệp"), max_length=200)
    created_at = models.DateTimeField()
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", null=True, blank=True)
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("tệp")
        indexes = [models.Index(name="file_by_digest", fields=["digest"])]

    def __str__(self):
        return self.name

    @property
    def url(self):
        """The address it is read at, by those whom a rule allows."""
        return reverse("files:show", args=[self.pk, self.name])

    def read(self):
        """The bytes. Raises FileNotFoundError when the store lost them."""
        return store.read(self.digest)


subjects.register("kernel.storedfile", "kernel.StoredFile", _("tệp"))
