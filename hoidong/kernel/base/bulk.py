"""Many rows in one statement whose values travel as one JSON text.

Django sends a value for each cell, or an array for each column whose every text is quoted on its way; for thousands of rows of long
Vietnamese text that takes longer than the database. Checks, triggers, defaults of the model and the order of rows are the same.
"""

import datetime
import decimal
import json
from functools import cache

from django.db import connection, models

AT_ONCE = 2000  # rows a statement


def insert(model, rows, *, unique=(), update=()):
    """Insert unsaved instances in their order and give them their keys. Returns them as a list.

    With `unique` and `update` (names of fields) a row that is there already is brought up to date instead. Runs in the caller's
    transaction; raises what the database says (IntegrityError, DataError).
    """
    rows = list(rows)
    statement, fields = _statement(model, tuple(unique), tuple(update))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        told = [[_plain(field, row) for field in fields] for row in part]
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(told, default=_text, ensure_ascii=False)])
            for row, (key,) in zip(part, cursor, strict=True):
                row.pk, row._state.adding, row._state.db = key, False, connection.alias
    return rows


def _plain(field, row):
    value = field.pre_save(row, True)
    return value if isinstance(field, models.JSONField) else field.get_prep_value(value)


def _text(value):
    """What JSON has no word for, as PostgreSQL reads it."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


@cache
def _statement(model, unique, update):
    """(INSERT … SELECT from the JSON, the fields in its order)."""
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
    return statement, fields


def _cell(field, place):
    """One value of a row as its column's type."""
    kind = field.db_type(connection)
    if isinstance(field, models.JSONField):
        return f"told.row -> {place}"
    if kind.endswith("[]"):
        return f"ARRAY(SELECT jsonb_array_elements_text(told.row -> {place}))::{kind}"
    return f"(told.row ->> {place})::{kind.split('(')[0]}"
