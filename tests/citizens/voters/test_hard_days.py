"""Units end in mid-term, calendars are missing: the voter's word stays in somebody's hands, and people read why."""

import datetime

import pytest

from hoidong.citizens.voters import actions, moves, queries, receivers
from hoidong.citizens.voters.models import Petition, TransferLetter
from hoidong.citizens.voters.states import S
from hoidong.kernel import people, search, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.deadlines.models import CalendarDay, CalendarYear
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.units import actions as units

BASIS = "Nghị quyết số 01/NQ-THU"


@pytest.fixture
def dissolved(actor):
    """The first commune goes into the second one, from today on."""

    def dissolve():
        units.merge([actor("xa").unit.area], actor("xa2").unit.area, by=people.Actor.system(), on=dates.today(), basis=BASIS)

    return dissolve


@pytest.fixture
def without_calendar():
    """No table of days off from this year on."""
    CalendarDay.objects.filter(date__year__gte=dates.today().year).delete()
    CalendarYear.objects.filter(year__gte=dates.today().year).delete()


def test_the_commune_that_took_over_finds_reads_and_moves_what_was_left(write, dissolved, actor, signed_in, these):
    petition = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng.")[0]
    client = signed_in("xa2")
    assert client.get(f"/cu-tri/kien-nghi/{petition.pk}/").status_code == 404
    dissolved()

    assert client.get(f"/cu-tri/kien-nghi/{petition.pk}/").status_code == 200
    assert search.find(actor("xa2"), "Sông Khuất").hits
    actions.hand_up(these([petition]), by=actor("xa2"))
    fresh = Petition.objects.get(pk=petition.pk)
    assert (fresh.state, fresh.commune_id) == (S.HANDED_UP, actor("xa").unit.area_id)
    assert queries.petitions_for(actor("chuyenvien")).filter(pk=petition.pk).exists()


def test_a_third_commune_takes_over_nothing(write, dissolved, actor, give_post):
    from demo.people import communes
    from hoidong.kernel.units import queries as unit_queries

    petition = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng.")[0]
    dissolved()
    third = give_post("quantrixa", unit_queries.at(f"{communes(3)[2].code}.VPHDND"), "clerk")
    assert not queries.petitions_for(third).filter(pk=petition.pk).exists()
    with pytest.raises(NotAllowed):
        workflow.make(moves.HAND_UP, petition, by=third)


def test_its_meetings_and_minutes_go_along(dissolved, signed_in):
    from hoidong.citizens.voters.models import Meeting

    client, meeting = signed_in("xa2"), Meeting.objects.get(state="writing")
    assert client.get(f"/cu-tri/hoi-nghi/{meeting.pk}/").status_code == 404
    dissolved()
    assert client.get(f"/cu-tri/hoi-nghi/{meeting.pk}/").status_code == 200
    client.post(f"/cu-tri/hoi-nghi/{meeting.pk}/bien-ban/")
    assert Meeting.objects.get(pk=meeting.pk).state == "recorded"


def test_the_commune_that_took_over_is_told_when_something_comes_back(write, hand_up, dissolved, actor, these):
    petition = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng.")[0]
    hand_up([petition], classified=False)
    dissolved()
    actions.send_back(Petition.objects.get(pk=petition.pk), by=actor("chuyenvien"), reason="Xã bổ sung địa điểm.")
    receivers.tell_commune(Event.objects.filter(name="voters.sent_back").latest("id"))
    assert Notice.objects.filter(account=actor("xa2").account, text__contains="Sông Khuất").exists()


