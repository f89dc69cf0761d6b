"""Where a round and its planned meetings stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round of voter contact stands."""

    DRAFT = "draft", _("Đang soạn")
    PUBLISHED = "published", _("Đã công bố")
    ENDED = "ended", _("Đã kết thúc")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


class PlannedState(models.TextChoices):
    """Whether a planned meeting is to be held. What became of it is told by its minutes."""

    PLANNED = "planned", _("Theo lịch")
    CALLED_OFF = "called_off", _("Đã hủy")


class Kind(models.TextChoices):
    """How voters are met."""

    ORDINARY = "ordinary", _("Định kỳ")
    THEMATIC = "thematic", _("Chuyên đề")
    ONLINE = "online", _("Trực tuyến")


class ChangeKind(models.TextChoices):
    """What was announced after publication."""

    CHANGED = "changed", _("Đổi lịch")
    ADDED = "added", _("Thêm hội nghị")
    CALLED_OFF = "called_off", _("Hủy hội nghị")
