"""One petition: its record, writing a new one, editing its words, the names of who raised it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import audit, deadlines, files, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import NotAllowed, Refused, Stale
from hoidong.kernel.ui import toasts

from .. import actions, forms, looks, moves, papers, queries, rules, timeline
from ..models import Petition
from ..states import Result, S, Source

REWORDABLE = (S.NEW, S.HANDED_UP, S.CLASSIFIED, S.RETURNED)
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
    office = rules.works_for_council(request.actor)
    origins = list(found.origins.all())
    context = {
        "petition": found,
        "look": looks.look_of(found),
        "offers": workflow.open_moves(found, moves.MOVES, request.actor),
        "answers": [_shown(reply) for reply in found.answers.all()],
        "transfers": [_letter(item) for item in found.transfers.all()],
        "merged": list(found.merged.all()),
        "entries": timeline.of(found),
        "origins": origins,
        "has_speakers": any(origin.speaker for origin in origins),
        "similar": [(other, _likeness(other, found, likeness)) for other, likeness in queries.similar(request.actor, found)]
        if office
        else [],
        "office": office,
        "can_reword": office and found.state in REWORDABLE,
    }
    return render(request, "voters/desk/petition.html", context | _clock(found))


def _shown(reply):
    """A reply with what its box shows: shape, file, judgement, days to the promise."""
    reply.shape, reply.tone = looks.result_shape(Result(reply.result))
    reply.file = files.by_id(reply.file_id) if reply.file_id else None
    reply.judged = getattr(reply, "assessment", None)
    reply.promise_days = (reply.promised_on - dates.today()).days if reply.promised_on else None
    return reply


def _letter(item):
    item.note = "" if item.outcome == "sent" else ": ".join(filter(None, [item.get_outcome_display(), item.reason]))
    return item


def _likeness(other, petition, likeness):
    """Why the machine holds two petitions alike, and whether they could be merged now."""
    other.mergeable = petition.state in moves.MERGE.sources and other.state in moves.MERGE.sources
    words = set(text.fold(petition.title).split()) & set(text.fold(other.title).split())
    shared = [word for word in petition.title.split() if text.fold(word) in words and len(word) > 3][:6]
    other.why = _("Giống %(share)s %%: “%(words)s”") % {"share": round(likeness * 100), "words": " ".join(shared)}
    return likeness


def _clock(petition):
    """The deadline box: how far the day is, or how early the answer came, and how the day was computed."""
    if petition.due_on is None:
        return {"days": None, "due_state": "", "due_text": "", "why": [], "why_note": ""}
    days = looks.days_left(petition, dates.today())
    words, state = "", ""
    if days is None:
        late = petition.answered_on and petition.answered_on > petition.due_on
        state = "late" if late else "done"
        words = (
            (_("trả lời ngày %(day)s, chậm hạn") if late else _("trả lời ngày %(day)s, trong hạn"))
            % {"day": dates.format_date(petition.answered_on)}
            if petition.answered_on
            else _("không còn tính hạn")
        )
    clocks = deadlines.of(petition)
    why = deadlines.explain(clocks[-1]) if clocks else []
    unverified = bool(clocks) and clocks[-1].rule is not None and not clocks[-1].rule.is_verified
    return {
        "days": days,
        "due_state": state,
        "due_text": words,
        "why": why,
        "why_note": _("Số ngày này chưa được đối chiếu với văn bản gốc.") if unverified else "",
    }


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
                request.session["voters.kept"] = {
                    name: request.POST.get(name) for name in KEPT_WITH_NEXT if name in request.POST
                }
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
        request,
        "voters/desk/reword.html",
        {"form": form, "petition": found, "newer": newer},
        status=422 if form.is_bound else 200,
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
