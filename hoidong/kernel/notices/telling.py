"""Telling people, in a number of statements that does not grow with them, and reading what they were told."""

from django.db import transaction

from .. import live
from ..base import dates
from ..base.subjects import ref
from ..base.text import clip
from . import mailing
from .kinds import known
from .models import Choice, Mail, Notice, Way

_MAIL = {Way.MAIL: Mail.NOW, Way.DIGEST: Mail.DIGEST, Way.APP: Mail.NONE}
# A bell that says 99+ needs to count no further.
MOST_COUNTED = 100


@transaction.atomic
def tell(people, *, kind, text, url, subject=None):
    """Give a notice to Actors, Accounts or account numbers (told once each, None left out). Returns the notices made.

    `url` is an address of ours, from "/" on. `subject` is the record it is about, or its Ref. Those who want no notices
    of this kind get none; mail leaves through the queue after the transaction.
    """
    standard = known(kind).way
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"A notice leads to an address of this platform, not to {url}.")
    accounts = sorted({pk for pk in map(_account_id, people) if pk})
    if not accounts:
        return []
    ways = dict(Choice.objects.filter(account__in=accounts, kind=kind).values_list("account", "way"))
    pointer = ref(subject) if subject is not None else None
    at = dates.now()
    notices = Notice.objects.bulk_create(
        [
            Notice(
                account_id=account, kind=kind, text=clip(str(text), 300), url=url, at=at, mail=_MAIL[ways.get(account, standard)],
                subject_kind=pointer.kind if pointer else "", subject_id=pointer.id if pointer else None,
            )
            for account in accounts
            if ways.get(account, standard) != Way.OFF
        ],
        batch_size=1000,
    )  # fmt: skip
    mailing.queue_now(notices)
    live.tell(*(f"account-{notice.account_id}" for notice in notices))
    return notices


def _account_id(person):
    if person is None or isinstance(person, int):
        return person
    account = getattr(person, "account", person)
    return account and account.pk


def unread_count(actor):
    """How many notices this person has not read, counted up to a hundred. One statement."""
    if actor is None or actor.account is None:
        return 0
    return Notice.objects.filter(account=actor.account, read_at=None)[:MOST_COUNTED].count()


def notices_for(actor):
    """The notices of the person who asks; page by ("-id",)."""
    return Notice.objects.filter(account=actor.account)


@transaction.atomic
def mark_read(actor, ids=None):
    """Mark own notices as read: those with these ids, or all. Returns how many were new."""
    unread = notices_for(actor).filter(read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    if count := unread.update(read_at=dates.now()):
        live.tell(f"account-{actor.account.pk}")
    return count


def forget_about(kind, ids):
    """Take out the notices about records that are gone."""
    Notice.objects.filter(subject_kind=kind, subject_id__in=ids).delete()
