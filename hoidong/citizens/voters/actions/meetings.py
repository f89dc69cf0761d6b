"""The record of a meeting: opinions at speaking speed, then minutes; what was not answered becomes petitions."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed

from .. import moves, papers, rules
from ..models import Meeting, Opinion
from ..states import Handling, MeetingState, Source
from .records import Draft, record_petitions


@transaction.atomic
def open_meeting(meeting, *, by):
    """Begin the record of a meeting (an unsaved Meeting from the form) and return it."""
    rules.check_meeting(by, meeting)
    meeting.opened_by = by.person
    meeting.changed_at = dates.now()
    meeting.save()
    audit.record("voters.open_meeting", meeting, by, held_on=meeting.held_on.isoformat(), place=meeting.place)
    return meeting


@transaction.atomic
def update_meeting(meeting, *, by):
    """Change the facts of a meeting that is still being written."""
    rules.check_meeting(by, meeting)
    _check_writing(meeting)
    meeting.changed_at = dates.now()
    meeting.save(update_fields=[*_facts(), "changed_at"])
    audit.record("voters.update_meeting", meeting, by)
    return meeting


@transaction.atomic
def save_opinions(meeting, rows, *, by):
    """Save rows of the grid as they are typed. `rows` are dicts with `place` and the columns of Opinion.

    Rows are keyed by their place: sending a row twice changes nothing, so a lost line can be sent again.
    An empty row is taken out. Returns the opinions in order.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_meeting(by, locked)
    _check_writing(locked)
    kept, emptied = [], []
    for row in rows:
        words = text.nfc(row.get("text"))
        if not words and not text.nfc(row.get("speaker")):
            emptied.append(row["place"])
            continue
        kept.append(
            Opinion(
                meeting=locked,
                place=row["place"],
                speaker=text.nfc(row.get("speaker"))[:120],
                hamlet=text.nfc(row.get("hamlet"))[:120],
                text=words,
                voters=max(int(row.get("voters") or 1), 1),
                handling=row.get("handling") if row.get("handling") in Handling.values else Handling.UP,
                replied_by=text.nfc(row.get("replied_by"))[:200],
                reply=text.nfc(row.get("reply")),
            )
        )
    Opinion.objects.filter(meeting=locked, place__in=emptied).delete()
    Opinion.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["meeting", "place"],
        update_fields=["speaker", "hamlet", "text", "voters", "handling", "replied_by", "reply"],
    )
    Meeting.objects.filter(pk=locked.pk).update(changed_at=dates.now())
    audit.record("voters.save_opinions", locked, by, rows=len(kept), emptied=len(emptied))
    return list(Opinion.objects.filter(meeting=locked).order_by("place"))


@transaction.atomic
def make_minutes(meeting, *, by):
    """Close the record: print the minutes, and turn what was not answered on the spot into petitions.

    Returns the petitions. Raises Invalid when an opinion has no words or nothing was written at all.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_meeting(by, locked)
    opinions = list(Opinion.objects.filter(meeting=locked).order_by("place"))
    if not opinions:
        raise Invalid(_("Chưa có ý kiến nào. Ghi ý kiến, hoặc ghi một dòng “không có ý kiến”."))
    empty = [opinion.place for opinion in opinions if not opinion.text]
    if empty:
        raise Invalid(_("Dòng %(rows)s chưa có nội dung.") % {"rows": ", ".join(map(str, empty))})
    raised = [opinion for opinion in opinions if opinion.handling != Handling.SPOT]
    petitions = record_petitions(
        [
            Draft(
                text=opinion.text,
                speaker=opinion.speaker,
                hamlet=opinion.hamlet,
                voters=opinion.voters,
                raised_on=locked.held_on,
                level="commune" if opinion.handling == Handling.COMMUNE else "",
            )
            for opinion in raised
        ],
        office=locked.commune,
        session=locked.session,
        phase=locked.phase,
        source=Source.MEETING,
        received_on=dates.today(),
        meeting=locked,
        by=by,
    )
    for opinion, petition in zip(raised, petitions, strict=True):
        opinion.petition = petition
    Opinion.objects.bulk_update(raised, ["petition"], batch_size=500)
    paper = papers.minutes(locked, opinions, by=by)
    workflow.make(moves.RECORD_MEETING, locked, by=by, paper_id=paper.pk)
    return petitions


def _facts():
    return [
        "session", "phase", "held_on", "starts_at", "place", "chair", "secretary",
        "deputies_present", "deputies_absent", "voters_total", "voters_women",
    ]  # fmt: skip


def _check_writing(meeting):
    if meeting.state != MeetingState.WRITING:
        raise NotAllowed(_("Biên bản đã lập, không sửa được nữa."))
