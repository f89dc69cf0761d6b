"""Rounds of voter contact: the list, the facts, the page of one round, its moves, its paper, urging missing minutes."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import workflow
from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import NotAllowed, Refused
from hoidong.kernel.papers import pdf
from hoidong.kernel.ui import htmx, once, toasts
from hoidong.kernel.ui.looks import Button, Chip, Tab

from .. import rules as petition_rules
from ..actions import planned as planned_actions
from ..actions import rounds as actions
from ..models import Round
from ..rounds import forms, moves, paper, queries, rules, timeline
from ..rounds.states import RoundState
from . import plan

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FORM = {"end_round": actions.end, "reopen_round": actions.reopen}


@require_GET
def rounds(request):
    """The rounds one may see, the newest first, each with its figures."""
    if not petition_rules.works_for_council(request.actor):
        raise Http404
    page = paging.keyset(
        queries.named(queries.rounds_for(request.actor)), order=("-starts_on", "-id"), after=request.GET.get("trang")
    )
    queries.round_figures(page.rows, request.actor, dates.today())
    for found in page:
        found.look = timeline.look_of_round(found)
    context = {"page": page, "may": rules.may_plan(request.actor)}
    return htmx.render(request, "voters/desk/rounds.html", context, part="voters/desk/_rounds.html")


@require_http_methods(["GET", "POST"])
def new(request):
    """Begin a round; what the last one says of signer and basis is offered again."""
    if not rules.may_plan(request.actor):
        raise Http404
    last = queries.rounds_for(request.actor).filter(area=request.actor.unit.area).order_by("-pk").first()
    form = forms.RoundForm(request.POST or None, actor=request.actor, last=last, instance=Round(area=request.actor.unit.area))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            opened = once.claim(request)
            if opened is None:
                opened = actions.open_round(form.save(commit=False), by=request.actor).pk
                once.keep(request, opened)
        return redirect("voters:round", pk=opened)
    return render(request, "voters/desk/round_facts.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change the facts of a round."""
    found = own(request, pk)
    form = forms.RoundForm(request.POST or None, actor=request.actor, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(form.save(commit=False), by=request.actor)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã lưu thông tin đợt."))
            return redirect("voters:round", pk=pk)
    context = {"form": form, "round": found}
    return render(request, "voters/desk/round_facts.html", context, status=422 if form.is_bound else 200)


@require_GET
def round_page(request, pk):
    """A draft is the grid; a published round is its overview and the list behind each figure."""
    found = seen(request, pk)
    if found.state == RoundState.DRAFT:
        return plan.grid(request, found)
    on = dates.today()
    planned = queries.planned_for(request.actor).filter(round=found)
    tabs = queries.views(on)
    view = queries.view_named(tabs, request.GET.get("xem", ""))
    chosen, chips = _filtered(request, planned)
    page = paging.keyset(
        queries.with_all(chosen.filter(view.condition)), order=("held_on", "id"), after=request.GET.get("trang"),
        size=paging.size_of(request.GET.get("dong", "")),
    )  # fmt: skip
    for row in page:
        row.look = timeline.look_of(row, on)
    counts = queries.figures(chosen, on)
    mine = rules.may_plan(request.actor) and request.actor.unit.area_id == found.area_id
    context = {
        "round": found, "look": timeline.look_of_round(found), "page": page, "view": view, "chips": chips, "counts": counts,
        "tabs": [_tab(request, one, counts[one.code], view) for one in tabs], "mine": mine, "today": on,
    }  # fmt: skip
    if htmx.wants_part(request):
        return render(request, "voters/desk/_planned.html", context)
    context |= {
        "communes": queries.by_commune(planned, on),
        "buttons": _buttons(request, found) if mine else [],
        "entries": timeline.of_round(found),
        "here": reverse("voters:round", args=[pk]),
    }
    return htmx.render(request, "voters/desk/round.html", context, part="voters/desk/_planned.html")


def _filtered(request, planned):
    """The meetings of the commune or group chosen in the address, and the chips that say so."""
    chips = []
    commune, group = request.GET.get("xa", ""), request.GET.get("to", "")
    if commune.isdigit():
        planned = planned.filter(commune=commune)
        name = planned.values_list("commune__name", flat=True).first()
        chips.append(Chip(_("Xã, phường"), name or "?", "xa"))
    if group.isdigit():
        planned = planned.filter(group=group)
        name = planned.values_list("group__name", flat=True).first()
        chips.append(Chip(_("Tổ"), name or "?", "to"))
    return planned, chips


def _tab(request, view, count, current):
    query = request.GET.copy()
    query["xem"] = view.code
    query.pop("trang", None)
    return Tab(str(view.label), f"?{query.urlencode()}", count, late=view.late and count > 0, current=view is current)


def _buttons(request, found):
    """The open moves of a round; those that need words lead to their page."""
    buttons = []
    for offer in workflow.open_moves(found, moves.MOVES, request.actor):
        post = offer.move.code in _NO_FORM
        buttons.append(
            Button(
                label=str(offer.move.label), url=reverse("voters:round_move", args=[found.pk, offer.move.code]),
                allowed=offer.allowed, reason=offer.reason, key=offer.move.key, post=post, risk=offer.move is moves.WITHDRAW,
            )
        )  # fmt: skip
    return buttons


@require_http_methods(["GET", "POST"])
def move(request, pk, code):
    """End, take up again, or withdraw with a reason."""
    found = own(request, pk)
    if code in _NO_FORM and request.method == "POST":
        try:
            _NO_FORM[code](found, by=request.actor)
        except Refused as refusal:
            toasts.add(request, str(refusal.reason), tone="late")
        else:
            toasts.add(request, _("Đã kết thúc đợt.") if code == "end_round" else _("Đã mở lại đợt."))
        return redirect("voters:round", pk=pk)
    if code != moves.WITHDRAW.code:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(found, by=request.actor, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            toasts.add(request, _("Đã thu hồi đợt; các hội nghị chưa họp được báo hủy."))
            return redirect("voters:round", pk=pk)
    on = dates.today()
    context = {"form": form, "round": found, "ahead": queries.figures(found.planned, on)["all"]}
    return render(request, "voters/desk/round_withdraw.html", context, status=422 if form.is_bound else 200)


@require_GET
def plan_paper(request, pk, kind):
    """The plan as it stands: `docx`, `pdf` or `xlsx`. The paper kept at publication is another one."""
    found = seen(request, pk)
    rows = [row for row in queries.rows_of(found) if row.state == "planned"]
    name = f"ke-hoach-tiep-xuc-cu-tri-{found.pk}.{kind}"
    if kind == "xlsx":
        return _file(paper.plan_xlsx(found, rows, found.area), XLSX, name)
    if kind not in ("docx", "pdf"):
        raise Http404
    content = paper.plan_docx(found, rows)
    if kind == "pdf":
        return _file(pdf.make(content, title=found.name), "application/pdf", name)
    return _file(content, DOCX, name)


def _file(content, kind, name):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
def urge(request, pk):
    """Urge the meetings picked in the list, or all whose minutes are missing (`muc` late: overdue)."""
    found = own(request, pk)
    wanted = "late" if request.POST.get("muc") == "late" else "missing"
    missing = queries.view_named(queries.views(dates.today()), wanted).condition
    chosen = queries.planned_for(request.actor).filter(missing, round=found)
    keys = [key for key in request.POST.getlist("chon") if key.isdigit()]
    if keys:
        chosen = chosen.filter(pk__in=keys)
    try:
        urged = planned_actions.urge(chosen, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(
            request,
            ngettext("Đã đôn đốc %(count)s biên bản.", "Đã đôn đốc %(count)s biên bản.", len(urged)) % {"count": len(urged)},
        )
    return redirect(f"{reverse('voters:round', args=[pk])}?xem=missing")


def seen(request, pk):
    """A round the actor may see; any other is not there."""
    return get_object_or_404(queries.named(queries.rounds_for(request.actor)), pk=pk)


def own(request, pk):
    """A round of the actor's own office."""
    found = seen(request, pk)
    try:
        rules.check_round(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    return found
