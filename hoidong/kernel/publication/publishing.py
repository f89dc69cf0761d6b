"""Publishing, withdrawing, and the only ways for the public to read."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, Q

from .. import audit
from ..base import bulk, dates
from ..base.subjects import Ref
from ..base.text import clip
from .codes import tidy
from .models import Publication


@dataclass(frozen=True)
class Item:
    """What becomes public of one record. Facts, steps and reply are plain JSON."""

    kind: str
    subject_id: int
    code: str
    unit: object
    title: str
    summary: str = ""
    facts: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)
    reply: dict = field(default_factory=dict)
    listed: bool = False  # for the first time it is published; later `list_many` says


def publish_many(items, *, by, new=False):
    """Publish or bring up to date, by kind and number; one statement for 500. First publications are written down.

    `new` says that none of them can have been published before.
    """
    items = list(items)
    if not items:
        return
    at = dates.now()
    known = set() if new else _known(items)
    bulk.insert(
        Publication,
        [
            Publication(
                kind=item.kind, subject_id=item.subject_id, code=item.code, unit=item.unit, title=clip(item.title, 300),
                summary=item.summary, facts=item.facts, steps=item.steps, reply=item.reply, listed=item.listed,
                published_at=at, changed_at=at,
            )
            for item in items
        ],
        unique=() if new else ("kind", "subject_id"),
        # Whether it stands in lists is decided by people afterwards, and not undone when the record changes.
        update=() if new else ("unit", "title", "summary", "facts", "steps", "reply", "changed_at"),
    )  # fmt: skip
    first = [Ref(item.kind, item.subject_id) for item in items if item.subject_id not in known]
    if first:
        audit.record_many("publication.publish", first, by)


def _known(items):
    """The numbers of those that were published before."""
    found = Publication.objects.filter(kind=items[0].kind, subject_id__in=[item.subject_id for item in items])
    return set(found.values_list("subject_id", flat=True))


def list_many(kind, ids, *, listed, by):
    """Put pages into the public lists of their places, or take them out. Returns how many changed; withdrawn ones stay out."""
    found = Publication.objects.filter(kind=kind, subject_id__in=ids, withdrawn_at=None).exclude(listed=listed)
    keys = list(found.select_for_update().order_by("pk").values_list("subject_id", flat=True))
    Publication.objects.filter(kind=kind, subject_id__in=keys).update(listed=listed)
    if keys:
        audit.record_many("publication.list" if listed else "publication.unlist", [Ref(kind, pk) for pk in keys], by)
    return len(keys)


def withdraw_many(kind, ids, *, reason, by):
    """Take pages back; the code then finds nothing."""
    Publication.objects.filter(kind=kind, subject_id__in=ids, withdrawn_at=None).update(
        withdrawn_at=dates.now(), reason=str(reason)
    )
    audit.record_many("publication.withdraw", [Ref(kind, pk) for pk in ids], by, reason=str(reason))


def by_code(typed):
    """The page with this code, however it was typed, or None. Unknown and withdrawn look the same."""
    code = tidy(typed)
    return Publication.objects.select_related("unit").filter(code=code, withdrawn_at=None).first() if code else None


def listed():
    """The pages that stand in public lists, newest first; page it by keyset over ("-id",)."""
    return Publication.objects.filter(listed=True, withdrawn_at=None).select_related("unit")


def lists(unit):
    """Whether anything of a place stands in its public list."""
    return listed().filter(unit=unit).exists()


def is_listed(kind, subject_id):
    """Whether the page of this record stands in a public list."""
    return listed().filter(kind=kind, subject_id=subject_id).exists()


def listing_of(kind, subject_id):
    """The same as an expression for `annotate`; `subject_id` an OuterRef."""
    return Exists(listed().order_by().filter(kind=kind, subject_id=subject_id))


def counts_of_unit(unit):
    """How many records of a place were published, answered and solved: figures only, no text."""
    return Publication.objects.filter(unit=unit, withdrawn_at=None).aggregate(
        total=Count("pk"),
        answered=Count("pk", filter=Q(facts__answered=True)),
        solved=Count("pk", filter=Q(facts__solved=True)),
    )
