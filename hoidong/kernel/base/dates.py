"""Dates as Vietnamese offices write and type them. Today is Viet Nam's day, wherever the server stands."""

import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .errors import Invalid

_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_DAY_FIRST = re.compile(
    r"^(?:ngày\s+)?(\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[/.\-]|\s+năm\s+)\s*(\d{4}|\d{2})$", re.I
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_WEEKDAYS = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)


def now():
    """This moment, with its time zone."""
    return timezone.now()


def today():
    """Today in Viet Nam."""
    return timezone.localdate()


def format_date(day):
    """`22/11/2026`; an empty text for no date."""
    return f"{day:%d/%m/%Y}" if day else ""


def format_long(day):
    """As on official papers: a leading zero for days under 10 and for January and February (Decree 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {"day": f"{day.day:02d}", "month": month, "year": day.year}


def weekday_name(day):
    """`thứ Hai` … `Chủ nhật`."""
    return _(_WEEKDAYS[day.weekday()])


def parse_date(value):
    """The date that was typed or read from a sheet, day first. Raises Invalid, which says how to write it.

    Takes `22/11/2026`, `22-11-26`, `22.11.2026`, `ngày 22 tháng 11 năm 2026`, `2026-11-22`, date objects
    and the serial numbers that Excel leaves behind (43234 is 14/05/2018).
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = str(value or "").strip()
    if re.fullmatch(r"\d{5}(\.0+)?", text):
        return _EXCEL_DAY_ZERO + datetime.timedelta(days=int(float(text)))
    if match := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    elif match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise Invalid(_("Không hiểu ngày “%(text)s”. Ghi như 22/11/2026.") % {"text": text})
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise Invalid(_("Không có ngày %(text)s trong lịch. Kiểm tra lại ngày và tháng.") % {"text": text}) from error


def format_moment(moment):
    """`22/11/2026 08:05`, in Viet Nam's time."""
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"


def day_before(day):
    """The day before a day."""
    return day - datetime.timedelta(days=1)
