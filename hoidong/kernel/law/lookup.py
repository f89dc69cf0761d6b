"""Finding the rule that governs a day and a unit."""

from django.utils.translation import gettext as _

from ..base import dates
from ..base.errors import Refused
from .models import Rule


class NoRule(Refused):
    """No rule covers this code on this day. Nothing is guessed; an administrator has to add the rule."""


class Book:
    """The rules of some codes, read once, for work on many records. `book.rule(code, on, unit)` asks no database."""

    def __init__(self, *codes):
        self._rows = {code: [] for code in codes}
        for row in Rule.objects.filter(code__in=codes).select_related("scope"):
            self._rows[row.code].append(row)

    def rule(self, code, on, unit=None):
        """As `law.rule`; the code must be one of those the book was opened with."""
        above = _labels(unit)
        found = [row for row in self._rows[code] if row.covers(on) and (row.scope is None or _is_above(row.scope, above))]
        if not found:
            raise NoRule(_missing(code, on, unit))
        return max(found, key=lambda row: len(_labels(row.scope)))


def rule(code, on, unit=None):
    """The Rule in force on the day `on` (the date of the event, such as receipt) for a unit.

    A row whose scope is the unit or the nearest one above it wins over the national row.
    Raises NoRule when nothing covers the day.
    """
    return Book(code).rule(code, on, unit)


def value(code, on, variant=None, unit=None):
    """The bare number of a rule, or of one of its variants. Raises NoRule."""
    return rule(code, on, unit).value_of(variant)


def _labels(unit):
    return str(unit.path).split(".") if unit is not None else []


def _is_above(scope, labels):
    above = _labels(scope)
    return bool(labels) and labels[: len(above)] == above


def _missing(code, on, unit):
    place = unit.name if unit is not None else _("cả nước")
    return _(
        "Chưa có quy định “%(code)s” có hiệu lực ngày %(day)s cho %(place)s. "
        "Nhờ quản trị bổ sung ở trang Quản trị, mục Quy định, rồi làm lại."
    ) % {"code": code, "day": dates.format_date(on), "place": place}
