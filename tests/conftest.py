"""What every test stands on: a real PostgreSQL, real units and law, a small office (tests/office.py)."""

pytest_plugins = ["tests.office"]
