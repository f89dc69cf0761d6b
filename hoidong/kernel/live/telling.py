"""Saying that something changed, and who may hear it."""

import re

from django.db import connection

CHANNEL = "hoidong_live"
_TOPIC = re.compile(r"(unit|account)-[1-9][0-9]{0,18}")


def tell(*topics):
    """Say that something of these topics changed; one statement, heard after the transaction is kept.

    ValueError for a name that is no topic: an event must never carry anything else.
    """
    names = sorted(set(topics))
    if wrong := [name for name in names if not _TOPIC.fullmatch(name)]:
        raise ValueError(f"Not a topic: {wrong[0]!r}. Topics are unit-<id> and account-<id>.")
    if names:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, topic) FROM unnest(%s::text[]) AS topic", [CHANNEL, names])


def topics_for(actor):
    """The topics an actor may hear: the own account and the unit of the post it acts in."""
    if actor is None or actor.account is None:
        return set()
    return {f"account-{actor.account.pk}"} | ({f"unit-{actor.unit.pk}"} if actor.unit else set())
