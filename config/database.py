"""Which PostgreSQL: the one DATABASE_URL names, or the private one of this checkout. Only this module knows."""

import os
import secrets
import sys
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
    if name := os.environ.get("HD_DB"):
        place["NAME"] = name
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "TEST": {"NAME": os.environ.get("HD_TEST_DB", f"test_{place['NAME']}")},
        **place,
    }


def is_private():
    """True when this checkout runs on its own private server."""
    return not os.environ.get("DATABASE_URL")


def parse(url):
    """`postgres://user:password@host:port/name?sslmode=require` as settings. Raises ValueError, saying what is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("DATABASE_URL names no database: postgres://user:password@host:5432/NAME")
    # A socket's folder comes as ?host=/run/postgresql, the way libpq writes it.
    place = {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
    return {**place, "OPTIONS": query} if query else place


def secret_key(var_dir):
    """SECRET_KEY from the environment, or one made once for this checkout and readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = Path(var_dir) / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
