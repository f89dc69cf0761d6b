"""One page for every move, for one petition or many: what was chosen, what the move needs, who cannot go and why."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms as django_forms
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hoidong.kernel import deadlines, files
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused, Stale
from hoidong.kernel.ui import toasts

from .. import actions, forms, moves, queries
from ..shares import actions as shares
from ..shares.forms import ShareForm
from ..supervision import actions as supervision
from ..supervision.forms import TakeUpForm
from . import offered

MOST = 500


@dataclass(frozen=True)
class MovePage:
    """How a move is asked for: its form, what carries it out (and may say which were done), and whether several may go at once."""

    move: object
    perform: Callable
    form: type | None = None
    many: bool = True
    needs_petitions: bool = False
    needs_actor: bool = False


def _classify(request, petitions, data):
    return offered.take_over(request, petitions, data)


def _merge(request, petitions, data):
    actions.merge(data["master"], petitions, by=request.actor)


def _send(request, petitions, data):
    """One letter for each body among the chosen petitions."""
    for body_id in sorted(set(petitions.values_list("body", flat=True))):
        actions.transfer(
            petitions.filter(body=body_id), issuer=request.actor.unit, issued_on=data["issued_on"], signer=data["signer"],
            signer_title=data["signer_title"], complex_matter=data["complex_matter"], by=request.actor,
        )  # fmt: skip


def _urge(request, petitions, data):
    actions.urge(petitions, issuer=request.actor.unit, by=request.actor, **data)


def _answer(request, petitions, data, on_paper=False):
    upload, day = data.pop("file", None), data.pop("came_on", None)
    given = files.save(upload, by=request.actor) if upload else None
    reply = actions.Reply(file_id=given.pk if given else None, **data)
    actions.answer(petitions, reply=reply, by=request.actor, on=day, on_paper=on_paper)


def _answer_on_paper(request, petitions, data):
    _answer(request, petitions, data, on_paper=True)


def _return_on_paper(request, petitions, data):
    actions.give_back(petitions, by=request.actor, on_paper=True, **data)


def _assess(request, petitions, data):
    actions.assess(petitions, by=request.actor, verdict=data["verdict"], note=data["note"])


def _share(request, petitions, data):
    shares.ask(petitions, by=request.actor, **data)


def _supervise(request, petitions, data):
    supervision.take_up(data["team"], petitions, by=request.actor)


def _each(action):
    def perform(request, petitions, data):
        for petition in petitions:
            action(petition, by=request.actor, **data)

    return perform


def _all(action):
    def perform(request, petitions, data):
        action(petitions, by=request.actor, **data)

    return perform


PAGES = {
    page.move.code: page
    for page in (
        MovePage(moves.HAND_UP, _all(actions.hand_up)),
        MovePage(moves.KEEP, _all(actions.keep)),
        MovePage(moves.CLASSIFY, _classify, forms.ClassifyForm, needs_petitions=True),
        MovePage(moves.MERGE, _merge, forms.MergeForm, needs_petitions=True),
        MovePage(moves.SEND, _send, forms.SendForm),
        MovePage(moves.SEND_BACK, _each(actions.send_back), forms.ReasonForm),
        MovePage(moves.TAKE, _all(actions.take)),
        MovePage(moves.RETURN, _all(actions.give_back), forms.ReturnForm),
        MovePage(moves.ANSWER, _answer, forms.AnswerForm),
        MovePage(moves.SHARE, _share, ShareForm, needs_petitions=True),
        MovePage(moves.URGE, _urge, forms.UrgeForm),
        MovePage(moves.ANSWER_ON_PAPER, _answer_on_paper, forms.PaperAnswerForm),
        MovePage(moves.RETURN_ON_PAPER, _return_on_paper, forms.ReturnForm),
        MovePage(moves.ASSESS, _assess, forms.AssessForm),
        MovePage(moves.ASK_AGAIN, _each(actions.ask_again), forms.ReasonForm, many=False),
        MovePage(moves.CARRY, _each(actions.carry)),
        MovePage(moves.CLOSE, _all(actions.close)),
        MovePage(moves.SUPERVISE, _supervise, TakeUpForm, needs_actor=True),
        MovePage(moves.UNMERGE, _each(actions.unmerge), many=False),
    )
}


@require_http_methods(["GET", "POST"])
def move(request, code):
    """Ask for a move, or make it. What was typed stays when it is refused."""
    page = PAGES.get(code)
    if page is None:
        raise Http404
    keys = [key for key in (request.POST or request.GET).getlist("chon") if key.isdecimal() and len(key) < 19][:MOST]
    petitions = queries.petitions_for(request.actor).filter(pk__in=keys).order_by("pk")
    chosen = list(petitions.select_related("commune", "body__area", "field", "office", "merged_into"))
    if not chosen:
        raise Http404
    refused = [(petition, reason) for petition in chosen if (reason := _refusal(page.move, petition, request.actor))]
    form = _form(page, request, chosen)
    made = request.method == "POST" and "lam" in request.POST and (form is None or form.is_valid())
    if made and not refused:
        try:
            with transaction.atomic():
                _check_unchanged(chosen, request.POST.get("luc", ""))
                done = page.perform(request, petitions, dict(form.cleaned_data) if form else {})
        except Refused as refusal:
            if form is None:
                form = django_forms.Form(request.POST)
                form.is_valid()
            form.add_error(refusal.field if getattr(refusal, "field", None) in form.fields else None, refusal.reason)
        else:
            toasts.add(request, _done(page.move, done or chosen))
            return redirect(_back(request, chosen))
    context = {
        "page": page, "move": page.move, "chosen": chosen, "refused": refused, "form": form, "back": _back(request, chosen),
        "seen": max(petition.changed_at for petition in chosen).isoformat(),
        **(_letters(chosen, form, RULES[code]) if code in RULES else {}),
        **({"offered": offered.put_rows(request, chosen), "most": offered.MOST} if page.move == moves.CLASSIFY else {}),
    }  # fmt: skip
    wrong = (form is not None and form.errors) or (refused and request.method == "POST")
    return render(request, "voters/desk/move.html", context, status=422 if wrong else 200)


def _form(page, request, chosen):
    if page.form is None:
        return None
    data = request.POST if request.method == "POST" and "lam" in request.POST else None
    extra = {"petitions": chosen} if page.needs_petitions else {}
    if page.needs_actor:
        extra["actor"] = request.actor
    return page.form(data, request.FILES or None, **extra)


def _check_unchanged(chosen, seen):
    """Raises Stale when somebody changed a petition after this page was shown: what was typed stays, the new is above it."""
    changed = [str(petition) for petition in chosen if seen and petition.changed_at.isoformat() > seen]
    if changed:
        raise Stale(
            _("Kiến nghị %(numbers)s vừa được người khác sửa. Xem lại bản mới bên dưới; nếu vẫn đúng thì bấm lần nữa.")
            % {"numbers": ", ".join(changed[:5])}
        )


def _refusal(move, petition, actor):
    if petition.state not in move.sources:
        return _("đang “%(state)s”") % {"state": petition.get_state_display()}
    try:
        move.check(actor, petition)
    except NotAllowed as refusal:
        return str(refusal.reason)
    return ""


# The moves that send letters, and the rule that says by when each is answered.
RULES = {"send": "KNCT.ANSWER_COUNCIL", "urge": "KNCT.URGE"}


def _letters(chosen, form, rule):
    """What will go out: a body, how many, and the day by which it answers; or why that day cannot be told."""
    day = form.cleaned_data.get("issued_on") if form.is_bound and form.is_valid() else dates.today()
    bodies = {}
    for petition in chosen:
        if petition.body_id:
            bodies.setdefault(petition.body_id, []).append(petition)
    try:
        due = deadlines.due_by_rule(rule, day, unit=chosen[0].office)
    except Refused as refusal:
        due, why_not = None, str(refusal.reason)
    else:
        why_not = ""
    return {"letters": [(batch[0].body, len(batch), due) for batch in bodies.values()], "why_not": why_not}


def _done(move, chosen):
    if len(chosen) == 1:
        return _("%(move)s: xong, kiến nghị %(number)s.") % {"move": move.label, "number": chosen[0]}
    return ngettext("%(move)s: xong %(count)s kiến nghị.", "%(move)s: xong %(count)s kiến nghị.", len(chosen)) % {
        "move": move.label, "count": len(chosen)}  # fmt: skip


def _back(request, chosen):
    target = request.POST.get("ve") or request.GET.get("ve") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("voters:petition", args=[chosen[0].pk]) if len(chosen) == 1 else reverse("voters:petitions")
