"""From the letter to the answers: who may, what is kept, what two people at once do, what is written and what is not."""

import datetime

import pytest

from hoidong.citizens.voters import actions as petition_actions
from hoidong.citizens.voters.actions import passages
from hoidong.citizens.voters.actions import replies as actions
from hoidong.citizens.voters.models import Answer, Passage, Petition, ReplyLetter, ReplyPair
from hoidong.citizens.voters.replies import queries, working
from hoidong.citizens.voters.replies.states import LetterState, Seen, Verdict, most_cautious
from hoidong.citizens.voters.states import S
from hoidong.kernel import audit, files
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.files.models import StoredFile
from hoidong.kernel.outbox.models import Event

from .letters import ANSWERS, TEXTS, docx, filled, numbered, pdf, upload


def parts(letter):
    return list(Passage.objects.filter(letter=letter, frame=False).order_by("place"))


def confirm_all(letter, petitions, by, results=("explained",) * 9, days=(None,) * 9):
    for passage, petition, result, day in zip(parts(letter), petitions, results, days, strict=False):
        passages.confirm(passage, petition, by=by, seen=passage.version, result=result, promised_on=day)


def states(petitions):
    return list(Petition.objects.filter(pk__in=[one.pk for one in petitions]).order_by("pk").values_list("state", flat=True))


# --- Coming in ----------------------------------------------------------------------------------------------------


def test_a_letter_is_read_cut_and_every_passage_is_offered_its_petition(brought, waiting):
    assert brought.state == LetterState.MATCHING
    assert (brought.number, brought.letter_date, brought.on_paper) == ("4127/SXD-VP", dates.today(), False)
    offered = [passage.pairs.get() for passage in parts(brought)]
    assert [pair.petition_id for pair in offered] == [petition.pk for petition in waiting]
    assert {pair.level for pair in offered} == {"sure"}
    assert states(waiting) == [S.SENT] * 4, "nothing is answered before somebody confirmed it"


def test_the_office_learns_from_the_letterhead_whose_letter_it_is(actor, waiting):
    letter = actions.bring(upload(docx(*numbered())), by=actor("chuyenvien"))
    assert letter.body == actor("soxaydung").unit
    assert letter.on_paper
    assert letter.holder == actor("chuyenvien").unit.area


def test_a_letter_of_nobody_waits_until_somebody_says_whose_it_is(actor, waiting):
    officer = actor("chuyenvien")
    letter = actions.bring(upload(docx(*numbered(), top=["Kính gửi: Thường trực Hội đồng nhân dân."])), by=officer)
    assert letter.body is None
    assert not ReplyPair.objects.filter(passage__letter=letter).exists()
    actions.name_body(letter, actor("soxaydung").unit, by=officer)
    assert ReplyPair.objects.filter(passage__letter=letter).count() == 4


def test_the_body_is_not_changed_under_confirmed_pairs(brought, waiting, actor):
    confirm_all(brought, waiting, actor("soxaydung"))
    with pytest.raises(NotAllowed, match="Bỏ xác nhận"):
        actions.name_body(brought, actor("sonongnghiep").unit, by=actor("soxaydung"))


def test_the_same_file_is_noticed_whatever_its_name_and_may_come_again_when_dropped(brought, actor):
    again = upload(files.by_id(brought.file_id).read(), "ten-khac.docx")
    with pytest.raises(actions.CameBefore, match="đã được đưa vào") as refusal:
        actions.bring(again, by=actor("soxaydung"))
    assert refusal.value.letter == brought
    actions.drop(brought, by=actor("soxaydung"))
    assert actions.bring(again, by=actor("soxaydung")).pk != brought.pk


