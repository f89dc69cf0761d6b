"""One petition of a team with what was found of it; what a team asks bodies for, on the team's side and on the body's."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import files, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused
from hoidong.kernel.ui import htmx, toasts

from .. import counting, looks
from .. import queries as petitions
from ..models import SupervisionItem
from ..supervision import actions, demands, forms, moves, queries, rules, timeline
from ..supervision.states import DemandState, TeamState
from .records import shown_reply
from .supervision import blame, led
from .tabs import tabs_of


@require_http_methods(["GET", "POST"])
def item(request, pk):
    """One petition of the group: its words, the replies, and the form for what the team found."""
    found = _item(request, pk)
    writes = _writes(request.actor, found.team)
    kept = {name: getattr(found, name) for name in ("words", "seen", "pace", "advice")}
    form = forms.FindingForm(request.POST or None, initial=kept | {"mark": actions.mark_of(found)}) if writes else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                actions.find(found, by=request.actor, **form.cleaned_data)
            except Refused as refusal:
                found = _item(request, pk)
                form.data = form.data.copy()
                form.data["mark"] = actions.mark_of(found)
                blame(form, refusal)
            else:
                return _onwards(request, found)
    petition = found.petition
    context = {
        "item": found, "team": found.team, "petition": petition, "form": form, "look": looks.look_of(petition),
        "answers": [shown_reply(reply) for reply in petition.answers.order_by("-round").select_related("body__area")],
        "opened": petition.pk in petitions.seen_among(request.actor, [petition]),
        "leads": rules.leads(request.actor, found.team) and found.team.state == TeamState.WORKING and not found.words,
    }  # fmt: skip
    return render(request, "voters/team/item.html", context, status=422 if form is not None and form.errors else 200)


def _onwards(request, found):
    toasts.add(request, _("Đã ghi nhận xét kiến nghị %(number)s.") % {"number": found.petition})
    after = queries.next_open(found.team, found.pk) if "next" in request.POST else None
    return redirect("voters:team_item", after.pk) if after else redirect("voters:team", found.team_id)


def _writes(actor, team):
    try:
        rules.check_find(actor, team)
    except NotAllowed:
        return False
    return True


def _item(request, pk):
    try:
        return queries.item(request.actor, pk)
    except SupervisionItem.DoesNotExist as error:
        raise Http404 from error


@require_POST
def take_out(request, pk):
    """Take a petition out of the group."""
    found = _item(request, pk)
    if not rules.leads(request.actor, found.team):
        raise Http404
    try:
        actions.take_out(found, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Đã đưa kiến nghị %(number)s ra khỏi danh mục.") % {"number": found.petition})
    return redirect("voters:team", pk=found.team_id)


@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """Draft a recommendation of a team at work."""
    team = led(request, pk)
    form = forms.DemandForm(request.POST or None, area=team.area)
    if request.method == "POST" and form.is_valid():
        try:
            demands.draft(team, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal)
        else:
            toasts.add(request, _("Đã ghi kiến nghị giám sát. Cơ quan thấy khi đoàn kết luận."))
            return redirect("voters:team", pk=pk)
    return render(request, "voters/team/draft.html", {"form": form, "team": team}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change a draft, or take it away."""
    found = _demand(request, pk)
    team = led(request, found.team_id)
    kept = {name: getattr(found, name) for name in ("body", "words", "person", "due_on")}
    form = forms.DemandForm(request.POST if "words" in request.POST else None, area=team.area, initial=kept)
    if request.method == "POST" and ("xoa" in request.POST or form.is_valid()):
        try:
            if "xoa" in request.POST:
                demands.remove(found, by=request.actor)
            else:
                demands.change(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            toasts.add(request, str(refusal.reason), tone="late")
            if form.is_bound:
                blame(form, refusal)
        else:
            toasts.add(request, _("Đã xóa kiến nghị giám sát.") if "xoa" in request.POST else _("Đã lưu kiến nghị giám sát."))
            return redirect("voters:team", pk=team.pk)
    context = {"form": form, "team": team, "demand": found}
    return render(request, "voters/team/draft.html", context, status=422 if form.is_bound else 200)


@require_GET
def listed(request):
    """What teams asked this body for."""
    actor, on = request.actor, dates.today()
    if petitions.sees_council_side(actor) or not petitions.answers_petitions(actor):
        raise Http404
    views = queries.demand_views(on)
    view = petitions.view_named(views, request.GET.get("xem", ""))
    page = queries.listed_demands(actor, view=view, after=request.GET.get("trang"))
    for one in page:
        timeline.put_look(one, on)
    tabs = tabs_of(request, views, counting.tallies_of(queries.demands_for(actor), views), view)
    context = {"page": page, "tabs": tabs, "view": view}
    return htmx.render(request, "voters/team/demands.html", context, part="voters/team/_demands.html")


@require_http_methods(["GET", "POST"])
def demand(request, pk):
    """One recommendation: what is asked, what the body reported or explained; the forms of whoever's turn it is."""
    found = _demand(request, pk)
    judges = rules.leads(request.actor, found.team)
    offers = {offer.move.code for offer in workflow.open_moves(found, moves.DEMAND_MOVES, request.actor) if offer.allowed}
    deed = request.POST.get("lam", "")
    form = _form_of(offers, judges, *_sent(request, deed != "measure"))
    measure = forms.MeasureForm(*_sent(request, deed == "measure")) if "measure_demand" in offers else None
    pressed = measure if deed == "measure" else form
    if request.method == "POST" and pressed is None:
        raise Http404
    if request.method == "POST" and pressed.is_valid():
        try:
            _act(request, found, deed, pressed.cleaned_data, judges)
        except Refused as refusal:
            blame(pressed, refusal)
        else:
            return redirect("voters:demand", pk)
    found = timeline.put_look(_demand(request, pk), dates.today())
    found.file, found.explanation_file = (
        files.by_id(number) if number else None for number in (found.file_id, found.explanation_file_id)
    )
    context = {
        "demand": found, "team": found.team, "form": form, "measure": measure, "judges": judges, "offers": offers,
        "reports": "report_demand" in offers, "explains": "explain_demand" in offers,
        "measures": timeline.measures_of(found),
        "mine": judges or queries.teams_for(request.actor).filter(pk=found.team_id).exists(),
    }  # fmt: skip
    return render(request, "voters/team/demand.html", context, status=422 if pressed is not None and pressed.is_bound else 200)


def _sent(request, pressed):
    """What was sent, for the form whose button was pressed; nothing for the other one."""
    return (request.POST, request.FILES) if request.method == "POST" and pressed else (None, None)


def _form_of(offers, judges, *sent):
    if judges:
        return forms.JudgeForm(*sent, offers=offers)
    return forms.ExplainForm(*sent) if "explain_demand" in offers else forms.ReportForm(*sent)


def _act(request, found, deed, data, judges):
    """Carry out what the pressed button says."""
    if not judges:
        _speak(request, found, data)
    elif deed == "accept":
        demands.accept(found, data["words"], by=request.actor)
    elif deed == "again":
        demands.send_back(found, data["words"], due_on=data.get("due_on") or found.due_on, by=request.actor)
    elif deed == "why":
        demands.ask_why(found, data["words"], complex_matter=data.get("complex_matter", False), by=request.actor)
    elif deed == "drop":
        demands.drop(found, data["words"], by=request.actor)
    elif deed == "measure":
        demands.take_measure(found, data["measure"], data["reason"], by=request.actor)
    else:
        raise Http404
    if judges:
        toasts.add(request, _("Đã ghi."))


@transaction.atomic
def _speak(request, found, data):
    """The body reports, or explains where that was asked of it."""
    kept = files.save(data["file"], by=request.actor) if data["file"] else None
    speaks = demands.explain if found.state == DemandState.ASKED_WHY else demands.report
    speaks(found, data["words"], by=request.actor, file_id=kept.pk if kept else None)
    toasts.add(request, _("Đã gửi. Đoàn giám sát và văn phòng được báo."))


def _demand(request, pk):
    found = queries.readable_demands(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
