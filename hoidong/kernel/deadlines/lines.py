"""Terms in a text file, one a line: start, days, unit. Read what people write, answer with the date and why."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..base import dates, text
from ..base.errors import Refused
from . import counting

_NAMES = {
    "start": {"start", "ngay bat dau", "bat dau", "tu ngay", "ngay nhan"},
    "days": {"days", "so ngay", "thoi han"},
    "unit": {"unit", "don vi", "loai ngay", "don vi tinh"},
}
_UNITS = {
    "wd": {"wd", "working", "working days", "working day", "ngay lam viec", "lam viec", "nlv"},
    "cd": {"cd", "calendar", "calendar days", "calendar day", "ngay", "ngay lich", "ngay theo lich", "lich"},
}
_COLUMNS = ("start", "days", "unit")
_LONGEST = 10_000  # letters of a line; what is longer is no term
_MOST_DIGITS = 6


class BadLine(Exception):
    """A line that cannot be answered, with what to mend in it."""


@dataclass(frozen=True)
class Line:
    """A line as it was written; `number` counts from 1 as an editor does."""

    number: int
    start: str
    days: str
    unit: str


def read(content):
    """The lines of a CSV or TSV text, blank ones left out. A heading is optional and may be in any order.

    Each line stands for itself: a quotation mark left open spoils its own line and none after it.
    """
    written = [
        (number, line) for number, line in enumerate(io.StringIO(content.lstrip("\ufeff"), newline=None), 1) if line.strip()
    ]
    first = written[0][1] if written else ""
    delimiter = "\t" if "\t" in first else ";" if ";" in first else ","
    places = dict(zip(_COLUMNS, range(3), strict=True))
    for place, (number, line) in enumerate(written):
        cells = next(csv.reader([line[:_LONGEST]], delimiter=delimiter))
        if place == 0 and (found := _heading(cells)):
            places = found
        elif any(cell.strip() for cell in cells):
            yield Line(number, *(_cell(cells, places[name]) for name in _COLUMNS))


def _heading(cells):
    words = [text.fold(cell) for cell in cells]
    found = {name: place for name, known in _NAMES.items() for place, word in enumerate(words) if word in known}
    return found if len(found) == len(_COLUMNS) else None


def _cell(cells, place):
    return cells[place].strip() if place < len(cells) else ""


def answer(line, calendar, on_weekend=None):
    """[start, days, unit, due date, why] of one line. Raises BadLine."""
    days, unit = _days(line.days), _unit(line.unit)
    try:
        start = dates.parse_date(line.start)
        found = counting.due(start, days, unit, on_weekend=on_weekend, calendar=calendar)
    except Refused as refusal:
        raise BadLine(refusal.reason) from refusal
    except OverflowError as error:
        raise BadLine(_too_large(line.days)) from error
    return [dates.format_date(start), days, unit, dates.format_date(found.due_on), why(found)]


def why(found):
    """The steps and doubts of a Due in one line of text."""
    told = [
        f"{step.label} ({dates.format_date(step.date)}): {step.basis}"
        if step.basis
        else f"{step.label} ({dates.format_date(step.date)})"
        for step in found.steps
    ]
    return "; ".join([*told, *(str(note) for note in found.notes)])


def _too_large(days):
    return _("Số ngày “%(days)s” quá lớn.") % {"days": text.clip(days, 20)}


def _days(written):
    if not written.isdecimal():
        raise BadLine(_("Không hiểu số ngày “%(days)s”. Ghi một số nguyên, ví dụ 10.") % {"days": written})
    if len(written) > _MOST_DIGITS:
        raise BadLine(_too_large(written))
    return int(written)


def _unit(written):
    word = text.fold(written)
    for unit, names in _UNITS.items():
        if word in names:
            return unit
    raise BadLine(_("Không hiểu loại ngày “%(unit)s”. Ghi “ngày làm việc” hoặc “ngày”.") % {"unit": written})
