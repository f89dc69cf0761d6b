"""Two people at once, and one person twice: nothing is lost, nothing is made twice, the second one is told."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Meeting, Opinion, Petition
from hoidong.citizens.voters.states import S
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates

MOVE = "/cu-tri/kien-nghi/viec/{}/"


def hidden(page, name):
    """The value of a hidden field of a page."""
    import re

    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1)


def new_petition(actor, **more):
    return {
        "text": "Đề nghị lắp đèn đường ngõ Tám đã hỏng từ đầu năm.", "voters": "3", "raised_on": f"{dates.today():%d/%m/%Y}",
        "session": sessions.current_session(actor("xa")).pk, "phase": "before", "source": "letter", **more,
    }  # fmt: skip


def test_a_petition_sent_twice_is_written_down_once_and_its_page_is_shown(signed_in, actor):
    client, before = signed_in("xa"), Petition.objects.count()
    data = new_petition(actor, once=hidden(client.get("/cu-tri/kien-nghi/moi/"), "once"))
    first = client.post("/cu-tri/kien-nghi/moi/", data)
    second = client.post("/cu-tri/kien-nghi/moi/", data, follow=True)

    assert Petition.objects.count() == before + 1
    assert second.redirect_chain[0][0] == first.url
    assert "đã gửi rồi" in second.content.decode()
    other = client.post("/cu-tri/kien-nghi/moi/", data | {"once": hidden(client.get("/cu-tri/kien-nghi/moi/"), "once")})
    assert other.url != first.url
    assert Petition.objects.count() == before + 2


def test_a_petition_that_was_refused_may_be_sent_again_with_the_same_key(signed_in, actor):
    client, before = signed_in("xa"), Petition.objects.count()
    data = new_petition(actor, once=hidden(client.get("/cu-tri/kien-nghi/moi/"), "once"))
    assert client.post("/cu-tri/kien-nghi/moi/", data | {"text": " "}).status_code == 422
    assert client.post("/cu-tri/kien-nghi/moi/", data).status_code == 302
    assert Petition.objects.count() == before + 1


def test_a_key_belongs_to_the_person_it_was_given_to(signed_in, actor):
    key = hidden(signed_in("xa").get("/cu-tri/kien-nghi/moi/"), "once")
    before = Petition.objects.count()
    signed_in("xa").post("/cu-tri/kien-nghi/moi/", new_petition(actor, once=key))
    signed_in("xa2").post("/cu-tri/kien-nghi/moi/", new_petition(actor, once=key))
    assert Petition.objects.count() == before + 2


def test_a_meeting_sent_twice_is_opened_once(signed_in, actor):
    client, before = signed_in("xa"), Meeting.objects.count()
    data = {
        "session": sessions.current_session(actor("xa")).pk, "phase": "before", "held_on": f"{dates.today():%d/%m/%Y}",
        "place": "Nhà văn hóa thôn Đoài", "voters_total": "20", "voters_women": "8",
        "once": hidden(client.get("/cu-tri/hoi-nghi/moi/"), "once"),
    }  # fmt: skip
    first, second = client.post("/cu-tri/hoi-nghi/moi/", data), client.post("/cu-tri/hoi-nghi/moi/", data)
    assert first.status_code == 302
    assert first.url == second.url
    assert Meeting.objects.count() == before + 1


def test_text_pasted_twice_adds_its_rows_once(signed_in):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    address, words = f"/cu-tri/hoi-nghi/{meeting.pk}/dan/", "1. Đường hỏng nặng.\n2. Cầu yếu quá."
    before = meeting.opinions.count()
    key = hidden(client.post(address, {"words": words}), "once")
    for _time in range(2):
        client.post(address, {"words": words, "lam": "1", "once": key})
    assert meeting.opinions.count() == before + 2


def test_minutes_asked_for_twice_are_made_once(signed_in):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/bien-ban/")
    made = Petition.objects.count()
    again = client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/bien-ban/", follow=True)
    assert Petition.objects.count() == made
    assert "Không thể “Lập biên bản”" in again.content.decode()


@pytest.mark.parametrize(
    "rows", [{"text-1": "Đường hỏng", "voters-1": "mười"}, {"text-x": "?"}, {"text-1": "a", "voters-1": "99999999999"}]
)
def test_rows_that_cannot_be_read_are_refused_in_words_and_nothing_is_lost(signed_in, rows):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    before = list(meeting.opinions.order_by("place").values("place", "text", "voters"))
    for part in ("dong/", "bien-ban/"):
        answer = client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/{part}", rows, follow=True)
        assert answer.status_code == 200
        assert "không phải số đếm được" in answer.content.decode() or "không đọc được" in answer.content.decode()
    assert list(meeting.opinions.order_by("place").values("place", "text", "voters")) == before
    assert Meeting.objects.get(pk=meeting.pk).state == "writing"


@pytest.mark.parametrize(
    "body", ["x", "[]", "{}", '{"rows": 5}', '{"rows": [{"place": "x"}]}', '{"rows": ["a"]}', '{"rows": [{"place": 0}]}']
)
def test_what_a_script_sends_wrongly_is_answered_in_words(signed_in, body):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    answer = client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/dong/", body, content_type="application/json")
    assert answer.status_code == 409
    assert "không đọc được" in answer.json()["error"]


def test_the_second_officer_is_told_and_finds_what_was_typed(signed_in, actor, put, these):
    petition = put(S.ANSWERED)
    client = signed_in("chuyenvien")
    page = client.get(MOVE.format("assess"), {"chon": petition.pk})
    typed = {
        "chon": petition.pk,
        "lam": "1",
        "verdict": "partly",
        "note": "Còn thiếu phần kinh phí.",
        "luc": hidden(page, "luc"),
    }
    from hoidong.citizens.voters.models import Answer

    Answer.objects.create(
        petition=petition, body=petition.body, text="Đã làm.", result="explained", given_on=dates.today(), given_at=dates.now()
    )
    actions.assess(these([petition]), verdict="full", by=actor("chuyenvien2"))

    refused = client.post(MOVE.format("assess"), typed)
    assert refused.status_code == 422
    assert "vừa được người khác sửa" in refused.content.decode()
    assert "Còn thiếu phần kinh phí." in refused.content.decode()
    assert Petition.objects.get(pk=petition.pk).verdict == "full"

    again = client.post(MOVE.format("assess"), typed | {"luc": hidden(refused, "luc")})
    assert again.status_code == 302
    assert Petition.objects.get(pk=petition.pk).verdict == "partly"


def test_the_second_to_close_is_told_that_it_is_closed(signed_in, actor, put, these):
    petition = put(S.ANSWERED)
    client = signed_in("chuyenvien")
    client.get(MOVE.format("close"), {"chon": petition.pk})
    actions.close(these([petition]), by=actor("chuyenvien2"))
    answer = client.post(MOVE.format("close"), {"chon": petition.pk, "lam": "1"})
    assert answer.status_code == 422
    assert "đang “Đã đóng”" in answer.content.decode()


def test_words_edited_by_two_are_kept_from_both_and_can_be_saved_after_a_look(signed_in, write, actor):
    petition = write("Lời văn đầu tiên của kiến nghị này.")[0]
    address, client = f"/cu-tri/kien-nghi/{petition.pk}/sua/", signed_in("xa")
    page = client.get(address)
    typed = {"title": "Tiêu đề của người thứ hai", "text": "Lời của người thứ hai.", "seen_at": hidden(page, "seen_at")}
    seen = Petition.objects.get(pk=petition.pk).changed_at
    actions.reword(petition, title="Tiêu đề của người thứ nhất", words="Lời của người thứ nhất.", by=actor("xa"), seen_at=seen)

    refused = client.post(address, typed)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Lời của người thứ nhất." in shown
    assert "Lời của người thứ hai." in shown
    assert Petition.objects.get(pk=petition.pk).text == "Lời của người thứ nhất."

    assert client.post(address, typed | {"seen_at": hidden(refused, "seen_at")}).status_code == 302
    assert Petition.objects.get(pk=petition.pk).text == "Lời của người thứ hai."


@pytest.mark.parametrize("moment", ["", "hôm qua", "22/11/2026 08:00", "2026-99-99T00:00:00Z"])
def test_an_edit_without_a_moment_one_can_trust_overwrites_nothing(signed_in, write, moment):
    petition = write("Lời văn đầu tiên của kiến nghị này.")[0]
    answer = signed_in("xa").post(f"/cu-tri/kien-nghi/{petition.pk}/sua/", {"title": "T", "text": "Khác.", "seen_at": moment})
    assert answer.status_code == 422
    assert Petition.objects.get(pk=petition.pk).text == "Lời văn đầu tiên của kiến nghị này."


def test_a_batch_goes_out_as_a_whole_or_not_at_all(signed_in, write, hand_up, actor, these, monkeypatch):
    from hoidong.citizens.voters.models import TransferLetter
    from hoidong.kernel.base.errors import Invalid

    first, second = write("Đề nghị sửa cầu Bắc đã hỏng."), write("Đề nghị nạo vét kênh Nam đã bồi lắng.")
    hand_up(first)
    hand_up(second, body="sonongnghiep")
    real, letters = actions.transfer, TransferLetter.objects.count()

    def second_fails(petitions, **more):
        if (
            petitions.filter(body=actor("sonongnghiep").unit).exists()
            and petitions.filter(body=actor("soxaydung").unit).exists()
        ):
            raise AssertionError("one body a letter")
        if TransferLetter.objects.count() > letters:
            raise Invalid("Sổ văn bản bị khóa.")
        return real(petitions, **more)

    monkeypatch.setattr(actions, "transfer", second_fails)
    answer = signed_in("chuyenvien").post(MOVE.format("send"), {
        "chon": [first[0].pk, second[0].pk], "lam": "1", "issued_on": f"{dates.today():%d/%m/%Y}", "signer": "A", "signer_title": "B",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Sổ văn bản bị khóa." in answer.content.decode()
    assert TransferLetter.objects.count() == letters
    assert set(these(first + second).values_list("state", flat=True)) == {S.CLASSIFIED}


THREADS = """
import json, threading
from django.db import connection
from demo import people
from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Meeting, Opinion, Origin, Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base.errors import Refused

