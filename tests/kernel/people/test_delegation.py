"""Delegation: the work of a post for some days, to a colleague of the same unit, until it ends or is taken back."""

import datetime

import pytest

from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.people import actions
from hoidong.kernel.people.actors import posts_of
from hoidong.kernel.people.models import Delegation, Post

TODAY = dates.today()


def days(count):
    return TODAY + datetime.timedelta(days=count)


@pytest.fixture
def delegated(actor, person_of):
    """The deputy head's work given to an officer, from tomorrow for three days."""
    return actions.delegate(
        actor("lanhdao").post,
        to_person=person_of("chuyenvien"),
        starts_on=days(1),
        ends_on=days(3),
        reason="Đi công tác",
        by=actor("lanhdao"),
    )


def test_a_delegation_works_within_its_dates_and_neither_before_nor_after(delegated, person_of):
    officer = person_of("chuyenvien")
    held = {day: delegated.post in posts_of(officer, on=days(day)) for day in range(5)}
    assert held == {0: False, 1: True, 2: True, 3: True, 4: False}


def test_a_delegation_taken_back_ends_at_once(delegated, actor, person_of):
    actions.revoke(delegated, by=actor("lanhdao"))
    assert delegated.post not in posts_of(person_of("chuyenvien"), on=days(2))


def test_who_got_it_may_give_it_back(delegated, actor, person_of):
    actions.revoke(delegated, by=actor("chuyenvien"))
    assert delegated.post not in posts_of(person_of("chuyenvien"), on=days(2))


def test_a_stranger_cannot_take_it_back(delegated, actor, signed_in):
    with pytest.raises(NotAllowed):
        actions.revoke(delegated, by=actor("soxaydung"))
    assert signed_in("soxaydung").post(f"/toi/uy-quyen/{delegated.pk}/rut/").status_code == 404


def test_an_ended_post_ends_its_delegation(delegated, actor, person_of):
    actions.end_post(delegated.post, on=days(1), by=actor("quantri"), reason="Thôi giữ chức vụ")
    assert delegated.post not in posts_of(person_of("chuyenvien"), on=days(2))


def test_only_the_holder_delegates(actor, person_of):
    with pytest.raises(NotAllowed):
        actions.delegate(
            actor("lanhdao").post,
            to_person=person_of("chuyenvien"),
            starts_on=TODAY,
            ends_on=TODAY,
            reason="x",
            by=actor("quantri"),
        )


@pytest.mark.parametrize("username", ["soxaydung", "lanhdao"])
def test_only_a_colleague_of_the_same_unit_gets_it(actor, person_of, username):
    with pytest.raises(Invalid, match="đồng nghiệp"):
        actions.delegate(
            actor("lanhdao").post,
            to_person=person_of(username),
            starts_on=TODAY,
            ends_on=TODAY,
            reason="x",
            by=actor("lanhdao"),
        )


def test_a_colleague_whose_post_ended_gets_nothing(actor, person_of):
    Post.objects.filter(person=person_of("chuyenvien")).update(ends_on=days(-1))
    with pytest.raises(Invalid, match="đồng nghiệp"):
        actions.delegate(
            actor("lanhdao").post,
            to_person=person_of("chuyenvien"),
            starts_on=TODAY,
            ends_on=TODAY,
            reason="x",
            by=actor("lanhdao"),
        )


def test_what_was_got_is_not_passed_on(actor, person_of):
    post = actor("lanhdao").post
    actions.delegate(post, to_person=person_of("chuyenvien"), starts_on=TODAY, ends_on=days(1), reason="x", by=actor("lanhdao"))
    with pytest.raises(NotAllowed):
        actions.delegate(
            post, to_person=person_of("chuyenvien2"), starts_on=TODAY, ends_on=days(1), reason="x", by=actor("chuyenvien")
        )


def test_the_page_gives_and_shows_it_on_both_sides(signed_in, machine, actor, person_of):
    data = {"post": actor("lanhdao").post.pk, "to_person": person_of("chuyenvien").pk, "starts_on": f"{TODAY:%d/%m/%Y}",
            "ends_on": f"{days(2):%d/%m/%Y}", "reason": "Nghỉ phép"}  # fmt: skip
    assert signed_in("lanhdao").post("/toi/uy-quyen/", data).status_code == 302
    assert Delegation.objects.get().reason == "Nghỉ phép"
    assert "Rút lại" in signed_in("lanhdao").get("/toi/").content.decode()
    assert "Trả lại" in signed_in("chuyenvien").get("/toi/").content.decode()


def test_the_choice_of_colleagues_shows_nobody_of_another_unit(signed_in, db):
    page = signed_in("lanhdao").get("/toi/uy-quyen/").content.decode()
    assert "Lê Hoàng Minh Châu" in page
    assert "Hoàng Anh Tuấn" not in page
