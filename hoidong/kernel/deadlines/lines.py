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
    """The lines of a CSV or TSV text, blank ones left out. A heading is optional and may be in any order."""
    first = content.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    places = dict(zip(_COLUMNS, range(3), strict=True))
    heading_possible = True
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if heading_possible:
            heading_possible = False
            if found := _heading(cells):
                places = found
                continue
        yield Line(reader.line_num, *(_cell(cells, places[name]) for name in _COLUMNS))


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
        raise BadLine(_("Số ngày “%(days)s” quá lớn.") % {"days": line.days}) from error
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


def _days(written):
    if not written.isdecimal():
        raise BadLine(_("Không hiểu số ngày “%(days)s”. Ghi một số nguyên, ví dụ 10.") % {"days": written})
    return int(written)


def _unit(written):
    word = text.fold(written)
    for unit, names in _UNITS.items():
        if word in names:
            return unit
    raise BadLine(_("Không hiểu loại ngày “%(unit)s”. Ghi “ngày làm việc” hoặc “ngày”.") % {"unit": written})
