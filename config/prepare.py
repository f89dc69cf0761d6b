"""Makes a database ready to serve: tables, law, places, words. Safe to run again, and by several processes at once.

`python -m config.prepare --demo small` is what `make start` runs before it serves.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

LOCK = 7_204_311  # any number that is the same everywhere
ROOT = Path(__file__).resolve().parent.parent
SOURCES = {".py", ".yaml", ".yml", ".csv", ".json", ".txt"}


def main(demo):
    """Bring database, assets and basic data up to date; load the demo the first time. Prints what it does, if it is new."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    say("languages, assets")
    django.setup()
    dress(call_command, settings)
    say("database")
    call_command("ensure_database")
    with alone():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_basics(call_command)
        if demo != "none":
            say("demo")
            call_command("load_demo", size=demo)
        count_new_tables()


def dress(call_command, settings):
    """Bring what pages are dressed in up to date: words of both languages, styles, scripts, fonts. After django.setup()."""
    from . import messages

    messages.compile_changed()
    call_command("assets", verbosity=0, stdout=open(os.devnull, "w"))
    settings.STATICFILES_DIRS = [settings.VAR_DIR / "assets"]
    if not (settings.DEBUG or settings.TESTING):
        collect(call_command, settings)


def collect(call_command, settings):
    """Bring styles, scripts and fonts to where they are served from, compressed, where one of them changed."""
    folders = [settings.VAR_DIR / "assets", *(ROOT / "hoidong").rglob("static")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    seen = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    now, mark = fingerprint("\n".join(seen).encode()), settings.STATIC_ROOT / ".made-of"
    if mark.exists() and mark.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(now)


def load_basics(call_command):
    """Law, places and fields: loaded where their data or the code that reads them changed since the last time."""
    from django.db import connection

    files = sorted(path for path in (ROOT / "hoidong").rglob("*") if path.suffix in SOURCES and "static" not in path.parts)
    now = fingerprint(*(path.read_bytes() for path in [*files, ROOT / "requirements" / "base.txt"]))
    # Kept with the database, so that a new or a restored one tells for itself what it holds.
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('kernel_unit'::regclass)")
        if cursor.fetchone()[0] == now:
            return
    quiet = open(os.devnull, "w")
    for command in ("load_law", "load_units", "load_fields"):
        say(command)
        call_command(command, stdout=quiet)
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE kernel_unit IS '{now}'")


def fingerprint(*parts):
    """A short name for these bytes that no others have."""
    made = hashlib.sha256()
    for part in parts:
        made.update(hashlib.sha256(part).digest())
    return f"basics {made.hexdigest()[:32]}"


def count_new_tables():
    """Let PostgreSQL look at tables it never looked at, after they were filled.

    It would come by itself within a minute or two; until then it takes them for tiny, and finding a unit by name takes
    minutes instead of milliseconds.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_class WHERE relkind = 'r' AND reltuples < 0 AND relnamespace = current_schema()::regnamespace LIMIT 1"
        )
        if cursor.fetchone():
            say("statistics")
            cursor.execute("ANALYZE")


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
