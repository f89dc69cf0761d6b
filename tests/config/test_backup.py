"""What was saved comes back whole, on another database and in another folder; what is damaged is refused with a reason."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import backup, database
from config.private_postgres import PrivateServer

from .servers import ROOT, environment, python

pytestmark = pytest.mark.django_db
OPEN_A_PAPER = """
import hashlib
from django.test import Client
from hoidong.kernel.papers.models import Paper
from hoidong.kernel.people.models import Account
client = Client()
client.force_login(Account.objects.get(username="chuyenvien"), backend="allauth.account.auth_backends.AuthenticationBackend")
paper = Paper.objects.filter(subject_kind="voters.transferletter").order_by("pk").first()
answer = client.get(f"/van-ban/{paper.pk}/docx/")
print(answer.status_code, hashlib.sha256(b"".join(answer)).hexdigest() == paper.docx.digest, paper.docx.size > 1000)
"""


def run(command, place, env):
    """`python -m config.backup …`, the way an office runs it."""
    return subprocess.run(
        [sys.executable, "-m", "config.backup", command, str(place)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )  # fmt: skip


def at(name, folder, key=None):
    """The environment of an office with this database and folder."""
    given = connection.get_connection_params()
    password = f":{quote(given['password'])}" if given.get("password") else ""
    port = f":{given['port']}" if given.get("port") else ""
    url = f"postgres://{given.get('user', '')}{password}@{port}/{name}?host={quote(given.get('host', ''))}"
    path = os.environ["PATH"]
    if database.is_private():
        path = f"{PrivateServer(settings.VAR_DIR).programs()}:{path}"
    keys = {"SECRET_KEY": key, "VAULT_KEY": settings.VAULT_KEY} if key else {}
    return environment(DATABASE_URL=url, HD_VAR=str(folder), PATH=path, **keys)


@pytest.fixture(scope="module")
def saved(django_db_setup, django_db_blocker, tmp_path_factory):
    """The place of a backup of the demo office, and the name of its database."""
    folder = tmp_path_factory.mktemp("backups")
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        done = run("save", folder, at(name, settings.VAR_DIR, settings.SECRET_KEY))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip()), name


@pytest.fixture
def empty():
    """The name of a database that is not there yet; dropped afterwards."""
    name = f"{connection.settings_dict['NAME']}_back_{uuid.uuid4().hex[:6]}"
    yield name
    given = connection.get_connection_params()
    parameters = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**parameters, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def copy(saved, tmp_path):
    """A backup one may damage."""
    place, _name = saved
    return Path(shutil.copytree(place.parent, tmp_path / "copy")) / place.name


def test_what_was_saved_comes_back_with_the_same_rows_a_whole_audit_log_and_papers_that_open(saved, empty, tmp_path):
    place, name = saved
    done = run("restore", place, at(empty, tmp_path, settings.SECRET_KEY))
    assert done.returncode == 0, done.stderr
    assert "The audit log is whole" in done.stdout

    manifest = json.loads((place / "manifest.json").read_text())
    env = at(empty, tmp_path, settings.SECRET_KEY)
    count = "from hoidong.citizens.voters.models import Petition; print(Petition.objects.count())"
    assert int(python(count, env)) == manifest["rows"]["voters_petition"] > 20
    assert manifest["files"] == len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) > 5
    assert python(OPEN_A_PAPER, env) == "200 True True"
    assert python("from django.core.management import call_command; call_command('migrate', '--check')", env) == ""

    again = run("restore", place, env)
    assert again.returncode == 1
    assert "holds tables" in again.stderr


def test_a_backup_holds_no_key_and_only_its_owner_may_read_it(saved):
    place, _name = saved
    assert place.stat().st_mode & 0o077 == 0
    assert (place.parent / "files").stat().st_mode & 0o077 == 0
    everything = b"".join(path.read_bytes() for path in place.iterdir())
    assert settings.SECRET_KEY.encode() not in everything
    assert settings.VAULT_KEY.encode() not in everything


def test_a_second_backup_copies_only_new_files(saved):
    place, name = saved
    files = place.parent / "files"
    before = {path: path.stat().st_mtime_ns for path in files.rglob("*")}
    place.rename(place.with_name("20260101-000000"))
    try:
        done = run("save", place.parent, at(name, settings.VAR_DIR, settings.SECRET_KEY))
        assert done.returncode == 0, done.stderr
        assert {path: path.stat().st_mtime_ns for path in files.rglob("*")} == before
    finally:
        place.with_name("20260101-000000").rename(place)


def test_other_keys_are_refused_before_anything_is_written(saved, empty, tmp_path):
    done = run("restore", saved[0], at(empty, tmp_path, "another key"))
    assert done.returncode == 1
    assert "var/secret-key" in done.stderr
    assert not (tmp_path / "files").exists()


def test_a_key_that_was_changed_since_fits_when_the_old_one_is_named_and_that_of_identities_must_stay(settings):
    saved = backup._keys()
    settings.IDENTITY_KEY, settings.SECRET_KEY_FALLBACKS = settings.SECRET_KEY, [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    assert backup._keys_fit(saved)
    settings.SECRET_KEY_FALLBACKS = []
    assert not backup._keys_fit(saved)
    settings.SECRET_KEY_FALLBACKS, settings.IDENTITY_KEY = [settings.IDENTITY_KEY], "another key"
    assert not backup._keys_fit(saved)


def test_a_backup_needs_the_key_of_its_vault_and_one_from_before_there_was_a_vault_none(settings):
    saved = backup._keys()
    old, settings.VAULT_KEY = settings.VAULT_KEY, "another key"
    assert not backup._keys_fit(saved)
    assert backup._keys_fit(saved[:2])
    settings.VAULT_KEY_FALLBACKS = [old]
    assert backup._keys_fit(saved)


def test_a_damaged_dump_is_refused(copy, empty, tmp_path):
    with (copy / "database.dump").open("r+b") as dump:
        dump.seek(1000)
        dump.write(b"x")
    done = run("restore", copy, at(empty, tmp_path, settings.SECRET_KEY))
    assert done.returncode == 1
    assert "changed or damaged" in done.stderr


def test_a_file_that_was_changed_in_the_backup_is_named(copy, empty, tmp_path):
    victim = next(path for path in (copy.parent / "files").rglob("*") if path.is_file())
    victim.write_bytes(b"something else")
    done = run("restore", copy, at(empty, tmp_path, settings.SECRET_KEY))
    assert done.returncode == 1
    assert victim.parent.name + victim.name in done.stderr


def test_what_is_no_backup_is_refused(tmp_path, empty):
    done = run("restore", tmp_path, at(empty, tmp_path, settings.SECRET_KEY))
    assert done.returncode == 1
    assert "is no backup" in done.stderr
