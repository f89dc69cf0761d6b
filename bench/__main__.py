"""`python -m bench --rows 1000000`: load once, measure, print, keep. Each size runs in a process and a database of its own."""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

SMALL = 10_000
# What rows tell that are not compared with bare SQL.
_TOLD = (
    "per_second",
    "checked_per_second",
    "taken_per_second",
    "times_as_fast",
    "megabytes",
    "p95_ms",
    "server_ms",
    "statements",
)
RESULTS = Path(__file__).parent / "results.json"


def main():
    """Measure the small size and the one asked for; print both and how the rows grew; keep what names no machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", action="store_true", help="this size alone, as JSON on the standard output")
    given = parser.parse_args()
    if given.only:
        print(json.dumps(_measured(given.rows, given.rounds), ensure_ascii=False))
        return
    sizes = sorted({min(SMALL, given.rows), given.rows})
    results = [_in_a_process(size, given.rounds) for size in sizes]
    growth = _growth(results[0], results[-1]) if len(results) > 1 else {}
    kept = {**results[-1], "growth": growth}
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(kept))


def _in_a_process(rows, rounds):
    """A size of its own process, because the settings name the database when they are read."""
    environment = {**os.environ, "HD_DB": f"hoidong_bench_{rows}"}
    command = [sys.executable, "-m", "bench", "--only", "--rows", str(rows), "--rounds", str(rounds)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _measured(rows, rounds):
    os.environ["HD_DB"] = f"hoidong_bench_{rows}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["SECOND_FACTOR"] = "no"  # the measured people have only a session
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from bench import city, finding, helpdesk, importing, lists, loader, log, reports, serving, writing
    from config import prepare

    prepare.dress(call_command, settings)
    seconds = loader.load(rows, say=_say)
    made = {}
    parts = (
        lambda: lists.all_rows(rounds),
        lambda: finding.all_rows(rounds),
        lambda: (writing.intake(rounds), reports.one_a(max(rounds // 3, 3)), importing.row()),
        serving.rows,
        lambda: helpdesk.rows(made, rounds, say=_say) if rows > SMALL else (),
        log.all_rows,
    )
    for part in parts:
        for row in part():
            made[row["row"]] = row
            _say(_line(row))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), count(*) FROM kernel_auditentry")
        version, entries = cursor.fetchone()
    return {
        "petitions": rows, "communes": len(city.read().communes), "sessions": city.SESSIONS, "log_entries": entries, "load_seconds": seconds,
        "versions": {"postgresql": version.split()[0], "django": django.get_version(), "python": platform.python_version()},
        "rows": list(made.values()),
    }  # fmt: skip


def _growth(small, large):
    """How many times as long the database takes when there are a hundred times as many petitions, by row."""
    before = {row["row"]: row for row in small["rows"] if row.get("database_ms")}
    return {
        row["row"]: round(row["database_ms"] / before[row["row"]]["database_ms"], 1)
        for row in large["rows"]
        if row["row"] in before
    }


def table(kept):
    """The result for people who read it in a terminal."""
    lines = [_line(None), *(_line(row, kept["growth"].get(row["row"])) for row in kept["rows"])]
    missed = [row["row"] for row in kept["rows"] if not row["met"]]
    lines.append(
        f"\n{kept['petitions']} petitions of {kept['communes']} communes in {kept['sessions']} sessions, loaded in {kept['load_seconds']} s"
    )
    lines.append(f"missed: {', '.join(missed)}" if missed else "every target was met")
    return "\n".join(lines)


def _line(row, growth=None):
    if row is None:
        return f"{'':66}{'db ms':>9}{'bare ms':>9}{'ratio':>7}{'stmts':>6}{'server':>8}{'p95':>8}{'growth':>8}"
    end = f"{growth or '':>8}{'' if row['met'] else '  missed'}"
    if "database_ms" not in row:
        told = ", ".join(f"{name} {row[name]}" for name in _TOLD if name in row)
        return f"{row['row'][:65]:66}{told}{'' if row['met'] else '  missed'}"
    return (
        f"{row['row'][:65]:66}{row['database_ms']:>9}{row['bare_sql_ms']:>9}{row['ratio']:>7}{row['statements']:>6}"
        f"{row['server_ms']:>8.0f}{row['server_p95_ms']:>8.0f}{end}"
    )


def _say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
