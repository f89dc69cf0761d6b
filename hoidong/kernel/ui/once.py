"""A form that is sent twice acts once: a double click, a line that dropped before the answer came.

{% once_key %} in the form; in the page, inside the transaction of the action:
if (before := once.claim(request)) is not None: …it was done; `before` is what `once.keep` kept, or an empty text…
"""

import secrets

from django.db import connection, transaction

from ..base import dates
from .models import SentForm

FIELD = "once"
_CLAIM = """
INSERT INTO kernel_sentform (account_id, key, made, at) VALUES (%s, %s, '', %s) ON CONFLICT (account_id, key) DO NOTHING RETURNING id
"""


def key():
    """A key for one form as it is shown."""
    return secrets.token_urlsafe(12)


def claim(request):
    """None for a form that comes the first time (or has no key); else what the first time kept, as text.

    The claim is a row of the same transaction: of two at once the second waits until the first is kept or taken back.
    """
    assert transaction.get_connection().in_atomic_block, "a claim must fall with the action it guards"
    sent = _key(request)
    if sent is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [request.user.pk, sent, dates.now()])
        if cursor.fetchone():
            return None
    return SentForm.objects.filter(account=request.user.pk, key=sent).values_list("made", flat=True).first() or ""


def keep(request, value):
    """Remember what the form made, for the case that it comes again."""
    if (sent := _key(request)) is not None:
        SentForm.objects.filter(account=request.user.pk, key=sent).update(made=str(value))


def _key(request):
    sent = request.POST.get(FIELD, "")[:40]
    return sent if sent and sent.isascii() else None
