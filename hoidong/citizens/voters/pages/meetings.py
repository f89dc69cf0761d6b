"""Meetings: the list, the facts, and the grid in which opinions are written at speaking speed."""

import json

from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import Invalid, NotAllowed, Refused, Stale
from hoidong.kernel.ui import htmx, once, toasts

from .. import actions, forms, pasting, queries, rules
from ..models import Meeting, Opinion
from ..states import Handling, Level, MeetingState, S

ROWS_AT_ONCE = 500
MOST_ROWS = 2000
EMPTY_ROWS = 3


@require_GET
def meetings(request):
    """The meetings one may see, newest first."""
    if not rules.works_for_council(request.actor):
        raise Http404
    found = queries.meetings_for(request.actor).select_related("commune", "session__council__area")
    page = paging.keyset(found, order=("-held_on", "-id"), after=request.GET.get("trang"))
    context = {"page": page, "commune": request.actor.unit.area.level != Level.PROVINCE}
    return htmx.render(request, "voters/desk/meetings.html", context, part="voters/desk/_meetings.html")


@require_http_methods(["GET", "POST"])
def new(request):
    """Begin a meeting's record."""
    actor = request.actor
    if not rules.works_for_council(actor):
        raise Http404
    form = forms.MeetingForm(request.POST or None, actor=actor, instance=Meeting(commune=actor.unit.area))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                opened = once.claim(request)
                if opened is None:
                    opened = actions.open_meeting(form.save(commit=False), by=actor).pk
                    once.keep(request, opened)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return redirect("voters:meeting", pk=opened)
    return render(request, "voters/desk/meeting_facts.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change the facts of a meeting."""
    found = _own(request, pk)
    form = forms.MeetingForm(request.POST or None, actor=request.actor, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_meeting(form.save(commit=False), by=request.actor)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            toasts.add(request, _("Đã lưu thông tin hội nghị."))
            return redirect("voters:meeting", pk=pk)
    context = {"form": form, "meeting": found}
    return render(request, "voters/desk/meeting_facts.html", context, status=422 if form.is_bound else 200)


@require_GET
def meeting(request, pk):
    """The grid while it is written; the minutes and the petitions afterwards."""
    found = get_object_or_404(queries.meetings_for(request.actor).select_related("commune", "session__council__area"), pk=pk)
    opinions = list(Opinion.objects.filter(meeting=found).select_related("petition").order_by("place"))
    try:
        rules.check_meeting(request.actor, found)
    except NotAllowed as refusal:
        writable, closed = False, str(refusal.reason)
    else:
        writable, closed = found.state == MeetingState.WRITING, ""
    for opinion in opinions:
        opinion.mark = actions.mark_of(opinion)
    last = opinions[-1].place if opinions else 0
    context = {
        "meeting": found,
        "opinions": opinions,
        "writable": writable,
        "closed": closed,
        "empty": range(last + 1, last + 1 + EMPTY_ROWS),
        "handlings": Handling.choices,
        "counts": _counts(opinions),
        "can_hand_up": [
            opinion.petition_id
            for opinion in opinions
            if opinion.handling == Handling.UP and opinion.petition and opinion.petition.state == S.NEW and not closed
        ],
    }
    return render(request, "voters/desk/meeting.html", context)


def _counts(opinions):
    return {
        "all": len(opinions),
        "up": sum(opinion.handling == Handling.UP for opinion in opinions),
        "spot": sum(opinion.handling == Handling.SPOT for opinion in opinions),
        "commune": sum(opinion.handling == Handling.COMMUNE for opinion in opinions),
    }


@require_POST
def save_rows(request, pk):
    """Take rows from the grid: JSON from the page's script while typing, or the whole form where there is no script.

    Sending the same rows again changes nothing, so what was typed while the line was down is simply sent once more.
    """
    found = _own(request, pk)
    by_script = request.content_type == "application/json"
    try:
        rows = _rows_of_json(request.body) if by_script else _rows_of_form(request.POST)
        saved = actions.save_opinions(found, rows, by=request.actor, moved=(moved := {}))
    except Refused as refusal:
        if by_script:
            return JsonResponse({"error": str(refusal.reason)}, status=409)
        toasts.add(request, str(refusal.reason), tone="late")
        return redirect("voters:meeting", pk=pk)
    said = _moved_words(moved)
    if said:
        toasts.add(request, said, tone="soon")
    if by_script:
        marks = {opinion.place: actions.mark_of(opinion) for opinion in saved}
        at = dates.format_moment(dates.now())
        return JsonResponse({"saved": len(saved), "counts": _counts(saved), "at": at, "marks": marks, "moved": said})
    return redirect("voters:meeting", pk=pk)


def _moved_words(moved):
    """What is told to the second of two people who wrote at the same places; empty where nobody did."""
    parts = [_("dòng %(old)s thành dòng %(new)s") % {"old": old, "new": new} for old, new in sorted(moved.items())]
    return (
        _("Người khác vừa ghi cùng dòng; ý kiến của Ông/Bà được giữ: %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""
    )


def _rows_of_json(body):
    try:
        sent = json.loads(body)["rows"]
        rows = [{**{name: str(value) for name, value in row.items()}, "place": _place(row["place"])} for row in sent]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(_unreadable()) from error
    return _few_enough(rows)


def _rows_of_form(data):
    try:
        places = sorted({_place(key.rsplit("-", 1)[1]) for key in data if key.startswith("text-")})
    except ValueError as error:
        raise Invalid(_unreadable()) from error
    names = ("speaker", "hamlet", "text", "voters", "handling", "replied_by", "reply", "seen", "field", "level", "body")
    return _few_enough([{"place": place, **{name: data.get(f"{name}-{place}", "") for name in names}} for place in places])


def _place(value):
    place = int(value)
    if not 1 <= place <= MOST_ROWS:
        raise ValueError(place)
    return place


def _unreadable():
    return _("Dòng gửi lên không đọc được. Tải lại trang; nháp vẫn còn trên máy này.")


def _few_enough(rows):
    if len(rows) > ROWS_AT_ONCE:
        raise Invalid(_("Gửi mỗi lần không quá %(count)s dòng.") % {"count": ROWS_AT_ONCE})
    return rows


@require_http_methods(["GET", "POST"])
def paste(request, pk):
    """Text from Zalo or Word: numbered paragraphs become rows, shown first, taken when confirmed."""
    found = _own(request, pk)
    words = request.POST.get("words", "")[:200_000]
    rows = pasting.split(words)
    if request.method == "POST" and "lam" in request.POST and rows:
        try:
            with transaction.atomic():
                if once.claim(request) is None:
                    actions.add_opinions(found, rows, by=request.actor)
        except Refused as refusal:
            toasts.add(request, str(refusal.reason), tone="late")
        else:
            toasts.add(
                request, ngettext("Đã thêm %(count)s ý kiến.", "Đã thêm %(count)s ý kiến.", len(rows)) % {"count": len(rows)}
            )
        return redirect("voters:meeting", pk=pk)
    return render(request, "voters/desk/paste.html", {"meeting": found, "words": words, "rows": rows})


@require_POST
def minutes(request, pk):
    """Make the minutes: the paper is printed, opinions that were not answered become petitions."""
    found = _own(request, pk)
    try:
        rows = _rows_of_form(request.POST)
        if rows:
            actions.save_opinions(found, rows, by=request.actor, moved=(moved := {}))
            if moved:
                raise Stale(_moved_words(moved) + " " + _("Xem lại các dòng rồi lập biên bản."))
        petitions = actions.make_minutes(found, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, ngettext(
            "Đã lập biên bản và ghi %(count)s kiến nghị.", "Đã lập biên bản và ghi %(count)s kiến nghị.", len(petitions)
        ) % {"count": len(petitions)})  # fmt: skip
    return redirect("voters:meeting", pk=pk)


def _own(request, pk):
    """A meeting of the actor's own commune; any other is not there."""
    found = get_object_or_404(queries.meetings_for(request.actor).select_related("commune", "session__council__area"), pk=pk)
    try:
        rules.check_meeting(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    return found
