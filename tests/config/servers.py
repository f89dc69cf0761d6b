"""PostgreSQL servers of their own for tests, the way the private server runs, and a web process in front of them."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from django.db import connections

from config.private_postgres import PORT, PrivateServer

ROOT = Path(__file__).resolve().parents[2]


class OwnServer(PrivateServer):
    """A private server in a folder of its own."""

    extra = "log_statement = 'all'\nfsync = off\n"

    def __init__(self):
        super().__init__(tempfile.mkdtemp(prefix="hoidong-server-"))

    def _write_settings(self):
        super()._write_settings()
        with (self.data / "postgresql.auto.conf").open("a") as conf:
            conf.write(self.extra)

    def url(self, name):
        """The address of a database, as DATABASE_URL takes it."""
        return f"postgres://postgres@/{name}?host={self.sockets}"

    def rows(self, name, statement, *values):
        """The rows of a statement."""
        with psycopg.connect(host=str(self.sockets), port=PORT, user="postgres", dbname=name, autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def heard(self, words):
        """How many statements with these words the server was asked."""
        return sum(words in line for line in self.log.read_text(errors="replace").splitlines())

    def forget(self):
        """Stop at once, and leave nothing behind."""
        self._ctl("-m", "immediate", "-w", "stop")
        for folder in (self.data.parent, self.sockets, self.var):
            shutil.rmtree(folder, ignore_errors=True)


class Standby(OwnServer):
    """A streaming replica of another server of this machine."""

    def __init__(self, primary):
        super().__init__()
        self.primary = primary

    def _init(self):
        made = self._run(
            "pg_basebackup", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast",
            "-h", str(self.primary.sockets), "-p", PORT, "-U", "postgres",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    def _write_settings(self):
        with (self.data / "postgresql.auto.conf").open("a") as conf:
            conf.write(f"unix_socket_directories = '{self.sockets}'\n")


def copy_of_the_office(server, name):
    """The test database with its demo office, on another server."""
    given = connections["default"].get_connection_params()
    source = psycopg.conninfo.make_conninfo(
        **{key: given[key] for key in ("host", "port", "user", "password", "dbname") if given.get(key)}
    )
    target = f"host={server.sockets} port={PORT} user=postgres"
    programs = server.programs()
    with tempfile.TemporaryDirectory() as folder:
        for command in (
            [programs / "pg_dump", "-Fc", "-Z0", "-f", f"{folder}/dump", "-d", source],
            [programs / "createdb", "-h", server.sockets, "-U", "postgres", "-T", "template0", "-E", "UTF8", name],
            [programs / "pg_restore", "--no-owner", "-e", "-d", f"{target} dbname={name}", f"{folder}/dump"],
        ):
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-2000:]


def environment(**given):
    """What a process of the platform gets: nothing of this run, only what is given."""
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith("HD_") and not name.startswith("DATABASE_")
    }
    return {**keep, "HD_TESTING": "yes", "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "config.settings", **given}


def python(code, env):
    """Run code with Django set up, to its end; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Web:
    """One web process on a free port."""

    def __init__(self, env):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = tempfile.TemporaryFile("w+")
        words = ["-m", "uvicorn", "config.asgi:application", "--port", str(self.port), "--log-level", "warning"]
        self.process = subprocess.Popen([sys.executable, *words], env=env, cwd=ROOT, stdout=self.log, stderr=self.log)
        until = time.monotonic() + 40
        while not self._answers():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def said(self):
        """What the process wrote."""
        self.log.seek(0)
        return self.log.read()

    def ask(self, method, path, cookies, form="", **headers):
        """Send a request; the answer's status, its text, and the cookies it set (name: whole line)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **headers}
        if form:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": cookies["csrftoken"]}
        connection.request(method, path, form or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, {line.split("=")[0]: line for line in answer.headers.get_all("Set-Cookie") or []}

    def end(self):
        """Stop it."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