def write(*texts):
    clerk = people.actor("xa")
    made = actions.record_petitions(
        [actions.Draft(text=text, voters=2) for text in texts], office=clerk.unit.area, session=sessions.current_session(clerk),
        phase=Phase.BEFORE, source=Source.LETTER, by=clerk)
    actions.hand_up(these(made), by=clerk)
    return made

def these(petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])

def at_once(*works):
    gate, said = threading.Barrier(len(works)), []
    def run(place, work):
        gate.wait()
        try:
            said.append([place, "done", work() or ""])
        except Refused as refusal:
            said.append([place, "refused", str(refusal)])
        except Exception as error:
            said.append([place, type(error).__name__, str(error)[:200]])
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return sorted(said)
"""


@pytest.fixture
def office_at_work(office_place):
    """A committed office that several threads work in; the code prints JSON."""

    def run(code):
        import json

        return json.loads(office_place.python(THREADS + code).splitlines()[-1])

    return run


@pytest.mark.django_db
class TestRealThreads:
    """Each thread has its own connection; what one commits the other sees."""

    def test_two_merging_the_same_petitions_at_once_lose_nothing(self, office_at_work):
        rounds = office_at_work("""
told = []
for turn in range(6):
    made = write("Đề nghị xây cầu mới qua kênh.", "Cầu qua kênh yếu quá.", "Xin làm lại cầu kênh.")
    one, two = people.actor("chuyenvien"), people.actor("chuyenvien2")
    said = at_once(
        lambda: str(actions.merge(made[0], these(made), by=one)),
        lambda: str(actions.merge(made[2], these(made), by=two)),
    )
    rows = list(these(made).order_by("pk").values_list("state", "voters", "merged_into"))
    told.append([said, rows, Origin.objects.filter(petition_first__in=[one.pk for one in made]).count(), [one.pk for one in made]])
