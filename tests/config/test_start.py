"""`config.start` as real processes: two checkouts side by side, kept data, clean ends, and the sudden death of what serves."""

import contextlib
import http.client
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from config.private_postgres import PORT, PrivateServer

from .servers import ROOT

LEFT_OUT = (".git", ".venv", "var", "node_modules", "__pycache__", "*.pyc", "bench", "tests")


class Checkout:
    """A second clone, as far as starting goes: the same code in another folder, with data of its own."""

    def __init__(self, folder, host):
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        self.folder, self.host, self.log = folder, host, folder / "start.log"
        self.server, self.port, self.process = PrivateServer(folder / "var"), _free_port(), None
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def command(self, port=None):
        return [sys.executable, "-m", "config.start", "--host", self.host, "--port", str(port or self.port), "--demo", "none"]

    def environment(self):
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("HD_", "DATABASE_", "DJANGO_"))}
        return {**keep, "SECOND_FACTOR": "no", "EMAIL_PORT": str(_free_port()), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self):
        """Start, without waiting."""
        self.begun = time.monotonic()
        with self.log.open("w") as out:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, stdout=out, stderr=out, env=self.environment())
        return self

    def serving(self):
        """Wait until it says that it serves; the seconds since it was started."""
        while "Ctrl+C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - self.begun < 240, self.log.read_text()
            time.sleep(0.1)
        return time.monotonic() - self.begun

    def get(self, path):
        """The page at this address, redirects followed: (address, text)."""
        answer = self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=30)
        return answer.url, answer.read().decode()

    def post(self, path, **form):
        """Send a form as a browser does; (address, text) of the answer."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        content = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        answer = self.opener.open(f"http://127.0.0.1:{self.port}{path}", content, timeout=60)
        return answer.url, answer.read().decode()

    def rows(self, statement):
        with psycopg.connect(host=str(self.server.sockets), port=PORT, user="postgres", dbname="hoidong") as connection:
            return connection.execute(statement).fetchall()

    def children(self):
        """{"web": pid, "worker": pid} of what was started."""
        found = {}
        for pid in _children_of(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            found["web" if "uvicorn" in words else "worker"] = pid
        return found

    def ended_by(self, sign):
        """Send a signal, wait; (code, which of its children are still there)."""
        children = self.children()
        self.process.send_signal(sign)
        code = self.process.wait(60)
        return code, {name for name, pid in children.items() if Path(f"/proc/{pid}").exists()}

    def take_data_of(self, other):
        """Begin with what another checkout has, copied while its server stands still."""
        assert not other.server.is_running()
        (self.folder / "var").mkdir()
        self.server.data.parent.mkdir(parents=True)
        subprocess.run(["cp", "-a", other.server.data, self.server.data], check=True)

    def clear(self):
        if self.process is not None and self.process.poll() is None:
            for pid in (*self.children().values(), self.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()
        self.server._ctl("-m", "immediate", "-w", "stop")  # its data goes with it
        for folder in (self.server.data.parent, self.server.sockets):
            shutil.rmtree(folder, ignore_errors=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _children_of(pid):
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _listens(address, port):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((address, port)) == 0


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two checkouts that serve: the first was made, started and ended once; the second begins with a copy of its data."""
    folder = tmp_path_factory.mktemp("checkouts")
    one, other = both = [Checkout(folder / "one", "127.0.0.1"), Checkout(folder / "two", "0.0.0.0")]
    try:
        one.first = one.start().serving()
        one.end = one.ended_by(signal.SIGTERM)
        other.take_data_of(one)
        for checkout in both:
            checkout.start()
        for checkout in both:
            checkout.second = checkout.serving()
        yield both
    finally:
        for checkout in both:
            checkout.clear()


