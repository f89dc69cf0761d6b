"""Pages are read from a real streaming replica, and nobody notices: not who writes, not who looks while it is away."""

import re
import time

import pytest

from config import replicas, routers
from tests.kernel.outbox.real import wait_for

from .servers import ROOT, OwnServer, Standby, Web, copy_of_the_office, environment, python

pytestmark = pytest.mark.django_db
NAME = "office"
READ = 'FROM "kernel_notice"'
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from hoidong.kernel.people.models import Account
account = Account.objects.get(username="xa")
for _time in range(2):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()
    print(session.session_key, account.pk)
"""


class Pair:
    """Primary and replica, the web process that knows both, and the same person at two computers."""

    def __init__(self, primary, replica, folder):
        self.primary, self.replica = primary, replica
        self.environment = environment(
            DATABASE_URL=primary.url(NAME), DATABASE_REPLICA_URL=replica.url(NAME), HD_VAR=str(folder)
        )
        lines = [line.split() for line in python(SIGN_IN, self.environment).splitlines()]
        self.account = int(lines[0][1])
        self.one, self.other = ({"sessionid": key, "csrftoken": "k" * 32} for key, _account in lines)
        self.web = Web(self.environment)

    def tell(self, text):
        """A new notice for the person, written past the web process."""
        self.primary.rows(
            NAME,
            "INSERT INTO kernel_notice (account_id, kind, text, url, subject_kind, at, mail) VALUES (%s, 'tests', %s, '/', '', now(), '')",
            self.account, text,
        )  # fmt: skip

    def unread(self, cookies):
        """The figure on the bell."""
        status, text, _set = self.web.ask("GET", "/thong-bao/chuong/", cookies)
        assert status == 200
        return int((re.search(r'hd-count">(\d+)', text) or [0, 0])[1])

    def read_from_the_replica(self):
        """Whether a look at the bell asks the replica now."""
        before = self.replica.heard(READ)
        self.unread(self.other)
        return self.replica.heard(READ) > before


@pytest.fixture(scope="module")
def pair(django_db_setup, django_db_blocker, tmp_path_factory):
    primary = OwnServer()
    replica = Standby(primary)
    found = None
    try:
        primary.ensure_running()
        with django_db_blocker.unblock():
            copy_of_the_office(primary, NAME)
        replica.ensure_running()
        found = Pair(primary, replica, tmp_path_factory.mktemp("var"))
        wait_for(found.read_from_the_replica)
        yield found
    finally:
        if found:
            found.web.end()
        replica.forget()
        primary.forget()


def test_a_page_is_read_from_the_replica_and_shows_what_was_written_on_the_primary(pair):
    before = pair.unread(pair.other)
    pair.tell("Việc mới")
    wait_for(lambda: pair.unread(pair.other) == before + 1)

    on_primary, on_replica = pair.primary.heard(READ), pair.replica.heard(READ)
    status, text, cookies = pair.web.ask("GET", "/thong-bao/", pair.other)

    assert (status, "Việc mới" in text, routers.COOKIE in cookies) == (200, True, False)
    assert pair.primary.heard(READ) == on_primary
    assert pair.replica.heard(READ) > on_replica
    for name in ("django_session", "kernel_account", "kernel_post", "procrastinate_"):
        assert pair.replica.heard(f'FROM "{name}') == 0


def test_who_wrote_sees_it_at_once_while_the_replica_is_behind(pair):
    pair.tell("Việc nữa")
    wait_for(lambda: pair.unread(pair.other) and pair.read_from_the_replica())
    pair.replica.rows(NAME, "SELECT pg_wal_replay_pause()")
    try:
        status, _text, cookies = pair.web.ask("POST", "/thong-bao/da-doc/", pair.one, "all=1")
        paused = time.monotonic()
        assert status == 303
        assert f"Max-Age={routers.FRESH_FOR};" in cookies[routers.COOKIE]
        assert pair.unread({**pair.one, routers.COOKIE: "1"}) == 0
        assert pair.unread(pair.other) > 0, "without the cookie the replica is asked, which does not know yet"

        # One that stays behind is left out, sooner than the cookie ends.
        wait_for(lambda: pair.unread(pair.other) == 0)
        assert replicas.MOST_BEHIND - replicas.EVERY < time.monotonic() - paused < routers.FRESH_FOR
        assert not pair.read_from_the_replica()
    finally:
        pair.replica.rows(NAME, "SELECT pg_wal_replay_resume()")
    wait_for(pair.read_from_the_replica)


def test_pages_answer_while_the_replica_is_stopped_and_it_comes_back(pair):
    wait_for(pair.read_from_the_replica)
    pair.replica.stop()
    for _time in range(5):
        status, text, _cookies = pair.web.ask("GET", "/thong-bao/", pair.other)
        assert (status, "Việc" in text) == (200, True), pair.web.said()

    assert pair.replica.ensure_running()
    wait_for(pair.read_from_the_replica)
    assert "replica1 is left out" in pair.web.said()


WHERE = """
from django.db import connection, transaction
from django.contrib.sessions.models import Session
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.people.models import Account, Post
from hoidong.kernel.outbox.models import Delivery
from config.routers import Reads, _reads
def look(label, queryset):
    reads = Reads("replica1"); _reads.set(reads)
    list(queryset()[:1]); print(label, queryset().db, reads.alias)
print("command", Notice.objects.all().db)
look("plain", Notice.objects.all)
look("session", Session.objects.all)
look("account", Account.objects.all)
look("post", Post.objects.all)
look("queue", Delivery.objects.all)
with transaction.atomic():
    look("transaction", Notice.objects.all)
    look("locked", Notice.objects.select_for_update)
reads = Reads("replica1"); _reads.set(reads)
Notice.objects.filter(pk=0).delete()
print("written", Notice.objects.all().db, reads.wrote)
"""


def test_sign_in_queue_transactions_and_locks_stay_on_the_primary(pair):
    assert python(WHERE, pair.environment).splitlines() == [
        "command default",
        "plain replica1 replica1",
        "session default replica1",
        "account default replica1",
        "post default replica1",
        "queue default replica1",
        "transaction default replica1",
        "locked default None",
        "written default True",
    ]


def test_migrations_leave_the_replica_alone(pair):
    code = "from django.core.management import call_command; call_command('migrate', verbosity=0); call_command('migrate', '--check')"
    before = pair.replica.heard("django_migrations")
    python(code, pair.environment)
    assert pair.replica.heard("django_migrations") == before


def test_a_promoted_replica_is_read_no_more(pair):
    wait_for(pair.read_from_the_replica)
    pair.replica.rows(NAME, "SELECT pg_promote()")
    wait_for(lambda: not pair.read_from_the_replica())
    assert "it takes writes of its own" in pair.web.said()


def test_the_page_in_the_browser_names_the_same_cookie_for_the_same_time():
    script = (ROOT / "hoidong" / "kernel" / "static" / "ui" / "js" / "live.js").read_text()
    assert f'"{routers.COOKIE}=1; path=/; max-age={routers.FRESH_FOR};' in script
