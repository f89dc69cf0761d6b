"""The administrator's pages on the calendar, and a calculator for everybody who works with terms."""

import datetime

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from .. import audit
from ..base import dates
from ..base.errors import Refused
from ..law import questions
from ..law.access import is_administrator
from ..ui import htmx, toasts
from ..ui.looks import Entry, Look, Tab
from . import changes, counting, forms, months
from .access import may_change
from .calendar import current
from .models import CalendarDay, CalendarSetting, CalendarYear, DayKind
from .questions import uncountable


@questions.ask
def _pending_days(actor):
    """The nearest day nobody knows to be off or worked, as a question for who may answer it."""
    if not may_change(actor):
        return []
    day = CalendarDay.objects.filter(kind=DayKind.PENDING, date__gte=datetime.date(dates.today().year, 1, 1))
    first = day.order_by("date").first()
    if first is None:
        return []
    words = {"day": dates.format_date(first.date), "name": first.name}
    return [
        questions.Question(
            _("%(name)s, %(day)s, có được nghỉ không?") % words,
            _("Chưa có căn cứ, nên hạn đang tính ngày này là ngày làm việc."),
            reverse("deadlines:answer", args=[first.date.year, first.date.isoformat()]),
        )
    ]


@questions.ask
def _missing_years(actor):
    """The years whose table of days off running clocks wait for, as questions for who can load them."""
    if not may_change(actor):
        return []
    return [
        questions.Question(
            _("Chưa có lịch nghỉ năm %(year)s.") % {"year": year},
            _waiting_words(clocks),
            reverse("deadlines:open_year", args=[year]),
            _("Mở lịch"),
        )
        for year, clocks in uncountable().items()
    ]


def _waiting_words(clocks):
    return ngettext(
        "%(clocks)s hạn đang chạy chưa tính lại được, còn giữ ngày tính trước đó; mở lịch xong thì tự tính lại.",
        "%(clocks)s hạn đang chạy chưa tính lại được, còn giữ ngày tính trước đó; mở lịch xong thì tự tính lại.",
        clocks,
    ) % {"clocks": clocks}


@require_GET
def calendar(request, year=None):
    """A year as twelve months, its listed days, and whether it is official."""
    if not is_administrator(request.actor):
        raise Http404
    if year is None:
        return redirect("deadlines:calendar_year", year=dates.today().year)
    loaded = {row.year: row for row in CalendarYear.objects.select_related("confirmed_by").order_by("year")}
    if year not in loaded:
        clocks = uncountable().get(year)
        context = {"year": year, "tabs": _tabs(loaded, year), "may": _may(request)}
        context["waiting"] = _waiting_words(clocks) if clocks else ""
        return render(request, "deadlines/missing.html", context)
    row = loaded[year]
    days = list(CalendarDay.objects.filter(year=year).order_by("date"))
    context = {
        "year": row,
        "look": _look(row),
        "months": months.of_year(year, current(), dates.today()),
        "days": days,
        "asked": [day for day in days if day.kind == DayKind.PENDING],
        "tabs": _tabs(loaded, year),
        "next_year": max(loaded) + 1,
        "setting": CalendarSetting.objects.filter(pk=1).first() or CalendarSetting(),
        "entries": [_entry(entry) for entry in reversed(audit.entries_about(row))],
        "may": _may(request),
        "missing": [(one, _waiting_words(clocks)) for one, clocks in uncountable().items()],
    }
    return render(request, "deadlines/calendar.html", context)


def _may(request):
    return may_change(request.actor)


def _look(year):
    if year.is_settled:
        return Look("ok", "good", _("Lịch chính thức"))
    return Look("info", "soon", _("Tính theo luật, chưa có thông báo chính thức"))


def _tabs(loaded, year):
    return [
        Tab(str(one), reverse("deadlines:calendar_year", args=[one]), current=one == year) for one in sorted({*loaded, year})
    ]


def _entry(entry):
    return Entry(entry.at, _TITLES.get(entry.action, entry.action), note=entry.actor, quote=entry.reason)


_TITLES = {
    "calendar.year_confirmed": lazy("Xác nhận lịch chính thức"),
    "calendar.year_opened": lazy("Mở lịch"),
    "calendar.swapped": lazy("Hoán đổi ngày làm việc"),
    "calendar.day_cleared": lazy("Bỏ ngày nghỉ"),
}


