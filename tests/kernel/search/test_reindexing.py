"""Building the index anew: everything, nothing that is gone, and on from where a run was stopped."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.kernel import search
from hoidong.kernel.search import reindexing
from hoidong.kernel.search.models import Reindexing, SearchEntry

pytestmark = pytest.mark.django_db
KIND = "tests.records"


@pytest.fixture
def records(monkeypatch):
    """Twelve records, read in their order; `asked` says from where; `breaks_at` stops the reading."""

    class Records:
        numbers, asked, breaks_at = list(range(1, 13)), [], None

        def entries(self, after):
            self.asked.append(after)
            for number in self.numbers:
                if number == self.breaks_at:
                    raise KeyboardInterrupt
                if number > after:
                    yield search.Entry(kind=KIND, subject_id=number, title=f"Bản ghi {number}", url="/", unit_ids=[1])

    made = Records()
    made.asked = []
    monkeypatch.setattr(reindexing, "BATCH", 5)
    search.register_provider(KIND, "Bản ghi", made.entries)
    return made


def indexed():
    return sorted(SearchEntry.objects.filter(kind=KIND).values_list("subject_id", flat=True))


def test_all_records_are_indexed_and_entries_without_a_record_go(records, put):
    put(99, "Không còn", kind=KIND)

    assert reindexing.reindex(KIND) == 12
    assert indexed() == records.numbers


def test_a_run_that_was_stopped_goes_on_where_it_was(records, put):
    put(99, "Không còn", kind=KIND)
    records.breaks_at = 9
    with pytest.raises(KeyboardInterrupt):
        reindexing.reindex(KIND)
    assert indexed() == [1, 2, 3, 4, 5, 99]

    records.breaks_at = None
    assert reindexing.reindex(KIND) == 7
    assert records.asked == [0, 5]
    assert indexed() == records.numbers


def test_a_run_after_one_that_ended_begins_at_the_start(records):
    reindexing.reindex(KIND)
    records.numbers = [3, 4]

    assert reindexing.reindex(KIND) == 2
    assert indexed() == [3, 4]
    assert Reindexing.objects.get(kind=KIND).finished_at


def test_the_command_names_the_kinds_it_knows(records, capsys):
    call_command("reindex", KIND)
    assert f"{KIND}: 12" in capsys.readouterr().out

    with pytest.raises(CommandError, match=r"tests\.nothing"):
        call_command("reindex", "tests.nothing")


def test_the_statements_grow_with_batches_not_with_records(records):
    counts = []
    reindexing.reindex(KIND)
    for numbers in ([1], [1, 2, 3]):
        records.numbers = numbers
        with CaptureQueriesContext(connection) as asked:
            reindexing.reindex(KIND, anew=True)
        counts.append(len(asked))

    assert counts[0] == counts[1]
