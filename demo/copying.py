"""Writing many rows at once: COPY for the rows, indexes and foreign keys taken away before and put back after."""

import json

from django.db import connection, models

_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY 1
"""
_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'f') ORDER BY contype DESC, 1
"""


def write(model, rows):
    """COPY instances of one model into its table, in their order. Triggers and checks work as with any insert."""
    rows = list(rows)
    if not rows:
        return
    columns = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field.attname not in _LEFT_OUT.get(model.__name__, ())
    ]
    names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    pick = [(field.attname, isinstance(field, models.JSONField)) for field in columns]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            values = row.__dict__
            copy.write_row([json.dumps(values[name]) if plain else values[name] for name, plain in pick])


# Written by the database: the place of an entry in the log, the words of the index.
_LEFT_OUT = {"AuditEntry": ("id",), "SearchEntry": ("words",)}


def strip(tables):
    """Take secondary indexes, uniqueness and foreign keys away. Returns [(table, statement that puts one back)]."""
    put_back = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(_CONSTRAINTS, [table])
            constraints = cursor.fetchall()
            cursor.execute(_INDEXES, [table])
            for name, statement in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
                put_back.append((table, statement))
            for name, told in constraints:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
                put_back.append((table, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}'))
    return put_back


def reserve(tables, count):
    """Set `count` keys of each table aside and return the number after which they begin, the same for all tables."""
    with connection.cursor() as cursor:
        sequences = [sequence for table in tables if (sequence := _sequence(cursor, table))]
        ends = []
        for sequence in sequences:
            cursor.execute(f"SELECT last_value FROM {sequence}")  # nosec B608: names of our own tables
            ends.append(cursor.fetchone()[0])
        for sequence in sequences:
            cursor.execute("SELECT setval(%s, %s)", [sequence, max(ends) + count])
    return max(ends)


def _sequence(cursor, table):
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'", [table])
    if cursor.fetchone() is None:
        return None
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
    return cursor.fetchone()[0]


def set_sequences(tables):
    """New rows get numbers after those that were written with their own."""
    with connection.cursor() as cursor:
        for table in tables:
            if sequence := _sequence(cursor, table):
                cursor.execute(f"SELECT setval(%s, coalesce((SELECT max(id) FROM {table}), 1))", [sequence])  # nosec B608
