"""Loaded before everything else (see pyproject.toml): the settings must know that this is a test."""

import os

os.environ["HD_TESTING"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
