"""Default is not public: only what was published is read, in the words that were published."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.kernel import publication
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.paging import keyset
from hoidong.kernel.publication.models import Publication

pytestmark = pytest.mark.django_db
KIND = "tests.record"


@pytest.fixture
def item(actor):
    """`item(1)`: something to publish, with changes."""
    unit = actor("xa").unit

    def item(subject_id, code=None, **more):
        code = code or publication.new_codes(1)[0]
        return publication.Item(
            **{"kind": KIND, "subject_id": subject_id, "code": code, "unit": unit, "title": "Sửa đường", **more}
        )

    return item


@pytest.fixture
def publish(actor):
    return lambda *items: publication.publish_many(items, by=actor("xa"))


def test_codes_are_new_and_have_no_letters_that_are_mistaken():
    codes = publication.new_codes(300)

    assert len(set(codes)) == 300
    assert all(publication.CODE.match(code) for code in codes)
    assert not set("".join(codes)) & set("OQIL15S8B2Z06")


def test_a_code_somebody_has_is_not_drawn_again(item, publish, monkeypatch):
    from hoidong.kernel.publication import codes

    publish(item(1, code="AAAA-AAAA"))
    drawn = iter(["AAAA-AAAA", "CCCC-CCCC"])
    monkeypatch.setattr(codes, "_draw", lambda: next(drawn))

    assert publication.new_codes(1) == ["CCCC-CCCC"]


@pytest.mark.parametrize("typed", ["7F3K-94WD", "7f3k94wd", " 7f3k 94wd ", "7F3K–94WD", "7f3k.94.wd"])
def test_a_page_is_found_by_its_code_however_it_is_typed(item, publish, typed):
    publish(item(1, code="7F3K-94WD"))

    assert publication.by_code(typed).subject_id == 1


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K-94WX", "7F3K-94WDD", "' OR 1=1 --", "%%%%%%%%", "đ" * 400, "\x00" * 8])
def test_what_is_no_code_finds_nothing(item, publish, typed):
    publish(item(1, code="7F3K-94WD"))

    assert publication.by_code(typed) is None


def test_a_withdrawn_page_looks_like_one_that_never_was(item, publish, actor):
    publish(item(1, code="7F3K-94WD", listed=True))

    publication.withdraw_many(KIND, [1], reason="Có tên người", by=actor("xa"))

    assert publication.by_code("7F3K-94WD") is None
    assert not publication.listed().filter(kind=KIND).exists()
    entry = AuditEntry.objects.filter(action="publication.withdraw").latest("id")
    assert (entry.subject_id, entry.reason) == (1, "Có tên người")


def test_a_withdrawn_page_stays_withdrawn_when_its_record_changes(item, publish, actor):
    first = item(1, code="7F3K-94WD")
    publish(first)
    publication.withdraw_many(KIND, [1], reason="Có tên người", by=actor("xa"))

    publish(dataclasses.replace(first, title="Sửa đường làng"))

    assert publication.by_code("7F3K-94WD") is None


def test_only_listed_pages_stand_in_lists_newest_first(item, publish):
    publish(item(1, listed=True), item(2), item(3, listed=True))

    page = keyset(publication.listed().filter(kind=KIND), order=("-id",))
    assert [row.subject_id for row in page] == [3, 1]


def test_a_page_brought_up_to_date_keeps_its_code_and_its_first_day(item, publish):
    first = item(1, code="7F3K-94WD", facts={"state": "sent"})
    publish(first)
    before = publication.by_code("7F3K-94WD")

    publish(dataclasses.replace(first, code="CCCC-CCCC", title="Đã sửa đường", facts={"state": "closed"}))

    after = publication.by_code("7F3K-94WD")
    assert (after.title, after.facts) == ("Đã sửa đường", {"state": "closed"})
    assert after.published_at == before.published_at
    assert after.changed_at > before.changed_at
    assert publication.by_code("CCCC-CCCC") is None


def test_the_first_publication_is_written_down_and_later_ones_are_not(item, publish):
    first = item(1)
    publish(first)
    publish(first, item(2))

    entries = AuditEntry.objects.filter(action="publication.publish", subject_kind=KIND)
    assert sorted(entries.values_list("subject_id", flat=True)) == [1, 2]


def test_publishing_many_takes_as_many_statements_as_publishing_one(item, publish):
    counts = []
    for items in ([item(1)], [item(number) for number in range(2, 42)]):
        with CaptureQueriesContext(connection) as asked:
            publish(*items)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    publish()


def test_figures_of_a_place_count_what_is_public_only(item, publish, actor):
    unit = actor("xa").unit
    Publication.objects.filter(unit=unit).delete()
    publish(item(1), item(2, facts={"answered": True}), item(3, facts={"answered": True, "solved": True}), item(4))
    publication.withdraw_many(KIND, [4], reason="Nhầm", by=actor("xa"))

    assert publication.counts_of_unit(unit) == {"total": 3, "answered": 2, "solved": 1}
