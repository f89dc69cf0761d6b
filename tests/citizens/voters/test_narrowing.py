"""Narrowing a list by words and places: accents are optional, nothing of others comes in, and tabs count what the list holds."""

import re

import pytest
from django.db.models import Q
from django.http import QueryDict

from hoidong.citizens.voters import actions, counting, queries
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.pages import filters
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates

pytestmark = pytest.mark.django_db
WORDS = (
    "Đề nghị nạo vét rạch Bần Gáo trước mùa mưa.",
    "Rạch Bần Gáo ngập, đề nghị làm cống.",
    "Đề nghị trồng cây xanh quanh hồ.",
)


@pytest.fixture
def recorded(actor):
    """Three petitions of the first commune, two of them about one canal; one of another commune about it, too."""
    made = []
    for username, texts in (("xa", WORDS), ("xa2", WORDS[:1])):
        clerk = actor(username)
        made += actions.record_petitions(
            [actions.Draft(text=text) for text in texts], office=clerk.unit.area, session=sessions.current_session(clerk),
            phase="before", by=clerk,
        )  # fmt: skip
    return made


def _listed(actor, address):
    views = queries.views_for(actor, dates.today())
    condition, _chips = filters.read(QueryDict(address), actor)
    page = queries.worklist(actor, view=queries.view_named(views, "all"), filters=condition)
    found = queries.petitions_for(actor).filter(condition)
    return [petition.pk for petition in page], _numbers(counting.tallies_of_few(found, views)), counting.counts_of(found, views)


def _numbers(tallies):
    return {code: tally.number for code, tally in tallies.items()}


@pytest.mark.parametrize("typed", ["rạch Bần Gáo", "rach ban gao", "RẠCH BẦN", "ban ga"])
def test_words_are_found_with_and_without_accents_among_the_own_petitions_only(recorded, actor, typed):
    keys, counts, _each = _listed(actor("xa"), f"tu-khoa={typed}")

    assert keys == [recorded[1].pk, recorded[0].pk]
    assert (counts["all"], counts["new"], counts["closed"]) == (2, 2, 0)


def test_words_that_nothing_holds_leave_an_empty_list(recorded, actor):
    keys, counts, _each = _listed(actor("xa"), "tu-khoa=khinh khí cầu")

    assert keys == []
    assert set(counts.values()) == {0}


@pytest.mark.parametrize("address", ["tu-khoa=nạo vét", "tu-khoa=đề nghị", "noi-neu={commune}"])
def test_counting_together_says_what_counting_each_tab_says(recorded, actor, address):
    officer = actor("chuyenvien")
    actions.hand_up(Petition.objects.filter(pk__in=[one.pk for one in recorded[:3]]), by=actor("xa"))

    _keys, together, each = _listed(officer, address.format(commune=recorded[0].commune_id))

    assert together == each
    assert together["all"] > 0


def test_a_page_found_by_its_keys_holds_the_same_rows_in_the_same_order(recorded, actor):
    clerk = actor("xa")
    views = queries.views_for(clerk, dates.today())
    for view in views:
        wanted = queries.petitions_for(clerk).filter(view.condition).order_by(*view.order)
        seen, token = [], None
        while True:
            page = queries.worklist(clerk, view=view, after=token, size=2)
            seen += [petition.pk for petition in page]
            token = page.next_token
            if not token:
                break
        assert seen == list(wanted.values_list("pk", flat=True)), view.code


def test_a_filter_counts_the_open_tab_to_the_end_and_of_others_no_more_than_what_it_looked_at(recorded, actor, monkeypatch):
    monkeypatch.setattr(counting, "LOOKED_THROUGH", 2)
    clerk = actor("xa")
    views = queries.views_for(clerk, dates.today())
    new, everything = queries.view_named(views, "new"), queries.view_named(views, "all")
    first = recorded[0].pk
    petitions = queries.petitions_for(clerk).filter(pk__in=[one.pk for one in recorded[:3]])

    def told(fitting, current):
        tallies = counting.tallies_of(petitions, views, fitting=fitting, current=current)
        return {code: tallies[code] for code in ("new", "all", "closed")}

    assert told(Q(pk=first), everything) | {"new": None} == {"new": None, "all": (1, False), "closed": (0, False)}
    assert told(~Q(pk=first), new) | {"all": None} == {"new": (2, False), "all": None, "closed": (0, False)}
    # Which two of the three are looked at is the index's to say: each of them is found once, the third is not known.
    found = [told(Q(pk=one.pk), everything)["new"] for one in recorded[:3]]
    assert sorted(found, key=str) == [(1, True), (1, True), (None, False)]


def test_a_tab_of_which_nothing_is_known_shows_no_number(recorded, signed_in, monkeypatch):
    monkeypatch.setattr(counting, "LOOKED_THROUGH", 2)
    page = signed_in("xa").get("/cu-tri/kien-nghi/?xem=all&ket-qua=explained").content.decode()
    tabs = {name: number for name, number in re.findall(r">([^<>]+?)(?: <span class=\"hd-num[^>]*>([^<]*)</span>)?</a>", page)}

    assert tabs["Mới ghi"] == ""
    assert tabs["Tất cả"].isdigit()
