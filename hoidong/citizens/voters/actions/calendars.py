"""The secret address of a deputy's calendar: made, found again by its digest, revoked."""

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed

from ..models import CalendarKey
from ..rounds import rules


@transaction.atomic
def new_key(*, by):
    """Make a new calendar address for the acting deputy; the one before it stops working. Returns the secret, once.

    256 bits by chance; only the digest is kept, and neither goes to the log.
    """
    if not rules.is_deputy(by):
        raise NotAllowed(_("Lịch riêng dành cho đại biểu. Lịch công khai của xã ở Cổng cử tri."))
    _revoke(by)
    secret = secrets.token_urlsafe(32)
    key = CalendarKey.objects.create(person=by.person, digest=digest_of(secret), made_at=dates.now())
    audit.record("voters.new_calendar_key", key, by)
    return secret


@transaction.atomic
def revoke_key(*, by):
    """Stop the calendar address of the acting person. Returns whether there was one."""
    stopped = _revoke(by)
    return bool(stopped)


def use_key(secret):
    """The live CalendarKey of a secret, or None; notes the day it was last used."""
    if not 20 <= len(secret) <= 100:
        return None
    key = CalendarKey.objects.select_related("person").filter(digest=digest_of(secret), revoked_at=None).first()
    if key is not None and key.used_on != dates.today():
        CalendarKey.objects.filter(pk=key.pk).update(used_on=dates.today())
    return key


def digest_of(secret):
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _revoke(by):
    keys = list(CalendarKey.objects.select_for_update().filter(person=by.person, revoked_at=None).order_by("pk"))
    CalendarKey.objects.filter(pk__in=[key.pk for key in keys]).update(revoked_at=dates.now())
    if keys:
        audit.record_many("voters.revoke_calendar_key", keys, by)
    return keys
