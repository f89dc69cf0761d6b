"""The papers that were made, and the templates offices put in the place of the default ones."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..base import subjects


class PaperTemplate(models.Model):
    """An office's own template for a kind of paper, from a day on. The one before it is ended, never lost."""

    unit = models.ForeignKey("kernel.Unit", models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    kind = models.CharField(_("loại văn bản"), max_length=60)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    valid_from = models.DateField(_("dùng từ ngày"))
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mẫu văn bản của đơn vị")
        constraints = [
            models.UniqueConstraint(name="unit_has_one_template_a_kind", fields=["unit", "kind"], condition=Q(ended_at=None))
        ]

    def __str__(self):
        return f"{self.kind}: {self.unit_id}"


class Paper(models.Model):
    """A paper as it was printed: its DOCX, and the PDF made from it. Never changed.

    A long paper has no PDF until somebody asks for it (`making.pdf_of`): setting hundreds of rows takes seconds.
    """

    kind = models.CharField(max_length=60)
    unit = models.ForeignKey("kernel.Unit", models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    name = models.CharField(_("tên"), max_length=200)
    docx = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    pdf = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+", null=True, blank=True)
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("văn bản in")
        indexes = [models.Index(name="paper_about_subject", fields=["subject_kind", "subject_id", "id"])]

    def __str__(self):
        return self.name


subjects.register("kernel.paper", "kernel.Paper", _("văn bản in"))
subjects.register("kernel.papertemplate", "kernel.PaperTemplate", _("mẫu văn bản"))
