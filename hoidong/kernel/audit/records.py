"""Writing and reading entries."""

from ..base import dates
from ..base.subjects import ref
from .models import AuditEntry

LOOKED = "audit.looked"


def record(action, subject, by, reason="", **data):
    """Write one entry inside the caller's transaction, so that it lives and dies with the change.

    `subject` is a record or a Ref; `by` an Actor. `data` must be plain JSON and hold no secret and no hidden identity.
    """
    return record_many(action, [subject], by, reason=reason, data=data)[0]


def record_many(action, subjects, by, reason="", data=None, each=None):
    """Write an entry for each subject in one statement. `each` gives the data of a single subject: f(subject) -> dict."""
    at = dates.now()
    unit_id = by.unit.pk if by.unit else 0
    entries = []
    for subject in subjects:
        pointer = ref(subject)
        entries.append(
            AuditEntry(
                unit_id=unit_id,
                at=at,
                account_id=by.account.pk if by.account else None,
                actor=by.name,
                post=by.post_title,
                action=action,
                subject_kind=pointer.kind,
                subject_id=pointer.id,
                reason=reason,
                data={**(data or {}), **(each(subject) if each else {})},
            )
        )
    return AuditEntry.objects.bulk_create(entries, batch_size=500)


def looked_at(subject, by, what):
    """Note that a person opened protected data; `what` names it ("số điện thoại người nêu")."""
    return record(LOOKED, subject, by, what=what)


def entries_about(subject):
    """The entries about one record, oldest first, without those on mere reading."""
    pointer = ref(subject)
    found = AuditEntry.objects.filter(subject_kind=pointer.kind, subject_id=pointer.id)
    return found.exclude(action=LOOKED).order_by("id")
