"""The books of an office: their sequences, their lines, and where they go on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import audit, people
from ..base import subjects
from ..base.errors import NotAllowed, Refused
from ..base.paging import keyset
from ..files.pages import answer
from ..papers import workbooks
from ..papers.pages import DOCX
from ..people.rules import base_of
from ..ui import htmx, toasts
from ..ui.looks import Entry
from . import access, books, numbers, printing
from .forms import ContinueForm, PrintForm


@require_GET
def sequences(request):
    """The books of the actor's unit and those below it, newest year first, with the number that comes next."""
    if request.actor is None or request.actor.unit is None:
        raise Http404
    page = keyset(
        access.books_for(request.actor), order=("-year", "register_id", "id"), after=request.GET.get("trang"), size=50
    )
    for row in page:
        row.next_shown = numbers.format_number(row.next)
        row.title = books.title_of(row.register)
    may = people.holds(request.actor, "unit_admin")
    context = {"page": page, "may": may, "optional": _optional(request.actor) if may else []}
    return htmx.render(request, "numbering/sequences.html", context, part="numbering/_sequences.html")


def _optional(actor):
    """(book, numbered) of the books the administrator's area may do without."""
    area = base_of(actor)
    return [(book, numbers.is_numbered(book.code, area)) for book in books.all_books() if book.optional]


@require_POST
def choose(request):
    """Say whether papers of an optional book get a number in the administrator's area."""
    if not people.holds(request.actor, "unit_admin"):
        raise Http404
    numbered = request.POST.get("lay") == "co"
    try:
        numbers.set_numbered(request.POST.get("so", ""), area=base_of(request.actor), numbered=numbered, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Từ nay văn bản này được lấy số.") if numbered else _("Từ nay văn bản này không lấy số."))
    return htmx.redirect(request, reverse("numbering:sequences"))


@require_GET
def printed(request, pk, kind):
    """The book as a file: the register of issued papers, of the whole year or from day to day."""
    found = get_object_or_404(access.books_for(request.actor).select_related("unit__area"), pk=pk)
    form = PrintForm(request.GET)
    if kind not in printing.WRITERS or not books.is_of_papers(found.register_id):
        raise Http404
    if not form.is_valid():
        return _book(request, found, form)
    days = form.cleaned_data
    try:
        content = printing.write(found, kind, by=request.actor, first=days["tu"], last=days["den"])
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _book(request, found, form)
    return answer(content, _TYPES[kind], f"so-van-ban-di-{found.year}.{kind}")


_TYPES = {"xlsx": workbooks.XLSX, "docx": DOCX, "pdf": "application/pdf"}


@require_GET
def book(request, pk):
    """One book: its lines, newest number first."""
    return _book(request, get_object_or_404(access.books_for(request.actor), pk=pk), PrintForm())


def _book(request, found, form):
    page = numbers.book(found.register_id, unit=found.unit, year=found.year, after=request.GET.get("trang"), size=50)
    for line in page:
        line.url = subjects.url_of(line.subject_kind, line.subject_id) if line.subject_id else ""
        line.shown = line.symbol or numbers.format_number(line.number)
    context = {
        "sequence": found,
        "title": books.title_of(found.register),
        "form": form if books.is_of_papers(found.register_id) else None,
        "page": page,
        "next_shown": numbers.format_number(found.next),
        "entries": [
            Entry(entry.at, _("Đặt số tiếp theo"), note=entry.actor, quote=entry.reason)
            for entry in reversed(audit.entries_about(found).filter(action="numbering.continued"))
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return htmx.render(request, "numbering/book.html", context, part="numbering/_lines.html", status=status)


@require_http_methods(["GET", "POST"])
def continue_book(request):
    """Say by which number a book of the unit goes on."""
    try:
        access.check_may_continue(request.actor)
    except NotAllowed as refusal:
        raise Http404 from refusal
    units = access.units_for(request.actor)
    initial = {"register": request.GET.get("so"), "unit": request.actor.unit}
    form = ContinueForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sequence = numbers.continue_from(
                data["register"], unit=data["unit"] or request.actor.unit, year=data["year"], number=data["number"],
                by=request.actor, reason=data["reason"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Sổ sẽ lấy tiếp từ số %(number)s.") % {"number": numbers.format_number(sequence.next)})
            return htmx.redirect(request, reverse("numbering:book", args=[sequence.pk]))
    return render(request, "numbering/continue.html", {"form": form}, status=422 if form.is_bound else 200)
