"""django-helpdesk beside us: another system of records, states and replies, on the same PostgreSQL in the same run.

It gets a Python environment and a database of its own; nothing of it comes near the platform's.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

TICKETS = 50_000
_NAME = "hoidong_bench_helpdesk"
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = _ROOT / "var" / "helpdesk"
_LISTING = _ROOT / "requirements" / "bench.txt"


def rows(ours, rounds, *, say):
    """One row each for list, search and record: its requests beside ours, which were measured just before.

    `ours` are rows of the result by name; a row is met when it is ten times as fast as a whole request. Returns rows.
    """
    python = _installed(say)
    done = subprocess.run(
        [python, "-m", "bench.helpdesk.measure", "--tickets", str(TICKETS), "--rounds", str(max(rounds // 3, 3))],
        cwd=_ROOT, env={**os.environ, "HELPDESK_DATABASE": json.dumps(_database())}, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    theirs = json.loads(done.stdout.splitlines()[-1])
    return [_beside(name, ours[mine], theirs[name]) for name, mine in _PAIRS.items()]


_PAIRS = {
    "list": "worklist of officer: all",
    "search": "search of chuyenvien: five words",
    "record": "record of a closed petition",
}


def _beside(name, mine, other):
    times = round(other["server_ms"] / mine["server_ms"], 1)
    return {
        "row": f"{name} beside django-helpdesk with {TICKETS} tickets",
        "times_as_fast": times,
        "server_ms": mine["server_ms"],
        "statements": mine["statements"],
        "helpdesk": other,
        "targets": {"times_as_fast": 10},
        "met": times >= 10,
    }


def _installed(say):
    """The Python of its environment, made once."""
    python, mark = _ENVIRONMENT / "bin" / "python", _ENVIRONMENT / "installed"
    if not mark.exists() or mark.read_text() != _LISTING.read_text():
        say("installing django-helpdesk beside us")
        subprocess.run([sys.executable, "-m", "venv", "--clear", _ENVIRONMENT], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        subprocess.run([*pip, "-r", _LISTING], check=True, stdout=sys.stderr)
        mark.write_text(_LISTING.read_text())
    return python


def _database():
    """Settings of its database on our server, made when it is not there; kept for the next run."""
    from django.db import connection

    place = {key: connection.settings_dict[key] for key in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT")}
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{_NAME}"')
    return {**place, "NAME": _NAME}
