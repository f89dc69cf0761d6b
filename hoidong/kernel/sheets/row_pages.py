"""One row: mended in place, left out, put back; and the rows to mend as a sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..base.errors import Refused
from ..ui import htmx, toasts
from . import actions, importers, queries
from .columns import CHOICE
from .exporting import XLSX, export
from .models import RowState
from .pages import lot_or_404, put_cells, rows_context

_LONG = 80  # letters from which a cell is written in a box of several lines


@require_http_methods(["GET", "POST"])
def row(request, pk, number):
    """The cells of one row to write in. By htmx it stands in the place of the row; without scripts it is a page."""
    lot = lot_or_404(request, pk)
    found = get_object_or_404(lot.rows, number=number)
    importer = importers.named(lot.importer)
    if request.method == "GET" and "xem" not in request.GET:
        return _form(request, lot, found, importer)
    if request.method == "POST":
        cells = {column.key: request.POST[column.key] for column in importer.columns if column.key in request.POST}
        try:
            found = actions.mend(lot, number, cells, by=request.actor)
        except Refused as refusal:
            return _form(request, lot, found, importer, refusal=str(refusal.reason))
        if not htmx.wants_part(request):
            said = _("Dòng %(number)s còn chỗ cần sửa.") if found.errors else _("Đã sửa dòng %(number)s.")
            toasts.add(request, said % {"number": number}, tone="soon" if found.errors else "good")
            return htmx.redirect(request, lot.get_absolute_url())
        lot = lot_or_404(request, pk)
    context = rows_context(request, lot) | {"lot": lot, "row": found, "renew": request.method == "POST"}
    put_cells(found, context["columns"], importer)
    return render(request, "sheets/_row_done.html", context)


def _form(request, lot, found, importer, refusal=""):
    if found.state == RowState.TAKEN and not refusal:
        raise Http404
    fields = [
        {
            "column": column,
            "text": request.POST.get(column.key, found.raw.get(column.key, "")),
            "error": found.errors.get(column.key, ""),
            "near": column.required or column.key in lot.header or column.key in found.errors,
            "long": len(found.raw.get(column.key, "")) > _LONG,
            "choices": [str(label) for _value, label, *_rest in column.choices] if column.kind == CHOICE else [],
        }
        for column in importer.columns
    ]
    shown = sum(1 for column in importer.columns if column.key in lot.header or column.required)
    context = {"lot": lot, "row": found, "fields": fields, "refusal": refusal, "span": shown + 3, "importer": importer}
    return htmx.render(request, "sheets/row.html", context, part="sheets/_row_form.html", status=422 if refusal else 200)


@require_POST
def leave_out(request, pk):
    """Leave the picked rows out, or put them back."""
    lot = lot_or_404(request, pk)
    numbers = [int(number) for number in request.POST.getlist("chon") if number.isdigit()][:1000]
    back = request.POST.get("lam") == "dua-lai"
    try:
        count = (actions.put_back if back else actions.leave_out)(lot, numbers, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        said = (
            ngettext("Đã đưa lại %(count)s dòng.", "Đã đưa lại %(count)s dòng.", count)
            if back
            else ngettext("Đã bỏ qua %(count)s dòng.", "Đã bỏ qua %(count)s dòng.", count)
        )
        toasts.add(request, said % {"count": count})
    return htmx.redirect(request, lot.get_absolute_url())


@require_GET
def bad_rows(request, pk):
    """The rows to mend as XLSX, with what is wrong in a column of its own: mended in Excel, it comes in as a new lot."""
    lot = lot_or_404(request, pk)
    importer = importers.named(lot.importer)
    columns = [(column.title, column.width) for column in importer.columns]
    condition = next(found for code, _label, found in queries.VIEWS if code == "bad")

    def lines():
        for one in lot.rows.filter(condition).order_by("number").iterator(chunk_size=1000):
            wrong = "\n".join(f"{_title(importer, key)}: {said}" for key, said in one.errors.items())
            yield (one.number, *(one.raw.get(column.key, "") for column in importer.columns), wrong)

    content = export(((_("Dòng trong bảng gốc"), 10), *columns, (_("Lỗi cần sửa"), 50)), lines(), title=_("Dòng cần sửa"))
    name = f"dong-loi-lo-{lot.pk}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _title(importer, key):
    column = importer.column(key)
    return str(column.title) if column else key
