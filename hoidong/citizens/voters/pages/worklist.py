"""The worklist of petitions, its export, and the transfer letters."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoidong.council.meetings import queries as sessions
from hoidong.kernel import deadlines, sheets
from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui import htmx

from .. import looks, moves, queries, rules
from ..models import Field
from ..states import Level, Phase, Result
from . import filters
from .tabs import tabs_of

EXPORT_LIMIT = 20_000


def only_with_petitions(actor):
    """Raise Http404 for people whose post has no work with petitions; deputies have pages of their own under `members`."""
    if not queries.works_with_petitions(actor):
        raise Http404


@require_GET
def petitions(request):
    """One page of one view, filtered. The same address answers whole or, asked by htmx, only the list."""
    actor, on = request.actor, dates.today()
    only_with_petitions(actor)
    views = queries.views_for(actor, on)
    view = queries.view_named(views, request.GET.get("xem", ""))
    condition, chips = filters.read(request.GET, actor)
    page = queries.worklist(
        actor, view=view, filters=condition, after=request.GET.get("trang"), size=paging.size_of(request.GET.get("dong", ""))
    )
    calendar = deadlines.current()
    for petition in page:
        petition.look = looks.look_of(petition, on)
        petition.days = looks.days_left(petition, on, calendar)
        petition.answered_word = looks.answered_word(petition)
    tallies = filters.tallies_of(queries.petitions_for(actor), views, condition, chips, view)
    context = {
        "page": page,
        "view": view,
        "tabs": tabs_of(request, views, tallies, view),
        "count": tallies[view.code].number,
        "more": tallies[view.code].more,
        "chips": chips,
        "bulk": _bulk_moves(view, rules.works_for_council(actor)),
        "today": on,
        "office": rules.works_for_council(actor),
        "choices": _choices(actor),
    }
    return htmx.render(request, "voters/desk/petitions.html", context, part="voters/desk/_petitions.html")


def _bulk_moves(view, office):
    """The moves offered for many at once in a view; the first is the main one. Only a council's side supervises."""
    codes = {
        "new": ("hand_up", "keep"),
        "handed_up": ("classify", "merge"),
        "classified": ("send", "classify", "share", "merge"),
        "returned": ("classify",),
        "sent": ("take", "share"),
        "taken": ("share",),
        "late": ("urge",),
        "answered": ("close",),
        "carried": ("close",),
    }.get(view.code, ())
    if office and view.code in ("sent", "late", "soon", "answered", "carried", "closed", "all"):
        codes = (*codes, "supervise")
    return [move for code in codes for move in moves.MOVES if move.code == code]


def _choices(actor):
    return {
        "fields": Field.objects.order_by("place"),
        "levels": Level.choices,
        "phases": Phase.choices,
        "results": Result.choices,
        "sessions": sessions.sessions_for(actor),
    }


@require_GET
def export(request):
    """What the list shows, as XLSX, with the same view and filters. Names of voters are not in it."""
    actor = request.actor
    only_with_petitions(actor)
    view = queries.view_named(queries.views_for(actor, dates.today()), request.GET.get("xem", ""))
    condition, _chips = filters.read(request.GET, actor)
    found = (
        queries.petitions_for(actor)
        .filter(view.condition)
        .filter(condition)
        .select_related("commune", "body__area", "field", "session")
        .order_by(*view.order)[:EXPORT_LIMIT]
    )
    columns = (
        (_("Số"), 12), (_("Mã tra cứu"), 12), (_("Ngày nhận"), 12), (_("Nơi nêu"), 24), (_("Nội dung"), 70), (_("Lĩnh vực"), 22),
        (_("Cấp"), 16), (_("Cơ quan"), 28), (_("Số cử tri"), 10), (_("Hạn trả lời"), 12), (_("Tình trạng"), 22), (_("Kết quả"), 28),
        (_("Ngày hứa"), 12),
    )  # fmt: skip
    rows = (
        (
            petition.shown_number, petition.code, petition.received_on, petition.commune.name, petition.text,
            petition.field.name if petition.field else "", petition.get_level_display(), petition.body.called if petition.body else "",
            petition.voters, petition.due_on, petition.get_state_display(), petition.get_result_display(), petition.promised_on,
        )
        for petition in found.iterator(chunk_size=1000)
    )  # fmt: skip
    content = sheets.export(columns, rows, title=_("Kiến nghị cử tri: %(view)s") % {"view": view.label}, unit=actor.unit.name)
    name = f"kien-nghi-{view.code}-{dates.today():%Y%m%d}.xlsx"
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
def letters(request):
    """The transfer letters, newest first."""
    only_with_petitions(request.actor)
    found = queries.letters_for(request.actor).select_related("body__area", "issuer", "session__council__area")
    page = paging.keyset(found, order=("-issued_on", "-id"), after=request.GET.get("trang"))
    return htmx.render(request, "voters/desk/letters.html", {"page": page}, part="voters/desk/_letters.html")


@require_GET
def letter(request, pk):
    """One letter with its petitions and what became of each."""
    found = get_object_or_404(queries.letters_for(request.actor).select_related("body__area", "session__council__area"), pk=pk)
    items = paging.keyset(
        found.items.select_related("petition__commune", "petition__field", "petition__merged_into"),
        order=("petition_id",),
        after=request.GET.get("trang"),
        size=50,
    )
    for item in items:
        item.petition.look = looks.look_of(item.petition)
    context = {"letter": found, "page": items, "steps": _steps(found), "late": found.due_on < dates.today()}
    return htmx.render(request, "voters/desk/letter.html", context, part="voters/desk/_letter_items.html")


def _steps(letter):
    """How the day of the letter was computed; nothing where the calendar or the rule it stood on is gone."""
    variant = "complex" if letter.complex else None
    try:
        return deadlines.due_by_rule("KNCT.ANSWER_COUNCIL", letter.issued_on, variant=variant, unit=letter.office).steps
    except Refused:
        return []
