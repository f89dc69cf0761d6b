"""The measured rows: what the platform does, the bare SQL it needs, and how many statements it took."""

import statistics
import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from demo import people
from hoidong.citizens.voters import actions, queries
from hoidong.citizens.voters.states import Phase, Source
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import search
from hoidong.kernel.base import dates

WORKLIST = """
SELECT p.*, c.name, b.name, f.name FROM voters_petition p JOIN kernel_unit c ON c.id = p.commune_id
LEFT JOIN kernel_unit b ON b.id = p.body_id LEFT JOIN voters_field f ON f.id = p.field_id
WHERE p.province_id = %s AND p.handed_up_on IS NOT NULL AND p.state = 'handed_up' ORDER BY p.id DESC LIMIT 26
"""
SEARCH = """
SELECT * FROM kernel_searchentry WHERE id IN (
  SELECT id FROM kernel_searchentry WHERE words @@ to_tsquery('simple', 'kenh & muong & gan & tram & bom:*')
  AND unit_ids && %s::bigint[] ORDER BY id DESC LIMIT 400)
ORDER BY ts_rank(words, to_tsquery('simple', 'kenh & muong & gan & tram & bom:*')) DESC, id DESC LIMIT 20
"""
INTAKE = 500


def all_rows(rounds):
    """Every measured row as a dict: name, ms of both sides, ratio, statements."""
    officer = people.actor("chuyenvien")
    return [_worklist(officer, rounds), _search(officer, rounds), _intake(people.actor("xa"), max(rounds // 5, 3))]


def _worklist(officer, rounds):
    view = next(view for view in queries.views_for(officer, dates.today()) if view.code == "handed_up")

    def ours():
        return list(queries.worklist(officer, view=view))

    def bare():
        _fetch(WORKLIST, [officer.unit.area_id])

    return _row("worklist: first page of what waits to be classified", ours, bare, rounds)


def _search(officer, rounds):
    def ours():
        return search.find(officer, "kenh muong gan tram bom").hits

    def bare():
        _fetch(SEARCH, [[officer.unit.area_id, officer.unit.pk]])

    return _row("search: five words without accents", ours, bare, rounds)


def _intake(clerk, rounds):
    session = sessions.current_session(clerk)
    texts = [f"Kiến nghị thử số {place}: đường liên thôn hỏng, đề nghị sửa chữa trước mùa mưa." for place in range(INTAKE)]

    def ours():
        with transaction.atomic():
            drafts = [actions.Draft(text=text) for text in texts]
            office = clerk.unit.area
            actions.record_petitions(drafts, office=office, session=session, phase=Phase.BEFORE, source=Source.SHEET, by=clerk)
            transaction.set_rollback(True)

    def bare():
        with transaction.atomic():
            _copy_rows(INTAKE)
            transaction.set_rollback(True)

    return _row(f"intake: {INTAKE} petitions with origin, log, index and citizen's page", ours, bare, rounds)


def _copy_rows(count):
    """The rows the intake must leave behind, copied from others by bare INSERTs: petition, origin, log, index, page."""
    tables = ("voters_petition", "voters_origin", "kernel_searchentry", "kernel_publication", "kernel_auditentry")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMP TABLE bench_{table} ON COMMIT DROP AS SELECT * FROM {table} LIMIT {count}")
        for table in tables:
            cursor.execute(
                f"CREATE TEMP TABLE into_{table} (LIKE {table} INCLUDING INDEXES INCLUDING GENERATED) ON COMMIT DROP"
            )
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            names = cursor.fetchone()[0]
            cursor.execute(f"INSERT INTO into_{table} ({names}) SELECT {names} FROM bench_{table}")


def _fetch(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _row(name, ours, bare, rounds):
    """Both sides by turns, so that both meet the same machine; medians."""
    ours(), bare()
    with CaptureQueriesContext(connection) as captured:
        ours()
    times = {"ours": [], "bare": []}
    for _round in range(rounds):
        for side, work in (("ours", ours), ("bare", bare)):
            started = time.perf_counter()
            work()
            times[side].append((time.perf_counter() - started) * 1000)
    middle = {side: statistics.median(values) for side, values in times.items()}
    return {
        "row": name, "ours_ms": round(middle["ours"], 2), "bare_sql_ms": round(middle["bare"], 2),
        "ratio": round(middle["ours"] / middle["bare"], 2), "statements": len(captured), "rounds": rounds,
    }  # fmt: skip


def table(rows):
    """The result for people who read it in a terminal."""
    lines = [f"{'':64}{'ours ms':>10}{'bare ms':>10}{'ratio':>8}{'statements':>12}"]
    lines += [
        f"{row['row']:64}{row['ours_ms']:>10}{row['bare_sql_ms']:>10}{row['ratio']:>8}{row['statements']:>12}" for row in rows
    ]
    return "\n".join(lines)
