"""The days off of a year as the law gives them, before the State announces which it chose.

Labour Code 2019, art. 112: 1 January, five days of Tết, the 10th of the third lunar month, 30 April, 1 May, 2 September
and the day next to it. Art. 111.3: a weekly rest day that falls on one of them is given on the next working day.
Names are kept in the database, so they are Vietnamese whatever language the administrator reads.
"""

import datetime

from .models import DayKind

_ONE = datetime.timedelta(days=1)
_LAW = "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1"
_REST = "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3"
_SATURDAY = 5


def days_of(year, tet, ancestors):
    """Field values of CalendarDay for a whole year, in order. 24 November is a question, not a day off."""
    holidays = dict([(datetime.date(year, 1, 1), "Tết Dương lịch"), *_tet(tet)])
    holidays |= {
        ancestors: "Giỗ Tổ Hùng Vương",
        datetime.date(year, 4, 30): "Ngày Chiến thắng 30/4",
        datetime.date(year, 5, 1): "Quốc tế Lao động",
        _beside_national_day(year): "Quốc khánh (ngày liền kề)",
        datetime.date(year, 9, 2): "Quốc khánh",
    }
    taken = set(holidays)
    rows = [_row(day, DayKind.HOLIDAY, name, _LAW) for day, name in holidays.items()]
    for day in sorted(holidays):
        if day.weekday() >= _SATURDAY:
            free = next_free_weekday(day, taken)
            taken.add(free)
            rows.append(_row(free, DayKind.COMPENSATION, f"Nghỉ bù {holidays[day]}", _REST))
    question = datetime.date(year, 11, 24)
    rows.append(_row(question, DayKind.PENDING, "Ngày Văn hóa Việt Nam", "Chưa rõ Bộ luật Lao động đã sửa chưa", "K"))
    return sorted(rows, key=lambda row: row["date"])


def _tet(first):
    """Five days: from the day before where Tết is a Monday or Tuesday (2022, 2026), else from two before (2020, 2024, 2025)."""
    before = 1 if first.weekday() <= 1 else 2
    names = [
        "Tết Nguyên đán (trước mùng Một hai ngày)",
        "Tết Nguyên đán (trước mùng Một)",
        "Tết Nguyên đán (mùng Một)",
        "Tết Nguyên đán (mùng Hai)",
        "Tết Nguyên đán (mùng Ba)",
        "Tết Nguyên đán (mùng Bốn)",
    ]
    start = 2 - before
    return [(first + (place - 2) * _ONE, names[place]) for place in range(start, start + 5)]


def _beside_national_day(year):
    """The 1st or the 3rd of September, whichever joins the holiday to a weekend."""
    second = datetime.date(year, 9, 2)
    after = second + _ONE
    return after if second.weekday() in (0, 3, 6) else second - _ONE


def next_free_weekday(day, taken):
    """The first weekday after a day that is not off already."""
    day += _ONE
    while day.weekday() >= _SATURDAY or day in taken:
        day += _ONE
    return day


def _row(day, kind, name, basis, confidence="S"):
    return {"date": day, "kind": kind, "name": name, "basis": basis, "confidence": confidence, "pair": None}
