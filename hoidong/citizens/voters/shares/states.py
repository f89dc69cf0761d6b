"""Where the part of a coordinating body stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareState(models.TextChoices):
    """The part one body has in a petition that another one leads."""

    ASKED = "asked", _("Chờ ý kiến")
    GIVEN = "given", _("Đã cho ý kiến")
    RETURNED = "returned", _("Trả lại phần việc")
    WITHDRAWN = "withdrawn", _("Đã rút lời đề nghị")
