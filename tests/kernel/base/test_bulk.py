"""Many rows in one statement are the same rows as one by one."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from hoidong.kernel.base import bulk, dates
from hoidong.kernel.publication.models import Publication
from hoidong.kernel.search.models import SearchEntry
from hoidong.kernel.units.models import Unit

pytestmark = pytest.mark.django_db
HARD = "“Đường” 100% \\ {a,b} 'x'\n\t= \"y\" %s ẵ 😀"


def entry(number, **more):
    return SearchEntry(
        kind="tests.bulk", subject_id=number, title=HARD, url="/", folded_title="x", folded="x",
        **{"body": HARD * 3, "unit_ids": [1, number], "on": datetime.date(2026, 2, 17), **more},
    )  # fmt: skip


def test_what_was_written_is_read_back_as_it_was():
    at = dates.now()
    made = bulk.insert(SearchEntry, [entry(1, indexed_at=at), entry(2, on=None, unit_ids=[], public=True)])
    first, second = SearchEntry.objects.filter(pk__in=[row.pk for row in made]).order_by("pk")
    assert (first.title, first.body, first.unit_ids, first.on, first.indexed_at) == (
        HARD, HARD * 3, [1, 1], datetime.date(2026, 2, 17), at,
    )  # fmt: skip
    assert (second.on, second.unit_ids, second.public) == (None, [], True)


def test_json_stays_json_and_relations_stay_relations():
    unit, at = Unit.objects.first(), dates.now()
    facts = {"answered": False, "words": HARD, "many": [1, None, {"a": 2.5}]}
    bulk.insert(
        Publication,
        [
            Publication(
                kind="tests.bulk",
                subject_id=1,
                code="TESTSBULK",
                unit=unit,
                title="x",
                facts=facts,
                published_at=at,
                changed_at=at,
            )
        ],
    )
    found = Publication.objects.get(kind="tests.bulk")
    assert found.facts == facts
    assert found.unit == unit
    assert found.reply == {}


def test_rows_get_their_keys_in_the_order_given():
    rows = bulk.insert(SearchEntry, [entry(number) for number in range(50, 0, -1)])
    assert [row.subject_id for row in SearchEntry.objects.filter(kind="tests.bulk").order_by("pk")] == list(range(50, 0, -1))
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    rows[0].title = "đổi"
    rows[0].save()
    assert SearchEntry.objects.filter(kind="tests.bulk").count() == 50


def test_more_rows_than_one_statement_takes(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(bulk, "AT_ONCE", 20)
    with django_assert_num_queries(3):
        bulk.insert(SearchEntry, [entry(number) for number in range(50)])
    assert SearchEntry.objects.filter(kind="tests.bulk").count() == 50


def test_a_row_that_is_there_is_brought_up_to_date_where_that_was_asked_for():
    bulk.insert(SearchEntry, [entry(1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(SearchEntry, [entry(1)])
    bulk.insert(SearchEntry, [entry(1, public=True, body="mới")], unique=["kind", "subject_id"], update=["body"])
    found = SearchEntry.objects.get(kind="tests.bulk")
    assert (found.body, found.public) == ("mới", False)


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bulk.insert(SearchEntry, []) == []
