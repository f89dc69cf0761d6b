"""The large demo fills a city as the actions would, and goes on where it was stopped."""

import pytest
from django.db.models import Max, Min

from demo import large
from hoidong.citizens.voters import mirrors
from hoidong.citizens.voters.models import Meeting, Opinion, Petition
from hoidong.kernel.audit import chain
from hoidong.kernel.people import Actor
from hoidong.kernel.publication.models import Publication
from hoidong.kernel.search.models import SearchEntry


@pytest.fixture
def filled(db, monkeypatch):
    """The demo's city with 90 petitions more, written in batches of 60."""
    monkeypatch.setattr(large, "BATCH", 60)
    before = Petition.objects.count()
    last = Petition.objects.aggregate(last=Max("pk"))["last"]
    large.load(before + 90, say=lambda _words: None)
    return Petition.objects.filter(pk__gt=last)


def test_numbers_follow_those_that_were_given_without_a_gap(filled):
    for year in set(filled.values_list("year", flat=True)):
        found = Petition.objects.filter(year=year).aggregate(first=Min("number"), last=Max("number"))
        assert found["last"] - found["first"] + 1 == Petition.objects.filter(year=year).count()


def test_index_and_citizens_pages_are_those_the_platform_writes_and_the_log_is_whole(filled):
    keys = list(filled.values_list("pk", flat=True))
    left_out = {"id", "indexed_at", "changed_at", "published_at"}

    def kept():
        return [
            {name: value for name, value in row.items() if name not in left_out}
            for model in (SearchEntry, Publication)
            for row in model.objects.filter(kind=mirrors.KIND, subject_id__in=keys).order_by("subject_id").values()
        ]

    loaded = kept()
    mirrors.refresh(keys, by=Actor.system())

    assert kept() == loaded
    assert chain.broken_places() == []


def test_each_petition_from_a_meeting_stands_in_its_record(filled):
    meetings = Meeting.objects.filter(origins__petition_first__in=filled).distinct()
    assert meetings
    raised = filled.filter(pk__in=Opinion.objects.filter(meeting__in=meetings).values("petition"))
    assert raised.count() == filled.filter(source="meeting").count()


def test_a_second_run_adds_nothing_where_all_is_there_and_goes_on_where_it_is_not(filled):
    there = Petition.objects.count()
    large.load(there, say=lambda _words: None)
    assert Petition.objects.count() == there

    large.load(there + 5, say=lambda _words: None)
    assert Petition.objects.count() == there + 5
