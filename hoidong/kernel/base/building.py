"""Triggers and functions of the database, renewed after each migrate when their text in the code has changed.

Tables change by migrations; what `sql.register` holds is code like any other, so its newest text counts.
"""

import hashlib

from django.apps import apps
from django.db.models.signals import post_migrate

from . import sql


def renew(sender, using, **_rest):
    """Create every registered piece whose text is not the one the database has."""
    from django.db import connections

    with connections[using].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS platform_sql (name text PRIMARY KEY, digest text NOT NULL)")
        cursor.execute("SELECT name, digest FROM platform_sql")
        known = dict(cursor.fetchall())
        for name, forward, reverse in sql.pieces():
            digest = hashlib.sha256(forward.encode()).hexdigest()
            if known.get(name) == digest:
                continue
            cursor.execute(reverse)
            cursor.execute(forward)
            cursor.execute(
                "INSERT INTO platform_sql VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET digest = excluded.digest",
                [name, digest],
            )


def connect():
    """Renew after the last app of ours was migrated: its tables are the highest ones a trigger stands on."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("hoidong.") and config.models_module]
    post_migrate.connect(renew, sender=ours[-1])
