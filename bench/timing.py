"""Measuring by turns: what the platform does and the bare SQL it needs meet the same machine in the same minute."""

import gc
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection


@dataclass
class Times:
    """What one side took: seconds in all and seconds the database worked, a pair for each round; statements of one round."""

    whole: list = field(default_factory=list)
    database: list = field(default_factory=list)
    statements: int = 0


def measure(name, ours, bare, rounds, *, target=None, whole=None, server=None, most=None):
    """One row of the result: both sides in turn, medians and the 95th part of a hundred.

    `target` is the ratio of database times that is aimed at, `whole` that of whole times (Python and all), `server` the milliseconds of a whole request at p95, `most` the
    number of statements. The first round warms both up and is not counted.
    """
    mine, theirs = Times(), Times()
    for turn in range(rounds + 1):
        if turn == 1:  # as a web process does when it has started (config/asgi.py)
            gc.collect()
            gc.freeze()
        for work, times in ((ours, mine), (bare, theirs)):
            with _watched(times, keep=turn > 0):
                work()
    row = {
        "row": name,
        "database_ms": _middle(mine.database),
        "bare_sql_ms": _middle(theirs.database),
        "ratio": round(statistics.median(mine.database) / statistics.median(theirs.database), 2),
        "whole_ratio": round(statistics.median(mine.whole) / statistics.median(theirs.whole), 2),
        "statements": mine.statements,
        "bare_statements": theirs.statements,
        "server_ms": _middle(mine.whole),
        "server_p95_ms": _high(mine.whole),
        "rounds": rounds,
    }
    return row | _judged(row, target, whole, server, most)


def _judged(row, target, whole, server, most):
    """The targets of a row and whether each was met."""
    aims = {}
    if target is not None:
        aims["ratio"] = (target, row["ratio"] <= target)
    if whole is not None:
        aims["whole_ratio"] = (whole, row["whole_ratio"] <= whole)
    if server is not None:
        aims["server_p95_ms"] = (server, row["server_p95_ms"] <= server)
    if most is not None:
        aims["statements"] = (most, row["statements"] <= most)
    return {"targets": {name: aim for name, (aim, _met) in aims.items()}, "met": all(met for _aim, met in aims.values())}


@contextmanager
def _watched(times, keep):
    spent, count = 0.0, 0

    def timed(execute, sql, params, many, context):
        nonlocal spent, count
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent += time.perf_counter() - began
            count += 1

    began = time.perf_counter()
    with connection.execute_wrapper(timed):
        yield
    if keep:
        times.whole.append(time.perf_counter() - began)
        times.database.append(spent)
        times.statements = count


def _middle(seconds):
    return round(statistics.median(seconds) * 1000, 2)


def _high(seconds):
    return round(sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))] * 1000, 2)
