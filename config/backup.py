"""Backup and restore of everything an office has: the database, and the files people brought.

    python -m config.backup save FOLDER            # FOLDER/20261123-020000/{database.dump,manifest.json}, FOLDER/files/
    python -m config.backup restore FOLDER/20261123-020000

The database first, in one snapshot; then the files: they lie under the digest of their content and are never changed, so
that those the snapshot names are there, and a second backup copies only new ones. Keys are not in a backup: whoever has it
must not have them too (docs/operating/backup.md). Runs with the settings of the platform; web and worker may go on while
it saves, and must be stopped while it restores.
"""

import argparse
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import django
import psycopg
from psycopg import sql

from . import database
from .private_postgres import PrivateServer

DUMP, MANIFEST, FILES = "database.dump", "manifest.json", "files"
_COUNTED = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
# The last entry of each chain of the audit log: nobody can write a chain anew without changing its head.
_HEADS = "SELECT DISTINCT ON (unit_id) unit_id, place, digest FROM kernel_auditentry ORDER BY unit_id, place DESC"


class Refused(Exception):
    """It was not done; the text says why and what to do."""


def save(folder):
    """Write a backup below `folder` and return its place. Until it is whole it carries the name `.part`."""
    folder = Path(folder).resolve()
    place = folder / f"{datetime.now():%Y%m%d-%H%M%S}"
    part = place.with_suffix(".part")
    part.mkdir(parents=True, mode=0o700)
    try:
        manifest, named = _save_database(part)
        _copy_files(named, _store(), folder / FILES)
        _write(part / MANIFEST, json.dumps({**manifest, "files": len(named)}, indent=1))
    except BaseException:
        shutil.rmtree(part)
        raise
    part.rename(place)
    return place


def _save_database(folder):
    """Write the dump; what is to be said about it, and the digests of the files it names: all of one snapshot."""
    with _connect() as connection:
        connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={folder / DUMP}")
        manifest = {
            "saved_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "server": connection.execute("SHOW server_version").fetchone()[0],
            "database_sha256": _digest_of(folder / DUMP),
            "keys": _keys(),
            "rows": _rows(connection),
            "audit_heads": _heads(connection),
        }
        return manifest, _named_files(connection)


def restore(place, *, other_keys=False):
    """Bring a backup back into the database and the folder that the settings name, and prove it. Returns its manifest.

    Raises Refused: a database that holds tables, keys that are not those of the backup, a damaged or incomplete backup.
    """
    from django.core.management import call_command

    place = Path(place).resolve()
    manifest = _manifest_of(place)
    if not (_keys_fit(manifest["keys"]) or other_keys):
        raise Refused(
            "SECRET_KEY, IDENTITY_KEY or VAULT_KEY is not the one of this backup. Put back var/secret-key and var/vault-key (or the "
            "environment) of the old server; a key that was changed since goes into SECRET_KEY_OLD or VAULT_KEY_OLD. With --other-keys "
            "it goes on: second factors and identity numbers must then be entered again, and what was sealed stays shut."
        )
    call_command("ensure_database", stdout=open(os.devnull, "w"))
    with _connect() as connection:
        if connection.execute(_COUNTED).fetchone():
            raise Refused("The database holds tables. Restore into a new one: name it in DATABASE_URL (or HD_DB).")
        # Comments belong to who owns an extension, which may be somebody else here.
        quietly = ("--no-owner", "--no-privileges", "--no-comments")
        _run("pg_restore", "--exit-on-error", "--single-transaction", *quietly, str(place / DUMP))
        connection.execute("ANALYZE")
        _copy_files(_named_files(connection), place.parent / FILES, _store())
        wrong = [name for name, count in manifest["rows"].items() if _rows(connection, [name])[name] != count]
        if wrong or _heads(connection) != manifest["audit_heads"]:
            raise Refused(f"What came back is not what was saved: {', '.join(wrong) or 'the audit log'}.")
    return manifest


