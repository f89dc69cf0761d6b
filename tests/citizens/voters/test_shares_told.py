"""What letters, lists, desks and the lead body are told of coordinating bodies; whose a returned petition is said to be."""

import datetime

import pytest
from django.urls import reverse

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Share, TransferItem
from hoidong.citizens.voters.reports import ledger, lists
from hoidong.citizens.voters.reports.scope import Scope
from hoidong.citizens.voters.shares import actions as deeds
from hoidong.citizens.voters.shares import queries, receivers
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.papers.models import Paper
from tests.citizens.voters.conftest import said

DESK = "/ban-lam-viec/"
CLASSIFY = reverse("voters:move", args=["classify"])


@pytest.fixture
def ready(write, hand_up):
    """Two petitions for the department of construction, not sent yet. A queryset."""
    return hand_up(write("Đề nghị làm lại cống đầu xóm Bãi.", "Đề nghị lắp đèn ngõ Tám."))


@pytest.fixture
def ask(actor):
    """`ask(petitions)`: agriculture is asked for its part. Returns the Share."""

    def ask(petitions, by="chuyenvien", **more):
        return deeds.ask(
            petitions, bodies=[actor("sonongnghiep").unit], asked_for="Cho ý kiến về kênh tiêu.", by=actor(by), **more
        )[0]

    return ask


def last(name):
    return Event.objects.filter(name=name).latest("id")


def test_the_letter_names_who_coordinates_under_the_petition_and_among_the_recipients(ready, ask, send, actor):
    ask(ready.filter(pk=ready.order_by("pk")[0].pk))
    letter = send(ready)
    body = actor("sonongnghiep").unit
    words = said(Paper.objects.get(pk=letter.paper_id).docx.read())
    assert f"{body.full_name} (để phối hợp);" in words
    assert words.count(f"Phối hợp: {body.name}.") == 1


def test_a_letter_without_coordinating_bodies_says_nothing_of_them(ready, send):
    assert "hối hợp" not in said(Paper.objects.get(pk=send(ready).paper_id).docx.read())


def test_a_body_that_gave_its_part_back_or_was_asked_no_more_coordinates_no_more(ready, ask, actor):
    share = ask(ready.filter(pk=ready.order_by("pk")[0].pk))
    assert list(queries.coordinating([share.petition_id])) == [share.petition_id]
    deeds.give_back(share, "Không phải kênh của ngành.", by=actor("sonongnghiep"))
    assert queries.coordinating([share.petition_id]) == {}


def test_annex_1a_and_the_ledger_say_who_coordinates_and_count_each_petition_once(ready, ask, actor):
    scope = Scope(actor("chuyenvien"))
    before, sums = lists.by_field_columns(scope)
    share = ask(ready.filter(pk=ready.order_by("pk")[0].pk))
    ask(ready.filter(pk=ready.order_by("pk")[1].pk))
    deeds.ask(ready.filter(pk=share.petition_id), bodies=[actor("phongxa").unit], asked_for="Ý kiến.", by=actor("chuyenvien"))
    after, sums_after = lists.by_field_columns(scope)
    assert (len(after), sums_after) == (len(before), sums)
    noted = {row["number"]: row["note"] for row in after if "Phối hợp: " in row["note"]}
    assert set(noted) == {petition.shown_number for petition in ready}
    assert actor("phongxa").unit.name in noted[share.petition.shown_number]
    rows, _sums = ledger.fill(scope)
    assert len(rows) == len(before)
    assert {row["number"]: row["note"] for row in rows if "Phối hợp: " in row["note"]} == noted


def test_the_lead_body_is_told_when_the_office_asks_another_one(ready, ask, send, actor):
    send(ready, with_paper=False)
    share = ask(ready.filter(pk=ready.order_by("pk")[0].pk))
    receivers.tell_lead(last("voters.share_asked"))
    told = Notice.objects.get(kind="voters.share_asked", account=actor("soxaydung").account)
    assert actor("sonongnghiep").unit.name in told.text
    assert told.url == share.petition.get_absolute_url()


def test_the_lead_body_is_not_told_of_what_it_asked_itself_nor_before_the_petition_is_its_own(ready, ask, send, actor):
    ask(ready.filter(pk=ready.order_by("pk")[0].pk))
    receivers.tell_lead(last("voters.share_asked"))
    send(ready, with_paper=False)
    actions.take(ready, by=actor("soxaydung"))
    ask(ready.filter(pk=ready.order_by("pk")[1].pk), by="soxaydung")
    receivers.tell_lead(last("voters.share_asked"))
    assert not Notice.objects.filter(kind="voters.share_asked", account=actor("soxaydung").account).exists()


