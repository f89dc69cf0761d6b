"""The platform migrates and works on another PostgreSQL than the private one, where the machine has one that answers."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("HD_SECOND_SERVER", "postgres://postgres@127.0.0.1:5432")


def answers():
    """True when a server of the machine lets us in and may create databases."""
    try:
        with psycopg.connect(f"{SERVER}/postgres", connect_timeout=3) as connection:
            return connection.execute("SELECT rolcreatedb AND rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[
                0
            ]
    except psycopg.OperationalError:
        return False


@pytest.mark.skipif(not answers(), reason="no other PostgreSQL server answers on this machine")
def test_the_whole_platform_stands_on_the_servers_of_the_machine():
    name = f"hoidong_proof_{uuid.uuid4().hex[:8]}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HD_")}
    environment |= {
        "DATABASE_URL": f"{SERVER}/{name}",
        "HD_TESTING": "yes",
        "HD_VAR": os.environ.get("HD_VAR", str(ROOT / "var")),
    }
    steps = (
        "ensure_database",
        "migrate -v0",
        "createcachetable",
        "load_law",
        "load_units --province 01",
        "load_fields",
        "load_demo",
        "verify_audit",
    )
    try:
        for step in steps:
            done = subprocess.run(
                [sys.executable, "manage.py", *step.split()],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{step}: {done.stderr[-2000:]}"
        assert "whole" in done.stdout
        with psycopg.connect(f"{SERVER}/{name}") as connection:
            assert connection.execute("SELECT count(*) FROM voters_petition").fetchone()[0] > 20
            with pytest.raises(psycopg.Error, match="workflow.make"):
                connection.execute("UPDATE voters_petition SET state = 'closed' WHERE state = 'new'")
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
