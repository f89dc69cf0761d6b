"""Makes a database ready to serve: tables, law, places, words. Safe to run again, and by several processes at once.

`python -m config.prepare --demo small` is what `make start` runs before it serves.
"""

import argparse
import os
import sys

LOCK = 7_204_311  # any number that is the same everywhere


def main(demo):
    """Bring database, assets and basic data up to date; load the demo the first time. Prints what it does, if it is new."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    say("assets")
    django.setup()
    call_command("assets", verbosity=0, stdout=open(os.devnull, "w"))
    settings.STATICFILES_DIRS = [settings.VAR_DIR / "assets"]
    if not (settings.DEBUG or settings.TESTING):
        call_command("collectstatic", interactive=False, verbosity=0)
    say("database")
    call_command("ensure_database")
    with alone():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_basics(call_command)
        if demo != "none":
            say("demo")
            call_command("load_demo", size=demo)


def load_basics(call_command):
    """Law, places and fields: loaded where they changed since the last time."""
    quiet = open(os.devnull, "w")
    for command in ("load_law", "load_units", "load_fields"):
        say(command)
        call_command(command, stdout=quiet)


class alone:
    """One process prepares at a time; the others wait for it."""

    def __enter__(self):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])

    def __exit__(self, *error):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def say(part):
    """A line for the log of the start."""
    print(f"  · {part}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", choices=["small", "large", "none"], default="small")
    sys.exit(main(parser.parse_args().demo))
