"""The stream on real uvicorn processes."""

import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.kernel.outbox.real import wait_for

pytestmark = pytest.mark.django_db
POOL = 4
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from hoidong.kernel.people.models import Account
account, new = Account.objects.get_or_create(username="{name}")
if new:
    account.set_password("x"); account.save()
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.save()
print(account.pk, session.session_key)
"""
TELL = """
from django.db import transaction
from hoidong.kernel import live
with transaction.atomic():
    live.tell("account-{account}")
    if {undone}:
        transaction.set_rollback(True)
"""


class Server:
    """One uvicorn process on a free port."""

    def __init__(self, place):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ("config.asgi:application", "--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning")
        self.process = place.start("-m", "uvicorn", *words, "--timeout-graceful-shutdown", "10", DATABASE_POOL=str(POOL))
        wait_for(self._answers)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def open(self, session, query="", **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/live/{query}", headers=headers)
        request.add_header("Cookie", f"sessionid={session}")
        return urllib.request.urlopen(request, timeout=30)

    def page(self, address, session):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", headers={"Cookie": f"sessionid={session}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Listening:
    """Reads a stream in the background; `changes` are the topics heard."""

    def __init__(self, response):
        self.response, self.lines, self.over = response, [], False
        threading.Thread(target=self._read, daemon=True).start()
        wait_for(lambda: "event: ready" in self.lines)

    def _read(self):
        try:
            for line in self.response:
                self.lines.append(line.decode().strip())
        except (OSError, ValueError):
            pass
        self.over = True

    @property
    def changes(self):
        return [
            line.removeprefix("data: ")
            for before, line in zip(self.lines, self.lines[1:], strict=False)
            if before == "event: change"
        ]


@pytest.fixture
def server(place):
    server = Server(place)
    yield server
    server.end()


@pytest.fixture(scope="module")
def signed_in_as(place):
    """`signed_in_as("an")`: (account number, session key)."""
    known = {}

    def sign_in(name):
        if name not in known:
            account, session = place.python(SIGN_IN.format(name=name)).split()
            known[name] = (int(account), session)
        return known[name]

    return sign_in


def tell(place, account, *, undone=False):
    place.python(TELL.format(account=account, undone=undone))


def test_what_is_told_reaches_the_streams_of_every_process_and_nobody_elses(place, server, signed_in_as):
    (mine, session), (other, other_session) = signed_in_as("an"), signed_in_as("binh")
    second = Server(place)
    try:
        streams = [Listening(server.open(session)), Listening(second.open(session))]
        others = Listening(server.open(other_session))
        tell(place, mine, undone=True)
        tell(place, mine)

        wait_for(lambda: all(stream.changes == [f"account-{mine}"] for stream in streams))
        assert others.changes == []
        tell(place, other)
        wait_for(lambda: others.changes == [f"account-{other}"])
        assert streams[0].changes == [f"account-{mine}"]
    finally:
        second.end()


def test_many_streams_hold_one_connection_and_leave_those_of_pages_free(place, server, signed_in_as):
    mine, session = signed_in_as("an")
    streams = [Listening(server.open(session)) for _number in range(2 * POOL)]

    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    wait_for(lambda: place.rows(f"SELECT count(*) {others} AND query LIKE 'LISTEN%'") == [(1,)])
    assert place.rows(f"SELECT count(*) {others}")[0][0] <= POOL + 1
    assert server.page("/khoe/", session) == 200
    tell(place, mine)
    wait_for(lambda: all(stream.changes for stream in streams))


def test_pages_take_turns_with_the_connections_a_process_keeps(place, server, signed_in_as):
    _mine, session = signed_in_as("an")
    asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with ThreadPoolExecutor(3 * POOL) as many:
        assert set(many.map(lambda _number: server.page("/thong-bao/", session), range(6 * POOL))) == {200}
    kept = set(place.rows(asked))
    assert 0 < len(kept) <= POOL

    assert {server.page("/thong-bao/", session) for _number in range(POOL)} == {200}

    assert set(place.rows(asked)) <= kept


def test_pages_go_on_when_the_connections_were_cut(place, server, signed_in_as):
    _mine, session = signed_in_as("an")
    assert server.page("/thong-bao/", session) == 200

    place.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    assert server.page("/thong-bao/", session) == 200


def test_a_file_arrives_whole_and_nothing_complains(server, signed_in_as):
    _mine, session = signed_in_as("an")
    whole = finders.find("ui/print.css")

    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/static/ui/print.css", timeout=30) as answer:
        assert answer.read() == Path(whole).read_bytes()

    assert server.page("/khoe/", session) == 200
    server.process.terminate()
    assert "Warning" not in server.process.communicate(timeout=20)[0]


def test_another_persons_topic_is_not_found(server, signed_in_as):
    (_mine, session), (other, _session) = signed_in_as("an"), signed_in_as("binh")

    with pytest.raises(urllib.error.HTTPError) as refused:
        server.open(session, f"?kenh=account-{other}")

    assert refused.value.code == 404


def test_the_server_ends_within_seconds_though_streams_are_open(server, signed_in_as):
    _mine, session = signed_in_as("an")
    streams = [Listening(server.open(session)) for _number in range(3)]
    told = time.monotonic()

    server.process.send_signal(signal.SIGTERM)

    # Uvicorn ends by the signal it got, once everything was closed in order.
    assert server.process.wait(timeout=10) in (0, -signal.SIGTERM)
    assert time.monotonic() - told < 4
    wait_for(lambda: all(stream.over for stream in streams))


def test_a_stream_that_comes_back_is_told_that_something_may_have_changed(server, signed_in_as):
    mine, session = signed_in_as("an")

    stream = Listening(server.open(session, **{"Last-Event-ID": "1"}))

    wait_for(lambda: stream.changes == [f"account-{mine}"])


def test_a_listening_connection_that_is_cut_is_made_again_and_the_page_asks_anew(place, server, signed_in_as):
    mine, session = signed_in_as("an")
    stream = Listening(server.open(session))
    wait_for(lambda: place.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"))

    place.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
    )

    wait_for(lambda: stream.changes == [f"account-{mine}"])
    tell(place, mine)
    wait_for(lambda: stream.changes == [f"account-{mine}"] * 2)


def test_a_stream_that_is_left_lets_its_connection_go(place, server, signed_in_as):
    _mine, session = signed_in_as("an")
    stream = Listening(server.open(session))
    asked = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
    wait_for(lambda: place.rows(asked) == [(1,)])

    # Closing the socket below the reader, as a browser does that leaves.
    stream.response.fp.raw._sock.shutdown(socket.SHUT_RDWR)

    wait_for(lambda: place.rows(asked) == [(0,)])
