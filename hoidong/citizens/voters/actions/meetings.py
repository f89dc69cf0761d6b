"""The record of a meeting: opinions at speaking speed, then minutes; what was not answered becomes petitions."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.units import queries as units

from .. import moves, papers, rules
from ..models import Field, Meeting, Opinion
from ..states import Handling, Level, MeetingState, Source
from .records import Draft, record_petitions

MOST_VOTERS = 999_999
_COLUMNS = ("speaker", "hamlet", "text", "voters", "handling", "replied_by", "reply", "field_id", "level", "body_id")


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
    _check_writing(Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk))
    meeting.changed_at = dates.now()
    meeting.save(update_fields=[*_facts(), "changed_at"])
    audit.record("voters.update_meeting", meeting, by)
    return meeting


@transaction.atomic
def save_opinions(meeting, rows, *, by, moved=None):
    """Save rows of the grid as they are typed. `rows` are dicts with `place` and the columns of Opinion.

    Rows are keyed by their place: sending a row twice changes nothing, so a lost line can be sent again.
    An empty row is taken out. Returns the opinions in order. A row may carry `seen`, the mark of what stood at its place
    when the person began (see `mark_of`): where somebody else has written there since, it goes to the end, nothing is
    overwritten, and `moved` tells {place asked for: place given}.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_meeting(by, locked)
    _check_writing(locked)
    return _save_rows(locked, _beside(locked, _with_known(rows), {} if moved is None else moved), by)


def mark_of(opinion):
    """What an opinion says, in sixteen letters; a place where none stands has the mark `-`."""
    said = "\x1f".join(str(getattr(opinion, name)) for name in _COLUMNS)
    return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()


def _beside(meeting, rows, moved):
    """The rows at the places where they overwrite nobody: what two people wrote at one place stands at two."""
    there = {opinion.place: opinion for opinion in Opinion.objects.filter(meeting=meeting)}
    known = {(opinion.speaker, opinion.text): opinion.place for opinion in there.values()}
    last, kept = max([*there, *(row["place"] for row in rows)], default=0), []
    for row in rows:
        other, mine = there.get(row["place"]), _written(meeting, row)
        said = (mine.speaker, mine.text)
        if other is None or not row.get("seen") or row["seen"] == mark_of(other) or said == (other.speaker, other.text):
            kept.append(row)
        elif any(said) and row["seen"] != mark_of(mine):  # a row nobody touched here says nothing new
            # Sent again after its answer was lost, it is at the end already.
            moved[row["place"]] = known.get(said) or (last := last + 1)
            kept.append({**row, "place": moved[row["place"]]})
    return kept


@transaction.atomic
def add_opinions(meeting, rows, *, by):
    """Put rows behind those that are there; two people adding at once lose nothing. Returns the opinions in order."""
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_meeting(by, locked)
    _check_writing(locked)
    last = Opinion.objects.filter(meeting=locked).order_by("-place").values_list("place", flat=True).first() or 0
    placed = [{**row, "place": last + index} for index, row in enumerate(_with_known(rows), start=1)]
    return _save_rows(locked, placed, by)


def _save_rows(locked, rows, by):
    kept, emptied = [], []
    for row in rows:
        words = text.nfc(row.get("text"))
        if not words and not text.nfc(row.get("speaker")):
            emptied.append(row["place"])
            continue
        kept.append(_written(locked, row))
    Opinion.objects.filter(meeting=locked, place__in=emptied).delete()
    Opinion.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["meeting", "place"],
        update_fields=list(_COLUMNS),
    )
    Meeting.objects.filter(pk=locked.pk).update(changed_at=dates.now())
    audit.record("voters.save_opinions", locked, by, rows=len(kept), emptied=len(emptied))
    return list(Opinion.objects.filter(meeting=locked).order_by("place"))


def _with_known(rows):
    """The rows with ids of fields and bodies that exist, None elsewhere: two statements for all of them."""
    asked = {name: {int(row[name]) for row in rows if _is_key(row.get(name))} for name in ("field", "body")}
    known = {
        "field": set(Field.objects.filter(pk__in=asked["field"]).values_list("pk", flat=True)) if asked["field"] else set(),
        "body": set(units.get_many(asked["body"])) if asked["body"] else set(),
    }
    return [
        {
            **row,
            **{
                name: int(row[name]) if _is_key(row.get(name)) and int(row[name]) in ids else None
                for name, ids in known.items()
            },
        }
        for row in rows
    ]


def _is_key(typed):
    return isinstance(typed, str) and typed.isascii() and typed.isdecimal() and len(typed) < 19


def _written(meeting, row):
    """The opinion a row of the grid says."""
    return Opinion(
        meeting=meeting, place=row["place"], speaker=text.nfc(row.get("speaker"))[:120], hamlet=text.nfc(row.get("hamlet"))[:120],
        text=text.nfc(row.get("text")), voters=_voters(row.get("voters"), row["place"]),
        handling=row.get("handling") if row.get("handling") in Handling.values else Handling.UP,
        replied_by=text.nfc(row.get("replied_by"))[:200], reply=text.nfc(row.get("reply")),
        field_id=row["field"], level=row.get("level") if row.get("level") in Level.values else "", body_id=row["body"],
    )  # fmt: skip


def _voters(typed, place):
    """How many voters said the same: a whole number, one where nothing was typed."""
    said = text.nfc(str(typed or 1)).replace(".", "")
    if not said.isdecimal() or int(said) > MOST_VOTERS:
        raise Invalid(_("Dòng %(place)s: số cử tri “%(said)s” không phải số đếm được.") % {"place": place, "said": said[:20]})
    return max(int(said), 1)


@transaction.atomic
def make_minutes(meeting, *, by):
    """Close the record: print the minutes, and turn what was not answered on the spot into petitions.

    Returns the petitions. Raises Invalid when an opinion has no words or nothing was written at all.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_meeting(by, locked)
    opinions = list(Opinion.objects.filter(meeting=locked).select_related("field", "body__area").order_by("place"))
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
                field=opinion.field,
                level=opinion.level or ("commune" if opinion.handling == Handling.COMMUNE else ""),
                body=opinion.body,
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
