"""One petition, several bodies: one leads, others are asked for their part, on pages of their own."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse

from hoidong.citizens.voters import actions, queries
from hoidong.citizens.voters import moves as petition_moves
from hoidong.citizens.voters.models import Origin, Petition, Share
from hoidong.citizens.voters.shares import actions as deeds
from hoidong.citizens.voters.shares import ending, moves, receivers
from hoidong.citizens.voters.shares import queries as shared
from hoidong.citizens.voters.shares.states import ShareState as T
from hoidong.kernel import deadlines, files, workflow
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event

LIST = "/cu-tri/phoi-hop/"
WORDS = "Đề nghị làm lại cống Khoặcphối đầu xóm, mưa là ngập."
NAME = "Bà Trần Kínphối Thử"
VIETNAMESE = re.compile("[ăâđêôơưàảãáạầấậèéẹềếệìíòóọồốộờớợùúụừứựỳý]", re.I)
STRANGERS = ("xa", "xa2", "phongxa", "daibieu", "quantri", "quantrixa", "hethong", "chuyenvien")


@pytest.fixture
def led(write, hand_up, send):
    """A petition that the department of construction leads: sent, not taken yet. A queryset of one."""
    made = write(WORDS, speaker=NAME, hamlet="Xóm Kínphối")
    petitions = hand_up(made)
    send(made, with_paper=False)
    return petitions


@pytest.fixture
def ask(actor, led):
    """`ask()`: the department of agriculture is asked for its part. Returns the Share."""

    def ask(by="chuyenvien", body="sonongnghiep", petitions=None, **more):
        return deeds.ask(
            led if petitions is None else petitions, bodies=[actor(body).unit], asked_for="Cho ý kiến về kênh tiêu.",
            by=actor(by), **more,
        )[0]  # fmt: skip

    return ask


def page_of(share):
    return reverse("voters:share", args=[share.pk])


def last(name):
    return Event.objects.filter(name=name).latest("id")


def test_the_office_asks_a_body_which_reads_the_words_and_answers(ask, led, signed_in):
    share = ask()
    assert share.state == T.ASKED
    assert share.due_on == min(dates.today() + datetime.timedelta(days=15), led.get().due_on)
    client = signed_in("sonongnghiep")
    listed = client.get(LIST).content.decode()
    assert led.get().title in listed
    page = client.get(page_of(share)).content.decode()
    assert "mưa là ngập" in page
    assert "Cho ý kiến về kênh tiêu." in page
    assert client.post(page_of(share) + "y-kien/", {"words": "Kênh do huyện cũ làm, <b>đồng ý</b> nạo vét."}).status_code == 302
    share.refresh_from_db()
    assert (share.state, share.given_on) == (T.GIVEN, dates.today())
    for username in ("chuyenvien", "soxaydung"):
        record = signed_in(username).get(led.get().get_absolute_url()).content.decode()
        assert "&lt;b&gt;đồng ý&lt;/b&gt; nạo vét" in record
        assert "Cơ quan phối hợp cho ý kiến" in record


def test_a_body_returns_its_part_with_a_reason_and_not_without(ask, signed_in):
    share = ask()
    client = signed_in("sonongnghiep")
    refused = client.post(page_of(share) + "tra-lai/", {"tra-reason": " "})
    assert refused.status_code == 422
    assert client.post(page_of(share) + "tra-lai/", {"tra-reason": "Không phải kênh của ngành."}).status_code == 302
    share.refresh_from_db()
    assert (share.state, share.words) == (T.RETURNED, "Không phải kênh của ngành.")


def test_names_of_voters_and_the_rest_of_the_record_are_on_no_page_of_a_coordinating_body(ask, led, signed_in):
    share = ask()
    client = signed_in("sonongnghiep")
    assert Origin.objects.filter(petition=led.get(), speaker=NAME).exists()
    for address in (LIST, LIST + "?xem=all", page_of(share), "/tim/?q=Khoặcphối", "/ban-lam-viec/"):
        words = client.get(address).content.decode()
        assert "Kínphối" not in words, address
    petition = led.get()
    for address in (petition.get_absolute_url(), reverse("voters:slip", args=[petition.pk]),
                    reverse("voters:move", args=["share"]) + f"?chon={petition.pk}"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert not queries.petitions_for(shared_actor(client)).filter(pk=petition.pk).exists()


def shared_actor(client):
    return client.get(LIST).wsgi_request.actor


@pytest.mark.parametrize("username", [*STRANGERS, "soxaydung"])
def test_every_address_of_a_part_is_not_there_for_anybody_else(ask, signed_in, username):
    share = ask()
    client = signed_in(username)
    assert client.get(page_of(share)).status_code == 404
    assert client.post(page_of(share) + "y-kien/", {"words": "Ý kiến"}).status_code == 404
    assert client.post(page_of(share) + "tra-lai/", {"tra-reason": "Lý do"}).status_code == 404
    answer = client.get(LIST)
    assert answer.status_code == 404 or "Khoặcphối" not in answer.content.decode()
    if username not in ("chuyenvien",):
        assert client.get(page_of(share) + "rut/").status_code == 404
    share.refresh_from_db()
    assert share.state == T.ASKED


OPEN = {T.ASKED: {"sonongnghiep": {"give_share", "return_share"}, "chuyenvien": {"withdraw_share"}}}


@pytest.mark.parametrize("username", [*STRANGERS, "soxaydung", "sonongnghiep"])
@pytest.mark.parametrize("state", list(T))
def test_every_state_and_every_move_for_everybody(ask, actor, state, username):
    share = ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        Share.objects.filter(pk=share.pk).update(state=state, words="" if state == T.ASKED else "Lời")
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    share = Share.objects.get(pk=share.pk)
    allowed = OPEN.get(state, {}).get(username, set())
    offers = workflow.open_moves(share, moves.MOVES, actor(username))
    assert {offer.move.code for offer in offers if offer.allowed} == allowed
    before = AuditEntry.objects.count()
    for move in moves.MOVES:
        if move.code not in allowed:
            with pytest.raises(NotAllowed) as refusal:
                workflow.make(move, share, by=actor(username), reason="vì thử", words="Lời")
            assert VIETNAMESE.search(str(refusal.value))
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("username", ["xa", "sonongnghiep", "daibieu", "quantri", "soxaydung"])
def test_who_neither_leads_nor_holds_the_petition_cannot_ask(ask, username):
    with pytest.raises(NotAllowed):
        ask(by=username)
    assert not Share.objects.exists()


def test_the_lead_body_asks_once_it_has_taken_the_petition_and_takes_it_back(ask, led, actor, signed_in):
    actions.take(led, by=actor("soxaydung"))
    share = ask(by="soxaydung")
    assert share.asked_unit == actor("soxaydung").unit
    client = signed_in("soxaydung")
    assert client.get(page_of(share) + "rut/").status_code == 200
    assert client.post(page_of(share) + "rut/", {"reason": ""}).status_code == 422
    assert client.post(page_of(share) + "rut/", {"reason": "Đã rõ."}).status_code == 302
    share.refresh_from_db()
    assert share.state == T.WITHDRAWN


def test_when_the_lead_answers_open_parts_end_and_given_ones_stay(ask, led, actor, write, hand_up, send):
    actions.take(led, by=actor("soxaydung"))
    waiting = ask()
    given = ask(body="phongxa")
    deeds.give(given, "Đồng ý.", by=actor("phongxa"))
    actions.answer(led, reply=actions.Reply(words="Đã làm.", result="explained"), by=actor("soxaydung"))
    ending.end_open(last("voters.answered"))
    ending.end_open(last("voters.answered"))
    waiting.refresh_from_db()
    given.refresh_from_db()
    assert (waiting.state, waiting.words) == (T.WITHDRAWN, "Cơ quan chủ trì đã trả lời.")
    assert given.state == T.GIVEN
    receivers.tell_body(last("voters.share_withdrawn"))
    assert [notice.account for notice in Notice.objects.filter(kind="voters.share_withdrawn")] == [
        actor("sonongnghiep").account
    ]


def test_the_asked_body_the_lead_and_the_office_are_told(ask, actor):
    share = ask()
    receivers.tell_body(last("voters.share_asked"))
    asked = Notice.objects.get(kind="voters.share_asked", account=actor("sonongnghiep").account)
    assert asked.url == page_of(share)
    deeds.give_back(share, "Không phải việc của ngành.", by=actor("sonongnghiep"))
    receivers.tell_askers(last("voters.share_returned"))
    told = {notice.account for notice in Notice.objects.filter(kind="voters.share_returned")}
    assert told >= {actor("soxaydung").account, actor("chuyenvien").account}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body_1": "lead"}, "đang chủ trì"),
        ({"asked_for": " "}, "hd-error"),
        ({"due_on": "2020-01-01"}, "đã qua"),
        ({"due_on": "2099-01-01"}, "không sau ngày đó"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(led, actor, signed_in, change, field):
    data = {"chon": led.get().pk, "lam": "1", "body_1": actor("sonongnghiep").unit.pk, "asked_for": "Cho ý kiến về kênh tiêu",
            "due_on": dates.today().isoformat()} | change  # fmt: skip
    if data["body_1"] == "lead":
        data["body_1"] = actor("soxaydung").unit.pk
    answer = signed_in("chuyenvien").post(reverse("voters:move", args=["share"]), data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == list(change)
    if field != "hd-error":
        assert field in answer.content.decode()
    assert not Share.objects.exists()


def test_the_same_bodies_are_asked_for_a_batch_from_the_worklist(write, hand_up, signed_in, actor):
    petitions = hand_up(write("Đề nghị sửa kênh một.", "Đề nghị sửa kênh hai.", "Đề nghị sửa kênh ba."))
    client = signed_in("chuyenvien")
    assert reverse("voters:move", args=["share"]) in client.get("/cu-tri/kien-nghi/?xem=classified").content.decode()
    data = {"chon": [petition.pk for petition in petitions], "lam": "1", "body_1": actor("sonongnghiep").unit.pk,
            "body_2": actor("phongxa").unit.pk, "asked_for": "Cho ý kiến về kênh.", "due_on": dates.today().isoformat()}  # fmt: skip
    assert client.get(reverse("voters:move", args=["share"]), {"chon": data["chon"]}).status_code == 200
    assert client.post(reverse("voters:move", args=["share"]), data).status_code == 302
    assert Share.objects.count() == 6
    assert AuditEntry.objects.filter(action="voters.share").count() == 3


def test_the_same_body_is_not_asked_twice_while_it_is_asked_and_again_after(ask, actor):
    share = ask()
    with pytest.raises(Invalid, match="đang được hỏi") as refusal:
        ask()
    assert refusal.value.field == "body_1"
    deeds.give(share, "Đồng ý.", by=actor("sonongnghiep"))
    ask()
    assert Share.objects.count() == 2


def test_a_late_petition_asks_nobody_any_more(ask, led):
    Petition.objects.filter(pk=led.get().pk).update(due_on=dates.today() - datetime.timedelta(days=1))
    with pytest.raises(Invalid, match="quá hạn"):
        ask()


def test_a_body_of_another_level_or_of_the_council_is_not_asked(ask, led, actor):
    for unit in (actor("chuyenvien").unit,):
        with pytest.raises(Invalid, match="không phải cơ quan"):
            deeds.ask(led, bodies=[unit], asked_for="Ý kiến", by=actor("chuyenvien"))


def test_an_opinion_that_comes_second_is_told_so_and_what_was_typed_stays(ask, actor, signed_in):
    share = ask()
    deeds.give(share, "Đồng ý.", by=actor("sonongnghiep"))
    answer = signed_in("sonongnghiep").post(page_of(share) + "y-kien/", {"words": "Ý kiến thứ hai"})
    assert answer.status_code == 422
    assert "Đã cho ý kiến" in answer.content.decode()
    assert "Ý kiến thứ hai" in answer.content.decode()
    share.refresh_from_db()
    assert share.words == "Đồng ý."


def test_the_paper_of_an_opinion_is_read_by_both_sides_and_nobody_else(ask, actor):
    from django.core.files.uploadedfile import SimpleUploadedFile

    share = ask()
    kept = files.save(SimpleUploadedFile("y-kien.pdf", b"%PDF-1.4\n%%EOF\n"), by=actor("sonongnghiep"))
    deeds.give(share, "Đồng ý.", by=actor("sonongnghiep"), file_id=kept.pk)
    for username in ("sonongnghiep", "soxaydung", "chuyenvien"):
        assert shared.may_see_file(actor(username), kept), username
    for username in ("xa2", "phongxa", "daibieu", "quantri", "hethong"):
        assert not shared.may_see_file(actor(username), kept), username
    assert not shared.may_see_file(None, kept)


def test_pages_cost_the_same_with_one_part_and_with_many(ask, cost, signed_in, write, hand_up, actor):
    share = ask()
    client = signed_in("sonongnghiep")
    few = cost(client, LIST)
    ask(petitions=hand_up(write(*(f"Đề nghị sửa kênh số {number}." for number in range(12)))))
    assert cost(client, LIST) == few
    assert few <= 14
    assert cost(client, page_of(share)) <= 14


def test_the_way_to_the_list_stands_in_the_navigation_of_bodies_that_were_asked(ask, signed_in):
    assert f'href="{LIST}"' not in signed_in("sonongnghiep").get("/ban-lam-viec/").content.decode()
    ask()
    assert f'href="{LIST}"' in signed_in("sonongnghiep").get("/ban-lam-viec/").content.decode()
    assert f'href="{LIST}"' not in signed_in("soxaydung").get("/ban-lam-viec/").content.decode()


def test_a_body_of_a_commune_is_called_with_its_commune_because_each_has_one_of_that_name(ask, led, actor, signed_in):
    share = ask(body="phongxa")
    name = actor("phongxa").unit.full_name
    assert name != actor("phongxa").unit.name
    client = signed_in("chuyenvien")
    record = client.get(led.get().get_absolute_url()).content.decode()
    assert f"<b>{name}</b>" in record
    assert f"Lê Hoàng Minh Châu, {name}" in record, "the story of the petition says which one too"
    assert name in client.get(page_of(share) + "rut/").content.decode()
    with pytest.raises(Invalid, match=name):
        ask(body="phongxa")


def test_the_days_a_body_has_left_are_working_days_as_everywhere(ask, signed_in):
    share = ask()
    left = deadlines.days_left(share.due_on, dates.today())
    assert left < (share.due_on - dates.today()).days
    client = signed_in("sonongnghiep")
    for address in (LIST, page_of(share)):
        assert f"còn {left} ngày" in client.get(address).content.decode(), address


def test_the_lead_body_reads_why_it_cannot_ask_yet_and_another_body_why_not_at_all(led, actor, signed_in):
    [door] = [
        offer
        for offer in workflow.open_moves(led.get(), petition_moves.MOVES, actor("soxaydung"))
        if offer.move.code == "share"
    ]
    assert (door.allowed, door.reason) == (False, "Tiếp nhận kiến nghị trước, rồi hỏi cơ quan phối hợp.")
    [door] = [
        offer for offer in workflow.open_moves(led.get(), petition_moves.MOVES, actor("phongxa")) if offer.move.code == "share"
    ]
    assert "cơ quan được chuyển kiến nghị" in door.reason