def _manifest_of(place):
    try:
        manifest = json.loads((place / MANIFEST).read_text())
    except FileNotFoundError:
        raise Refused(f"{place} is no backup: it has no {MANIFEST}.") from None
    if _digest_of(place / DUMP) != manifest["database_sha256"]:
        raise Refused(f"{place / DUMP} was changed or damaged since it was saved. Take another backup.")
    return manifest


def _store():
    from django.conf import settings

    return Path(settings.FILES_ROOT)


def _keys():
    """Something that tells whether the keys are the same, and nothing else of them."""
    from django.conf import settings

    return [_print_of(key) for key in (settings.SECRET_KEY, settings.IDENTITY_KEY, settings.VAULT_KEY)]


def _keys_fit(saved):
    """Whether the keys of here open what was saved under those: a key may have been changed, the old one named."""
    from django.conf import settings

    known = (
        (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), (settings.IDENTITY_KEY,), (settings.VAULT_KEY, *settings.VAULT_KEY_FALLBACKS)
    )  # fmt: skip
    # A backup from before there was a vault names two.
    return all(named in map(_print_of, keys) for named, keys in zip(saved, known, strict=False))


def _print_of(key):
    return hmac.new(key.encode(), b"hoidong.backup", hashlib.sha256).hexdigest()[:16]


def _place():
    """The database as libpq takes it, the password apart so that no list of processes shows it."""
    from django.conf import settings

    given = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    words = {name: given[key] for name, key in names.items() if given.get(key)} | given.get("OPTIONS", {})
    return psycopg.conninfo.make_conninfo(**words), given.get("PASSWORD") or words.get("password", "")


def _connect():
    where, password = _place()
    return psycopg.connect(where, autocommit=True, **({"password": password} if password else {}))


def _run(program, *words):
    """A program of PostgreSQL on our database: the private server's own, or the machine's."""
    where, password = _place()
    found = PrivateServer(_store().parent).programs() / program if database.is_private() else shutil.which(program)
    if not found:
        raise Refused(f"{program} is not installed: apt install postgresql-client, not older than the server.")
    done = subprocess.run(
        [str(found), f"--dbname={where}", *words], env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"{program} failed: {done.stderr.strip()[-2000:]}")


def _rows(connection, names=None):
    """How many rows each table holds: {table: count}."""
    names = names if names is not None else [name for (name,) in connection.execute(_COUNTED).fetchall()]
    count = sql.SQL("SELECT count(*) FROM {}")
    return {name: connection.execute(count.format(sql.Identifier(name))).fetchone()[0] for name in names}


def _heads(connection):
    return [list(row) for row in connection.execute(_HEADS).fetchall()]


def _named_files(connection):
    """The digests of all files the database knows."""
    return [digest for (digest,) in connection.execute("SELECT DISTINCT digest FROM kernel_storedfile ORDER BY digest")]


def _copy_files(digests, source, target):
    """Bring these files from one store to the other, each compared with its digest on the way. Names all that are lost."""
    lost = []
    for digest in digests:
        at = Path(digest[:2]) / digest[2:]
        if (target / at).exists():
            continue
        content = (source / at).read_bytes() if (source / at).exists() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            lost.append(digest)
        else:
            _write(target / at, content)
    if lost:
        raise Refused(f"{len(lost)} files are missing or damaged in {source}, the first is {lost[0]}.")


def _write(path, content):
    """Whole or not at all, and on the disk when the call returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def _digest_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    """Read the command line, do it, say what was done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("save").add_argument("folder")
    back = commands.add_parser("restore")
    back.add_argument("place")
    back.add_argument("--other-keys", action="store_true", help="go on with other keys than those of the backup")
    given = parser.parse_args()
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        if given.command == "save":
            print(save(given.folder))
            return 0
        manifest = restore(given.place, other_keys=given.other_keys)
    except (Refused, psycopg.Error, OSError) as error:
        sys.exit(f"{given.command}: {error}")
    print(f"Restored: {sum(manifest['rows'].values())} rows, {manifest['files']} files, saved {manifest['saved_at']}.")
    from django.core.management import call_command

    call_command("verify_audit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
