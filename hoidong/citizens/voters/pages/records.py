"""One petition: its record, writing a new one, editing its words, the names of who raised it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import audit, deadlines, files, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused, Stale
from hoidong.kernel.ui import toasts

from .. import actions, forms, looks, moves, papers, queries, rules, timeline
from ..models import Petition
from ..states import Result, Source

KEPT_WITH_NEXT = ("commune", "hamlet", "raised_on", "session", "phase", "source", "field")


def _found(actor, pk):
    try:
        return queries.record(actor, pk)
    except Petition.DoesNotExist as error:
        raise Http404 from error


@require_GET
def petition(request, pk):
    """The record: facts left, timeline right, the open moves as buttons, closed ones with their reason."""
    found = _found(request.actor, pk)
    answers = list(found.answers.all())
    for reply in answers:
        reply.shape, reply.tone = looks.result_shape(Result(reply.result))
        reply.file = files.by_id(reply.file_id) if reply.file_id else None
    clocks = deadlines.of(found)
    return render(
        request,
        "voters/desk/petition.html",
        {
            "petition": found,
            "look": looks.look_of(found),
            "offers": workflow.open_moves(found, moves.MOVES, request.actor),
            "answers": answers,
            "clock": clocks[-1] if clocks else None,
            "why": deadlines.explain(clocks[-1]) if clocks else [],
            "entries": timeline.of(found),
            "origins": list(found.origins.all()),
            "similar": queries.similar(request.actor, found) if rules.works_for_council(request.actor) else [],
            "office": rules.works_for_council(request.actor),
            "today": dates.today(),
        },
    )


@require_http_methods(["GET", "POST"])
def new(request):
    """Write a petition down. "Save and next" keeps what the next one shares."""
    actor = request.actor
    if not rules.works_for_council(actor):
        raise Http404
    form = forms.PetitionForm(request.POST or None, actor=actor, initial=request.session.pop("voters.kept", None))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            recorded = _record(data, actor)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã ghi kiến nghị %(number)s. Mã tra cứu cho cử tri: %(code)s.") % {
                "number": recorded, "code": recorded.code})  # fmt: skip
            if "next" in request.POST:
                request.session["voters.kept"] = {name: request.POST.get(name) for name in KEPT_WITH_NEXT if name in request.POST}
                return redirect("voters:new")
            return redirect("voters:petition", pk=recorded.pk)
    status = 422 if form.is_bound else 200
    return render(request, "voters/desk/petition_new.html", {"form": form}, status=status)


def _record(data, actor):
    draft = actions.Draft(
        text=data["text"], speaker=data["speaker"], hamlet=data["hamlet"], voters=data["voters"],
        raised_on=data["raised_on"], field=data["field"], commune=data.get("commune"),
    )  # fmt: skip
    return actions.record_petitions(
        [draft], office=actor.unit.area, session=data["session"], phase=data["phase"], source=Source(data["source"]), by=actor
    )[0]


@require_http_methods(["GET", "POST"])
def reword(request, pk):
    """Edit title and wording. When somebody was faster, both versions stand side by side and nothing typed is lost."""
    found = _found(request.actor, pk)
    try:
        rules.check_office(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    initial = {"title": found.title, "text": found.text, "seen_at": found.changed_at.isoformat()}
    form = forms.RewordForm(request.POST or None, initial=initial)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.reword(
                found, title=form.cleaned_data["title"], words=form.cleaned_data["text"], by=request.actor,
                seen_at=parse_datetime(request.POST["seen_at"]) or found.changed_at,
            )  # fmt: skip
        except Stale as refusal:
            newer = found
            form.add_error(None, refusal.reason)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã lưu lời văn mới. Lời cử tri giữ nguyên ở từng nơi nêu."))
            return redirect("voters:petition", pk=pk)
    return render(
        request, "voters/desk/reword.html", {"form": form, "petition": found, "newer": newer}, status=422 if form.is_bound else 200
    )


@require_POST
def speakers(request, pk):
    """Show who raised a petition: personal data, for the council's side only, and each look is written down."""
    found = _found(request.actor, pk)
    if not rules.works_for_council(request.actor):
        raise Http404
    audit.looked_at(found, request.actor, what=_("họ tên cử tri nêu kiến nghị"))
    origins = [origin for origin in found.origins.all() if origin.speaker]
    return render(request, "voters/desk/_speakers.html", {"origins": origins})


@require_GET
def slip(request, pk):
    """The slip for the voter: the code, its QR, how to follow. A page to print on half a sheet."""
    found = _found(request.actor, pk)
    if not rules.works_for_council(request.actor):
        raise Http404
    address = request.build_absolute_uri(reverse("portal:case", args=[found.code]))
    return render(request, "voters/desk/slip.html", {"petition": found, "address": address, "qr": papers.qr_svg(address)})

