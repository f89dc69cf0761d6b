"""One petition: its record, writing a new one, editing its words, the names of who raised it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import audit, deadlines, files, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Refused, Stale
from hoidong.kernel.ui import once, toasts

from .. import actions, forms, looks, moves, papers, queries, rules, timeline
from ..actions import listing
from ..models import Petition
from ..proposals import queries as proposals
from ..states import Result, S, Source
from ..supervision import queries as supervision
from . import shares

REWORDABLE = (S.NEW, S.HANDED_UP, S.CLASSIFIED, S.RETURNED)
_NEXT, _KEPT = "tiep", "voters.kept"
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
    origins = queries.origins_for(request.actor, found)
    merged = list(found.merged.all())
    context = {
        "petition": found,
        "look": looks.look_of(found),
        "offers": workflow.open_moves(found, moves.MOVES, request.actor),
        "answers": [shown_reply(reply, request.actor) for reply in found.answers.all()],
        "transfers": [_letter(item, request.actor) for item in found.transfers.all()],
        "urgings": [_letter(item, request.actor) for item in found.urgings.all()],
        "merged": merged,
        "shares": shares.shown(request.actor, found) if found.has_shares else [],
        "supervised": supervision.supervision_of(request.actor, found),
        "ratings": queries.ratings_for(found) if office else [],
        "linked": queries.seen_among(request.actor, [*merged, found.merged_into]),
        "entries": timeline.of(found),
        "origins": origins,
        "has_speakers": any(origin.own and origin.speaker for origin in origins),
        "office": office,
        "listed": office and found.is_listed,
        "can_reword": found.state in REWORDABLE and rules.holds_in_hand(request.actor, found),
    }
    return render(request, "voters/desk/petition.html", context | _clock(found))


def shown_reply(reply, actor=None):
    """A reply with what its box shows: shape, file (for whom may read it), judgement, days to the promise."""
    reply.shape, reply.tone = looks.result_shape(Result(reply.result))
    stored = files.by_id(reply.file_id) if reply.file_id and actor else None
    reply.file = stored if stored and files.may_see(actor, stored) else None
    reply.judged = getattr(reply, "assessment", None)
    reply.promise_days = (reply.promised_on - dates.today()).days if reply.promised_on else None
    return reply


def _letter(item, actor):
    """A letter a petition went out with, what became of it, and whether the one who looks may open the letter."""
    outcome = getattr(item, "outcome", "sent")
    item.note = "" if outcome == "sent" else ": ".join(filter(None, [item.get_outcome_display(), item.reason]))
    item.readable = queries.reads_letter(actor, item.letter)
    return item


@require_GET
def alike(request, pk):
    """The piece of the record with earlier petitions that read alike; asked for once the record stands there."""
    found = _found(request.actor, pk)
    if not rules.works_for_council(request.actor):
        raise Http404
    context = {"petition": found, "similar": _alike(request.actor, found)}
    return render(request, "voters/desk/_alike.html", context)


def _alike(actor, petition):
    """Earlier petitions that read like this one: why the machine holds them alike, and whether they could be merged now."""
    found = proposals.similar(actor, petition.text, area=actor.unit.area, without=petition.pk)
    for one in found:
        one.petition.mergeable = petition.state in moves.MERGE.sources and one.petition.state in moves.MERGE.sources
        one.petition.why = _("Giống %(share)s %%: “%(words)s”") % {"share": one.percent, "words": one.shared}
    return [(one.petition, one.likeness) for one in found]


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
    return {"days": days, "due_state": state, "due_text": words, **_reckoning(petition)}


def _reckoning(petition):
    """How the day was computed; nothing where the calendar it stood on is gone."""
    clocks = deadlines.of(petition)
    try:
        why = deadlines.explain(clocks[-1]) if clocks else []
    except deadlines.CalendarMissing:
        why = []
    unverified = bool(clocks) and clocks[-1].rule is not None and not clocks[-1].rule.is_verified
    return {
        "why": why,
        "why_note": _("Số ngày này chưa được đối chiếu với văn bản gốc.") if unverified else "",
        "obstacle": clocks[-1].obstacle if clocks else "",
    }


@require_http_methods(["GET", "POST"])
def new(request):
    """Write a petition down. "Save and next" keeps what the next one shares."""
    actor = request.actor
    if not rules.works_for_council(actor):
        raise Http404
    kept = request.session.get(_KEPT) if _NEXT in request.GET else None
    form = forms.PetitionForm(request.POST or None, actor=actor, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            recorded, again = _record_once(request, form.cleaned_data)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            if again:
                toasts.add(request, _("Biểu mẫu này đã gửi rồi, kiến nghị đã ghi một lần."), tone="soon")
                return redirect("voters:petition", pk=recorded)
            toasts.add(request, _("Đã ghi kiến nghị %(number)s. Mã tra cứu cho cử tri: %(code)s.") % {
                "number": recorded, "code": recorded.code})  # fmt: skip
            if "next" in request.POST:
                _keep(request)
                return redirect(f"{reverse('voters:new')}?{_NEXT}")
            return redirect("voters:petition", pk=recorded.pk)
    status = 422 if form.is_bound else 200
    return render(request, "voters/desk/petition_new.html", {"form": form}, status=status)


def _keep(request):
    """Keep what the next petition of the same meeting shares. A session that says so already is not written again."""
    kept = {name: request.POST.get(name) for name in KEPT_WITH_NEXT if name in request.POST}
    if request.session.get(_KEPT) != kept:
        request.session[_KEPT] = kept


@transaction.atomic
def _record_once(request, data):
    """(petition, False), or (key of the petition, True) where the same form was sent before."""
    if (before := once.claim(request)) is not None:
        return before, True
    recorded = _record(data, request.actor)
    once.keep(request, recorded.pk)
    return recorded, False


def _record(data, actor):
    draft = actions.Draft(
        text=data["text"], speaker=data["speaker"], hamlet=data["hamlet"], voters=data["voters"],
        raised_on=data["raised_on"], field=data["field"], level=data["level"], body=data["body"],
        commune=data.get("commune"),
    )  # fmt: skip
    return actions.record_petitions(
        [draft], office=actor.unit.area, session=data["session"], phase=data["phase"], source=Source(data["source"]), by=actor
    )[0]


@require_http_methods(["GET", "POST"])
def reword(request, pk):
    """Edit title and wording. When somebody was faster, both versions stand side by side and nothing typed is lost."""
    found = _found(request.actor, pk)
    if not rules.holds_in_hand(request.actor, found):
        raise Http404
    initial = {"title": found.title, "text": found.text, "seen_at": found.changed_at.isoformat()}
    form = forms.RewordForm(request.POST or None, initial=initial)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.reword(
                found, title=form.cleaned_data["title"], words=form.cleaned_data["text"], by=request.actor,
                seen_at=form.cleaned_data["seen_at"],
            )  # fmt: skip
        except Stale as refusal:
            newer = _found(request.actor, pk)
            # The newer version is shown now; saving again is a decision, no longer an accident.
            form.data = form.data | {"seen_at": newer.changed_at.isoformat()}
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
    audit.looked_at(found, request.actor, what=gettext_lazy("họ tên cử tri nêu kiến nghị"))
    origins = [origin for origin in queries.origins_for(request.actor, found) if origin.own and origin.speaker]
    return render(request, "voters/desk/_speakers.html", {"origins": origins})


@require_POST
def public(request, pk):
    """Put the petition into the public list of its place, or take it out."""
    found = _found(request.actor, pk)
    if not rules.works_for_council(request.actor):
        raise Http404
    listed = request.POST.get("lam") == "dang"
    try:
        listing.list_publicly(found, by=request.actor, listed=listed)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Đã đăng lên danh sách công khai.") if listed else _("Đã gỡ khỏi danh sách công khai."))
    return redirect("voters:petition", pk=pk)


@require_GET
def slip(request, pk):
    """The slip for the voter: the code, its QR, how to follow. A page to print on half a sheet."""
    found = _found(request.actor, pk)
    if not rules.works_for_council(request.actor):
        raise Http404
    address = request.build_absolute_uri(reverse("portal:case", args=[found.code]))
    return render(request, "voters/desk/slip.html", {"petition": found, "address": address, "qr": papers.qr_svg(address)})
