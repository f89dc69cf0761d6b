"""A year as twelve months of weeks, for a page."""

import calendar as months
import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..base import dates
from .models import OFF, DayKind

_MONDAY_FIRST = months.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """One day of the page: its date, what it is called, and how it looks."""

    date: datetime.date
    kind: str
    title: str
    is_today: bool = False

    @property
    def words(self):
        """For screen readers and as a tooltip: "24/11/2026, Ngày Văn hóa Việt Nam, chưa rõ có nghỉ không"."""
        return ", ".join(part for part in (dates.format_date(self.date), self.title) if part)


@dataclass(frozen=True)
class Month:
    """A month: its number and its weeks of seven cells; None where a day belongs to another month."""

    number: int
    weeks: list
    working_days: int


def of_year(year, calendar, today):
    """The twelve Months of a year that is loaded in the calendar."""
    return [_month(year, number, calendar, today) for number in range(1, 13)]


def _month(year, number, calendar, today):
    weeks = [
        [_cell(day, calendar, today) if day.month == number else None for day in week]
        for week in _MONDAY_FIRST.monthdatescalendar(year, number)
    ]
    first = datetime.date(year, number, 1)
    last = datetime.date(year, number, months.monthrange(year, number)[1])
    worked = sum(calendar.is_working(datetime.date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1))
    return Month(number, weeks, worked)


def _cell(day, calendar, today):
    entry = calendar.entry(day)
    kind, title = ("weekend", "") if day.weekday() >= 5 else ("work", "")
    if entry is not None:
        kind, title = _look(entry)
    return Cell(day, kind, title, is_today=day == today)


def _look(entry):
    if entry.kind in OFF:
        return "off", entry.name
    if entry.kind == DayKind.SWAP_WORK:
        return "worked", entry.name
    if entry.kind == DayKind.PENDING:
        return "asked", _("%(name)s, chưa rõ có nghỉ không") % {"name": entry.name}
    return "work", _("%(name)s, đã xác nhận là ngày thường") % {"name": entry.name}
