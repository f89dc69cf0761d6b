"""Counting a legal term, and telling how it was counted.

The day of the event is not counted (Civil Code 2015, art. 147.2); a term that ends on a day off ends with the next
working day (art. 148.5), unless the office's setting says to keep the day.
"""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..base import dates
from ..law import Measure
from .calendar import current, describe
from .models import OFF, DayKind

WORKING, CALENDAR = Measure.WORKING_DAYS, Measure.CALENDAR_DAYS
_ONE = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One line of "how this date was computed": what was done, the date it led to (or words), and by what right."""

    label: str
    date: datetime.date | str | None = None
    basis: str = ""


@dataclass(frozen=True)
class Due:
    """The last day of a term, the steps that led there, and what is still unsure about it."""

    due_on: datetime.date
    steps: list = field(default_factory=list)
    notes: list = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """A pause for counting: days from `starts_on` up to the day before `resumes_on` do not count."""

    starts_on: datetime.date
    resumes_on: datetime.date
    reason: str = ""


@dataclass(frozen=True)
class More:
    """An extension for counting: so many days more, in the unit of the term."""

    days: int
    basis: str = ""


def due(start, days, unit, on_weekend=None, calendar=None, *, rule=None, start_label=None, pauses=(), extensions=()):
    """The last day of a term of `days` ("wd" working or "cd" calendar days) that begins with an event on `start`.

    `on_weekend` "next" or "keep"; left out, the office's setting decides. `rule` and `start_label` only word the steps.
    `pauses` are Gaps, `extensions` Mores. Raises CalendarMissing when a year between start and end has no table.
    """
    calendar = calendar or current()
    landing = on_weekend or calendar.end_on_day_off
    _check(days, unit)
    calendar.need(start)
    steps = [_start_step(start, days, start_label)]
    end = _plus(start, days, unit, calendar)
    steps.append(Step(_count_label(days, unit), end, _count_basis(start, end, unit, rule, calendar)))
    total = days
    for more in extensions:
        total += more.days
        end = _plus(start, total, unit, calendar)
        steps.append(Step(_more_label(more.days, unit), end, more.basis))
    for gap in sorted(pauses, key=lambda gap: gap.starts_on):
        end, length = _skip(start, end, gap, unit, calendar, landing)
        steps.append(_gap_step(gap, length, end, unit))
    last = _land(end, landing, calendar)
    if last != end:
        steps.append(_moved_step(end, last, calendar))
    return Due(last, steps, _notes(start, last, end, unit, calendar))


def due_on(start, days, unit, on_weekend=None, calendar=None, pauses=(), extra=0):
    """The date alone, without wording. For many at once see `due_many`."""
    calendar = calendar or current()
    landing = on_weekend or calendar.end_on_day_off
    _check(days, unit)
    calendar.need(start)
    end = _plus(start, days + extra, unit, calendar)
    for gap in sorted(pauses, key=lambda gap: gap.starts_on):
        end, _length = _skip(start, end, gap, unit, calendar, landing)
    return _land(end, landing, calendar)


def due_many(terms, on_weekend=None, calendar=None):
    """The last days of many terms (start, days, unit), in their order: one read of the calendar, equal terms counted once."""
    calendar = calendar or current()
    known = {}
    dates_found = []
    for term in terms:
        term = tuple(term)
        if term not in known:
            known[term] = due_on(*term, on_weekend=on_weekend, calendar=calendar)
        dates_found.append(known[term])
    return dates_found


def latest_before(event, days, unit, calendar=None):
    """The last day on which something can be done that must be done `days` before an event (rules with when="before").

    The event's day is not counted; a day off moves to the working day before it, so that the full term is kept.
    """
    calendar = calendar or current()
    _check(days, unit)
    calendar.need(event)
    if unit == WORKING:
        return calendar.subtract_working(event, days)
    return calendar.previous_working(event - datetime.timedelta(days=days))


def working_days_between(first, last, calendar=None):
    """Working days after `first` up to and including `last`; negative when `last` is the earlier one."""
    return (calendar or current()).count(first, last)


def days_left(last, today, calendar=None):
    """Working days left until a last day: 0 on the day itself, negative when it has passed."""
    return working_days_between(today, last, calendar)


def _check(days, unit):
    if unit not in (WORKING, CALENDAR):
        raise ValueError(f"a term is counted in 'wd' or 'cd', not in {unit!r}")
    if days < 0:
        raise ValueError("a term has no negative number of days")


def _plus(start, days, unit, calendar):
    if unit == WORKING:
        return calendar.add_working(start, days)
    end = start + datetime.timedelta(days=days)
    calendar.need(start, end)
    return end


def _skip(start, end, gap, unit, calendar, landing):
    """The end moved by the part of a pause that lies before it, and the length of that part in the term's unit.

    A term that ends on a day off still runs on the working day it is carried to: a pause may begin on that day, too.
    """
    first = max(gap.starts_on, start + _ONE)
    if first > end:
        end = max(end, _land(end, landing, calendar))
    if first > end or gap.resumes_on <= first:
        return end, 0
    if unit == WORKING:
        length = calendar.count(first - _ONE, gap.resumes_on - _ONE)
        return calendar.add_working(end, length), length
    length = (gap.resumes_on - first).days
    moved = end + datetime.timedelta(days=length)
    calendar.need(start, moved)
    return moved, length


def _land(end, on_weekend, calendar):
    return end if on_weekend == "keep" else calendar.next_working(end)


def _start_step(start, days, label):
    weekday = dates.weekday_name(start)
    basis = (
        _("%(weekday)s; ngày đầu không tính (Điều 147 Bộ luật Dân sự)") % {"weekday": weekday}
        if days
        else _("%(weekday)s; phải làm ngay trong ngày") % {"weekday": weekday}
    )
    return Step(label or _("Ngày bắt đầu"), start, basis)


def _count_label(days, unit):
    if days == 0:
        return _("Trong ngày")
    text = _("Cộng %(days)s ngày làm việc") if unit == WORKING else _("Cộng %(days)s ngày theo lịch")
    return text % {"days": f"{days:02d}"}


def _more_label(days, unit):
    text = _("Gia hạn %(days)s ngày làm việc") if unit == WORKING else _("Gia hạn %(days)s ngày theo lịch")
    return text % {"days": f"{days:02d}"}


def _count_basis(start, end, unit, rule, calendar):
    parts = [_rule_words(rule)] if rule is not None else []
    if unit == WORKING and end > start:
        parts.append(_skipped_words(start, end, calendar))
    return "; ".join(part for part in parts if part)


def _rule_words(rule):
    words = {"code": rule.code, "basis": rule.basis, "day": dates.format_date(rule.valid_from)}
    if rule.valid_from:
        return _("quy định %(code)s, %(basis)s, dùng từ %(day)s") % words
    return _("quy định %(code)s, %(basis)s") % words


def _skipped_words(start, end, calendar):
    """Which days off on weekdays were passed over, and which weekend days were counted."""
    entries = calendar.entries(start + _ONE, end)
    off = [f"{day.date:%d/%m} ({day.name})" for day in entries if day.kind in OFF and day.date.weekday() < 5]
    worked = [f"{day.date:%d/%m}" for day in entries if day.kind == DayKind.SWAP_WORK]
    words = _("không tính thứ Bảy, Chủ nhật")
    if off:
        words = _("không tính thứ Bảy, Chủ nhật và %(days)s") % {"days": ", ".join(off)}
    if worked:
        words += "; " + _("có tính ngày làm bù %(days)s") % {"days": ", ".join(worked)}
    return words


def _gap_step(gap, length, end, unit):
    words = {"first": dates.format_date(gap.starts_on), "last": dates.format_date(gap.resumes_on - _ONE), "days": length}
    if unit == WORKING:
        label = ngettext(
            "Tạm dừng %(first)s – %(last)s, cộng %(days)s ngày làm việc",
            "Tạm dừng %(first)s – %(last)s, cộng %(days)s ngày làm việc",
            length,
        )
    else:
        label = ngettext(
            "Tạm dừng %(first)s – %(last)s, cộng %(days)s ngày", "Tạm dừng %(first)s – %(last)s, cộng %(days)s ngày", length
        )
    return Step(label % words, end, gap.reason)


def _moved_step(end, last, calendar):
    return Step(
        _("%(why)s, sang ngày làm việc kế tiếp") % {"why": _capital(describe(end, calendar))},
        last,
        _("Điều 148 khoản 5 Bộ luật Dân sự; lịch nghỉ năm %(year)s") % {"year": end.year},
    )


def _capital(text):
    return text[:1].upper() + text[1:]


def _notes(start, last, end, unit, calendar):
    notes = []
    for day in calendar.entries(start + _ONE, last):
        if day.kind == DayKind.PENDING and (unit == WORKING or day.date in (end, last)):
            notes.append(
                _("Ngày %(day)s (%(name)s) chưa được xác nhận là ngày nghỉ, đang tính là ngày làm việc.")
                % {"day": dates.format_date(day.date), "name": day.name}
            )
    for year in range(start.year, last.year + 1):
        if year not in calendar.settled:
            notes.append(
                _("Lịch nghỉ năm %(year)s tính theo luật, chưa có thông báo chính thức; hạn có thể đổi khi có lịch.")
                % {"year": year}
            )
    return notes
