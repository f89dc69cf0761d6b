"""`manage.py ensure_database`: create the database the settings name, where it is not there yet."""

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql


class Command(BaseCommand):
    help = "Create the database named in the settings if the server does not have it."

    def handle(self, **_options):
        settings = connection.settings_dict
        place = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if settings.get(key)}
        options = settings.get("OPTIONS", {})
        try:
            with psycopg.connect(**place, dbname=settings["NAME"], **options):
                return
        except psycopg.OperationalError as error:
            if "does not exist" not in str(error):
                raise CommandError(f"The PostgreSQL server does not answer: {error}") from error
        with psycopg.connect(**place, dbname="postgres", autocommit=True, **options) as maintenance:
            name = sql.Identifier(settings["NAME"])
            maintenance.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(name))
        self.stdout.write(f"Database {settings['NAME']} was created.")
