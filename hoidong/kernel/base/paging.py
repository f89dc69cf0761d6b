"""Keyset paging: page a million rows at the price of one page. No OFFSET, no COUNT."""

import base64
import binascii
import datetime
import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q

_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Page:
    """One page of rows, with the tokens that lead to the next and to the one before (None at the ends)."""

    rows: list = field(default_factory=list)
    next_token: str | None = None
    prev_token: str | None = None
    size: int = 25

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __bool__(self):
        return bool(self.rows)


def size_of(text):
    """The page size a person chose, or the first of the sizes offered."""
    return int(text) if str(text).isdecimal() and int(text) in _SIZES else _SIZES[0]


def keyset(queryset, *, order, after=None, size=25, fetch=None):
    """One page of a queryset.

    `order` names plain columns, "-" before a descending one, and ends in a unique one; columns must not be null.
    `after` is a token of an earlier page; a token that was tampered with is read as the first page. With `fetch` (a queryset of
    the same model, with what a row needs) the page is first found by its keys, from an index alone where one holds the
    conditions, and only its own rows are read; still one statement.
    """
    names = [name.lstrip("-") for name in order]
    backwards, values = _decode(after, len(names))
    rows = queryset.order_by(*(_flip(name) if backwards else name for name in order))
    if values is not None:
        try:
            rows = rows.filter(_beyond(order, names, values, backwards))
        except (ValueError, TypeError, ValidationError):  # words where a number stood, no such day
            return keyset(queryset, order=order, size=size, fetch=fetch)
    if fetch is not None:
        rows = fetch.filter(pk__in=rows.values("pk")[: size + 1]).order_by(*rows.query.order_by)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = more if not backwards else True
    has_prev = values is not None if not backwards else more
    return Page(
        rows=found,
        next_token=_encode("n", found[-1], names) if found and has_next else None,
        prev_token=_encode("p", found[0], names) if found and has_prev else None,
        size=size,
    )


def _flip(name):
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order, names, values, backwards):
    """Rows past the last one seen: (a > x) or (a = x and b > y) …, with a leading bound the index can use."""
    condition = Q()
    for depth, name in enumerate(names):
        descending = order[depth].startswith("-") != backwards
        step = Q(**{f"{name}__{'lt' if descending else 'gt'}": values[depth]})
        for earlier in range(depth):
            step &= Q(**{names[earlier]: values[earlier]})
        condition |= step
    first_descending = order[0].startswith("-") != backwards
    bound = Q(**{f"{names[0]}__{'lte' if first_descending else 'gte'}": values[0]})
    return bound & condition


def _value(row, name):
    for part in name.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    if isinstance(row, datetime.date | datetime.datetime):
        return row.isoformat()
    return row


def _encode(direction, row, names):
    raw = json.dumps([direction, *(_value(row, name) for name in names)], ensure_ascii=False)
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decode(token, count):
    if not token:
        return False, None
    try:
        parts = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return False, None
    if not isinstance(parts, list) or len(parts) != count + 1 or parts[0] not in ("n", "p"):
        return False, None
    if any(isinstance(part, list | dict) or part is None for part in parts):
        return False, None
    return parts[0] == "p", parts[1:]
