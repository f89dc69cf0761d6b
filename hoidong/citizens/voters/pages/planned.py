"""One planned meeting: looked at, changed with an announcement, called off, written down by its commune."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused, Stale
from hoidong.kernel.ui import once, toasts

from .. import forms as meeting_forms
from .. import rules as petition_rules
from ..actions import planned as actions
from ..models import Meeting
from ..rounds import cells, conflicts, forms, queries, rules, timeline, words
from ..rounds.states import PlannedState
from .rounds import own as own_round


@require_GET
def planned(request, pk):
    """The facts, the announced changes with what stood before, and what can be done next."""
    found = _seen(request, pk)
    context = {
        "planned": found, "said": words.describe(found, words.people_of(found)), "look": timeline.look_of(found, dates.today()),
        "changes": [(change, words.lines(change)) for change in found.changes.all()],
        "entries": timeline.of_planned(found), "may_change": _may(rules.check_call_off, request.actor, found)
        and found.state == PlannedState.PLANNED, "may_record": _may(rules.check_record, request.actor, found),
        "round_link": queries.rounds_for(request.actor).filter(pk=found.round_id).exists(),
        "mine": _may(rules.check_round, request.actor, found.round),
    }  # fmt: skip
    context["due"] = conflicts.minutes_term(found.held_on, found.round.area) if found.minutes_due_on else None
    context["others"] = queries.meetings_without_plan(found, request.actor)[:20] if context["may_record"] else []
    return render(request, "voters/desk/planned.html", context)


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Change an announced meeting: what it was stays visible beside what it is."""
    found = _own(request, pk)
    known = cells.Known(found.round.area, found.held_on)
    people = words.people_of(found)
    initial = {name: getattr(found, name) for name in actions.VALUES}
    initial |= {"people": [person.pk for person in people], "seen_at": found.changed_at.isoformat()}
    form = forms.PlannedForm(request.POST or None, known=known, initial=initial)
    newer = None
    if request.method == "POST" and form.is_valid():
        seen_at = parse_datetime(request.POST.get("seen_at", "")) or found.changed_at
        try:
            made = actions.change_planned(found, *_values(form), by=request.actor, seen_at=seen_at,
                                          reason=form.cleaned_data["reason"])  # fmt: skip
        except Stale as refusal:
            newer = words.describe(found, people)
            form.add_error(None, refusal.reason)
        except Refused as refusal:
            _add_error(form, refusal)
        else:
            toasts.add(request, _("Đã đổi lịch và báo nơi liên quan.") if made else _("Không có gì đổi."), tone="good")
            return redirect("voters:planned", pk=pk)
    context = {"form": form, "planned": found, "round": found.round, "newer": newer}
    return render(request, "voters/desk/planned_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def add(request, pk):
    """Add a meeting to a published round."""
    found = own_round(request, pk)
    form = forms.PlannedForm(request.POST or None, known=cells.Known(found.area, found.starts_on))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = once.claim(request)
                if made is None:
                    made = actions.add_planned(found, *_values(form), by=request.actor, reason=form.cleaned_data["reason"]).pk
                    once.keep(request, made)
        except Refused as refusal:
            _add_error(form, refusal)
        else:
            toasts.add(request, _("Đã thêm hội nghị vào lịch và báo nơi liên quan."))
            return redirect("voters:planned", pk=made)
    return render(
        request, "voters/desk/planned_change.html", {"form": form, "round": found}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def call_off(request, pk):
    """Call a meeting off, with the reason everybody reads."""
    found = _own(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_off(found, by=request.actor, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            toasts.add(request, _("Đã hủy hội nghị và báo nơi liên quan."))
            return redirect("voters:planned", pk=pk)
    return render(
        request, "voters/desk/planned_off.html", {"form": form, "planned": found}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def record(request, pk):
    """The commune begins the record of the meeting; what the plan knows stands in the form already."""
    found = _seen(request, pk)
    if found.meeting_id and petition_rules.works_for_council(request.actor, found.commune_id):
        return redirect("voters:meeting", pk=found.meeting_id)
    if not _may(rules.check_record, request.actor, found):
        raise Http404
    fresh = Meeting(
        commune=found.commune, session=found.round.session, phase=found.round.phase, held_on=found.held_on,
        starts_at=found.starts_at, place=found.venue, chair=found.chair,
        deputies_present=words.names(found, words.people_of(found)),
    )  # fmt: skip
    initial = {"held_on": min(found.held_on, dates.today()), "session": found.round.session_id}
    form = meeting_forms.MeetingForm(request.POST or None, actor=request.actor, instance=fresh, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.record(found, form.save(commit=False), by=request.actor)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return redirect("voters:meeting", pk=opened.pk)
    return render(
        request, "voters/desk/meeting_facts.html", {"form": form, "planned": found}, status=422 if form.is_bound else 200
    )


@require_http_methods(["POST"])
def link(request, pk):
    """Tie a meeting that was recorded without the plan to it."""
    found = _seen(request, pk)
    form = forms.LinkForm(request.POST, meetings=queries.meetings_without_plan(found, request.actor))
    if not _may(rules.check_record, request.actor, found) or not form.is_valid():
        raise Http404
    try:
        actions.link(found, form.cleaned_data["meeting"], by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Đã nối hội nghị với lịch."))
    return redirect("voters:planned", pk=pk)


def _values(form):
    """(columns, deputies) of a valid form."""
    data = form.cleaned_data
    return {name: data[name] for name in actions.VALUES}, list(data["people"])


def _add_error(form, refusal):
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.reason)


def _seen(request, pk):
    return get_object_or_404(queries.with_all(queries.planned_for(request.actor)).select_related("round__area"), pk=pk)


def _own(request, pk):
    """A meeting of a round of the own office that can still change; any other is not there."""
    found = _seen(request, pk)
    if not _may(rules.check_call_off, request.actor, found) or found.state != PlannedState.PLANNED:
        raise Http404
    return found


def _may(check, actor, record):
    try:
        check(actor, record)
    except NotAllowed:
        return False
    return True
