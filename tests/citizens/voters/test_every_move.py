"""Every state × every move × every role, against a table written down here, not taken from the code."""

import re

import pytest

from hoidong.citizens.voters import moves
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel import workflow
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.outbox.models import Event

# Of a petition of the first commune for the department of construction: who may do what in which state.
CLERK, OFFICE, BODY = ("xa",), ("chuyenvien", "chuyenvien2", "lanhdao", "thuongtruc"), ("soxaydung",)
OTHERS = ("xa2", "sonongnghiep", "phongxa", "daibieu", "quantri", "quantrixa", "hethong")
EVERYBODY = (*CLERK, *OFFICE, *BODY, *OTHERS)
OPEN = {
    S.NEW: {CLERK: {"hand_up", "keep", "cancel"}},
    S.HANDED_UP: {OFFICE: {"classify", "merge", "send_back", "cancel"}},
    S.CLASSIFIED: {OFFICE: {"classify", "send", "merge", "send_back", "share"}},
    S.SENT: {BODY: {"take", "return"}, OFFICE: {"urge", "answer_on_paper", "return_on_paper", "share", "supervise"}},
    S.TAKEN: {
        BODY: {"answer", "return", "share"},
        OFFICE: {"urge", "answer_on_paper", "return_on_paper", "share", "supervise"},
    },
    S.RETURNED: {OFFICE: {"classify"}},
    S.ANSWERED: {OFFICE: {"assess", "close", "carry", "ask_again", "supervise"}},
    S.CARRIED: {BODY: {"answer"}, OFFICE: {"close", "answer_on_paper", "supervise"}},
    S.CLOSED: {OFFICE: {"supervise"}},
    S.MERGED: {OFFICE: {"unmerge"}},
    S.CANCELLED: {},
}
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)


def open_for(state, username):
    """The codes of the moves the table gives this person in this state."""
    return set().union(*(codes for people, codes in OPEN[state].items() if username in people))


def traces():
    return AuditEntry.objects.count(), Event.objects.count()


def test_the_table_knows_every_state_and_every_move():
    assert set(OPEN) == set(S)
    assert set().union(*(codes for row in OPEN.values() for codes in row.values())) == {move.code for move in moves.MOVES}


@pytest.mark.parametrize("state", list(S))
def test_what_is_offered_is_open_exactly_where_it_should_be(put, actor, state):
    petition = put(state)
    for username in EVERYBODY:
        offers = workflow.open_moves(petition, moves.MOVES, actor(username))
        assert {offer.move.code for offer in offers if offer.allowed} == open_for(state, username), username
        assert all(VIETNAMESE.search(offer.reason) for offer in offers if not offer.allowed), username


@pytest.mark.parametrize("state", list(S))
def test_every_other_move_is_refused_with_a_reason_and_changes_nothing(put, actor, state):
    petition = put(state)
    for username in EVERYBODY:
        by, before, refused = actor(username), traces(), 0
        for move in moves.MOVES:
            if move.code in open_for(state, username):
                continue
            with pytest.raises(NotAllowed) as refusal:
                workflow.make(move, petition, by=by, reason="vì thử nghiệm", merged_into=None, due_on=None)
            assert VIETNAMESE.search(str(refusal.value)), username
            refused += 1
        assert refused == len(moves.MOVES) - len(open_for(state, username)), username
        assert traces() == before, username
        fresh = Petition.objects.get(pk=petition.pk)
        assert (fresh.state, fresh.changed_at, fresh.office_id) == (state, petition.changed_at, petition.office_id), username


def test_a_committee_supervises_reads_and_moves_nothing_else(put, actor, give_post):
    reader = give_post("daibieu", actor("thuongtruc").unit, "committee")
    for state in S:
        offers = workflow.open_moves(put(state), moves.MOVES, reader)
        assert {offer.move.code for offer in offers if offer.allowed} <= {"supervise"}
        assert state in (S.CLOSED, S.CANCELLED) or any(VIETNAMESE.search(offer.reason) for offer in offers)


@pytest.mark.parametrize("state", list(S))
def test_a_button_pressed_where_it_is_closed_answers_404_or_the_reason(put, signed_in, state):
    petition = put(state)
    before = traces()
    for username in ("xa", "soxaydung", "sonongnghiep", "daibieu", "quantri"):
        client = signed_in(username)
        sees = username == "xa" or (
            username == "soxaydung" and state in (S.SENT, S.TAKEN, S.RETURNED, S.ANSWERED, S.CARRIED, S.CLOSED)
        )
        for move in moves.MOVES:
            if move.code in open_for(state, username) or move.code == "cancel":  # a lot is cancelled, never one petition alone
                continue
            answer = client.post(f"/cu-tri/kien-nghi/viec/{move.code}/", {"chon": petition.pk, "lam": "1", "reason": "thử"})
            assert answer.status_code == (422 if sees else 404), (username, move.code)
            if sees:
                assert "không đi được" in answer.content.decode()
        assert client.post("/cu-tri/kien-nghi/viec/cancel/", {"chon": petition.pk, "lam": "1"}).status_code == 404
    assert traces() == before
    assert Petition.objects.get(pk=petition.pk).state == state


@pytest.mark.parametrize("state", list(S))
def test_the_record_shows_closed_moves_with_their_reason(put, signed_in, state):
    petition = put(state)
    page = signed_in("xa").get(f"/cu-tri/kien-nghi/{petition.pk}/")
    assert page.status_code == 200
    closed = {move.code for move in moves.MOVES if state in move.sources} - open_for(state, "xa") - {"cancel"}
    if closed:
        assert "Nơi đang giữ mới làm được việc này" in page.content.decode() or "Việc này của cơ quan" in page.content.decode()