print(json.dumps(told))
""")
        for said, rows, origins, keys in rounds:
            assert sorted(outcome for _place, outcome, _words in said) == ["done", "refused"], said
            assert origins == 3
            masters = [key for key, (state, _voters, _into) in zip(keys, rows, strict=True) if state == "handed_up"]
            assert len(masters) == 1
            assert [voters for state, voters, _into in rows if state == "handed_up"] == [6]
            assert all(into == masters[0] for state, _voters, into in rows if state == "merged")

    def test_merging_and_taking_out_at_once_end_without_a_deadlock(self, office_at_work):
        rounds = office_at_work("""
told = []
for turn in range(6):
    made = write("Đề nghị xây cầu mới qua kênh.", "Cầu qua kênh yếu quá.", "Xin làm lại cầu kênh.")
    one, two = people.actor("chuyenvien"), people.actor("chuyenvien2")
    actions.merge(made[0], these(made[:1] + made[2:]), by=one)
    freed = Petition.objects.get(pk=made[2].pk)
    said = at_once(
        lambda: str(actions.unmerge(freed, by=one)),
        lambda: str(actions.merge(made[0], these(made[:2]), by=two)),
    )
    told.append([said, list(these(made).order_by("pk").values_list("state", "voters"))])
print(json.dumps(told))
""")
        for said, rows in rounds:
            assert [outcome for _place, outcome, _words in said] == ["done", "done"], said
            assert rows == [["handed_up", 4], ["merged", 2], ["handed_up", 2]]

    def test_a_petition_given_to_another_body_while_its_letter_is_written_is_in_one_place_only(self, office_at_work):
        rounds = office_at_work("""
