"""A database of its own for tests that start real processes, which only see what was committed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connections

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

    def start(self, *words):
        """Start a process of the platform; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
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
    default = connections["default"]
    with django_db_blocker.unblock():
        given = default.get_connection_params()
    parameters = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    name = f"{default.settings_dict['NAME']}_processes"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with psycopg.connect(**parameters, dbname="postgres", autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f'CREATE DATABASE "{name}"')
    found = Place(name, parameters)
    for command in ("migrate", "createcachetable"):
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0"], env=found.environment, cwd=ROOT, check=True, capture_output=True
        )
    yield found
    with psycopg.connect(**parameters, dbname="postgres", autocommit=True) as connection:
        connection.execute(drop)


def wait_for(asked, seconds=20):
    """Ask until the answer is true; the answer, or AssertionError after the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := asked():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