@pytest.fixture(scope="module")
def founded(two):
    """The first checkout with an administrator, signed in."""
    one = two[0]
    assert one.get("/ban-lam-viec/")[0].endswith("/bat-dau/")
    place = re.search(r"\?noi=(\d+)", one.get("/bat-dau/?q=hoan+kiem")[1])[1]
    one.get(f"/bat-dau/?noi={place}")
    secret = "con-suoi-nho-xanh"
    one.post(f"/bat-dau/?noi={place}", full_name="Trần Thị Hòa", username="quantri", email="", password=secret, again=secret)
    assert one.get("/ban-lam-viec/")[0].endswith("/ban-lam-viec/")
    return one


def test_make_hands_host_port_and_demo_on():
    words = subprocess.run(
        ["make", "-n", "start", "PORT=8123", "HOST=10.0.0.9", "DEMO=none"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "config.start --host 10.0.0.9 --port 8123 --demo none" in words


def test_two_checkouts_run_side_by_side_each_with_its_own_people(two, founded):
    one, other = two
    assert other.get("/ban-lam-viec/")[0].endswith("/bat-dau/")
    assert (one.rows("SELECT count(*) FROM kernel_account"), other.rows("SELECT count(*) FROM kernel_account")) == (
        [(1,)],
        [(0,)],
    )


def test_it_listens_where_it_was_told_and_nowhere_else(two):
    one, other = two
    elsewhere = "127.0.0.2"  # loopback, and yet not the address of the first
    assert (_listens("127.0.0.1", one.port), _listens(elsewhere, one.port)) == (True, False)
    assert (_listens("127.0.0.1", other.port), _listens(elsewhere, other.port)) == (True, True)
    assert f"http://127.0.0.1:{other.port}" in other.log.read_text(), "people are told an address they can open"


def test_a_taken_port_is_told_with_what_to_do_and_nothing_is_started(two):
    one, other = two
    done = subprocess.run(
        other.command(one.port), cwd=other.folder, env=other.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"make start PORT={one.port + 1}" in done.stderr
    assert other.get("/khoe/")[0].endswith("/khoe/")


def test_every_table_was_looked_at_before_it_serves(two):
    assert (
        two[0].rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 0"
        )
        == []
    )


def test_a_second_start_is_up_sooner_than_the_first_and_loads_nothing_again(two):
    one, _other = two
    assert one.second < one.first, f"{one.second:.1f} s after {one.first:.1f} s"
    assert not [step for step in ("load_units", "statistics", "was created") if step in one.log.read_text()]


def test_what_was_acknowledged_outlives_the_death_of_web_and_worker(founded):
    unit = founded.rows("SELECT id FROM kernel_unit WHERE kind = 'council_office'")[0][0]
    founded.get("/quan-tri/nguoi-dung/moi/")
    _address, slip = founded.post(
        "/quan-tri/nguoi-dung/moi/", full_name="Phan Thị Lụa", username="luapt", unit=unit, role="clerk", title="Văn thư",
        starts_on="01/10/2026",
    )  # fmt: skip
    for pid in founded.children().values():
        os.kill(pid, signal.SIGKILL)
    assert "Mật khẩu chỉ hiện một lần" in slip
    assert founded.process.wait(60) == 1, "a dead process is no clean end"
    assert not founded.server.is_running()

    founded.start().serving()
    assert "Phan Thị Lụa" in founded.get("/quan-tri/nguoi-dung/?xem=tat-ca")[1], "signed in still, and the person is there"


def test_told_to_end_it_ends_web_worker_and_database(two):
    one, other = two
    assert one.end == (0, set()), "by SIGTERM, after its first start"
    assert set(other.children()) == {"web", "worker"}
    assert other.ended_by(signal.SIGINT) == (0, set())
    assert not other.server.is_running()
    assert not _listens("127.0.0.1", other.port)
    said = other.log.read_text()
    assert "Traceback" not in said, said


def test_a_database_others_work_on_is_not_stopped_from_under_them(two):
    one, _other = two
    with psycopg.connect(host=str(one.server.sockets), port=PORT, user="postgres", dbname="hoidong") as somebody:
        assert one.ended_by(signal.SIGTERM) == (0, set())
        assert somebody.execute("SELECT 1").fetchone() == (1,)
    assert "Others work" in one.log.read_text()