def test_the_same_file_at_another_unit_is_another_letter(brought, actor):
    letter = actions.bring(upload(files.by_id(brought.file_id).read()), by=actor("chuyenvien"))
    assert letter.pk != brought.pk
    assert letter.holder_id != brought.holder_id


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\x00" + b"\0" * 100, "thu.pdf", "chương trình chạy được"),
        (b"%PDF-1.4\nkhong phai", "thu.pdf", "bị hỏng"),
        (b"PK\x03\x04hong", "thu.docx", "bị hỏng"),
        ("Sở trả lời.".encode(), "thu.txt", "DOCX, PDF có chữ và XLSX"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_and_nothing_is_kept(actor, waiting, content, name, said):
    before = (ReplyLetter.objects.count(), StoredFile.objects.count())
    with pytest.raises(Invalid, match=said):
        actions.bring(upload(content, name), by=actor("soxaydung"))
    assert (ReplyLetter.objects.count(), StoredFile.objects.count()) == before


def test_no_letter_came_tomorrow(actor, waiting):
    with pytest.raises(Invalid, match="chưa tới"):
        actions.bring(upload(docx(*numbered())), by=actor("chuyenvien"), came_on=dates.today() + datetime.timedelta(days=1))


def test_a_long_letter_is_read_by_the_worker_and_says_how_far_it_is(actor, waiting, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE_PAGES", 0)
    body = actor("soxaydung")
    letter = actions.bring(upload(pdf(*numbered()), "thu.pdf"), by=body)
    assert letter.state == LetterState.READING
    assert not letter.passages.exists()
    working.run(letter.pk, body)
    letter.refresh_from_db()
    assert letter.state == LetterState.MATCHING
    assert letter.done == letter.pages > 0
    working.run(letter.pk, body)
    assert len(parts(letter)) == 4, "run again it changes nothing"


def test_what_the_worker_cannot_read_stands_at_the_letter_and_can_be_dropped(actor, waiting, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE_PAGES", 0)
    body = actor("soxaydung")
    letter = actions.bring(upload(pdf("Trang bìa"), "thu.pdf"), by=body)
    working.run(letter.pk, body)
    letter.refresh_from_db()
    assert letter.state == LetterState.READING
    assert "bản quét" in letter.trouble
    actions.drop(letter, by=body)


# --- Deciding -----------------------------------------------------------------------------------------------------


def test_a_pair_is_confirmed_with_its_class_and_can_be_taken_back(brought, waiting, actor):
    body, passage = actor("soxaydung"), parts(brought)[0]
    day = dates.today() + datetime.timedelta(days=90)
    passages.confirm(passage, waiting[0], by=body, seen=passage.version, result="working.road_map", promised_on=day)
    passage.refresh_from_db()
    assert (passage.seen, passage.result, passage.promised_on) == (Seen.MATCHED, "working.road_map", day)
    passages.refuse(passage, waiting[0], by=body, seen=passage.version)
    passage.refresh_from_db()
    assert (passage.seen, passage.result, passage.promised_on) == (Seen.OPEN, "", None)
    assert passage.pairs.get().verdict == Verdict.NO


@pytest.mark.parametrize(
    ("result", "days", "field"),
    [("", None, "result"), ("xong", None, "result"), ("working.road_map", None, "promised_on"), ("will", -1, "promised_on")],
)
def test_no_pair_is_confirmed_without_a_class_or_with_a_day_that_is_past(brought, waiting, actor, result, days, field):
    passage, day = parts(brought)[0], None if days is None else dates.today() + datetime.timedelta(days=days)
    with pytest.raises(Invalid) as refusal:
        passages.confirm(passage, waiting[0], by=actor("soxaydung"), seen=passage.version, result=result, promised_on=day)
    assert refusal.value.field == field


def test_what_was_solved_promises_no_day(brought, waiting, actor):
    passage, day = parts(brought)[0], dates.today() + datetime.timedelta(days=9)
    passages.confirm(
        passage, waiting[0], by=actor("soxaydung"), seen=passage.version, result="solved.done", promised_on=day, road_map="Xong"
    )
    passage.refresh_from_db()
    assert (passage.promised_on, passage.road_map) == (None, "")


def test_the_second_person_at_a_passage_is_told_and_overwrites_nothing(brought, waiting, actor):
    body, passage = actor("soxaydung"), parts(brought)[0]
    seen = passage.version
    passages.confirm(passage, waiting[0], by=body, seen=seen, result="explained")
    for second in (
        lambda: passages.confirm(passage, waiting[0], by=body, seen=seen, result="solved.done"),
        lambda: passages.refuse(passage, waiting[0], by=body, seen=seen),
        lambda: passages.nobody(passage, by=body, seen=seen),
        lambda: passages.join(passage, by=body, seen=seen),
        lambda: passages.split(passage, 1, by=body, seen=seen),
        lambda: passages.turn(passage, 0, "say", by=body, seen=seen),
        lambda: passages.choose(passage, waiting[1], by=body, seen=seen),
        lambda: passages.look_again(passage, by=body, seen=seen),
    ):
        with pytest.raises(Stale, match=body.person.full_name):
            second()
    passage.refresh_from_db()
    assert passage.result == "explained"


def test_two_people_at_two_passages_do_not_disturb_each_other(brought, waiting, actor):
    body, (first, second, *_rest) = actor("soxaydung"), parts(brought)
    passages.confirm(first, waiting[0], by=body, seen=first.version, result="explained")
    passages.confirm(second, waiting[1], by=body, seen=second.version, result="explained")
    assert [passage.seen for passage in parts(brought)][:2] == [Seen.MATCHED] * 2


def test_another_petition_is_put_beside_a_passage_with_its_evidence(brought, waiting, actor):
    body, passage = actor("soxaydung"), parts(brought)[0]
    passages.choose(passage, waiting[3], by=body, seen=passage.version)
    pair = passage.pairs.get(petition=waiting[3])
    assert (pair.proposed, pair.verdict) == (False, Verdict.OPEN)
    passage.refresh_from_db()
    assert passage.seen == Seen.OPEN, "choosing is not confirming"


def test_only_petitions_that_wait_for_this_body_can_be_chosen(brought, waiting, actor, write, hand_up, send):
    others = write("Đề nghị hỗ trợ giống lúa mới cho vùng trũng của xã.")
    hand_up(others, body="sonongnghiep")
    send(others, with_paper=False)
    passage = parts(brought)[0]
    with pytest.raises(NotAllowed, match="không chờ cơ quan này"):
        passages.choose(passage, others[0], by=actor("soxaydung"), seen=passage.version)
    ReplyPair.objects.create(passage=passage, petition=others[0])
    with pytest.raises(NotAllowed, match="không còn chờ"):
        passages.confirm(passage, others[0], by=actor("soxaydung"), seen=passage.version, result="explained")


def test_passages_are_joined_and_cut_without_losing_a_word(brought, actor):
    body, before = actor("soxaydung"), [piece for passage in parts(brought) for piece in passage.pieces]
    first = parts(brought)[0]
    passages.join(first, by=body, seen=first.version)
    assert len(parts(brought)) == 3
    first.refresh_from_db()
    assert {pair.petition.text for pair in first.pairs.all()} == set(TEXTS[:2])
    passages.split(first, 5, by=body, seen=first.version)
    after = parts(brought)
    assert [piece for passage in after for piece in passage.pieces] == before
    assert [passage.place for passage in after] == [2, 3, 4, 5]
    assert [passage.pairs.get().petition.text for passage in after] == list(TEXTS)


def test_what_a_paragraph_is_can_be_said_and_only_answers_are_written(brought, actor):
    body, passage = actor("soxaydung"), parts(brought)[0]
    assert passage.words == filled(ANSWERS[0])
    passages.turn(passage, 2, "say", by=body, seen=passage.version)
    passage.refresh_from_db()
    assert passage.words == f"{TEXTS[0]}\n\n{filled(ANSWERS[0])}"


def test_a_passage_without_answer_cannot_be_confirmed(brought, waiting, actor):
    body, passage = actor("soxaydung"), parts(brought)[0]
    passages.turn(passage, 4, "ask", by=body, seen=passage.version)
    passage.refresh_from_db()
    with pytest.raises(Invalid, match="chưa có dòng nào là lời trả lời"):
        passages.confirm(passage, waiting[0], by=body, seen=passage.version, result="explained")


def test_the_frame_of_a_letter_can_hold_an_answer_after_all(brought, waiting, actor):
    body, frame = actor("soxaydung"), Passage.objects.filter(letter=brought, frame=True).first()
    made = passages.split(frame, 2, by=body, seen=frame.version)
    assert not made.frame
    passages.choose(made, waiting[0], by=body, seen=made.version)
    assert made.pairs.filter(petition=waiting[0]).exists()


# --- Writing ------------------------------------------------------------------------------------------------------


def test_one_letter_answers_many_petitions_as_single_answers_would(brought, waiting, actor):
    body, day = actor("soxaydung"), dates.today() + datetime.timedelta(days=90)
    results = ("working.road_map", "solved.done", "explained", "working.no_resources")
    confirm_all(brought, waiting, body, results, (day, None, None, None))
    assert actions.write(brought, by=body) == (4, [])
    replies = list(Answer.objects.filter(petition__in=waiting).order_by("petition"))
    assert [reply.text for reply in replies] == [filled(answer) for answer in ANSWERS]
    assert [reply.result for reply in replies] == list(results)
    assert {reply.file_id for reply in replies} == {brought.file_id}, "the letter is kept once"
    assert {reply.letter_number for reply in replies} == {"4127/SXD-VP"}
    assert [reply.promised_on for reply in replies] == [day, None, None, None]
    assert states(waiting) == [S.ANSWERED] * 4
    assert "voters.answer" in [entry.action for entry in audit.entries_about(waiting[0])]
    told = [key for event in Event.objects.filter(name="voters.answered") for key in event.payload["ids"]]
    assert set(told) >= {petition.pk for petition in waiting}


def test_nothing_is_written_while_a_passage_was_seen_by_nobody(brought, waiting, actor):
    confirm_all(brought, waiting[:3], actor("soxaydung"))
    with pytest.raises(NotAllowed, match="còn 1 đoạn"):
        actions.write(brought, by=actor("soxaydung"))
    assert states(waiting) == [S.SENT] * 4


def test_one_passage_answers_several_petitions_and_one_petition_several_passages(brought, waiting, actor):
    body, (first, second, third, fourth) = actor("soxaydung"), parts(brought)
    passages.confirm(first, waiting[0], by=body, seen=1, result="solved.done")
    first.refresh_from_db()
    passages.choose(first, waiting[1], by=body, seen=first.version)
    first.refresh_from_db()
    passages.confirm(first, waiting[1], by=body, seen=first.version, result="solved.done")
    passages.choose(second, waiting[0], by=body, seen=second.version)
    second.refresh_from_db()
    passages.confirm(second, waiting[0], by=body, seen=second.version, result="will")
    for passage in (third, fourth):
        passages.nobody(passage, by=body, seen=passage.version)
    assert actions.write(brought, by=body)[0] == 2
    one, two = Answer.objects.filter(petition__in=waiting).order_by("petition")
    assert one.text == f"{filled(ANSWERS[0])}\n\n{filled(ANSWERS[1])}"
    assert one.result == "will", "half solved is not solved"
    assert (two.text, two.result) == (filled(ANSWERS[0]), "solved.done")
    assert states(waiting) == [S.ANSWERED, S.ANSWERED, S.SENT, S.SENT]


def test_of_several_classes_the_one_that_claims_least_speaks():
    assert most_cautious(["solved.done", "explained"]) == "explained"
    assert most_cautious(["explained", "will", "working.submitted", "working.road_map"]) == "working.road_map"


def test_a_petition_answered_in_the_meantime_is_left_as_it_is_and_told(brought, waiting, actor, these):
    body = actor("soxaydung")
    confirm_all(brought, waiting, body)
    petition_actions.take(these(waiting[:1]), by=body)
    petition_actions.answer(
        these(waiting[:1]), reply=petition_actions.Reply(words="Đã trả lời riêng.", result="solved.done"), by=body
    )
    count, missed = actions.write(brought, by=body)
    assert (count, [str(petition) for petition in missed]) == (3, [str(waiting[0])])
    assert Answer.objects.get(petition=waiting[0]).text == "Đã trả lời riêng."


def test_the_office_writes_a_letter_on_paper_down_in_the_name_of_the_body(actor, waiting):
    officer = actor("chuyenvien")
    letter = actions.bring(upload(docx(*numbered())), by=officer)
    confirm_all(letter, waiting, officer)
    actions.write(letter, by=officer)
    replies = Answer.objects.filter(petition__in=waiting)
    assert {(reply.on_paper, reply.body_id, reply.given_on) for reply in replies} == {
        (True, actor("soxaydung").unit.pk, dates.today())
    }


def test_a_letter_that_came_before_its_questions_is_refused_and_nothing_is_written(actor, waiting):
    officer = actor("chuyenvien")
    letter = actions.bring(upload(docx(*numbered())), by=officer, came_on=dates.today() - datetime.timedelta(days=3))
    confirm_all(letter, waiting, officer)
    with pytest.raises(Invalid, match="trước ngày ban hành"):
        actions.write(letter, by=officer)
    actions.set_facts(letter, by=officer)
    with pytest.raises(Invalid, match=r"Kiến nghị \d+/\d+: Ngày nhận văn bản trước ngày chuyển"):
        actions.write(letter, by=officer)
    assert not Answer.objects.filter(petition__in=waiting).exists()


def test_number_and_day_may_come_later_and_reach_every_answer(brought, waiting, actor):
    body = actor("soxaydung")
    actions.set_facts(brought, by=body, number="", letter_date=None)
    confirm_all(brought, waiting, body)
    actions.write(brought, by=body)
    assert set(Answer.objects.filter(petition__in=waiting).values_list("letter_number", "letter_date")) == {("", None)}
    brought.refresh_from_db()
    actions.set_facts(brought, by=body, number="4127/SXD-VP", letter_date=dates.today(), signer="Trần Văn Thử")
    assert set(Answer.objects.filter(petition__in=waiting).values_list("letter_number", "letter_date", "signer")) == {
        ("4127/SXD-VP", dates.today(), "Trần Văn Thử")
    }


def test_a_written_letter_can_be_matched_further_and_what_is_answered_stays(brought, waiting, actor):
    body = actor("soxaydung")
    confirm_all(brought, waiting[:3], body)
    last = parts(brought)[3]
    passages.nobody(last, by=body, seen=last.version)
    actions.write(brought, by=body)
    brought.refresh_from_db()
    actions.reopen(brought, by=body)
    last.refresh_from_db()
    passages.confirm(last, waiting[3], by=body, seen=last.version, result="explained")
    first = parts(brought)[0]
    with pytest.raises(NotAllowed, match="đã ghi trả lời"):
        passages.nobody(first, by=body, seen=first.version)
    assert actions.write(ReplyLetter.objects.get(pk=brought.pk), by=body) == (1, [])
    assert Answer.objects.filter(petition__in=waiting).count() == 4


def test_a_letter_that_answered_something_is_not_dropped(brought, waiting, actor):
    body = actor("soxaydung")
    confirm_all(brought, waiting, body)
    actions.write(brought, by=body)
    with pytest.raises(NotAllowed):
        actions.drop(ReplyLetter.objects.get(pk=brought.pk), by=body)


def test_writing_forty_answers_costs_statements_by_passage_not_by_petition(
    actor, write, hand_up, send, django_assert_max_num_queries
):
    made = write(*(f"{TEXTS[0]} Đoạn thứ {place} của tuyến, cột số {place * 7}." for place in range(40)))
    hand_up(made)
    send(made, with_paper=False)
    body = actor("soxaydung")
    letter = actions.bring(upload(docx("Kiến nghị số 1", TEXTS[0], "Trả lời:", "Sở đã sửa xong cả tuyến.")), by=body)
    [passage] = parts(letter)
    ReplyPair.objects.filter(passage=passage).delete()
    ReplyPair.objects.bulk_create([ReplyPair(passage=passage, petition=petition, verdict=Verdict.YES) for petition in made])
    Passage.objects.filter(pk=passage.pk).update(seen=Seen.MATCHED, result="solved.done")
    with django_assert_max_num_queries(90):
        assert actions.write(letter, by=body)[0] == 40


# --- States -------------------------------------------------------------------------------------------------------

DOINGS = {
    "write": actions.write, "reopen": actions.reopen, "drop": actions.drop, "read_again": actions.read_again,
    "facts": lambda letter, by: actions.set_facts(letter, by=by), "body": lambda letter, by: actions.name_body(letter, letter.body, by=by),
}  # fmt: skip
OPEN_IN = {
    "write": {LetterState.MATCHING}, "reopen": {LetterState.WRITTEN}, "drop": {LetterState.READING, LetterState.MATCHING},
    "read_again": {LetterState.READING}, "facts": {LetterState.MATCHING, LetterState.WRITTEN}, "body": {LetterState.MATCHING},
}  # fmt: skip


@pytest.mark.parametrize("state", list(LetterState))
@pytest.mark.parametrize("doing", sorted(DOINGS))
def test_every_deed_in_every_state_is_done_or_refused(brought, actor, state, doing):
    from django.db import connection

    Passage.objects.filter(letter=brought).update(seen=Seen.NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        ReplyLetter.objects.filter(pk=brought.pk).update(state=state)
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    letter = ReplyLetter.objects.get(pk=brought.pk)
    if state in OPEN_IN[doing]:
        DOINGS[doing](letter, by=actor("soxaydung"))
    else:
        with pytest.raises(NotAllowed):
            DOINGS[doing](letter, by=actor("soxaydung"))


# --- Who ----------------------------------------------------------------------------------------------------------

STRANGERS = ("xa", "xa2", "chuyenvien", "sonongnghiep", "phongxa", "daibieu", "quantri", "hethong")


@pytest.mark.parametrize("username", STRANGERS)
def test_a_stranger_neither_sees_nor_touches_a_letter(brought, waiting, actor, username):
    stranger, passage = actor(username), parts(brought)[0]
    assert not queries.letters_for(stranger).exists()
    for deed in (
        lambda: actions.write(brought, by=stranger),
        lambda: actions.drop(brought, by=stranger),
        lambda: actions.set_facts(brought, by=stranger, number="1/X"),
        lambda: passages.confirm(passage, waiting[0], by=stranger, seen=passage.version, result="explained"),
        lambda: passages.nobody(passage, by=stranger, seen=passage.version),
        lambda: passages.join(passage, by=stranger, seen=passage.version),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize("username", ["daibieu", "quantri", "hethong"])
def test_who_answers_nothing_brings_no_letter(actor, waiting, username):
    with pytest.raises(NotAllowed):
        actions.bring(upload(docx(*numbered())), by=actor(username))


def test_a_commune_matches_only_what_its_own_office_sent(actor, waiting):
    letter = actions.bring(upload(docx(*numbered())), by=actor("xa"), body=actor("soxaydung").unit)
    assert not ReplyPair.objects.filter(passage__letter=letter).exists(), "these are in the city's hands"


def test_the_file_is_read_by_who_works_on_it_and_by_who_sees_all_it_answers(brought, waiting, actor, write, hand_up, send):
    other = write("Đề nghị mở rộng ngã tư trước ủy ban phường, xe buýt quay đầu không lọt.", at="xa2")
    hand_up(other, at="xa2")
    send(other, with_paper=False)
    body, stored = actor("soxaydung"), files.by_id(brought.file_id)
    assert files.may_see(body, stored)
    assert not files.may_see(actor("chuyenvien"), stored), "not before it answers"
    last = parts(brought)[3]
    confirm_all(brought, waiting[:3], body)
    passages.choose(last, other[0], by=body, seen=last.version)
    last.refresh_from_db()
    passages.confirm(last, other[0], by=body, seen=last.version, result="explained")
    actions.write(brought, by=body)
    assert files.may_see(actor("chuyenvien"), stored)
    for username in ("xa", "xa2", "sonongnghiep", "daibieu"):
        assert not files.may_see(actor(username), stored), username
    assert not files.may_see(None, stored)


def test_a_commune_whose_petitions_alone_are_answered_reads_the_file(brought, waiting, actor):
    body = actor("soxaydung")
    confirm_all(brought, waiting, body)
    actions.write(brought, by=body)
    stored = files.by_id(brought.file_id)
    assert files.may_see(actor("xa"), stored)
    assert not files.may_see(actor("xa2"), stored)


@pytest.mark.django_db
def test_the_same_file_brought_by_two_at_once_becomes_one_letter(office_place):
    said = office_place.python("""
import json, threading
from django.db import connection
from demo import people
from hoidong.citizens.voters.actions import replies as actions
from hoidong.citizens.voters.models import ReplyLetter
from tests.citizens.voters.replies.letters import docx, numbered, upload
content, gate, told = docx(*numbered()), threading.Barrier(3), []
def run():
    gate.wait()
    try:
        actions.bring(upload(content), by=people.actor("soxaydung"))
        told.append("done")
    except Exception as error:
        told.append(type(error).__name__)
    finally:
        connection.close()
threads = [threading.Thread(target=run) for _time in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps([sorted(told), ReplyLetter.objects.count()]))
""")
    import json

    assert json.loads(said.splitlines()[-1]) == [["CameBefore", "CameBefore", "done"], 1]
