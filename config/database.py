"""Which PostgreSQL: the one DATABASE_URL names, or the private one of this checkout; and its replicas. Only this module knows."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from .private_postgres import PrivateServer

NAME = "hoidong"
# Commands that must not start a server only because settings are read.
_WITHOUT_SERVER = {"assets", "collectstatic", "makemessages", "compilemessages"}


def settings(var_dir):
    """The entry of DATABASES. Starts the private server when DATABASE_URL is unset (quick when it runs already).

    HD_DB and HD_TEST_DB name other databases on the same server, so that several runs do not meet.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        place = parse(url)
    else:
        server = PrivateServer(var_dir)
        if not _WITHOUT_SERVER & set(sys.argv[1:2]):
            server.ensure_running()
        place = {"NAME": NAME, "PASSWORD": "", **server.settings()}
    place = _same_database(place)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # A cursor that outlives a statement is lost behind a pooler that works by transaction.
        "DISABLE_SERVER_SIDE_CURSORS": bool(os.environ.get("DATABASE_DIRECT_URL")),
        "TEST": {"NAME": os.environ.get("HD_TEST_DB", f"test_{place['NAME']}")},
        **place,
    }


def share_connections(databases):
    """Let the requests of this process share connections that are kept: DATABASE_POOL of them at most (10), none of them where it is 0.

    A request has a thread of its own, so that without this each signs in to the server anew, to a process there that knows none
    of our tables yet. Only for a web process, before its first statement; `databases` is changed.
    """
    most = int(os.environ.get("DATABASE_POOL", 10))
    for place in databases.values():
        if most:
            place["OPTIONS"] = {**place.get("OPTIONS", {}), "pool": {"min_size": min(2, most), "max_size": most, "timeout": 10}}


def replicas(primary):
    """Entries of DATABASES for the streaming replicas that DATABASE_REPLICA_URL names, comma-separated: {alias: settings}.

    A replica carries the primary's databases, so HD_DB holds for it too. Raises ValueError for an address that is none.
    """
    urls = [part.strip() for part in os.environ.get("DATABASE_REPLICA_URL", "").split(",") if part.strip()]
    found = {}
    for number, url in enumerate(urls, start=1):
        place = _same_database(parse(url, "DATABASE_REPLICA_URL"))
        # One that is gone must be found out soon, also in the middle of a statement.
        options = {"connect_timeout": "2", "tcp_user_timeout": "4000", **place.get("OPTIONS", {})}
        found[f"replica{number}"] = {**primary, **place, "OPTIONS": options, "TEST": {"MIRROR": "default"}}
    return found


def direct(primary):
    """Where DATABASE_URL names a pooler: `{"direct": settings}` of the server behind it, which alone can LISTEN. Else empty."""
    url = os.environ.get("DATABASE_DIRECT_URL")
    if not url:
        return {}
    return {"direct": {**primary, **_same_database(parse(url, "DATABASE_DIRECT_URL")), "TEST": {"MIRROR": "default"}}}


def _same_database(place):
    return {**place, "NAME": os.environ.get("HD_DB") or place["NAME"]}


def is_private():
    """True when this checkout runs on its own private server."""
    return not os.environ.get("DATABASE_URL")


def parse(url, variable="DATABASE_URL"):
    """`postgres://user:password@host:port/name?sslmode=require` as settings. Raises ValueError, saying what is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"{variable} must begin with postgres://, not {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError(f"{variable} names no database: postgres://user:password@host:5432/NAME")
    # A socket's folder comes as ?host=/run/postgresql, the way libpq writes it.
    place = {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
    return {**place, "OPTIONS": query} if query else place


def kept_key(name, var_dir):
    """A key from the environment (`SECRET_KEY`), or one made once for this checkout, in a file its owner alone reads (`secret-key`)."""
    if key := os.environ.get(name):
        return key
    path = Path(var_dir) / name.lower().replace("_", "-")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was quicker: its key counts
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()
