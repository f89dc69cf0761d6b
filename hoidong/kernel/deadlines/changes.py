"""Changing the calendar: each change names its reason, is audited, and has the running deadlines counted again.

Every change is refused (NotAllowed) for anybody but the platform's administrator.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, outbox
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from . import lawful
from .access import check_may_change
from .events import CALENDAR_CHANGED
from .models import OFF, CalendarDay, CalendarSetting, CalendarYear, DayKind

_SATURDAY = 5
_FIRST_YEAR, _LAST_YEAR = 2010, 2100


@transaction.atomic
def set_day(day, *, kind, name, basis, reason, by):
    """Make a day a holiday or a compensation, whatever it was before. For swapped days see `swap`."""
    check_may_change(by)
    reason = _required(reason, _("Ghi lý do, ví dụ số thông báo của Bộ Nội vụ."))
    if kind not in (DayKind.HOLIDAY, DayKind.COMPENSATION):
        raise ValueError("only holidays and compensations are set; swaps come in pairs, questions are answered")
    year = _year(day.year)
    _free_of_swap(day)
    row, _made = CalendarDay.objects.update_or_create(
        date=day,
        defaults={"year": year, "kind": kind, "name": name.strip(), "basis": basis.strip(), "confidence": "S", "pair": None},
    )
    _changed("calendar.day_set", row, by, reason, day=day.isoformat(), kind=kind, name=row.name)
    return row


@transaction.atomic
def clear_day(day, *, reason, by):
    """Make a day what its weekday says again; of a swap both days go."""
    check_may_change(by)
    reason = _required(reason, _("Ghi lý do bỏ ngày này khỏi lịch nghỉ."))
    row = CalendarDay.objects.select_for_update().filter(date=day).first()
    if row is None:
        raise NotAllowed(_("Ngày %(day)s không có trong lịch nghỉ.") % {"day": dates.format_date(day)})
    year = row.year
    days = [day, row.pair] if row.pair else [day]
    CalendarDay.objects.filter(date__in=days).delete()
    _changed("calendar.day_cleared", year, by, reason, days=[one.isoformat() for one in days], name=row.name)


@transaction.atomic
def swap(off, worked, *, basis, reason, by):
    """Give a working day off against a Saturday or Sunday that is worked. Both years must be loaded."""
    check_may_change(by)
    reason = _required(reason, _("Ghi lý do, ví dụ số thông báo của Bộ Nội vụ."))
    for day in (off, worked):
        if CalendarDay.objects.filter(date=day).exclude(kind__in=[DayKind.PENDING, DayKind.DECLINED]).exists():
            raise Invalid(_("Ngày %(day)s đã có trong lịch nghỉ. Bỏ ngày đó trước.") % {"day": dates.format_date(day)})
    if off.weekday() >= _SATURDAY:
        raise Invalid(
            _("Ngày %(day)s là cuối tuần, vốn đã nghỉ. Chọn một ngày từ thứ Hai đến thứ Sáu.")
            % {"day": dates.format_date(off)},
            field="off",
        )
    if worked.weekday() < _SATURDAY:
        raise Invalid(
            _("Ngày làm bù %(day)s phải là thứ Bảy hoặc Chủ nhật.") % {"day": dates.format_date(worked)}, field="worked"
        )
    # Kept in the database, so Vietnamese whatever language the administrator reads; so are the other names below.
    rows = [
        (off, DayKind.SWAP_OFF, f"Nghỉ hoán đổi với ngày {worked:%d/%m}", worked),
        (worked, DayKind.SWAP_WORK, f"Làm bù cho ngày {off:%d/%m}", off),
    ]
    for day, kind, name, pair in rows:
        CalendarDay.objects.update_or_create(
            date=day,
            defaults={
                "year": _year(day.year),
                "kind": kind,
                "name": name,
                "basis": basis.strip(),
                "confidence": "S",
                "pair": pair,
            },
        )
    _changed("calendar.swapped", _year(off.year), by, reason, off=off.isoformat(), worked=worked.isoformat())


@transaction.atomic
def answer(day, *, is_off, basis, by, later_years=False):
    """Answer the question whether a pending day is a day off. The basis says by what paper it is known.

    `later_years` answers the same for this day of the later years that are loaded.
    """
    check_may_change(by)
    basis = _required(basis, _("Ghi văn bản làm căn cứ, số và ngày."), field="basis")
    row = CalendarDay.objects.select_for_update().filter(date=day).first()
    if row is None or row.kind != DayKind.PENDING:
        raise NotAllowed(_("Câu hỏi về ngày %(day)s đã được trả lời.") % {"day": dates.format_date(day)})
    same_day = CalendarDay.objects.filter(kind=DayKind.PENDING, date__month=day.month, date__day=day.day, date__gt=day)
    for one in [row, *(same_day.order_by("date") if later_years else [])]:
        one.kind = DayKind.HOLIDAY if is_off else DayKind.DECLINED
        one.basis, one.confidence = basis, "S"
        one.save(update_fields=["kind", "basis", "confidence"])
        if is_off and one.date.weekday() >= _SATURDAY:
            _compensate(one, basis)
    _changed("calendar.answered", row, by, basis, day=day.isoformat(), is_off=is_off, later_years=later_years)
    return row


def _compensate(row, basis):
    taken = set(CalendarDay.objects.filter(year=row.year, kind__in=OFF).values_list("date", flat=True))
    day = lawful.next_free_weekday(row.date, taken)
    CalendarDay.objects.create(date=day, year=row.year, kind=DayKind.COMPENSATION, name=f"Nghỉ bù {row.name}", basis=basis)


@transaction.atomic
def confirm_year(year, *, note, by):
    """Note that the calendar of a year was compared with the State's announcement."""
    check_may_change(by)
    note = _required(note, _("Ghi đã đối chiếu với thông báo nào."), field="note")
    row = CalendarYear.objects.select_for_update(of=("self",)).get(pk=_year(year).pk)
    if CalendarDay.objects.filter(year=row, kind=DayKind.PENDING).exists():
        raise NotAllowed(_("Năm %(year)s còn ngày chưa rõ có nghỉ không. Trả lời câu hỏi đó trước.") % {"year": year})
    row.confirmed_by, row.confirmed_at, row.confirmed_note = by.account, dates.now(), note
    row.save(update_fields=["confirmed_by", "confirmed_at", "confirmed_note"])
    audit.record("calendar.year_confirmed", row, by, reason=note, year=year)
    return row