def test_the_desk_of_a_coordinating_body_counts_its_open_parts_and_the_late_ones(ready, ask, signed_in):
    client = signed_in("sonongnghiep")
    assert "chờ ý kiến phối hợp" not in client.get(DESK).content.decode()
    for petition in ready:
        share = ask(ready.filter(pk=petition.pk))
    page = client.get(DESK).content.decode()
    assert "Kiến nghị chờ ý kiến phối hợp" in page
    assert "/cu-tri/phoi-hop/?xem=open" in page
    assert "Ý kiến phối hợp quá hạn" not in page
    Share.objects.filter(pk=share.pk).update(due_on=dates.today() - datetime.timedelta(days=1))
    assert "Ý kiến phối hợp quá hạn" in client.get(DESK).content.decode()
    for username in ("soxaydung", "chuyenvien", "xa", "daibieu"):
        assert "phối hợp quá hạn" not in signed_in(username).get(DESK).content.decode(), username


def test_the_desk_costs_the_same_with_one_part_and_with_many(ready, ask, cost, signed_in, write, hand_up):
    ask(ready)
    client = signed_in("sonongnghiep")
    few = cost(client, DESK)
    ask(hand_up(write(*(f"Đề nghị sửa kênh số {number}." for number in range(8)))))
    assert cost(client, DESK) == few


def _returned(signed_in, ready, send, actor, body="sonongnghiep"):
    send(ready, with_paper=False)
    petition = ready.order_by("pk")[0]
    data = {"chon": petition.pk, "lam": "1", "reason": "Kênh này thuộc ngành nông nghiệp.",
            "proposed": actor(body).unit.pk if body else ""}  # fmt: skip
    answer = signed_in("soxaydung").post(reverse("voters:move", args=["return"]), data)
    return petition, answer


def test_a_body_that_returns_names_the_competent_one_and_the_office_finds_it_filled_in(ready, send, actor, signed_in):
    petition, answer = _returned(signed_in, ready, send, actor)
    assert answer.status_code == 302
    item = TransferItem.objects.get(petition=petition)
    assert (item.outcome, item.proposed_body) == ("returned", actor("sonongnghiep").unit)
    page = signed_in("chuyenvien").get(CLASSIFY, {"chon": petition.pk})
    html = page.content.decode()
    assert page.context["form"]["body"].value() == actor("sonongnghiep").unit.pk
    assert "Đề xuất của cơ quan trả lại" in html
    assert "Kênh này thuộc ngành nông nghiệp." in html
    assert f'data-before="{actor("soxaydung").unit.pk}"' in html
    record = signed_in("chuyenvien").get(petition.get_absolute_url()).content.decode()
    assert f"đề xuất chuyển {actor('sonongnghiep').unit.name}" in record
    petition.refresh_from_db()
    assert petition.body == actor("soxaydung").unit, "only people decide"


def test_a_return_without_a_proposal_leaves_the_form_as_it_was(ready, send, actor, signed_in):
    petition, answer = _returned(signed_in, ready, send, actor, body="")
    assert answer.status_code == 302
    page = signed_in("chuyenvien").get(CLASSIFY, {"chon": petition.pk})
    assert page.context["form"].returned is None
    assert "Đề xuất của cơ quan trả lại" not in page.content.decode()


def test_a_body_that_proposes_itself_is_told_and_nothing_moves(ready, send, actor, signed_in):
    petition, answer = _returned(signed_in, ready, send, actor, body="soxaydung")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["proposed"]
    assert "Kênh này thuộc ngành nông nghiệp." in answer.content.decode()
    petition.refresh_from_db()
    assert petition.state == "sent"


def test_several_petitions_with_different_proposals_are_not_filled_in(ready, send, actor, signed_in):
    send(ready, with_paper=False)
    for petition, body in zip(ready.order_by("pk"), ("sonongnghiep", "phongxa"), strict=True):
        actions.give_back(ready.filter(pk=petition.pk), by=actor("soxaydung"), reason="Không thuộc.", proposed=actor(body).unit)
    page = signed_in("chuyenvien").get(CLASSIFY, {"chon": [petition.pk for petition in ready]})
    assert page.context["form"].returned is None
    assert page.context["form"].initial.get("body") is None


def test_a_return_that_came_on_paper_carries_its_proposal_too(ready, send, actor):
    send(ready, with_paper=False)
    with pytest.raises(Invalid, match="đang trả lại"):
        actions.give_back(
            ready, by=actor("soxaydung"), reason="Không thuộc.", proposed=actor("soxaydung").unit,
        )  # fmt: skip
    actions.give_back(ready, by=actor("soxaydung"), reason="Không thuộc.", proposed=actor("phongxa").unit)
    assert set(TransferItem.objects.filter(petition__in=ready).values_list("proposed_body", flat=True)) == {
        actor("phongxa").unit.pk
    }
