"""The council's sessions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "hoidong.council.meetings"
    label = "meetings"
    verbose_name = _("kỳ họp")
