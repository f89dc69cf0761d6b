"""Entries of made-up kinds; the demo's own entries are out of the way."""

import pytest

from hoidong.kernel import search
from hoidong.kernel.search import indexing
from hoidong.kernel.search.models import SearchEntry


@pytest.fixture(autouse=True)
def kinds(db, monkeypatch):
    SearchEntry.objects.all().delete()
    monkeypatch.setattr(indexing, "_PROVIDERS", dict(indexing._PROVIDERS))
    search.register_provider("tests.petition", "Kiến nghị thử", lambda after: iter(()))
    search.register_provider("tests.paper", "Văn bản thử", lambda after: iter(()))


@pytest.fixture
def put(actor):
    """`put(1, "tiêu đề", body=…)`: one entry, for the clerk's unit unless `units` says another."""

    def put(subject_id, title, *, kind="tests.petition", units=None, **more):
        units = [actor("xa").unit.pk] if units is None else units
        search.index_many(
            [search.Entry(kind=kind, subject_id=subject_id, title=title, url=f"/x/{subject_id}/", unit_ids=units, **more)]
        )

    return put
