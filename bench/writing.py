"""Taking in what was said at a meeting of thirty opinions, beside bare inserts of the rows it leaves."""

import random

from django.db import connection, transaction

from demo import words
from hoidong.citizens.voters import actions
from hoidong.citizens.voters.states import Phase, Source
from hoidong.council.meetings.models import CouncilSession

from . import city
from .timing import measure

OPINIONS = 30
# What taking a petition in leaves behind, counted in the database before and after; the bare side inserts as many of each.
TABLES = ("voters_petition", "voters_origin", "voters_alike", "kernel_searchentry", "kernel_publication", "kernel_auditentry",
          "kernel_drawnnumber", "kernel_event", "kernel_delivery")  # fmt: skip


def intake(rounds):
    """Recording what a meeting of thirty opinions asks for, beside bare inserts of the same rows into the same tables."""
    clerk, session, chance = city.actor("do.xa"), CouncilSession.objects.order_by("-number").first(), random.Random(5)
    made = _copies(_record, clerk, session, chance)

    def ours():
        with transaction.atomic():
            _record(clerk, session, chance)
            transaction.set_rollback(True)

    def bare():
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in made:
                cursor.execute(statement)
            transaction.set_rollback(True)

    return measure(f"taking in a meeting of {OPINIONS} opinions", ours, bare, rounds, whole=4)


def _record(clerk, session, chance):
    drafts = [actions.Draft(text=words.petition(chance).text, voters=3) for _place in range(OPINIONS)]
    actions.record_petitions(
        drafts, office=clerk.unit.area, session=session, phase=Phase.BEFORE, source=Source.MEETING, by=clerk
    )


def _copies(record, *given):
    """Bare INSERTs of the rows that recording leaves, one a table, taken from a recording that was rolled back.

    Triggers, checks and indexes work as for the platform; the rows are in the statements as values.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        before = {table: _last(cursor, table) for table in TABLES}
        record(*given)
        statements = [_insert(cursor, table, before[table]) for table in TABLES]
        transaction.set_rollback(True)
    return [statement for statement in statements if statement]


def _key(table):
    return "petition_id" if table == "voters_alike" else "id"


def _last(cursor, table):
    cursor.execute(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}")  # nosec B608
    return cursor.fetchone()[0]


def _insert(cursor, table, after):
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [table],
    )
    names = cursor.fetchone()[0]
    cursor.execute(
        f"SELECT string_agg('(' || (SELECT string_agg(coalesce(quote_literal(value), 'NULL'), ', ' ORDER BY place) "  # nosec B608
        f"FROM unnest(ARRAY[{', '.join(f'{name}::text' for name in names.split(', '))}]) WITH ORDINALITY AS one(value, place)) || ')', ', ')"
        f" FROM {table} WHERE {_key(table)} > %s",
        [after],
    )
    rows = cursor.fetchone()[0]
    return f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE VALUES {rows}" if rows else ""  # nosec B608
