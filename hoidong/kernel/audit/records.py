"""Writing and reading entries."""

import json

from django.db import connection

from ..base import dates
from ..base.language import in_vietnamese
from ..base.subjects import ref
from .models import AuditEntry

LOOKED = "audit.looked"
_AT_ONCE = 5000
_WRITE = """
INSERT INTO kernel_auditentry (unit_id, place, at, account_id, actor, post, action, subject_kind, subject_id, reason, data, previous, digest)
SELECT %s::bigint, 0, %s::timestamptz, %s::bigint, %s, %s, %s, told.row ->> 0, (told.row ->> 1)::bigint, %s, told.row -> 2, '', ''
FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS told(row, nth) ORDER BY told.nth
RETURNING id
"""


def record(action, subject, by, reason="", **data):
    """Write one entry inside the caller's transaction, so that it lives and dies with the change. Returns where it stands.

    `subject` is a record or a Ref; `by` an Actor. `data` must be plain JSON and hold no secret and no hidden identity.
    """
    number = record_many(action, [subject], by, reason=reason, data=data)[0]
    return AuditEntry(pk=number, action=action, subject_kind=ref(subject).kind, subject_id=ref(subject).id)


@in_vietnamese
def record_many(action, subjects, by, reason="", data=None, each=None):
    """Write an entry for each subject and return their numbers. `each` gives the data of a single subject: f(subject) -> dict.

    What all entries share is sent once, and what tells them apart as one JSON text: a lot of 20,000 is written in seconds.
    """
    common, told = data or {}, []
    for subject in subjects:
        pointer = ref(subject)
        told.append([pointer.kind, pointer.id, {**common, **(each(subject) if each else {})}])
    unit_id, account_id = by.unit.pk if by.unit else 0, by.account.pk if by.account else None
    shared = [unit_id, dates.now(), account_id, by.name, by.post_title, action, str(reason)]
    numbers = []
    with connection.cursor() as cursor:
        for start in range(0, len(told), _AT_ONCE):
            cursor.execute(_WRITE, [*shared, json.dumps(told[start : start + _AT_ONCE])])
            numbers += [number for (number,) in cursor]
    return numbers


@in_vietnamese
def looked_at(subject, by, what, **words):
    """Note that a person opened protected data; `what` names it ("số điện thoại người nêu") as a lazy text, so that the log
    stays Vietnamese; `words` fill its places.
    """
    return record(LOOKED, subject, by, what=str(what) % words if words else str(what))


def entries_about(subject):
    """The entries about one record, oldest first, without those on mere reading."""
    pointer = ref(subject)
    found = AuditEntry.objects.filter(subject_kind=pointer.kind, subject_id=pointer.id)
    return found.exclude(action=LOOKED).order_by("id")
