"""How many rows each view of a list holds: in one statement, however many rows there are.

A tab tells people how much waits; it is no statistic. Counting stops where the number no longer matters. Reports count to the end.
"""

from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper

COUNT_CAP = 2_000  # of a tab; beyond it says “2.000+”
FEW_CAP = 2_000  # of what is narrowed by words or places
LOOKED_THROUGH = 5_000  # rows of a tab that is not open, for those that fit a filter


class Tally(NamedTuple):
    """What a tab says: a number, None where it is not known; with `more` there are at least so many."""

    number: int | None
    more: bool = False


def counts_of(rows, views):
    """How many rows each view holds, up to COUNT_CAP: {code: number}. Each count walks its own index and stops."""
    return {code: tally.number for code, tally in tallies_of(rows, views).items()}


def tallies_of(rows, views, *, fitting=None, current=None):
    """What the tabs of a list say: {code: Tally}. With `fitting` (a Q) only the rows that it fits are counted.

    Then the open tab (`current`) is counted up to COUNT_CAP wherever its rows stand, of another one LOOKED_THROUGH rows are
    looked at: a filter that fits few of many would read a million rows for numbers that nobody asked for.
    """
    if not fitting:
        return dict(zip(_codes(views), _asked([_all_of(rows.filter(view.condition)) for view in views]), strict=True))
    parts = [
        _all_of(rows.filter(view.condition).filter(fitting))
        if view is current
        else _newest_of(rows.filter(view.condition), fitting)
        for view in views
    ]
    return dict(zip(_codes(views), _asked(parts), strict=True))


def tallies_of_few(rows, views):
    """What the tabs say where rows are narrowed by something no index of theirs knows (their words, the places that raised them):
    they are found once and counted for all views, the newest FEW_CAP of them.
    """
    newest = rows.model.objects.filter(pk__in=rows.order_by("-pk").values("pk")[:FEW_CAP])
    counts = newest.aggregate(
        every=Count("pk"), **{f"of_{view.code}": Count("pk", filter=view.condition or None) for view in views}
    )
    cut = counts["every"] >= FEW_CAP
    return {view.code: _among(counts[f"of_{view.code}"], cut) for view in views}


def _among(count, cut):
    """What was counted of rows that are all there are, or were cut: then there may be more, and nothing is known of none."""
    return Tally(count or (None if cut else 0), cut and count > 0)


def _codes(views):
    return [view.code for view in views]


def _all_of(rows):
    """The statement that counts rows up to COUNT_CAP, its values, and how its two numbers are read."""
    return "count(*), 0", rows.order_by().values("pk")[:COUNT_CAP], lambda count, _looked: Tally(count, count >= COUNT_CAP)


def _newest_of(rows, fitting):
    """The same for those that fit among LOOKED_THROUGH rows."""
    looked_at = rows.order_by().annotate(fits=ExpressionWrapper(fitting, BooleanField())).values("fits")[:LOOKED_THROUGH]
    return "count(*) FILTER (WHERE fits), count(*)", looked_at, lambda count, looked: _among(count, looked >= LOOKED_THROUGH)


def _asked(parts):
    """The Tally of each part, all of them from one statement."""
    columns, values = [], []
    for counted, rows, _read in parts:
        try:
            statement, given = rows.query.sql_with_params()
        except EmptyResultSet:  # the ORM knows that there are none
            columns.append("ARRAY[0, 0]")
            continue
        columns.append(f"(SELECT ARRAY[{counted}] FROM ({statement}) AS counted)")  # nosec B608: only what the ORM wrote
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", values)  # nosec B608
        return [read(*numbers) for (_counted, _rows, read), numbers in zip(parts, cursor.fetchone(), strict=True)]
