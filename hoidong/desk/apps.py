"""The official's home as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "hoidong.desk"
    label = "desk"
    verbose_name = _("bàn làm việc")
