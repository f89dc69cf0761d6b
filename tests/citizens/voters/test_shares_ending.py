"""A petition that is answered or gone asks nobody else any more, however late the worker hears of it."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.shares import actions as deeds
from hoidong.citizens.voters.shares import ending
from hoidong.citizens.voters.shares.states import ShareState as T
from hoidong.kernel import outbox
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.outbox import draining
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.people import Actor

ANSWERED = "Cơ quan chủ trì đã trả lời."


@pytest.fixture
def taken(write, hand_up, send, actor):
    """A petition the department of construction works on. A queryset of one."""
    made = write("Đề nghị làm lại cống đầu xóm Bãi, mưa là ngập.")
    petitions = hand_up(made)
    send(made, with_paper=False)
    actions.take(petitions, by=actor("soxaydung"))
    return petitions


@pytest.fixture
def ask(actor):
    """`ask(petitions, "phongxa")`: this body is asked for its part. Returns the Share."""

    def ask(petitions, body="sonongnghiep"):
        return deeds.ask(petitions, bodies=[actor(body).unit], asked_for="Cho ý kiến.", by=actor("chuyenvien"))[0]

    return ask


@pytest.fixture
def answer_and_ask_again(actor):
    """The lead body answers, the office asks it to answer once more."""

    def both(petitions):
        actions.answer(petitions, reply=actions.Reply(words="Đã làm.", result="explained"), by=actor("soxaydung"))
        actions.ask_again(petitions.get(), by=actor("chuyenvien"), reason="Chưa rõ ngày làm.")

    return both


def last(name):
    return Event.objects.filter(name=name).latest("id")


def stands(share):
    share.refresh_from_db()
    return share.state, share.words


@pytest.mark.parametrize(
    ("state", "event", "words"),
    [
        ("answered", "voters.answered", ANSWERED),
        ("returned", "voters.returned", "Cơ quan chủ trì trả lại kiến nghị."),
        ("new", "voters.sent_back", "Kiến nghị được trả về nơi gửi."),
        ("merged", "voters.merged", "Kiến nghị được gộp vào kiến nghị khác."),
        ("cancelled", "voters.cancelled", "Kiến nghị đã hủy."),
        ("closed", "voters.closed", "Kiến nghị đã đóng."),
    ],
)
def test_no_clock_of_a_part_runs_on_when_the_petition_is_gone(put, ask, these, state, event, words):
    share = ask(these([put("classified")]))
    put(state)
    ending.end_open(outbox.publish(event, ids=[share.petition_id]))
    assert stands(share) == (T.WITHDRAWN, words)


@pytest.mark.parametrize("late", [False, True])
def test_the_outcome_is_the_same_however_late_the_worker_hears_of_the_answer(taken, ask, answer_and_ask_again, actor, late):
    draining.drain()
    before = ask(taken)
    actions.answer(taken, reply=actions.Reply(words="Đã làm.", result="explained"), by=actor("soxaydung"))
    if not late:
        draining.drain()
    actions.ask_again(taken.get(), by=actor("chuyenvien"), reason="Chưa rõ ngày làm.")
    since = ask(taken, "phongxa")
    draining.drain()
    assert stands(before) == (T.WITHDRAWN, ANSWERED)
    assert stands(since) == (T.ASKED, "")


def test_what_was_asked_since_ends_with_the_next_answer_even_when_both_events_come_late_and_out_of_order(
    taken, ask, answer_and_ask_again, actor
):
    before = ask(taken)
    answer_and_ask_again(taken)
    first = last("voters.answered")
    since = ask(taken, "phongxa")
    ending.end_open(first)
    ending.end_open(first)
    assert stands(since)[0] == T.ASKED
    actions.answer(taken, reply=actions.Reply(words="Làm xong.", result="solved.done"), by=actor("soxaydung"))
    ending.end_open(last("voters.answered"))
    ending.end_open(first)
    assert (stands(before), stands(since)) == ((T.WITHDRAWN, ANSWERED),) * 2


def test_the_same_body_is_asked_again_once_its_old_part_has_ended(taken, ask, answer_and_ask_again):
    before = ask(taken)
    answer_and_ask_again(taken)
    event = last("voters.answered")
    ending.end_open(event)
    since = ask(taken)
    ending.end_open(event)
    assert (stands(before)[0], stands(since)[0]) == (T.WITHDRAWN, T.ASKED)


def test_the_same_body_is_asked_again_though_the_worker_has_heard_of_nothing_yet(taken, ask, answer_and_ask_again):
    draining.drain()
    before = ask(taken)
    answer_and_ask_again(taken)
    since = ask(taken)
    assert (stands(before), stands(since)[0]) == ((T.WITHDRAWN, ANSWERED), T.ASKED)
    draining.drain()
    assert (stands(before)[0], stands(since)[0]) == (T.WITHDRAWN, T.ASKED)


def test_a_body_that_is_being_asked_is_not_asked_twice_at_a_time(taken, ask):
    ask(taken)
    with pytest.raises(Invalid, match="đang được hỏi"):
        ask(taken)


def test_a_petition_that_was_merged_and_taken_out_again_asks_nobody_until_somebody_asks(write, hand_up, ask, actor, these):
    petitions = hand_up(write("Đề nghị sửa cống một.", "Đề nghị sửa cống hai."))
    master, merged = petitions.order_by("pk")
    share = ask(these([merged]))
    actions.merge(master, petitions, by=actor("chuyenvien"))
    actions.unmerge(Petition.objects.get(pk=merged.pk), by=actor("chuyenvien"))
    ending.end_open(last("voters.merged"))
    assert stands(share) == (T.WITHDRAWN, "Kiến nghị được gộp vào kiến nghị khác.")


def test_parts_of_other_petitions_in_the_same_event_each_go_their_own_way(write, hand_up, send, ask, actor, these):
    petitions = hand_up(write("Đề nghị sửa kênh một.", "Đề nghị sửa kênh hai."))
    send(petitions, with_paper=False)
    actions.take(petitions, by=actor("soxaydung"))
    one, two = petitions.order_by("pk")
    old, other = ask(these([one])), ask(these([two]))
    actions.answer(petitions, reply=actions.Reply(words="Đã làm.", result="explained"), by=actor("soxaydung"))
    actions.ask_again(Petition.objects.get(pk=one.pk), by=actor("chuyenvien"), reason="Chưa rõ.")
    new = ask(these([one]), "phongxa")
    ending.end_open(last("voters.answered"))
    assert [stands(share)[0] for share in (old, other, new)] == [T.WITHDRAWN, T.WITHDRAWN, T.ASKED]


def test_a_part_that_was_given_in_the_meantime_stays_given(taken, ask, actor):
    share = ask(taken)
    deeds.give(share, "Đồng ý.", by=actor("sonongnghiep"))
    assert ending.take_back([share.pk], ANSWERED, by=Actor.system()) == []
    assert stands(share) == (T.GIVEN, "Đồng ý.")
