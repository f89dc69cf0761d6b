"""What happens to a planned meeting after publication: changed, added, called off, written down, urged."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hoidong.kernel import audit, outbox, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.base.language import in_vietnamese

from ..models import Meeting, PlanChange, PlannedDeputy, PlannedMeeting, Round
from ..rounds import cells, conflicts, events, moves, rules, words
from ..rounds.states import ChangeKind, PlannedState
from .meetings import open_meeting
from .plan_rows import next_place

VALUES = ("group", "commune", "held_on", "starts_at", "ends_at", "venue", "kind", "chair", "guests", "note")
MOST_URGED = 1000
# What is kept of a change is Vietnamese, whatever language the officer reads.
_said = in_vietnamese(words.describe)


@transaction.atomic
def change_planned(planned, values, people, *, by, seen_at, reason=""):
    """Change an announced meeting and announce the change: what it was, what it is, why. Returns the PlanChange, or None.

    `values` are the columns of VALUES, `people` the deputies. Raises Stale when somebody was faster than `seen_at`,
    NotAllowed once it is written down or called off, Invalid when a deputy would be in two places at once.
    """
    locked = _locked(planned, by)
    _check_open(locked)
    if locked.changed_at != seen_at:
        raise Stale(_("Hội nghị vừa được người khác đổi. Điều Ông/Bà gõ còn ở đây; so với lịch mới rồi lưu lại."))
    people_before, commune_before = words.people_of(locked), locked.commune_id
    before = _said(locked, people_before)
    for name in VALUES:
        setattr(locked, name, values[name])
    # Who was there before stays in the same order: another order alone is no change to announce.
    people = [*(one for one in people_before if one in people), *(one for one in people if one not in people_before)]
    was, now = words.difference(before, _said(locked, people))
    if not now:
        return None
    _save(locked, people)
    _check_fits(locked)
    left = [person.account_id for person in people_before if person not in people and person.account_id]
    moved = [commune_before] if commune_before != locked.commune_id else []
    return _announce(locked, ChangeKind.CHANGED, was, now, reason, by, accounts=left, communes=moved)


@transaction.atomic
def add_planned(found, values, people, *, by, reason=""):
    """Add a meeting to a published round and announce it. Returns the planned meeting."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("area", "session").get(pk=found.pk)
    rules.check_published(by, locked)
    at = dates.now()
    made = PlannedMeeting(round=locked, place=next_place(locked), announced_at=at, changed_at=at)
    for name in VALUES:
        setattr(made, name, values[name])
    _save(made, people, new=True)
    _check_fits(made)
    _announce(made, ChangeKind.ADDED, {}, words.difference({}, _said(made, people))[1], reason, by)
    return made


@transaction.atomic
def call_off(planned, *, by, reason):
    """Call an announced meeting off, saying why; it stays visible, and in calendars as cancelled."""
    locked = _locked(planned, by)
    made = workflow.make(moves.CALL_OFF, locked, by=by, reason=reason)
    PlannedMeeting.objects.filter(pk=locked.pk).update(sequence=F("sequence") + 1, changed_at=dates.now())
    change = PlanChange.objects.create(
        planned=locked, kind=ChangeKind.CALLED_OFF, reason=reason[:300], at=dates.now(), by=by.person
    )
    outbox.publish(events.CHANGED, ids=[change.pk])
    return made


@transaction.atomic
def record(planned, meeting, *, by):
    """Begin the record of a planned meeting (an unsaved Meeting from the form) and tie both together."""
    locked = _locked_to_record(planned, by)
    opened = open_meeting(meeting, by=by)
    _tie(locked, opened, by)
    return opened


@transaction.atomic
def link(planned, meeting, *, by):
    """Tie a meeting the commune had recorded on its own to the plan."""
    locked = _locked_to_record(planned, by)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.commune_id != locked.commune_id:
        raise Invalid(_("Hội nghị này của xã khác. Chọn hội nghị của chính xã có trong lịch."), field="meeting")
    if PlannedMeeting.objects.filter(meeting=meeting).exists():
        raise Invalid(_("Hội nghị này đã nối với một dòng khác của lịch."), field="meeting")
    _tie(locked, meeting, by)
    return meeting