from hoidong.citizens.voters.models import Field, TransferItem
from hoidong.kernel.base import dates
told = []
for turn in range(6):
    made = write("Đề nghị xây cầu mới qua kênh.", "Cầu qua kênh yếu quá.")
    one, two = people.actor("chuyenvien"), people.actor("chuyenvien2")
    builders, farmers = people.actor("soxaydung").unit, people.actor("sonongnghiep").unit
    actions.classify(these(made), by=one, field=Field.objects.first(), body=builders)
    said = at_once(
        lambda: str(actions.transfer(these(made).filter(body=builders), issuer=one.unit, issued_on=dates.today(), signer="A",
                                     signer_title="B", by=one, with_paper=False)),
        lambda: len(actions.classify(these(made[:1]), by=two, body=farmers)),
    )
    letters = TransferItem.objects.filter(petition__in=[one.pk for one in made]).values_list("letter__body", "petition__body")
    told.append([said, [list(pair) for pair in letters]])
print(json.dumps(told))
""")
        for said, letters in rounds:
            assert {outcome for _place, outcome, _words in said} <= {"done", "refused"}, said
            assert all(of_letter == of_petition for of_letter, of_petition in letters)

    def test_a_form_that_comes_twice_at_once_makes_one_record(self, office_at_work):
        told = office_at_work("""
from django.test import Client
from hoidong.kernel.base import dates
from hoidong.kernel.people.models import Account
session = sessions.current_session(people.actor("xa"))
account = Account.objects.get(username="xa")
data = {"text": "Đề nghị lắp đèn ngõ Chín.", "voters": "1", "raised_on": f"{dates.today():%d/%m/%Y}", "session": session.pk,
        "phase": "before", "source": "letter", "once": "dung-mot-lan"}
clients = [Client() for _ in range(3)]
for client in clients:
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
before = Petition.objects.count()
said = at_once(*[lambda client=client: client.post("/cu-tri/kien-nghi/moi/", data).url for client in clients])
print(json.dumps([said, Petition.objects.count() - before]))
""")
        said, made = told
        assert made == 1
        assert len({(outcome, url) for _place, outcome, url in said}) == 1, said

    def test_opinions_added_by_two_at_once_are_all_there(self, office_at_work):
        said, rows = office_at_work("""
from hoidong.kernel.base import dates
clerk = people.actor("xa")
meeting = actions.open_meeting(Meeting(commune=clerk.unit.area, session=sessions.current_session(clerk), held_on=dates.today(),
                                       place="Nhà văn hóa"), by=clerk)
