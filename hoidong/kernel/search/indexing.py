"""Writing the index, many entries in one statement."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ..base import bulk, dates
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
    at = dates.now()
    bulk.insert(
        SearchEntry,
        [
            SearchEntry(
                kind=entry.kind, subject_id=entry.subject_id, title=clip(entry.title, 300), body=entry.body, code=code_words(entry.code),
                url=entry.url, place=entry.where, on=entry.on, unit_ids=list(entry.unit_ids), public=entry.public, indexed_at=at,
                folded_title=fold(clip(entry.title, 300)), folded=fold(f"{entry.title} {entry.body} {entry.code} {entry.where}"),
            )
            for entry in entries
        ],
        unique=["kind", "subject_id"],
        update=["title", "body", "code", "url", "place", "on", "unit_ids", "public", "indexed_at", "folded_title", "folded"],
    )  # fmt: skip


def code_words(codes):
    """Codes as they are kept and asked for: "125/KN-HĐND 7F3K-94WD" gives "ma125knhdnd ma7f3k94wd"."""
    bare = (re.sub(r"[^0-9a-z]", "", code) for code in fold(codes).split())
    return " ".join(f"ma{code}" for code in bare if code)[:120]


def remove_many(kind, ids):
    """Take entries out."""
    if ids:
        SearchEntry.objects.filter(kind=kind, subject_id__in=ids).delete()


def register_provider(kind, label, entries):
    """Make a kind known: its word for people, and `entries(after)` for `reindex`: an iterator over the Entry objects of
    all records with a number above `after`, in the order of their numbers.
    """
    _PROVIDERS[kind] = (label, entries)


def providers():
    """{kind: (label, entries)}."""
    return dict(_PROVIDERS)


def label_of(kind):
    """The word of a kind for people."""
    return _PROVIDERS[kind][0] if kind in _PROVIDERS else _("Hồ sơ khác")
