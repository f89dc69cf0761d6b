"""Writing the index, many entries in one statement."""

import datetime
from dataclasses import dataclass, field

from ..base.text import clip, fold
from .models import SearchEntry

_PROVIDERS: dict = {}


@dataclass(frozen=True)
class Entry:
    """What is known of a findable thing. Never a hidden identity, never the name of a private person."""

    kind: str
    subject_id: int
    title: str
    url: str
    body: str = ""
    code: str = ""
    where: str = ""
    on: datetime.date | None = None
    unit_ids: list = field(default_factory=list)
    public: bool = False


def index_many(entries):
    """Write or replace entries, by kind and number."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                kind=entry.kind, subject_id=entry.subject_id, title=clip(entry.title, 300), body=entry.body, code=entry.code.lower(),
                url=entry.url, place=entry.where, on=entry.on, unit_ids=list(entry.unit_ids), public=entry.public,
                folded_title=fold(clip(entry.title, 300)), folded=fold(f"{entry.title} {entry.body} {entry.code} {entry.where}"),
            )
            for entry in entries
        ],
        update_conflicts=True,
        unique_fields=["kind", "subject_id"],
        update_fields=["title", "body", "code", "url", "place", "on", "unit_ids", "public", "folded_title", "folded"],
        batch_size=500,
    )  # fmt: skip


def remove_many(kind, ids):
    """Take entries out."""
    if ids:
        SearchEntry.objects.filter(kind=kind, subject_id__in=ids).delete()


def register_provider(kind, label, entries):
    """Make a kind known: its word for people, and `entries()`, an iterator over all Entry objects for `reindex`."""
    _PROVIDERS[kind] = (label, entries)


def providers():
    """{kind: (label, entries)}."""
    return dict(_PROVIDERS)
