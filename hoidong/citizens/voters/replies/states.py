"""Where a reply letter stands, and what people decided about its passages and pairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import Result, S

# The petitions a reply can be written for: with the body, or followed at a later session.
OPEN = (S.SENT, S.TAKEN, S.CARRIED)


class LetterState(models.TextChoices):
    """Where a reply letter stands."""

    READING = "reading", _("Đang đọc")
    MATCHING = "matching", _("Đang khớp")
    WRITTEN = "written", _("Đã ghi trả lời")
    DROPPED = "dropped", _("Đã bỏ")


class Seen(models.TextChoices):
    """What a person decided about a passage."""

    OPEN = "", _("Chưa xem")
    MATCHED = "matched", _("Đã khớp")
    NOBODY = "nobody", _("Không trả lời kiến nghị nào")


class Verdict(models.TextChoices):
    """What a person decided about a pair."""

    OPEN = "", _("Máy đề xuất")
    YES = "yes", _("Đúng cặp")
    NO = "no", _("Không phải")


# Where several passages answer one petition, the one that claims least speaks for all: nothing is solved by half.
_CAUTION = ("working", "will", "explained", "solved")


def most_cautious(results):
    """The class that claims least, a road map before others that are at work: it owes a date."""
    return min(
        (Result(result) for result in results), key=lambda one: (_CAUTION.index(one.first_level), not one.with_date, one.value)
    )
