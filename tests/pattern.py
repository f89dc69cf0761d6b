"""Pattern databases: tables and office are made once for all workers of a run; every test database is a copy of one.

A pattern is named by what it was made from, so it serves until a file of the platform, a dependency or the day changes.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.db import connections

from hoidong.kernel.base import dates

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = ("hoidong", "demo", "config", "requirements", "tests/office.py", "tests/pattern.py")
KINDS = ("empty", "office")
_PREFIX = "hoidong_pattern_"
_SUFFIXES = {".py", ".sql", ".yaml", ".csv", ".txt", ".json"}


def parameters():
    """How the server of the tests is reached, without a database."""
    given = connections["default"].get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}


def create(name, kind):
    """Make the database `name` anew as a copy of the tables alone ("empty") or of the whole office ("office")."""
    with _alone(), _server() as server:
        pattern = _made(server, kind)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}"')


def drop(name):
    """Remove a database, whoever is connected to it."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server():
    return psycopg.connect(**parameters(), dbname="postgres", autocommit=True)


@contextmanager
def _alone():
    """One worker of this user at a time: the first one makes a pattern, the others wait for it."""
    with open(Path(tempfile.gettempdir()) / f"hoidong-pattern-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(server, kind):
    """The name of the pattern of a kind, made now where there is none."""
    name = f"{_PREFIX}{_digest()}_{kind}"
    known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
    if name not in known:
        _forget_old(server, known)
        _make(server, name, kind)
    return name


def _make(server, name, kind):
    half = f"{name}_half"  # one that was broken off must not be taken for a pattern
    server.execute(f'CREATE DATABASE "{half}"')
    environment = {
        **os.environ,
        "HD_DB": half,
        "HD_TESTING": "yes",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    work = ["import django; django.setup()", "from tests import office", f"office.make_{kind}()"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(work)], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The database of the tests could not be made:\n{done.stderr[-4000:]}")
    server.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')


def _forget_old(server, known):
    """Patterns of other days and other code, and what was broken off."""
    for old in known:
        if old.startswith(_PREFIX) and not any(old == f"{_PREFIX}{_digest()}_{kind}" for kind in KINDS):
            server.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')


@cache
def _digest():
    """What a pattern depends on: code, seeds, dependencies, today."""
    made = hashlib.sha256(str(dates.today()).encode())
    for place in MADE_FROM:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            if file.suffix in _SUFFIXES and file.is_file():
                made.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return made.hexdigest()[:12]
