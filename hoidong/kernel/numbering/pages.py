"""The books of an office: their sequences, their lines, and where they go on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from .. import audit, people
from ..base import subjects
from ..base.errors import NotAllowed, Refused
from ..base.paging import keyset
from ..ui import htmx, toasts
from ..ui.looks import Entry
from . import access, numbers
from .forms import ContinueForm


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
    context = {"page": page, "may": people.holds(request.actor, "unit_admin")}
    return htmx.render(request, "numbering/sequences.html", context, part="numbering/_sequences.html")


@require_GET
def book(request, pk):
    """One book: its lines, newest number first."""
    found = get_object_or_404(access.books_for(request.actor), pk=pk)
    page = numbers.book(found.register_id, unit=found.unit, year=found.year, after=request.GET.get("trang"), size=50)
    for line in page:
        line.url = subjects.url_of(line.subject_kind, line.subject_id) if line.subject_id else ""
        line.shown = line.symbol or numbers.format_number(line.number)
    context = {
        "sequence": found,
        "page": page,
        "next_shown": numbers.format_number(found.next),
        "entries": [
            Entry(entry.at, _("Đặt số tiếp theo"), note=entry.actor, quote=entry.reason)
            for entry in reversed(audit.entries_about(found))
        ],
    }
    return htmx.render(request, "numbering/book.html", context, part="numbering/_lines.html")


@require_http_methods(["GET", "POST"])
def continue_book(request):
    """Say by which number a book of the unit goes on."""
    try:
        access.check_may_continue(request.actor)
    except NotAllowed as refusal:
        raise Http404 from refusal
    form = ContinueForm(request.POST or None, initial={"register": request.GET.get("so")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sequence = numbers.continue_from(
                data["register"].code, unit=request.actor.unit, year=data["year"], number=data["number"],
                by=request.actor, reason=data["reason"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Sổ sẽ lấy tiếp từ số %(number)s.") % {"number": numbers.format_number(sequence.next)})
            return htmx.redirect(request, reverse("numbering:book", args=[sequence.pk]))
    return render(request, "numbering/continue.html", {"form": form}, status=422 if form.is_bound else 200)
