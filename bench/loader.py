"""Makes the database of the measurements, once for each number of petitions, with two writers at a time.

Rows go in by COPY while secondary indexes are away; checks and triggers stay, the log's chain among them, which is locked by
whoever writes an office's entries as in daily work. Indexes, uniqueness and foreign keys are put back afterwards, so that
PostgreSQL itself proves that what was loaded satisfies them. A load that was broken off is thrown away and begun anew.
"""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

from django.core.management import call_command
from django.db import connection, transaction

from demo import copying, recipe
from hoidong.citizens.voters.models import Petition

from . import city

# Raised whenever the recipe changes, so that older loads are not taken for new ones.
RECIPE = 6
WRITERS = 2
BATCH = 5000
STORY = 20
_MARK = "CREATE TABLE IF NOT EXISTS bench_loaded (petitions bigint, recipe int, seconds int)"


def load(rows, *, say):
    """Bring the database to `rows` petitions; nothing is loaded where it holds them already. Returns seconds the load took."""
    call_command("ensure_database")
    if _loaded() not in (None, (rows, RECIPE)):
        _begin_anew()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if _loaded():
        say(f"{rows} petitions are there already")
        return _seconds()
    started = time.monotonic()
    with open(os.devnull, "w") as quiet:
        for command in ("load_law", "load_units", "load_fields"):
            call_command(command, stdout=quiet)
    city.found(rows)
    say(f"the city stands, {time.monotonic() - started:.0f} s")
    put_back = copying.strip(recipe.tables())
    _in_parallel(
        _write_batch, [(first, rows, part) for first, part in _batches(rows)], say=lambda done: _tell(say, done, rows, started)
    )
    say(f"rows written, {time.monotonic() - started:.0f} s")
    _put_back(put_back)
    copying.set_sequences(recipe.tables())
    _run("VACUUM ANALYZE")
    seconds = round(time.monotonic() - started)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_loaded VALUES (%s, %s, %s)", [rows, RECIPE, seconds])
    say(f"loaded in {seconds} s")
    return seconds


def _batches(rows):
    """(first, part) of each batch; those written at the same time belong to different communes."""
    return [(first, place % WRITERS) for place, first in enumerate(range(1, rows + 1, BATCH))]


def order(first, count, *, of, part, after=0):
    """What one writer makes in one transaction."""
    return recipe.Order(first=first, count=count, of=of, after=after, parts=WRITERS, part=part, story=STORY)


def _write_batch(first, rows, part):
    there = _city()
    with transaction.atomic():
        _run("SET LOCAL synchronous_commit = off")
        recipe.write(there, order(first, min(BATCH, rows - first + 1), of=rows, part=part))


def _city(kept={}):  # noqa: B006
    if not kept:
        kept["city"] = city.read()
    return kept["city"]


def _in_parallel(work, jobs, say=lambda done: None):
    """Run jobs in as many processes as there are writers, each with a connection of its own."""
    connection.close()
    with ProcessPoolExecutor(WRITERS, mp_context=multiprocessing.get_context("fork")) as pool:
        for done, waiting in enumerate([pool.submit(work, *job) for job in jobs], start=1):
            waiting.result()
            say(done)


def _put_back(put_back):
    """Indexes at two tables at a time; foreign keys afterwards, one by one, because they lock both their tables."""
    keys = [statement for _table, statement in put_back if "FOREIGN KEY" in statement]
    of_table = {}
    for table, statement in put_back:
        if statement not in keys:
            of_table.setdefault(table, []).append(statement)
    _in_parallel(_build, sorted(((statements,) for statements in of_table.values()), key=lambda job: -len(job[0])))
    _build(keys)


def _build(statements):
    _run("SET maintenance_work_mem = '384MB'")
    for statement in statements:
        _run(statement)
    connection.close()


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _tell(say, done, rows, started):
    if done % 10 == 0:
        say(f"{min(done * BATCH, rows)} petitions, {time.monotonic() - started:.0f} s")


def _loaded():
    """(petitions, recipe) of a complete load, (0, 0) for one that was broken off, None for an empty database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('voters_petition') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_MARK)
        cursor.execute("SELECT petitions, recipe FROM bench_loaded")
        if (found := cursor.fetchone()) is not None:
            return found
    return (0, 0) if Petition.objects.exists() or city.is_founded() else None


def _seconds():
    with connection.cursor() as cursor:
        cursor.execute("SELECT seconds FROM bench_loaded")
        return cursor.fetchone()[0]


def _begin_anew():
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        connection.close()
        cursor.execute(f'DROP DATABASE "{name}"')
    call_command("ensure_database")
