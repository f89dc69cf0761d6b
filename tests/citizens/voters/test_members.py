"""Deputies read the petitions of their constituency, follow them, add words, and are told when something moves."""

import pytest
from django.urls import reverse

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.members import actions as deeds
from hoidong.citizens.voters.members import queries, receivers
from hoidong.citizens.voters.models import DeputyWord, Follow, GroupArea, Origin, Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event

LIST = "/cu-tri/dai-bieu/"


@pytest.fixture
def mine(actor):
    """A petition of the deputy's constituency."""
    return queries.petitions_for(actor("daibieu")).exclude(state=S.CLOSED).order_by("pk").first()


@pytest.fixture
def elsewhere(actor):
    """A petition that was handed up from outside the constituency."""
    places = queries.constituency_of(actor("daibieu"))
    return Petition.objects.filter(handed_up_on__isnull=False).exclude(commune__in=places).exclude(state=S.MERGED).first()


def page_of(petition):
    return reverse("voters:member_petition", args=[petition.pk])


def test_a_deputy_reads_what_the_communes_of_the_group_handed_up_and_nothing_else(actor, mine, elsewhere):
    deputy = actor("daibieu")
    places = set(GroupArea.objects.filter(group__in=queries.groups_of(deputy)).values_list("commune", flat=True))
    found = queries.petitions_for(deputy)
    assert {petition.commune_id for petition in found} <= places
    assert not found.filter(handed_up_on=None).exists()
    assert found.count() == Petition.objects.filter(commune__in=places, handed_up_on__isnull=False).exclude(
        state__in=(S.MERGED, S.CANCELLED)
    ).count()  # fmt: skip
    assert elsewhere.pk not in set(found.values_list("pk", flat=True))


def test_every_address_of_another_place_is_not_there(signed_in, elsewhere):
    client = signed_in("daibieu")
    assert client.get(page_of(elsewhere)).status_code == 404
    assert client.post(reverse("voters:follow", args=[elsewhere.pk])).status_code == 404
    assert client.post(reverse("voters:say", args=[elsewhere.pk]), {"words": "Lời thêm"}).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("username", ["chuyenvien", "xa", "soxaydung", "quantri", "hethong"])
def test_who_is_no_deputy_finds_no_such_pages(signed_in, mine, username):
    client = signed_in(username)
    assert client.get(LIST).status_code == 404
    assert client.get(page_of(mine)).status_code == 404


def test_the_desk_pages_of_petitions_stay_closed_to_deputies(signed_in, mine):
    client = signed_in("daibieu")
    assert client.get(mine.get_absolute_url()).status_code == 404
    assert mine.title not in client.get(reverse("voters:petitions") + "?xem=all").content.decode()


def test_names_of_voters_are_on_no_page_of_a_deputy(signed_in, mine):
    Origin.objects.filter(petition=mine).update(speaker="Phan Thị Mẫu Kín")
    client = signed_in("daibieu")
    for address in (LIST + "?xem=all", page_of(mine)):
        assert "Phan Thị Mẫu Kín" not in client.get(address).content.decode()


def test_a_deputy_without_a_group_reads_nothing_and_is_told_why(signed_in):
    GroupArea.objects.all().delete()
    page = signed_in("daibieu").get(LIST).content.decode()
    assert "Chưa ghi địa bàn ứng cử" in page


def test_a_followed_petition_that_moves_is_told_and_an_unfollowed_one_is_not(actor, mine, these):
    deputy = actor("daibieu")
    deeds.follow(mine, by=deputy)
    deeds.follow(mine, by=deputy)
    receivers.tell_followers(_event(mine))
    told = Notice.objects.filter(kind=receivers.MOVED)
    assert [notice.account for notice in told] == [deputy.account]
    assert told[0].url == page_of(mine)
    assert mine.get_state_display() in told[0].text

    deeds.unfollow(mine, by=deputy)
    receivers.tell_followers(_event(mine))
    assert Notice.objects.filter(kind=receivers.MOVED).count() == 1


def _event(petition):
    return Event(name="voters.answered", payload={"ids": [petition.pk]}, at=dates.now())


def test_a_real_move_reaches_the_followers(actor, write, hand_up, send):
    made = write("Đề nghị nạo vét mương tiêu thôn Đông.")
    petitions = hand_up(made)
    deeds.follow(petitions.get(), by=actor("daibieu"))
    send(made, with_paper=False)
    event = Event.objects.filter(name="voters.sent").latest("id")
    receivers.tell_followers(event)
    assert Notice.objects.filter(kind=receivers.MOVED).count() == 1
    actions.take(petitions, by=actor("soxaydung"))


def test_words_of_a_deputy_reach_the_office_and_stand_on_its_record(actor, signed_in, mine):
    client = signed_in("daibieu")
    answer = client.post(reverse("voters:say", args=[mine.pk]), {"words": "Tôi đã xem tại chỗ, <b>cần</b> làm trước mùa mưa."})
    assert answer.status_code == 302
    said = DeputyWord.objects.get()
    assert queries.follows(actor("daibieu"), mine)
    receivers.tell_office(Event.objects.filter(name="voters.deputy_spoke").latest("id"))
    assert {notice.account for notice in Notice.objects.filter(kind="voters.deputy_spoke")} >= {actor("chuyenvien").account}
    record = signed_in("chuyenvien").get(mine.get_absolute_url()).content.decode()
    assert "&lt;b&gt;cần&lt;/b&gt; làm trước mùa mưa" in record
    assert said.person.full_name in record


def test_the_body_does_not_read_what_deputies_told_the_office(actor, signed_in, write, hand_up, send):
    made = write("Đề nghị nạo vét mương tiêu thôn Đoài.")
    petition = hand_up(made).get()
    deeds.say(petition, "Lời riêng với văn phòng.", by=actor("daibieu"))
    send(made, with_paper=False)
    assert "Lời riêng với văn phòng" not in signed_in("soxaydung").get(petition.get_absolute_url()).content.decode()


def test_no_words_are_answered_at_the_field_and_too_many_keep_what_was_typed(signed_in, actor, mine):
    client = signed_in("daibieu")
    assert client.post(reverse("voters:say", args=[mine.pk]), {"words": "  "}).status_code == 422
    long = "dài " * 1500
    page = client.post(reverse("voters:say", args=[mine.pk]), {"words": long})
    assert page.status_code == 422
    assert long.strip() in page.content.decode()
    with pytest.raises(Invalid, match="Rút ngắn"):
        deeds.say(mine, long, by=actor("daibieu"))


def test_nobody_else_can_speak_as_a_deputy(actor, mine):
    for username in ("chuyenvien", "xa", "soxaydung"):
        with pytest.raises(NotAllowed):
            deeds.say(mine, "Lời thêm", by=actor(username))


def test_pages_cost_the_same_with_one_petition_and_with_many(signed_in, cost, actor):
    client = signed_in("daibieu")
    many = cost(client, LIST + "?xem=all")
    keep = queries.petitions_for(actor("daibieu")).order_by("pk").first()
    few = cost(client, LIST + "?xem=all&tu-khoa=" + keep.title[:25])
    assert many == few
    assert many <= 14
    assert cost(client, page_of(keep)) <= 18
