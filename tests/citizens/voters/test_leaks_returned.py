"""A body returns what is not its own and names another one: who reads that, and what of it stays when it came on paper."""

import pytest
from django.urls import reverse

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Petition, TransferItem
from hoidong.citizens.voters.states import S

from .test_leaks import LISTS, STRANGERS, reads

SECRET = "Khoặctrả"  # in no other text
REASON = "Kênh Kínlý thuộc ngành khác"
RETURNED = "/cu-tri/kien-nghi/?xem=returned"
CLASSIFY = reverse("voters:move", args=["classify"])
PAPER = reverse("voters:move", args=["return_on_paper"])


@pytest.fixture
def sent(write, hand_up, send):
    """`sent("words", body="soxaydung")`: a petition that went out to this body. A queryset of one."""

    def sent(words, body="soxaydung", at="xa"):
        made = write(words, at=at)
        petitions = hand_up(made, body=body, at=at)
        send(made, with_paper=False)
        return petitions

    return sent


@pytest.fixture
def returned(sent, actor):
    """The department of construction returned it and named the department of agriculture."""
    petitions = sent(f"Đề nghị làm lại cống {SECRET} đầu xóm, mưa là ngập.")
    actions.give_back(petitions, by=actor("soxaydung"), reason=REASON, proposed=actor("sonongnghiep").unit)
    return petitions.get()


@pytest.mark.parametrize("username", STRANGERS)
def test_nobody_else_reads_that_it_was_returned_nor_why_not_even_the_body_that_was_named(returned, signed_in, username):
    client = signed_in(username)
    for address in (*LISTS, RETURNED, "/cu-tri/kien-nghi/?xem=all&dong=100", "/cu-tri/phoi-hop/", f"/tim/?q={SECRET}"):
        words = reads(client, address)[1]
        assert "Kínlý" not in words, address
        assert "mưa là ngập" not in words, address
    for address in (returned.get_absolute_url(), f"{CLASSIFY}?chon={returned.pk}", f"{PAPER}?chon={returned.pk}"):
        assert client.get(address).status_code == 404, address
    assert client.post(CLASSIFY, {"chon": returned.pk, "lam": "1", "level": "central"}).status_code == 404


def test_each_body_finds_what_it_returned_itself_and_nothing_of_another_one(returned, sent, actor, signed_in):
    theirs = sent(f"Đề nghị nạo vét kênh {SECRET} cuối xóm.", body="sonongnghiep", at="xa2")
    actions.give_back(theirs, by=actor("sonongnghiep"), reason="Việc Kínriêng của xã.", proposed=actor("soxaydung").unit)
    own = {"soxaydung": (returned, theirs.get()), "sonongnghiep": (theirs.get(), returned)}
    for username, (mine, other) in own.items():
        client = signed_in(username)
        for address in (RETURNED, "/cu-tri/kien-nghi/?xem=all&dong=100"):
            assert other.title not in reads(client, address)[1], address
        assert mine.title in reads(client, "/cu-tri/kien-nghi/?xem=all&dong=100")[1]
        assert client.get(mine.get_absolute_url()).status_code == 200
        assert client.get(other.get_absolute_url()).status_code == 404


def test_the_box_of_the_office_tells_of_the_chosen_petitions_alone(returned, sent, actor, signed_in):
    other = sent("Đề nghị nạo vét kênh cuối xóm.", at="xa2")
    actions.give_back(other, by=actor("soxaydung"), reason="Việc Kínriêng của xã.", proposed=actor("phongxa").unit)
    page = signed_in("chuyenvien").get(CLASSIFY, {"chon": returned.pk}).content.decode()
    assert REASON in page
    assert "Kínriêng" not in page
    assert RETURNED.partition("?")[0] in page


def test_its_commune_reads_why_and_another_commune_does_not(returned, signed_in):
    assert REASON in signed_in("xa").get(returned.get_absolute_url()).content.decode()
    assert signed_in("xa2").get(returned.get_absolute_url()).status_code == 404


def test_several_bodies_that_name_the_same_one_are_each_heard(returned, sent, actor, signed_in):
    other = sent("Đề nghị nạo vét kênh cuối xóm.", body="phongxa")
    actions.give_back(other, by=actor("phongxa"), reason="Vượt thẩm quyền của xã.", proposed=actor("sonongnghiep").unit)
    page = signed_in("chuyenvien").get(CLASSIFY, {"chon": [returned.pk, other.get().pk]})
    words = page.content.decode()
    assert page.context["form"]["body"].value() == actor("sonongnghiep").unit.pk
    for said in (REASON, "Vượt thẩm quyền của xã.", actor("soxaydung").unit.name, actor("phongxa").unit.full_name):
        assert said in words


def test_a_return_that_came_on_paper_keeps_the_body_it_named(sent, actor, signed_in):
    petition = sent(f"Đề nghị làm lại cống {SECRET} đầu xóm.").get()
    data = {"chon": petition.pk, "lam": "1", "reason": REASON, "proposed": actor("sonongnghiep").unit.pk}
    client = signed_in("chuyenvien")
    assert client.get(PAPER, {"chon": petition.pk}).status_code == 200
    assert client.post(PAPER, data).status_code == 302
    assert Petition.objects.get(pk=petition.pk).state == S.RETURNED
    item = TransferItem.objects.get(petition=petition)
    assert (item.outcome, item.reason, item.proposed_body) == ("returned", REASON, actor("sonongnghiep").unit)
    page = client.get(CLASSIFY, {"chon": petition.pk})
    assert page.context["form"]["body"].value() == actor("sonongnghiep").unit.pk
    assert f"{actor('soxaydung').unit.name} trả lại vì:" in page.content.decode()
    record = client.get(petition.get_absolute_url()).content.decode()
    assert "Cơ quan trả lại bằng văn bản, văn phòng ghi lại" in record
    assert f"đề xuất chuyển {actor('sonongnghiep').unit.name}" in record
    assert signed_in("sonongnghiep").get(petition.get_absolute_url()).status_code == 404


def test_a_return_on_paper_that_names_the_returning_body_is_refused_and_what_was_typed_stays(sent, actor, signed_in):
    petition = sent(f"Đề nghị làm lại cống {SECRET} đầu xóm.").get()
    data = {"chon": petition.pk, "lam": "1", "reason": REASON, "proposed": actor("soxaydung").unit.pk}
    answer = signed_in("chuyenvien").post(PAPER, data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["proposed"]
    assert REASON in answer.content.decode()
    assert Petition.objects.get(pk=petition.pk).state == S.SENT
    assert not TransferItem.objects.filter(petition=petition, outcome="returned").exists()


@pytest.mark.parametrize("username", ["soxaydung", "xa", "sonongnghiep", "daibieu"])
def test_nobody_but_the_office_writes_down_a_return_on_paper(sent, actor, signed_in, username):
    petition = sent(f"Đề nghị làm lại cống {SECRET} đầu xóm.").get()
    data = {"chon": petition.pk, "lam": "1", "reason": REASON, "proposed": ""}
    assert signed_in(username).post(PAPER, data).status_code in (404, 422)
    assert Petition.objects.get(pk=petition.pk).state == S.SENT
