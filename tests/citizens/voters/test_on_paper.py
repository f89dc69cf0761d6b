"""A body without an account answers on paper; the office writes it down in the body's name, with the paper it stands on."""

import datetime

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.units import queries as units


@pytest.fixture
def with_a_ministry(actor, petition_in):
    """A petition that was sent to a ministry ten days ago. Returns a queryset of one."""
    petition = petition_in(S.CLASSIFIED)
    one = Petition.objects.filter(pk=petition.pk)
    officer = actor("chuyenvien")
    ministry = units.at("CP.BXD")
    actions.classify(one, by=officer, field=petition.field, level="central", body=ministry)
    actions.transfer(
        one, issuer=officer.unit, issued_on=dates.today() - datetime.timedelta(days=10), signer="Đỗ Thị Thanh Xuân",
        signer_title="PHÓ CHÁNH VĂN PHÒNG", by=officer, with_paper=False,
    )  # fmt: skip
    return one


def _reply(**more):
    return actions.Reply(words="Bộ đã đưa tuyến đường vào kế hoạch năm 2027.", result="explained", **more)


def test_the_office_writes_down_the_letter_of_a_ministry_that_never_signed_in(with_a_ministry, actor):
    reply = _reply(letter_number="4512/BXD-KHTC", letter_date=dates.today() - datetime.timedelta(days=2))
    [made] = actions.answer(with_a_ministry, reply=reply, by=actor("chuyenvien"), on_paper=True)
    assert made.on_paper
    assert made.body == units.at("CP.BXD")
    assert with_a_ministry.get().state == S.ANSWERED


def test_a_reply_on_paper_needs_the_paper(with_a_ministry, actor):
    with pytest.raises(Invalid, match="căn cứ"):
        actions.answer(with_a_ministry, reply=_reply(letter_number="4512/BXD"), by=actor("chuyenvien"), on_paper=True)
    assert with_a_ministry.get().state == S.SENT


def test_no_letter_comes_before_its_question_or_tomorrow(with_a_ministry, actor):
    reply = _reply(letter_number="4512/BXD", letter_date=dates.today() - datetime.timedelta(days=30))
    for days, word in ((-20, "trước ngày chuyển"), (1, "chưa tới")):
        day = dates.today() + datetime.timedelta(days=days)
        with pytest.raises(Invalid, match=word):
            actions.answer(with_a_ministry, reply=reply, by=actor("chuyenvien"), on=day, on_paper=True)


def test_a_department_cannot_write_down_what_another_body_said(with_a_ministry, actor):
    reply = _reply(letter_number="4512/BXD", letter_date=dates.today())
    with pytest.raises(NotAllowed):
        actions.answer(with_a_ministry, reply=reply, by=actor("soxaydung"), on_paper=True)


def test_the_office_writes_down_that_a_ministry_gave_it_back(with_a_ministry, actor):
    actions.give_back(with_a_ministry, by=actor("chuyenvien"), reason="Thuộc Bộ Công an", on_paper=True)
    assert with_a_ministry.get().state == S.RETURNED


def test_the_page_asks_for_number_and_date_and_keeps_what_was_typed(with_a_ministry, signed_in):
    client = signed_in("chuyenvien")
    page = client.post(
        "/cu-tri/kien-nghi/viec/answer_on_paper/",
        {"chon": with_a_ministry.get().pk, "lam": "1", "words": "Đã nạo vét.", "result": "explained", "came_on": "01/11/2026"},
    )
    assert page.status_code == 422
    assert "Đã nạo vét." in page.content.decode()