@transaction.atomic
def urge(planned, *, by):
    """Urge the communes whose minutes are missing: a numbered notice each, kept with the meeting. Returns what was urged."""
    chosen = list(planned.select_related(None).order_by("pk").values_list("pk", flat=True)[:MOST_URGED])
    rows = PlannedMeeting.objects.filter(pk__in=chosen).select_for_update(of=("self",)).select_related("round", "meeting")
    today = dates.today()
    due = [row for row in rows.order_by("pk") if _is_missing(row, today)]
    for round_ in {row.round for row in due}:
        rules.check_round(by, round_)
    if not due:
        raise Invalid(_("Không có biên bản nào thiếu trong các dòng đã chọn."))
    for row in due:
        row.urged, row.urged_on = row.urged + 1, today
    PlannedMeeting.objects.bulk_update(due, ["urged", "urged_on"], batch_size=500)
    audit.record_many("voters.urge_minutes", due, by, each=lambda row: {"time": row.urged})
    outbox.publish(events.URGED, ids=[row.pk for row in due], times=[row.urged for row in due])
    return due


def _is_missing(row, today):
    done = row.meeting is not None and row.meeting.state == "recorded"
    return row.announced_at and row.state == PlannedState.PLANNED and row.held_on < today and not done


def _locked(planned, by):
    rows = PlannedMeeting.objects.select_for_update(of=("self",))
    locked = rows.select_related("round__session__council", "round__area", "commune", "group").get(pk=planned.pk)
    rules.check_published(by, locked.round)
    return locked


def _locked_to_record(planned, by):
    locked = PlannedMeeting.objects.select_for_update(of=("self",)).select_related("round", "commune").get(pk=planned.pk)
    rules.check_record(by, locked)
    return locked


def _check_open(planned):
    if planned.state != PlannedState.PLANNED or planned.meeting_id:
        raise NotAllowed(_("Hội nghị đã được ghi hoặc đã hủy, không đổi lịch được nữa."))


def _save(planned, people, *, new=False):
    """Write a row and its deputies; complete rows only."""
    for name, sentence in (("commune", _("Chọn xã, phường.")), ("held_on", _("Ghi ngày họp.")), ("venue", _("Ghi nơi họp."))):
        if not getattr(planned, name):
            raise Invalid(sentence, field=name)
    planned.typed = {}
    planned.sequence += 0 if new else 1
    planned.changed_at = dates.now()
    planned.minutes_due_on = conflicts.minutes_due([planned.held_on], planned.round.area)[planned.held_on]
    planned.save()
    PlannedDeputy.objects.filter(planned=planned).delete()
    PlannedDeputy.objects.bulk_create([PlannedDeputy(planned=planned, person=person) for person in people])


def _check_fits(planned):
    """A deputy in two places at once is refused here, too; the caller's transaction takes everything back."""
    from ..rounds.queries import rows_of

    known = cells.Known(planned.round.area, planned.held_on)
    rows = list(rows_of(planned.round).filter(held_on=planned.held_on))
    if told := conflicts.look(planned.round, rows, known, dates.today()).stops.get(planned.pk):
        raise Invalid(" ".join(told), field="held_on")


def _tie(planned, meeting, by):
    PlannedMeeting.objects.filter(pk=planned.pk).update(meeting=meeting)
    audit.record("voters.record_planned", planned, by, meeting=meeting.pk)


def _announce(planned, kind, before, after, reason, by, **gone):
    """Keep what changed and tell it; `gone` are the accounts and communes it no longer concerns, who must hear it, too."""
    change = PlanChange.objects.create(
        planned=planned, kind=kind, before=before, after=after, reason=reason[:300], at=dates.now(), by=by.person
    )
    action = "voters.add_planned" if kind == ChangeKind.ADDED else "voters.change_planned"
    audit.record(action, planned, by, reason=reason, before=before, after=after)
    outbox.publish(events.CHANGED, ids=[change.pk], **gone)
    return change