def test_the_body_that_took_over_answers_what_the_old_one_was_asked(write, hand_up, send, actor, these, signed_in):
    made = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng.")
    hand_up(made)
    letter = send(made)
    client = signed_in("sonongnghiep")
    assert client.get(f"/cu-tri/van-ban-chuyen/{letter.pk}/").status_code == 404
    units.merge([actor("soxaydung").unit], actor("sonongnghiep").unit, by=people.Actor.system(), on=dates.today(), basis=BASIS)

    new = actor("sonongnghiep")
    assert client.get(f"/cu-tri/van-ban-chuyen/{letter.pk}/").status_code == 200
    actions.take(these(made), by=new)
    actions.answer(these(made), reply=actions.Reply(words="Đã làm xong.", result="solved.done"), by=new)
    fresh = Petition.objects.get(pk=made[0].pk)
    assert (fresh.state, fresh.body_id) == (S.ANSWERED, actor("soxaydung").unit.pk)


def test_a_letter_that_cannot_get_its_day_is_refused_with_what_to_do_and_nothing_typed_is_lost(
    write, hand_up, signed_in, these, without_calendar
):
    made, letters = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng."), TransferLetter.objects.count()
    hand_up(made)
    client, address = signed_in("chuyenvien"), "/cu-tri/kien-nghi/viec/send/"
    page = client.get(address, {"chon": made[0].pk})
    assert page.status_code == 200
    assert "lịch nghỉ năm" in page.content.decode()

    answer = client.post(address, {
        "chon": made[0].pk, "lam": "1", "issued_on": f"{dates.today():%d/%m/%Y}", "signer": "Bà Ký Thử Việc", "signer_title": "PHÓ CHỦ TỊCH",
    })  # fmt: skip
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Nhờ quản trị nạp lịch" in words
    assert 'value="Bà Ký Thử Việc"' in words
    assert TransferLetter.objects.count() == letters
    assert these(made).get().state == S.CLASSIFIED


def test_pages_that_only_show_open_without_a_calendar(signed_in, without_calendar):
    for username in ("xa", "chuyenvien", "soxaydung"):
        client = signed_in(username)
        for address in (
            "/ban-lam-viec/",
            "/cu-tri/kien-nghi/?xem=all",
            "/cu-tri/kien-nghi/?xem=late",
            "/cu-tri/van-ban-chuyen/",
        ):
            assert client.get(address).status_code == 200, address
    late = Petition.objects.filter(state=S.SENT, due_on__lt=dates.today()).first()
    client = signed_in("chuyenvien")
    assert client.get(f"/cu-tri/kien-nghi/{late.pk}/").status_code == 200
    assert client.get(f"/cu-tri/van-ban-chuyen/{late.transfers.first().letter_id}/").status_code == 200
    assert client.get(f"/cong/tra-cuu/{late.code}/").status_code == 200


def test_asking_again_without_a_calendar_is_refused_and_keeps_the_reason(put, signed_in, without_calendar):
    petition = put(S.ANSWERED)
    answer = signed_in("chuyenvien").post(
        "/cu-tri/kien-nghi/viec/ask_again/", {"chon": petition.pk, "lam": "1", "reason": "Chưa nói rõ kinh phí."}
    )
    assert answer.status_code == 422
    assert "Chưa nói rõ kinh phí." in answer.content.decode()
    assert "lịch nghỉ năm" in answer.content.decode()
    assert Petition.objects.get(pk=petition.pk).state == S.ANSWERED


def test_handing_up_nothing_is_refused_in_words(actor):
    with pytest.raises(NotAllowed, match="không còn ở đây"):
        actions.hand_up(Petition.objects.none(), by=actor("xa"))


@pytest.mark.parametrize("day", [datetime.date(1999, 1, 1), datetime.date(2020, 6, 1)])
def test_a_letter_dated_before_there_was_a_rule_is_refused_in_words(write, hand_up, signed_in, these, day):
    made = write("Đề nghị sửa kè Sông Khuất bị sạt ở cuối làng.")
    hand_up(made)
    answer = signed_in("chuyenvien").post("/cu-tri/kien-nghi/viec/send/", {
        "chon": made[0].pk, "lam": "1", "issued_on": f"{day:%d/%m/%Y}", "signer": "A", "signer_title": "B",
    })  # fmt: skip
    assert answer.status_code == 422
    assert these(made).get().state == S.CLASSIFIED