@transaction.atomic
def open_year(year, *, tet, ancestors, by):
    """Load a new year from the law: `tet` is the first day of Tết, `ancestors` the 10th of the third lunar month.

    It counts as not announced until it is confirmed. Raises Invalid for dates that cannot be right.
    """
    check_may_change(by)
    if CalendarYear.objects.filter(year=year).exists():
        raise NotAllowed(_("Lịch năm %(year)s đã có.") % {"year": year})
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Invalid(_("Chỉ mở được lịch các năm từ %(first)s đến %(last)s.") % {"first": _FIRST_YEAR, "last": _LAST_YEAR})
    if not datetime.date(year, 1, 20) <= tet <= datetime.date(year, 2, 21):
        raise Invalid(_("Mùng Một Tết rơi từ 20/01 đến 21/02. Kiểm tra lại ngày."), field="tet")
    if not datetime.date(year, 3, 29) <= ancestors <= datetime.date(year, 4, 29):
        raise Invalid(_("Giỗ Tổ Hùng Vương rơi từ 29/03 đến 29/04. Kiểm tra lại ngày."), field="ancestors")
    row = CalendarYear.objects.create(year=year, note="Tính theo luật; chưa có thông báo chính thức.")
    CalendarDay.objects.bulk_create([CalendarDay(year=row, **day) for day in lawful.days_of(year, tet, ancestors)])
    _changed("calendar.year_opened", row, by, f"Mở lịch năm {year}", tet=tet.isoformat())
    return row


@transaction.atomic
def set_end_on_day_off(choice, *, reason, by):
    """Choose what becomes of a term that ends on a day off: "next" (Civil Code art. 148.5) or "keep"."""
    check_may_change(by)
    reason = _required(reason, _("Ghi lý do đổi cách tính hạn."))
    choice = CalendarSetting.EndOnDayOff(choice)
    row, _made = CalendarSetting.objects.select_for_update().get_or_create(pk=1)
    before = row.end_on_day_off
    CalendarSetting.objects.filter(pk=1).update(end_on_day_off=choice)
    _changed("calendar.end_on_day_off", row, by, reason, before=before, after=str(choice))


def _year(number):
    year = CalendarYear.objects.filter(year=number).first()
    if year is None:
        raise Invalid(_("Lịch năm %(year)s chưa có. Mở lịch năm đó trước.") % {"year": number})
    return year


def _free_of_swap(day):
    row = CalendarDay.objects.filter(date=day, pair__isnull=False).first()
    if row is not None:
        raise NotAllowed(
            _("Ngày %(day)s đang hoán đổi với ngày %(pair)s. Bỏ cặp hoán đổi trước.")
            % {"day": dates.format_date(day), "pair": dates.format_date(row.pair)}
        )


def _required(words, message, field="reason"):
    words = (words or "").strip()
    if not words:
        raise Invalid(message, field=field)
    return words


def _changed(action, record, by, reason, **data):
    audit.record(action, record, by, reason=reason, **data)
    outbox.publish(CALENDAR_CHANGED, ids=[record.pk], reason=f"Lịch nghỉ thay đổi: {reason}")
