"""Reports that were too long to wait for: printed by the worker, read by who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintedReport(models.Model):
    """The PDF of a long report, for the person who asked for it and nobody else."""

    file = models.OneToOneField("kernel.StoredFile", models.PROTECT, related_name="+")
    account = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    report = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("báo cáo đã in")

    def __str__(self):
        return self.report
