"""The kernel as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    """One app, many small packages: models move between packages without a change of tables."""

    name = "hoidong.kernel"
    label = "kernel"
    verbose_name = _("nền tảng")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .base import building
        from .numbering import printing
        from .roster import importer as roster
        from .vault import receivers as vault

        building.connect()
        printing.connect()
        roster.connect()
        vault.connect()