@require_http_methods(["GET", "POST"])
def day(request, year):
    """Add, change or take away a day off."""
    chosen = _date(request.GET.get("ngay"))
    row = CalendarDay.objects.filter(date=chosen).first() if chosen else None
    initial = {"day": chosen, "kind": DayKind.HOLIDAY}
    if row:
        initial |= {"name": row.name, "basis": row.basis, "kind": row.kind}
    return _form_page(
        request, year, forms.DayForm, _save_day, title=_("Ngày nghỉ"), submit=_("Ghi ngày"), initial=initial,
        done=_("Đã ghi vào lịch nghỉ. Hạn đang chạy được tính lại."),
    )  # fmt: skip


def _save_day(request, year, data):
    if data["kind"] == forms.DayForm.CLEAR:
        changes.clear_day(data["day"], reason=data["reason"], by=request.actor)
        return
    changes.set_day(
        data["day"], kind=DayKind(data["kind"]), name=data["name"], basis=data["basis"], reason=data["reason"], by=request.actor
    )


@require_http_methods(["GET", "POST"])
def swap(request, year):
    """Swap a working day with a weekend day."""
    return _form_page(
        request, year, forms.SwapForm, lambda request, year, data: changes.swap(by=request.actor, **data),
        title=_("Hoán đổi ngày làm việc"), submit=_("Ghi hoán đổi"), done=_("Đã ghi hai ngày hoán đổi. Hạn đang chạy được tính lại."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def confirm(request, year):
    """Confirm that the year is as announced."""
    return _form_page(
        request, year, forms.ConfirmForm,
        lambda request, year, data: changes.confirm_year(year, note=data["note"], by=request.actor),
        title=_("Xác nhận lịch năm %(year)s") % {"year": year}, submit=_("Xác nhận"), done=_("Đã xác nhận lịch là chính thức."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request, year, date):
    """Answer whether a day is off."""
    asked = CalendarDay.objects.filter(date=_date(date), year=year, kind=DayKind.PENDING).first()
    if asked is None:
        raise Http404
    title = _("%(name)s, %(day)s") % {"name": asked.name, "day": dates.format_date(asked.date)}
    return _form_page(
        request, year, forms.AnswerForm, lambda request, year, data: changes.answer(asked.date, by=request.actor, **data),
        title=title, submit=_("Trả lời"), done=_("Đã ghi câu trả lời. Hạn đang chạy được tính lại."), intro=asked.basis,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def open_year(request, year):
    """Load a year that has no table yet."""
    return _form_page(
        request, year, forms.OpenYearForm, lambda request, year, data: changes.open_year(year, by=request.actor, **data),
        title=_("Mở lịch năm %(year)s") % {"year": year}, submit=_("Mở lịch"), done=_("Đã mở lịch theo luật. Xác nhận khi có thông báo."),
        intro=_("Các ngày khác tính theo Bộ luật Lao động, Điều 111 và 112; sửa được sau khi mở."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def setting(request, year):
    """What becomes of a term that ends on a day off."""
    row = CalendarSetting.objects.filter(pk=1).first() or CalendarSetting()
    return _form_page(
        request, year, forms.SettingForm,
        lambda request, year, data: changes.set_end_on_day_off(data["choice"], reason=data["reason"], by=request.actor),
        title=_("Hạn rơi vào ngày nghỉ"), submit=_("Ghi cách tính"), done=_("Đã đổi cách tính. Hạn đang chạy được tính lại."),
        intro=_("Bộ luật Dân sự, Điều 148 khoản 5: thời hạn kết thúc vào ngày làm việc tiếp theo ngày nghỉ."),
        initial={"choice": row.end_on_day_off},
    )  # fmt: skip


def _form_page(request, year, form_class, save, *, title, submit, done, intro="", initial=None):
    """One form on the calendar: show it, or save it and go back to the year. Only the platform's administrator may."""
    if not _may(request):
        raise Http404
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save(request, year, form.cleaned_data)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, refusal.reason)
        else:
            toasts.add(request, done)
            return htmx.redirect(request, reverse("deadlines:calendar_year", args=[year]))
    context = {"year": year, "form": form, "title": title, "submit": submit, "intro": intro}
    return render(request, "deadlines/form.html", context, status=422 if form.is_bound else 200)


@require_GET
def calculator(request):
    """Count a term and show how: start, days, kind of days."""
    if request.actor is None:
        raise Http404
    form = forms.TryForm(request.GET if "start" in request.GET else None, initial={"start": dates.today(), "unit": "wd"})
    found = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            found = counting.due(data["start"], data["days"], data["unit"])
        except Refused as refusal:
            form.add_error(None, refusal.reason)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "deadlines/calculator.html", {"form": form, "found": found}, status=status)


def _date(text):
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
