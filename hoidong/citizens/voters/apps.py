"""The voters' petitions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotersConfig(AppConfig):
    name = "hoidong.citizens.voters"
    label = "voters"
    verbose_name = _("kiến nghị cử tri")

    def ready(self):
        from . import papers

        papers.connect()
