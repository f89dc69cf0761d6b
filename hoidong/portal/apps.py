"""The citizen's home as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "hoidong.portal"
    label = "portal"
    verbose_name = _("cổng cử tri")