rows = [[{"text": f"Ý kiến {who} {place}"} for place in range(20)] for who in "ABC"]
said = at_once(*[lambda part=part: len(actions.add_opinions(meeting, part, by=people.actor("xa"))) for part in rows])
print(json.dumps([said, list(Opinion.objects.filter(meeting=meeting).values_list("place", "text"))]))
""")
        assert {outcome for _place, outcome, _words in said} == {"done"}
        assert len({text for _place, text in rows}) == len({place for place, _text in rows}) == 60


def test_an_empty_row_takes_its_opinion_out_and_the_others_stay(actor):
    meeting = Meeting.objects.get(state="writing")
    actions.save_opinions(meeting, [{"place": 1, "text": "", "speaker": ""}], by=actor("xa"))
    assert list(Opinion.objects.filter(meeting=meeting).values_list("place", flat=True)) == [2]


def grid(client, meeting):
    """What a page of the grid sends back: every field with its value."""
    import html
    import re

    page = client.get(f"/cu-tri/hoi-nghi/{meeting.pk}/").content.decode()
    sent = {
        name: html.unescape(value) for name, value in re.findall(r'<input[^>]* name="([a-z_]+-\d+)"[^>]* value="([^"]*)"', page)
    }
    sent |= {
        name: html.unescape(words)
        for name, words in re.findall(r'<textarea[^>]* name="([a-z_]+-\d+)"[^>]*>([^<]*)</textarea>', page)
    }
    chosen = re.findall(r'<select[^>]* name="([a-z]+-\d+)".*?<option value="([a-z]+)" selected', page, re.S)
    return sent | dict(chosen)


def test_two_who_write_at_the_same_row_of_the_grid_both_keep_their_words(signed_in):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    address = f"/cu-tri/hoi-nghi/{meeting.pk}/dong/"
    first, second = grid(client, meeting), grid(client, meeting)
    client.post(address, first | {"text-3": "Ý kiến người thứ nhất ghi.", "text-1": "Sửa lại dòng một."})
    answer = client.post(address, second | {"text-3": "Ý kiến người thứ hai ghi."}, follow=True)

    texts = dict(meeting.opinions.values_list("place", "text"))
    assert texts[3] == "Ý kiến người thứ nhất ghi."
    assert texts[1] == "Sửa lại dòng một."  # the second never touched it
    assert [place for place, words in texts.items() if words == "Ý kiến người thứ hai ghi."] == [6]
    assert len(texts) == 4
    assert "dòng 3 thành dòng 6" in answer.content.decode()


def test_a_row_whose_answer_was_lost_is_not_added_again(signed_in):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    address = f"/cu-tri/hoi-nghi/{meeting.pk}/dong/"
    first, second = grid(client, meeting), grid(client, meeting)
    client.post(address, first | {"text-3": "Ý kiến người thứ nhất ghi."})
    for _time in range(3):
        client.post(address, second | {"text-3": "Ý kiến người thứ hai ghi."})
    assert meeting.opinions.filter(text="Ý kiến người thứ hai ghi.").count() == 1


def test_a_script_is_told_the_new_marks_and_what_was_moved(signed_in):
    import json

    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    address = f"/cu-tri/hoi-nghi/{meeting.pk}/dong/"

    def send(words, seen):
        row = {"place": 7, "text": words, "seen": seen}
        return client.post(address, json.dumps({"rows": [row]}), content_type="application/json").json()

    first = send("Lời thứ nhất.", "-")
    again = send("Lời thứ nhất, sửa lại.", first["marks"]["7"])
    other = send("Lời người khác.", "-")
    assert (first["moved"], again["moved"]) == ("", "")
    assert "dòng 7 thành dòng 8" in other["moved"]
    assert dict(meeting.opinions.filter(place__gt=6).values_list("place", "text")) == {
        7: "Lời thứ nhất, sửa lại.",
        8: "Lời người khác.",
    }


def test_minutes_wait_when_somebody_else_wrote_in_the_same_row(signed_in):
    meeting, client = Meeting.objects.get(state="writing"), signed_in("xa")
    first, second = grid(client, meeting), grid(client, meeting)
    client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/dong/", first | {"text-3": "Ý kiến người thứ nhất ghi."})
    answer = client.post(
        f"/cu-tri/hoi-nghi/{meeting.pk}/bien-ban/", second | {"text-3": "Ý kiến người thứ hai ghi."}, follow=True
    )
    assert "Xem lại các dòng" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).state == "writing"
    assert meeting.opinions.filter(text="Ý kiến người thứ hai ghi.").exists()
