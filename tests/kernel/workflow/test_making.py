"""Moves are the only writer of a state. Petitions of the demo serve as records; the moves are made up."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel import audit, workflow
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.workflow import Move, moves

pytestmark = pytest.mark.django_db


def anybody(actor, record):
    """Lets everybody."""


def nobody(actor, record):
    raise NotAllowed("Chỉ Chủ tịch làm được việc này.")


TAKE = Move("tests_take", {S.NEW}, S.HANDED_UP, anybody, "Tiếp nhận", event="tests.taken", changes=("handed_up_on",))
CLOSED = Move("tests_closed", {S.NEW}, S.HANDED_UP, nobody, "Ký")
REASONED = Move("tests_reasoned", {S.NEW}, S.CANCELLED, anybody, "Hủy", reason_required=True)
NOTE = Move("tests_note", {S.NEW}, None, anybody, "Ghi chú")
ELSEWHERE = Move("tests_elsewhere", {S.CLOSED}, S.NEW, anybody, "Mở lại")


@pytest.fixture
def new(petition_in):
    return petition_in(S.NEW)


def test_a_move_writes_state_changes_entry_and_event_together(new, actor):
    clerk, day = actor("xa"), datetime.date(2026, 11, 23)

    made = workflow.make(TAKE, new, by=clerk, reason=" gấp ", handed_up_on=day, channel="giấy")

    new.refresh_from_db()
    assert (new.state, new.handed_up_on) == (S.HANDED_UP, day)
    assert (made.pk, made.state, made.handed_up_on) == (new.pk, S.HANDED_UP, day)
    entry = audit.entries_about(new).last()
    assert (entry.action, entry.reason, entry.actor) == ("voters.tests_take", "gấp", clerk.name)
    assert entry.data == {"handed_up_on": "2026-11-23", "channel": "giấy", "from": "new", "to": "handed_up"}
    assert Event.objects.get(name="tests.taken").payload == {"ids": [new.pk]}


def test_what_a_move_does_not_list_is_noted_but_never_written(new, actor):
    before = new.title

    workflow.make(TAKE, new, by=actor("xa"), title="Tên khác")

    new.refresh_from_db()
    assert new.title == before
    assert audit.entries_about(new).last().data["title"] == "Tên khác"


def test_a_move_that_only_notes_leaves_the_state(new, actor):
    workflow.make(NOTE, new, by=actor("xa"))

    new.refresh_from_db()
    assert new.state == S.NEW
    assert audit.entries_about(new).last().data == {"from": "new", "to": "new"}


def test_a_record_that_moved_on_meanwhile_is_refused_with_its_new_state(new, actor):
    stale = Petition.objects.get(pk=new.pk)
    workflow.make(TAKE, new, by=actor("xa"))
    entries = audit.entries_about(new).count()

    with pytest.raises(NotAllowed, match="Tiếp nhận"):
        workflow.make(TAKE, stale, by=actor("xa"))

    assert stale.state == S.NEW
    assert audit.entries_about(new).count() == entries


def test_a_record_that_is_gone_is_refused_in_words(new, actor):
    missing = Petition(pk=0)

    with pytest.raises(NotAllowed, match="không còn ở đây"):
        workflow.make(TAKE, missing, by=actor("xa"))


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_a_move_that_needs_a_reason_is_refused_without_one_at_its_field(new, actor, reason):
    with pytest.raises(Invalid, match="Hủy") as refusal:
        workflow.make(REASONED, new, by=actor("xa"), reason=reason)

    assert refusal.value.field == "reason"
    new.refresh_from_db()
    assert new.state == S.NEW


def test_offers_are_the_moves_out_of_this_state_and_a_closed_one_says_why(new, actor):
    offers = workflow.open_moves(new, (TAKE, CLOSED, ELSEWHERE), actor("xa"))

    assert [(offer.move, offer.allowed, offer.reason) for offer in offers] == [
        (TAKE, True, ""),
        (CLOSED, False, "Chỉ Chủ tịch làm được việc này."),
    ]


def test_a_closed_move_is_refused_with_the_same_words_and_leaves_no_trace(new, actor):
    entries = audit.entries_about(new).count()

    with pytest.raises(NotAllowed, match="Chỉ Chủ tịch"):
        workflow.make(CLOSED, new, by=actor("xa"))

    new.refresh_from_db()
    assert new.state == S.NEW
    assert audit.entries_about(new).count() == entries


def test_many_are_moved_all_or_none(actor):
    both = Petition.objects.filter(state__in=(S.NEW, S.CLOSED))
    before = dict(both.values_list("pk", "state"))
    assert set(before.values()) == {S.NEW, S.CLOSED}

    with pytest.raises(NotAllowed):
        workflow.make_many(TAKE, both, by=actor("xa"))

    assert dict(Petition.objects.filter(pk__in=before).values_list("pk", "state")) == before
    assert not Event.objects.filter(name="tests.taken").exists()


def test_moving_many_takes_as_many_statements_as_moving_one(actor):
    clerk, counts = actor("xa"), []
    some = Petition.objects.filter(state=S.NEW).order_by("pk")
    keys = list(some.values_list("pk", flat=True)[:3])
    assert len(keys) == 3
    for chosen in (keys[:1], keys[1:]):
        with CaptureQueriesContext(connection) as asked:
            workflow.make_many(TAKE, Petition.objects.filter(pk__in=chosen), by=clerk)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_one_event_tells_of_a_limited_number_of_records(actor, monkeypatch):
    monkeypatch.setattr(moves, "EVENT_SIZE", 2)
    keys = list(Petition.objects.filter(state=S.NEW).order_by("pk").values_list("pk", flat=True)[:3])

    workflow.make_many(TAKE, Petition.objects.filter(pk__in=keys), by=actor("xa"))

    told = [event.payload["ids"] for event in Event.objects.filter(name="tests.taken").order_by("pk")]
    assert told == [keys[:2], keys[2:]]


def test_the_database_refuses_a_state_that_was_written_in_any_other_way(new):
    with pytest.raises(DatabaseError, match=r"only through workflow\.make"), transaction.atomic():
        Petition.objects.filter(pk=new.pk).update(state=S.CLOSED)
    new.state = S.CLOSED
    with pytest.raises(DatabaseError, match=r"only through workflow\.make"), transaction.atomic():
        new.save()


def test_the_leave_to_write_a_state_ends_with_the_move(new, petition_in, actor):
    workflow.make(TAKE, new, by=actor("xa"))

    with pytest.raises(DatabaseError, match=r"only through workflow\.make"), transaction.atomic():
        Petition.objects.filter(pk=new.pk).update(state=S.CLOSED)


def test_the_diagram_shows_every_arrow():
    drawn = workflow.diagram((TAKE, NOTE), S, S.NEW)

    assert drawn.startswith("stateDiagram-v2\n    [*] --> new\n")
    assert "    new --> handed_up: Tiếp nhận\n" in drawn
    assert "    new --> new: Ghi chú\n" in drawn
