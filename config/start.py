"""Starts everything `make start` promises, watches it, and stops what it started: PostgreSQL, web, worker."""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg

from . import database
from .private_postgres import PORT, PrivateServer

# Not read from the settings: reading them starts the server, and what one did not start oneself one does not stop.
VAR_DIR = Path(os.environ.get("HD_VAR", Path(__file__).resolve().parent.parent / "var"))
GRACE = 20  # seconds a process has to give back its work


class Stopped(Exception):
    """Somebody asked us to end."""


def main():
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", choices=["small", "large", "none"], default="small")
    parser.add_argument("--stop", action="store_true", help="stop the private PostgreSQL and nothing else")
    parser.add_argument("--reset", action="store_true", help="forget all data of the private PostgreSQL")
    given = parser.parse_args()
    server = PrivateServer(VAR_DIR)
    if given.stop or given.reset:
        server.stop()
        if given.reset:
            if not database.is_private():
                sys.exit("DATABASE_URL names a server that is not ours: reset it with its own tools.")
            shutil.rmtree(server.data, ignore_errors=True)
            shutil.rmtree(VAR_DIR / "files", ignore_errors=True)
        return 0
    return serve(given, server)


def serve(given, server):
    """Prepare, start web and worker, wait. Returns 0 when asked to end, 1 when a process fell over."""
    if not port_is_free(given.host, given.port):
        sys.exit(f"{given.host}:{given.port} is taken by another program. Choose another one: make start PORT={given.port + 1}")
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, end)
    started_server = database.is_private() and server.ensure_running()
    processes = []
    try:
        run([sys.executable, "-m", "config.prepare", "--demo", given.demo])
        environment = {**os.environ, "ALLOWED_HOSTS": allowed_hosts(given.host)}
        if given.demo != "none":
            # Everybody knows the demo's password; a second factor would only keep people from looking around.
            environment.setdefault("SECOND_FACTOR", "no")
        for words in (web_words(given.host, given.port), ["manage.py", "work"]):
            processes.append(subprocess.Popen([sys.executable, *words], env=environment, start_new_session=True))
        announce(given, processes)
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        print("A process ended by itself; stopping the others.", file=sys.stderr)
        return 1
    except Stopped:
        return 0
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)
        end_all(processes)
        if started_server:
            stop_unless_used(server)


def web_words(host, port):
    """The words after `python` that start the web processes: WEB_PROCESSES of them, else two where the machine has two cores."""
    many = os.environ.get("WEB_PROCESSES") or str(min(2, os.cpu_count() or 1))
    return ["-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port), "--workers", many, "--log-level", "warning",
            "--timeout-graceful-shutdown", "5", "--timeout-worker-healthcheck", "30"]  # fmt: skip


def stop_unless_used(server):
    """Stop the database that was started here, but not from under somebody else: tests may run on it."""
    for _try in range(20):
        if not clients(server):
            server.stop()
            return
        time.sleep(0.1)  # the sessions of what just ended are still being taken down
    print("Others work on the private PostgreSQL; it stays. `make stop` stops it.", flush=True)


def clients(server):
    """How many sessions are open on the private server, ours aside."""
    with psycopg.connect(host=str(server.sockets), port=PORT, user="postgres", dbname="postgres") as connection:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return connection.execute(asked).fetchone()[0]


def announce(given, processes):
    """Wait until the web process answers, then say where, and who can sign in."""
    address = f"http://{given.host if given.host != '0.0.0.0' else '127.0.0.1'}:{given.port}"
    for _try in range(200):
        if any(process.poll() is not None for process in processes):
            return
        try:
            urllib.request.urlopen(f"{address}/khoe/", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    print(f"\nHội đồng số: {address}\n", flush=True)
    if given.demo != "none":
        run([sys.executable, "manage.py", "demo_sign_ins"])
    print("Ctrl+C stops everything.", flush=True)


def allowed_hosts(host):
    """Names this server answers to: the usual local ones and the one it was told to listen on."""
    known = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
    if host == "0.0.0.0":
        return f"{known},{socket.gethostname()},{os.environ.get('HOSTNAME', '')}".rstrip(",")
    return f"{known},{host}"


def port_is_free(host, port):
    """True when we can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def run(command):
    """Run a step to its end; a failing step ends the start."""
    if code := subprocess.run(command).returncode:
        raise SystemExit(code)


def end(signum, frame):
    """What a signal does: leave the waiting, so that everything is stopped in order."""
    raise Stopped


def end_all(processes):
    """SIGTERM to each, and SIGKILL to what has not ended after the time of grace."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # What it started and did not take along: it may itself have been killed.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
