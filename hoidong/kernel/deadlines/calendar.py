"""The working calendar in memory: which day is worked, and the n-th working day after any day, without a loop.

`current()` asks the database one tiny question (the stamp) and reads the tables again only when somebody changed them.
For work on many dates take it once and hand it on: `calendar=current()`.
"""

import datetime
import threading
from bisect import bisect_right
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..base import dates
from ..base.errors import Refused
from .models import OFF, CalendarDay, CalendarSetting, CalendarYear, DayKind

_SATURDAY = 5
_ONE = datetime.timedelta(days=1)


class CalendarMissing(Refused):
    """A year without a table of days off was needed. No date is given; the message says what to load."""

    def __init__(self, year):
        self.year = year
        super().__init__(
            _(
                "Chưa tính được hạn: lịch nghỉ năm %(year)s chưa có. "
                "Nhờ quản trị nạp lịch năm này ở trang Quản trị, mục Lịch nghỉ, rồi làm lại."
            )
            % {"year": year}
        )


@dataclass(frozen=True)
class Day:
    """What the table says of a day that is not what its weekday says."""

    date: datetime.date
    kind: str
    name: str
    basis: str = ""
    pair: datetime.date | None = None


class Calendar:
    """Days off of the loaded years. Immutable; all questions are answered from memory."""

    def __init__(self, years, days, settled=(), end_on_day_off="next"):
        """`years` the loaded ones, `days` a list of Day, `settled` the years whose calendar is official."""
        self.years = frozenset(years)
        self.settled = frozenset(settled)
        self.end_on_day_off = end_on_day_off
        self._days = {day.date: day for day in days}
        self._runs = {}
        for year in sorted(self.years):
            run = self._runs.get(year - 1) or []
            first = datetime.date(year, 1, 1).toordinal()
            last = datetime.date(year, 12, 31).toordinal()
            run.extend(day for day in range(first, last + 1) if self._is_worked(datetime.date.fromordinal(day)))
            self._runs[year] = run

    def _is_worked(self, day):
        entry = self._days.get(day)
        if entry is None or entry.kind in (DayKind.PENDING, DayKind.DECLINED):
            return day.weekday() < _SATURDAY
        return entry.kind == DayKind.SWAP_WORK

    def need(self, *days):
        """Raise CalendarMissing unless the years of these days, and all between them, are loaded."""
        for year in range(min(day.year for day in days), max(day.year for day in days) + 1):
            if year not in self.years:
                raise CalendarMissing(year)

    def entry(self, day):
        """The Day of the table, or None for a day that is what its weekday says."""
        return self._days.get(day)

    def entries(self, first, last):
        """The table's days from `first` to `last`, both included, in order."""
        return [self._days[day] for day in sorted(self._days) if first <= day <= last]

    def is_working(self, day):
        """Is this a working day? Raises CalendarMissing for a year that is not loaded."""
        self.need(day)
        return self._is_worked(day)

    def add_working(self, start, days):
        """The `days`-th working day after `start`, the start not counted; 0 gives the start itself."""
        self.need(start)
        if days == 0:
            return start
        run = self._runs[start.year]
        place = bisect_right(run, start.toordinal()) + days - 1
        if place >= len(run):
            raise CalendarMissing(self._first_gap(start.year))
        return datetime.date.fromordinal(run[place])

    def subtract_working(self, end, days):
        """The working day that leaves `days` working days before `end`, the end not counted."""
        self.need(end)
        if days == 0:
            return end
        run = self._runs[end.year]
        place = bisect_right(run, end.toordinal() - 1) - days
        if place < 0:
            raise CalendarMissing(self._last_gap(end.year))
        return datetime.date.fromordinal(run[place])

    def next_working(self, day):
        """This day if it is worked, else the first worked one after it."""
        return day if self.is_working(day) else self.add_working(day, 1)

    def previous_working(self, day):
        """This day if it is worked, else the last worked one before it."""
        return day if self.is_working(day) else self.subtract_working(day, 1)

    def count(self, first, last):
        """How many working days lie after `first` up to and including `last`; negative when `last` comes first."""
        if last < first:
            return -self.count(last, first)
        self.need(first, last)
        run = self._runs[last.year]
        return bisect_right(run, last.toordinal()) - bisect_right(run, first.toordinal())

    def _first_gap(self, year):
        while year in self.years:
            year += 1
        return year

    def _last_gap(self, year):
        while year in self.years:
            year -= 1
        return year


_held = threading.local()


def setting_of(name):
    """A value of the setting as an expression for `annotate`, for who asks the database anyway and then calls `current`."""
    return CalendarSetting.objects.filter(pk=1).values(name)[:1]


def current(setting=None):
    """The calendar as it stands in the database now. One short query; a full read only after a change.

    `setting` is (stamp, end_on_day_off) where it was read just now with something else.
    """
    setting = setting or CalendarSetting.objects.filter(pk=1).values_list("stamp", "end_on_day_off").first()
    if setting is None or getattr(_held, "stamp", None) != setting[0]:
        _held.calendar = _read(setting[1] if setting else "next")
        _held.stamp = setting[0] if setting else None
    return _held.calendar


def _read(end_on_day_off):
    years = list(CalendarYear.objects.order_by("year"))
    days = CalendarDay.objects.order_by("date").values_list("date", "kind", "name", "basis", "pair")
    return Calendar(
        [year.year for year in years],
        [Day(*row) for row in days],
        [year.year for year in years if year.is_settled],
        end_on_day_off,
    )


def describe(day, calendar):
    """Why a day is off or worked, in words: "Chủ nhật", "Quốc khánh", "thứ Bảy làm bù"."""
    entry = calendar.entry(day)
    if entry and entry.kind in OFF:
        return entry.name
    if entry and entry.kind == DayKind.SWAP_WORK:
        return _("%(weekday)s làm bù") % {"weekday": dates.weekday_name(day)}
    return dates.weekday_name(day)
