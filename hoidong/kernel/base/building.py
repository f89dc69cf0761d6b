"""Until the first migrations are written: extensions before the tables, triggers after them."""

from pathlib import Path

from django.apps import apps
from django.db.models.signals import post_migrate, pre_migrate

from . import sql

MIGRATED = any((Path(__file__).parent.parent / "migrations").glob("0001*.py"))


def _before(sender, using, **_rest):
    from django.db import connections

    with connections[using].cursor() as cursor:
        for extension in sql.EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def _after(sender, using, **_rest):
    from django.db import connections

    with connections[using].cursor() as cursor:
        for _name, forward, reverse in sql.pieces():
            cursor.execute(reverse)
            cursor.execute(forward)


def connect():
    if not MIGRATED:
        pre_migrate.connect(_before, sender=apps.get_app_config("kernel"))
        post_migrate.connect(_after, sender=apps.get_app_config("kernel"))
