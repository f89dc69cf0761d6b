"""A database of its own for tests that start real processes, which only see what was committed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from tests import pattern

ROOT = Path(__file__).resolve().parents[3]


class Place:
    """A migrated database that processes can be pointed at with `environment`."""

    def __init__(self, name, parameters):
        self.name = name
        self.parameters = {**parameters, "dbname": name}
        self.environment = {**os.environ, "HD_DB": name, "HD_TESTING": "yes", "PYTHONPATH": str(ROOT)}

    def python(self, code):
        """Run code with Django set up, to its end; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *words, **environment):
        """Start a process of the platform; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, *words],
            env={**self.environment, **environment},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def rows(self, statement, *values):
        """The rows of a statement, on a connection of its own."""
        with psycopg.connect(**self.parameters, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def place(django_db_setup, django_db_blocker):
    """A migrated database beside the one of the tests, dropped at the end."""
    yield from _another("processes", "empty", django_db_blocker)


@pytest.fixture(scope="session")
def office_place(django_db_setup, django_db_blocker):
    """The same with the whole office in it."""
    yield from _another("office", "office", django_db_blocker)


def _another(name, kind, blocker):
    name = f"{connections['default'].settings_dict['NAME']}_{name}"
    with blocker.unblock():
        pattern.create(name, kind)
        found = Place(name, pattern.parameters())
    yield found
    with blocker.unblock():
        pattern.drop(name)


def wait_for(asked, seconds=20):
    """Ask until the answer is true; the answer, or AssertionError after the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := asked():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
