"""What every test stands on: settings for tests, a real PostgreSQL, real units and law, a small office."""

import os

os.environ["HD_TESTING"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

pytest_plugins = ["tests.office"]
