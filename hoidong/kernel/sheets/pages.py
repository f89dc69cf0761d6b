"""The pages of lots: bring a file in, look at the dry run, take, cancel."""

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import audit
from ..base import paging
from ..base.errors import Refused
from ..ui import htmx, toasts
from ..ui.looks import Entry, Tab
from . import actions, blanks, importers, looks, queries, reading
from .exporting import XLSX
from .forms import CancelForm, FileForm, plain_options
from .models import LotState


@require_GET
def lots(request):
    """The lots of my unit, newest first, and what can be brought in."""
    offered = importers.for_actor(request.actor)
    if not offered:
        raise Http404
    page = paging.keyset(
        queries.lots_for(request.actor).select_related("by"), order=("-id",), after=request.GET.get("trang"), size=25
    )
    for lot in page:
        lot.look, lot.kind = looks.of_lot(lot), importers.named(lot.importer).name
    return htmx.render(request, "sheets/list.html", {"page": page, "importers": offered}, part="sheets/_list.html")


@require_http_methods(["GET", "POST"])
def start(request, code):
    """Upload with the importer's options; a file that does not fit is refused with what to change."""
    importer = _importer(request, code)
    sent = request.POST if request.method == "POST" else None
    files = FileForm(sent, request.FILES if sent is not None else None)
    asked = importer.options_form and importer.options_form(sent, actor=request.actor)
    if request.method == "POST" and all([files.is_valid(), asked is None or asked.is_valid()]):
        upload = files.cleaned_data["file"]
        options, told = plain_options(asked) if asked else ({}, [])
        try:
            reading.check_size(upload.size)
            lot = actions.start(
                importer, content=upload.read(), file_name=upload.name, options=options, told=told, by=request.actor
            )
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            files.add_error(field if field in files.fields else None, refusal.reason)
        else:
            return htmx.redirect(request, lot.get_absolute_url())
    context = {"importer": importer, "files": files, "asked": asked}
    return render(request, "sheets/start.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def template(request, code):
    """The empty sheet of an importer."""
    importer = _importer(request, code)
    name = f"mau-{importer.code.replace('.', '-')}.xlsx"
    return HttpResponse(
        blanks.blank(importer), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_GET
def lot(request, pk):
    """The dry run. While the machine works the page shows how far it is, and may be left."""
    found = lot_or_404(request, pk)
    if found.at_work:
        if htmx.wants_part(request):
            return render(request, "sheets/_progress.html", _shell(found))
        return render(request, "sheets/lot.html", _shell(found))
    if htmx.wants_part(request) and request.headers.get("HX-Target") == "tien-do":
        return htmx.redirect(request, found.get_absolute_url())
    context = _shell(found)
    if found.sheet:
        context |= rows_context(request, found)
        context |= {
            "entries": [_entry(entry) for entry in reversed(audit.entries_about(found))][:12],
        }
    return htmx.render(request, "sheets/lot.html", context, part="sheets/_rows.html")


def lot_or_404(request, pk):
    """A lot of the actor's unit, or 404."""
    return get_object_or_404(queries.lots_for(request.actor).select_related("by", "unit"), pk=pk)


def _shell(lot):
    importer = importers.named(lot.importer)
    header = [(column.title, lot.header[column.key]) for column in importer.columns if column.key in lot.header]
    return {"lot": lot, "importer": importer, "look": looks.of_lot(lot), "header": header}


def rows_context(request, lot):
    """What the list of rows needs: tabs with counts, one page of rows, the columns that are shown."""
    importer = importers.named(lot.importer)
    # A row that was mended answers for the page it stands on.
    asked = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query) if request.method == "POST" else request.GET
    view = asked.get("xem", "")
    if view not in {code for code, _label, _condition in queries.VIEWS}:
        view = queries.first_view(lot)
    page = queries.rows_of(lot, view, after=request.GET.get("trang"), size=paging.size_of(request.GET.get("co", "")))
    columns = [column for column in importer.columns if column.key in lot.header or column.required]
    for row in page:
        put_cells(row, columns, importer)
    counts = {"all": lot.ok + lot.bad + lot.taken + lot.skipped}
    tabs = [
        Tab(str(label), f"?xem={code}", counts.get(code, getattr(lot, code, 0)), late=code == "bad", current=code == view)
        for code, label, _condition in queries.VIEWS
        if code in ("all", view) or getattr(lot, code, 0)
    ]
    open_for_work = lot.state in (LotState.CHECKED, LotState.TAKEN)
    return {
        "page": page,
        "columns": columns,
        "tabs": tabs,
        "view": view,
        "editable": open_for_work,
        "fresh": lot.ok - lot.repeats,
        "may_take": open_for_work and bool(lot.ok),
        "may_cancel": lot.state != LotState.CANCELLED and (not lot.taken or importer.can_undo),
    }


def put_cells(row, columns, importer):
    """What one row of the list shows: its cells with what is wrong in each, and how it looks."""
    row.look = looks.of_row(row)
    row.cells = [
        {"column": column, "text": row.raw.get(column.key, ""), "error": row.errors.get(column.key, "")} for column in columns
    ]
    shown = {column.key for column in columns}
    row.other_errors = [said for key, said in row.errors.items() if key not in shown]
    row.url = importer.url_of(row.taken_ref) if row.taken_ref else ""


@require_POST
def choose(request, pk):
    """Which sheet of the file is meant."""
    found = lot_or_404(request, pk)
    return _done(request, found, lambda: actions.choose(found, request.POST.get("sheet", ""), by=request.actor))


@require_POST
def take(request, pk):
    """Take what can be taken."""
    found = lot_or_404(request, pk)

    def act():
        lot = actions.take(found, by=request.actor, take_repeats=request.POST.get("repeats") == "take")
        if lot.state == LotState.TAKEN:
            said = _("Đã nhận %(taken)s dòng. %(bad)s dòng còn cần sửa, %(skipped)s dòng bỏ qua.")
            toasts.add(request, said % {"taken": lot.taken, "bad": lot.bad, "skipped": lot.skipped})

    return _done(request, found, act)


@require_POST
def resume(request, pk):
    """Go on with what broke off."""
    found = lot_or_404(request, pk)
    return _done(request, found, lambda: actions.resume(found, by=request.actor))


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    """Cancel a lot; one that was taken needs a reason, and is taken back as a whole or not at all."""
    found = lot_or_404(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None, must=bool(found.taken))
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(found, by=request.actor, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason" if getattr(refusal, "field", None) == "reason" else None, refusal.reason)
        else:
            toasts.add(request, _("Đã hủy lô “%(file)s”.") % {"file": found.file_name})
            return htmx.redirect(request, reverse("sheets:list"))
    return render(request, "sheets/cancel.html", _shell(found) | {"form": form}, status=422 if form.is_bound else 200)


def _done(request, lot, act):
    """Do something with a lot and go back to it; a refusal is told there."""
    try:
        act()
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    return htmx.redirect(request, lot.get_absolute_url())


def _importer(request, code):
    importer = importers.named(code)
    if importer is None or request.actor is None or not importer.may(request.actor):
        raise Http404
    return importer


def _entry(entry):
    titles = {
        "sheets.start": _("Gửi tệp"), "sheets.choose": _("Chọn trang tính"), "kernel.sheet_read": _("Đọc và kiểm tra xong"),
        "kernel.sheet_take": _("Bắt đầu nhận"), "sheets.took": _("Nhận %(count)s dòng"), "kernel.sheet_taken": _("Nhận xong"),
        "kernel.sheet_stop": _("Dừng nhận"), "kernel.sheet_cancel": _("Hủy lô"), "sheets.mend": _("Sửa dòng %(row)s"),
        "sheets.leave_out": _("Bỏ qua %(count)s dòng"), "sheets.put_back": _("Đưa lại %(count)s dòng"),
    }  # fmt: skip
    title = titles.get(entry.action, entry.action)
    return Entry(entry.at, title % entry.data if "%(" in title else title, note=entry.actor, quote=entry.reason)
