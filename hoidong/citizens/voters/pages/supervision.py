"""Supervision teams: the list, founding one, its page, what moves it, its paper, taking petitions in from a filtered list."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hoidong.kernel import workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused
from hoidong.kernel.papers import pdf
from hoidong.kernel.ui import htmx, once, toasts

from .. import counting, looks
from .. import queries as petitions
from ..forms import ReasonForm
from ..models import SupervisionTeam
from ..moves import SUPERVISE
from ..supervision import actions, forms, moves, paper, queries, rules, timeline
from ..supervision.states import TeamState
from . import filters
from .tabs import tabs_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def teams(request):
    """One page of one view of the teams one may see."""
    actor = request.actor
    if actor is None or actor.person is None or not queries.has_teams(actor):
        raise Http404
    views = queries.views_for(actor, dates.today())
    view = petitions.view_named(views, request.GET.get("xem", ""))
    page = queries.listed(actor, view=view, after=request.GET.get("trang"))
    for one in page:
        one.look = timeline.look_of(one)
    tabs = tabs_of(request, views, counting.tallies_of(queries.teams_for(actor), views), view)
    context = {"page": page, "tabs": tabs, "view": view, "may": rules.may_found(actor)}
    return htmx.render(request, "voters/team/teams.html", context, part="voters/team/_teams.html")


@require_http_methods(["GET", "POST"])
def new(request):
    """Found a team."""
    if not rules.may_found(request.actor):
        raise Http404
    form = forms.TeamForm(request.POST or None, actor=request.actor, instance=SupervisionTeam(area=request.actor.unit.area))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = once.claim(request)
                if made is None:
                    made = actions.found_team(form.save(commit=False), form.seats(), by=request.actor).pk
                    once.keep(request, made)
        except Refused as refusal:
            blame(form, refusal)
        else:
            toasts.add(request, _("Đã lập đoàn. Chọn kiến nghị để đoàn giám sát."))
            return redirect("voters:team", pk=made)
    return render(request, "voters/team/facts.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change the facts and members of a team at work."""
    found = led(request, pk)
    form = forms.TeamForm(request.POST or None, actor=request.actor, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_team(form.save(commit=False), form.seats(), by=request.actor)
        except Refused as refusal:
            blame(form, refusal)
        else:
            toasts.add(request, _("Đã lưu thông tin đoàn."))
            return redirect("voters:team", pk=pk)
    context = {"form": form, "team": seen(request, pk)}
    return render(request, "voters/team/facts.html", context, status=422 if form.is_bound else 200)


@require_GET
def team(request, pk):
    """A team: its facts, its group with what was found, what bodies are asked for, its story."""
    found, on = seen(request, pk), dates.today()
    page = queries.items_of(found, after=request.GET.get("trang"))
    for item in page:
        item.petition.look = looks.look_of(item.petition, on)
    mine = rules.leads(request.actor, found)
    running = found.state == TeamState.WORKING
    context = {"team": found, "page": page, "running": running, "mine": mine}
    if htmx.wants_part(request):
        return render(request, "voters/team/_items.html", context)
    opened = petitions.seen_among(request.actor, [item.petition for item in page])
    for item in page:
        item.opened = item.petition_id in opened
    context |= {
        "look": timeline.look_of(found), "entries": timeline.of(found), "writes": running and (mine or rules.is_member(request.actor, found)),
        "demands": [timeline.put_look(one, on) for one in found.demands.select_related("body__area").order_by("pk")],
        "offers": workflow.open_moves(found, moves.MOVES, request.actor) if mine else [],
        "next": queries.next_open(found, 0) if running else None,
    }  # fmt: skip
    return render(request, "voters/team/team.html", context)


@require_http_methods(["GET", "POST"])
def conclude(request, pk):
    """Conclude: what is typed stays when it is refused."""
    found = led(request, pk)
    head = next((one.person.full_name for one in found.members.all() if one.part == "head"), "")
    start = {"day": dates.today(), "signer": head, "signer_title": _("TM. ĐOÀN GIÁM SÁT – TRƯỞNG ĐOÀN")}
    form = forms.ConcludeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal)
        else:
            toasts.add(request, _("Đã kết luận. Các cơ quan được báo kiến nghị giám sát của mình."))
            return redirect("voters:team", pk=pk)
    offer = next(offer for offer in workflow.open_moves(found, (moves.CONCLUDE,), request.actor))
    context = {
        "form": form, "team": found, "offer": offer, "demands": found.demands.select_related("body__area").order_by("pk"),
    }  # fmt: skip
    return render(request, "voters/team/conclude.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def end(request, pk, code):
    """Close a team, or call it off with a reason."""
    found = seen(request, pk)
    if not rules.leads(request.actor, found) or code not in ("close_team", "cancel_team"):
        raise Http404
    move = next(one for one in moves.MOVES if one.code == code)
    form = ReasonForm(request.POST or None) if move.reason_required else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                actions.close(found, by=request.actor)
            else:
                actions.cancel(found, form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            toasts.add(request, str(refusal.reason), tone="late")
        else:
            toasts.add(request, _("%(move)s: xong.") % {"move": move.label})
            return redirect("voters:team", pk=pk)
    context = {"form": form, "team": found, "move": move}
    return render(request, "voters/team/end.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def team_paper(request, pk, kind):
    """The conclusion as it stands now, `docx` or `pdf`. The paper kept when the team concluded is another one."""
    found = seen(request, pk)
    if kind not in ("docx", "pdf"):
        raise Http404
    content = paper.draft(found)
    if kind == "pdf":
        content = pdf.make(content, title=found.name)
    headers = {"Content-Disposition": f'attachment; filename="ket-luan-giam-sat-{found.pk}.{kind}"'}
    return HttpResponse(content, content_type="application/pdf" if kind == "pdf" else DOCX, headers=headers)


@require_http_methods(["GET", "POST"])
def take_list(request):
    """Take up everything a view of the worklist shows with its filters; figures of reports lead to such lists."""
    actor = request.actor
    if not rules.may_found(actor):
        raise Http404
    view = petitions.view_named(petitions.views_for(actor, dates.today()), request.GET.get("xem", ""))
    condition, chips = filters.read(request.GET, actor)
    chosen = petitions.petitions_for(actor).filter(view.condition).filter(condition, state__in=SUPERVISE.sources)
    form = forms.TakeUpForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            items = actions.take_up(form.cleaned_data["team"], chosen, by=actor)
        except Refused as refusal:
            blame(form, refusal)
        else:
            words = ngettext("Đã đưa %(count)s kiến nghị vào đoàn.", "Đã đưa %(count)s kiến nghị vào đoàn.", len(items))
            toasts.add(request, words % {"count": len(items)})
            return redirect("voters:team", pk=form.cleaned_data["team"].pk)
    count = chosen.order_by().values("pk")[: actions.AT_ONCE + 1].count()
    context = {
        "form": form, "view": view, "chips": chips, "count": count, "too_many": count > actions.AT_ONCE, "most": actions.AT_ONCE,
        "first": list(chosen.select_related("commune", "body__area").order_by("-pk")[:10]), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "voters/team/take_list.html", context, status=422 if form.is_bound else 200)


def seen(request, pk):
    """A team the actor may see; any other is not there."""
    try:
        return queries.team(request.actor, pk)
    except SupervisionTeam.DoesNotExist as error:
        raise Http404 from error


def led(request, pk):
    """A team at work of the actor's own council."""
    found = seen(request, pk)
    try:
        rules.check_running(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    return found


def blame(form, refusal):
    """Put a refusal where it belongs in a form."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.reason)
