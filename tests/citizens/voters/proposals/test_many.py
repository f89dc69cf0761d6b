"""Many petitions classified at once: a proposal each, taken over only where a person ticked it."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.citizens.voters.models import Field, Petition
from hoidong.citizens.voters.proposals import queries
from hoidong.citizens.voters.states import S
from tests.citizens.voters.conftest import hand_up, send, sent_story, these, write  # noqa: F401

ADDRESS = "/cu-tri/kien-nghi/viec/classify/"
ROAD = "Đề nghị sửa mặt đường nhựa tỉnh lộ đi qua xã đã hư hỏng nặng, nhiều ổ gà."
HEALTH = "Đề nghị bổ sung bác sĩ cho trạm y tế và sớm chi trả bảo hiểm y tế cho người bệnh."


@pytest.fixture
def two(write, hand_up):  # noqa: F811
    """A petition on a road and one on health, handed up and not classified."""
    petitions = write(ROAD, HEALTH)
    hand_up(petitions, classified=False)
    return petitions


def shown(client, petitions):
    """{number of the petition: value of its proposal} of the page."""
    page = html.unescape(client.get(ADDRESS, {"chon": [petition.pk for petition in petitions]}).content.decode())
    return {int(key): value for key, value in re.findall(r'name="nhan-(\d+)" value="([^"]*)"', page)}


def test_each_row_has_its_own_proposal_and_none_is_ticked(two, signed_in):
    client = signed_in("chuyenvien")
    found = shown(client, two)
    assert set(found) == {petition.pk for petition in two}
    assert len(set(found.values())) == 2
    page = client.get(ADDRESS, {"chon": [petition.pk for petition in two]}).content.decode()
    assert not re.search(r'name="nhan" value="\d+" checked', page)


def test_only_ticked_rows_are_classified_and_the_others_stay(two, signed_in):
    client = signed_in("chuyenvien")
    found = shown(client, two)
    road, health = two
    client.post(ADDRESS, {"chon": [road.pk, health.pk], "lam": "1", "nhan": road.pk, f"nhan-{road.pk}": found[road.pk]})
    road, health = Petition.objects.get(pk=road.pk), Petition.objects.get(pk=health.pk)
    assert (road.state, health.state) == (S.CLASSIFIED, S.HANDED_UP)
    assert f"{road.field_id or ''}.{road.level}.{road.body_id or ''}" == found[road.pk]
    assert (health.field_id, health.body_id) == (None, None)


def test_rows_that_are_not_ticked_follow_the_form(two, signed_in):
    client = signed_in("chuyenvien")
    found = shown(client, two)
    road, health = two
    other = Field.objects.exclude(pk=found[road.pk].split(".")[0] or 0).first()
    client.post(
        ADDRESS, {"chon": [road.pk, health.pk], "lam": "1", "nhan": road.pk, f"nhan-{road.pk}": found[road.pk], "field": other.pk}
    )  # fmt: skip
    assert Petition.objects.get(pk=health.pk).field == other
    assert Petition.objects.get(pk=road.pk).field != other


def test_nothing_ticked_and_nothing_typed_is_told_and_changes_nothing(two, signed_in):
    answer = signed_in("chuyenvien").post(ADDRESS, {"chon": [petition.pk for petition in two], "lam": "1"})
    assert answer.status_code == 422
    assert "Chọn ít nhất một trong ba" in html.unescape(answer.content.decode())
    assert {petition.state for petition in Petition.objects.filter(pk__in=[one.pk for one in two])} == {S.HANDED_UP}


@pytest.mark.parametrize("value", ["999999999..", "x.y.z", "....", "' OR 1=1", ""])
def test_a_value_that_was_never_offered_is_refused(two, signed_in, value):
    road = two[0]
    answer = signed_in("chuyenvien").post(
        ADDRESS, {"chon": [petition.pk for petition in two], "lam": "1", "nhan": road.pk, f"nhan-{road.pk}": value}
    )
    assert answer.status_code == 422
    assert Petition.objects.get(pk=road.pk).state == S.HANDED_UP


def test_petitions_of_others_are_not_reached_by_their_number(two, signed_in, write):  # noqa: F811
    foreign = write(ROAD, at="xa2")[0]  # still with its commune
    road = two[0]
    value = shown(signed_in("chuyenvien"), two)[road.pk]
    signed_in("chuyenvien").post(
        ADDRESS, {"chon": [road.pk], "lam": "1", "nhan": [road.pk, foreign.pk], f"nhan-{road.pk}": value, f"nhan-{foreign.pk}": value}
    )  # fmt: skip
    assert Petition.objects.get(pk=foreign.pk).state == S.NEW
    assert Petition.objects.get(pk=road.pk).state == S.CLASSIFIED


def test_proposals_for_many_cost_as_many_statements_as_for_two(write, hand_up, actor):  # noqa: F811
    petitions = list(Petition.objects.select_related("commune").order_by("pk")[:12])
    costs = []
    for count in (2, 12):
        with CaptureQueriesContext(connection) as captured:
            queries.propose_many(actor("chuyenvien"), petitions[:count])
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_who_does_not_work_for_the_council_is_proposed_nothing(two, actor):
    assert queries.propose_many(actor("soxaydung"), two) == {}


def test_what_was_ticked_stays_ticked_when_the_page_comes_back(two, signed_in):
    client = signed_in("chuyenvien")
    found = shown(client, two)
    road, health = two
    data = {"chon": [road.pk, health.pk], "lam": "1", "nhan": road.pk, f"nhan-{road.pk}": found[road.pk], "field": "999999"}
    answer = client.post(ADDRESS, data)
    assert answer.status_code == 422
    assert re.findall(r'name="nhan" value="(\d+)" checked', answer.content.decode()) == [str(road.pk)]


def test_for_more_than_fit_nothing_is_proposed_and_the_page_says_how_many_fit(write, hand_up, signed_in):  # noqa: F811
    many = write(*(f"{ROAD} Đoạn thứ {place}." for place in range(51)))
    hand_up(many, classified=False)
    page = signed_in("chuyenvien").get(ADDRESS, {"chon": [petition.pk for petition in many]}).content.decode()
    assert "nhan-" not in page
    assert "Chọn tối đa 50 kiến nghị" in page
