"""Every state × every move: what is open, what is closed, and for whom."""

import datetime

import pytest

from hoidong.citizens.voters import moves
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel import workflow
from hoidong.kernel.base.errors import Invalid, NotAllowed

MOVES = {move.code: move for move in moves.MOVES}
# Who carries a move out where it is allowed at all: c the commune, o the city's office, b the body.
WHO = {
    "hand_up": "xa", "keep": "xa", "classify": "chuyenvien", "send": "chuyenvien", "merge": "chuyenvien", "send_back": "chuyenvien",
    "take": "soxaydung", "answer": "soxaydung", "return": "soxaydung", "assess": "chuyenvien", "close": "chuyenvien2",
    "urge": "chuyenvien", "share": "chuyenvien", "answer_on_paper": "chuyenvien", "return_on_paper": "chuyenvien", "carry": "chuyenvien", "ask_again": "chuyenvien", "unmerge": "chuyenvien", "cancel": "xa",
    "supervise": "chuyenvien",
}  # fmt: skip


@pytest.fixture
def put(actor):
    """A petition of the first commune, put into a state by SQL as the trigger's owner would: tests only."""
    from django.db import connection

    body, office = actor("soxaydung").unit, actor("chuyenvien").unit
    petition = Petition.objects.filter(commune=actor("xa").unit.area, state=S.CLASSIFIED, body=body).first()
    if petition is None:
        petition = Petition.objects.filter(commune=actor("xa").unit.area).exclude(state=S.MERGED).order_by("pk").first()

    def place(state):
        at_commune = state in (S.NEW,)
        master = Petition.objects.exclude(pk=petition.pk).filter(state=S.CLASSIFIED).first()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
            Petition.objects.filter(pk=petition.pk).update(
                state=state, body=body, office=actor("xa").unit.area if at_commune else office.area, field=master.field,
                due_on=datetime.date(2026, 1, 5) if state in (S.SENT, S.TAKEN) else None,
                merged_into=master if state == S.MERGED else None, verdict="full" if state in (S.ANSWERED, S.CARRIED) else "",
                result="explained" if state in (S.ANSWERED, S.CARRIED) else "",
            )  # fmt: skip
            cursor.execute("SELECT set_config('hoidong.move', '', true)")
        return Petition.objects.get(pk=petition.pk)

    return place


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("code", sorted(MOVES))
def test_a_move_is_made_from_its_states_and_refused_from_all_others(put, actor, state, code):
    petition, move = put(state), MOVES[code]
    who = actor(WHO[code])
    if code == "cancel" and state == S.HANDED_UP:
        who = actor("chuyenvien")
    data = {"merged_into": Petition.objects.exclude(pk=petition.pk).first()} if code == "merge" else {}
    if code == "unmerge":
        data = {"merged_into": None}
    if state in move.sources:
        made = workflow.make(move, petition, by=who, reason="vì thử nghiệm", **data)
        assert made.state == (move.target or state)
    else:
        with pytest.raises(NotAllowed):
            workflow.make(move, petition, by=who, reason="vì thử nghiệm", **data)
        assert Petition.objects.get(pk=petition.pk).state == state


@pytest.mark.parametrize("code", sorted(MOVES))
@pytest.mark.parametrize("stranger", ["xa2", "sonongnghiep", "daibieu", "quantri", "hethong"])
def test_people_of_other_places_make_no_move_at_all(put, actor, code, stranger):
    move = MOVES[code]
    petition = put(sorted(move.sources)[0])
    with pytest.raises(NotAllowed):
        workflow.make(move, petition, by=actor(stranger), reason="vì thử nghiệm")


@pytest.mark.parametrize("code", sorted(code for code, move in MOVES.items() if move.reason_required))
def test_a_move_that_must_say_why_is_refused_without_a_reason(put, actor, code):
    move = MOVES[code]
    with pytest.raises(Invalid) as refusal:
        workflow.make(move, put(sorted(move.sources)[0]), by=actor(WHO[code]), reason="  ")
    assert refusal.value.field == "reason"


def test_a_state_written_past_the_moves_is_refused_by_the_database(petition_in):
    from django.db import DatabaseError

    with pytest.raises(DatabaseError, match="workflow.make"):
        Petition.objects.filter(pk=petition_in("new").pk).update(state=S.CLOSED)


def test_who_wrote_a_petition_down_does_not_close_it(put, actor):
    petition = put(S.ANSWERED)
    officer = actor("chuyenvien")
    Petition.objects.filter(pk=petition.pk).update(recorded_by=officer.person)
    with pytest.raises(NotAllowed, match="không tự đóng"):
        workflow.make(moves.CLOSE, petition, by=officer)


def test_a_petition_that_is_still_worked_on_is_carried_over_not_closed(put, actor):
    petition = put(S.ANSWERED)
    Petition.objects.filter(pk=petition.pk).update(result="working.road_map")
    with pytest.raises(NotAllowed, match="đang giải quyết"):
        workflow.make(moves.CLOSE, Petition.objects.get(pk=petition.pk), by=actor("chuyenvien2"))
