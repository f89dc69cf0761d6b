"""Many rows in one statement whose values travel as one JSON text.

Django sends a value for each cell, or an array for each column whose every text is quoted on its way; for thousands of rows of long
Vietnamese text that takes longer than the database. Checks, triggers, defaults of the model and the order of rows are the same.
"""

import datetime
import decimal
import json
from contextlib import contextmanager
from functools import cache
from itertools import product

from django.db import connection, models
from django.utils.functional import Promise

AT_ONCE = 2000  # rows a statement
# Only those whose owner we are: others would refuse.
_SORT_IN = """
SELECT gin_clean_pending_list(index.oid) FROM pg_class index JOIN pg_am kind ON kind.oid = index.relam
WHERE kind.amname = 'gin' AND index.relnamespace = current_schema()::regnamespace AND pg_has_role(index.relowner, 'USAGE')
"""


def insert(model, rows, *, unique=(), update=()):
    """Insert unsaved instances in their order and give them their keys. Returns them as a list.

    With `unique` and `update` (names of fields) a row that is there already is brought up to date instead. Runs in the caller's
    transaction; raises what the database says (IntegrityError, DataError).
    """
    rows = list(rows)
    statement, names, made = _statement(model, tuple(unique), tuple(update))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        for field, row in product(made, part):
            field.pre_save(row, True)
        told = [[row.__dict__[name] for name in names] for row in part]
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(told, default=_text, ensure_ascii=False)])
            for row, (key,) in zip(part, cursor, strict=True):
                row.pk, row._state.adding, row._state.db = key, False, connection.alias
    return rows


@contextmanager
def sorted_in():
    """A block of a transaction that writes hundreds of rows: their words reach the indexes (GIN) together, sorted, at its end.

    PostgreSQL itself sorts them in whenever four megabytes wait, in the middle of a statement and by a slower way: writing
    20,000 entries of the search index takes nearly half the time with this. Nothing is found later than the transaction's end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
        yield
        cursor.execute(_SORT_IN)
        cursor.execute("SET LOCAL gin_pending_list_limit TO DEFAULT")


def _text(value):
    """What JSON has no word for, as PostgreSQL reads it."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


@cache
def _statement(model, unique, update):
    """(INSERT … SELECT from the JSON; the attributes in its order; the fields that take the moment of saving)."""
    meta, quote = model._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.generated and field is not meta.auto_field]
    names = ", ".join(quote(field.column) for field in fields)
    cells = ", ".join(_cell(field, place) for place, field in enumerate(fields))
    column = {field.name: quote(field.column) for field in fields}
    conflict = ""
    if unique:
        changed = ", ".join(f"{column[name]} = excluded.{column[name]}" for name in update)
        conflict = f"ON CONFLICT ({', '.join(column[name] for name in unique)}) DO UPDATE SET {changed}"  # nosec B608: our own columns
    told = f"FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS told(row, nth) ORDER BY told.nth {conflict}"
    statement = f"INSERT INTO {quote(meta.db_table)} ({names}) SELECT {cells} {told} RETURNING {quote(meta.pk.column)}"  # nosec B608: our columns
    made = [field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)]
    return statement, [field.attname for field in fields], made


def _cell(field, place):
    """One value of a row as its column's type."""
    kind = field.db_type(connection)
    if isinstance(field, models.JSONField):
        return f"told.row -> {place}"
    if kind.endswith("[]"):
        return f"ARRAY(SELECT jsonb_array_elements_text(told.row -> {place}))::{kind}"
    return f"(told.row ->> {place})::{kind.split('(')[0]}"
