"""Where a statement goes: pages that only look are read from a replica, everything else from the primary.

A page is read from a replica when all of this holds: the request is GET or HEAD; its browser changed nothing and heard of
no change for some seconds (the cookie COOKIE); a replica answers and is not too far behind (`config.replicas`). Even then
stay on the primary: sign-in, sessions, posts, cache and queue, everything inside a transaction, `select_for_update`, raw
SQL, and everything after the first write of the request. Commands and the worker know no replica.
"""

from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpResponse

from . import replicas

# Present while its browser must see the newest; live.js sets it too, when it hears that something changed.
COOKIE = "hd-fresh"
# Longer than a replica that is read from can be behind.
FRESH_FOR = int(replicas.MOST_BEHIND + replicas.STALE)  # seconds
_STAYS_APPS = {
    "account", "auth", "axes", "contenttypes", "django_cache", "mfa", "procrastinate", "sessions", "socialaccount", "usersessions",
}  # fmt: skip
_STAYS_PARTS = ("hoidong.kernel.people.", "hoidong.kernel.outbox.")

watch = replicas.Watch(settings.REPLICAS)
_reads: ContextVar = ContextVar("reads", default=None)


class Reads:
    """Where one request reads: `alias` of its replica, or None once it must read from the primary."""

    def __init__(self, alias):
        self.alias = alias
        self.used = self.wrote = self.broken = False

    def to_primary(self):
        """Read from the primary from now on."""
        self.alias = None


class Router:
    """Django's router of DATABASES: asked before every statement of the ORM."""

    def db_for_read(self, model, **hints):
        """The replica of the request where it may be used."""
        reads = _reads.get()
        if reads is None or reads.alias is None or _stays(model) or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        reads.used = True
        return reads.alias

    def db_for_write(self, model, **hints):
        """Always the primary; what follows in the request is read there too."""
        reads = _reads.get()
        if reads is not None and not _stays(model):
            reads.wrote = True
            reads.to_primary()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        """Records of primary and replica are the same records."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        """A replica is a copy; only the primary is changed."""
        return None if db == DEFAULT_DB_ALIAS else False


def _stays(model):
    return model._meta.app_label in _STAYS_APPS or model.__module__.startswith(_STAYS_PARTS)


class ReadsMiddleware:
    """Gives each request its Reads. The last of the middleware, so that the others read from the primary.

    When a replica fails in the middle of a page, the page is made again from the primary.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reads = _begin(request)
        token = _reads.set(reads)
        try:
            response = self.get_response(request)
            if reads.broken:
                response = self.get_response(request)
        finally:
            _reads.reset(token)
        return _end(request, reads, response)

    def process_exception(self, request, exception):
        """Any error of the database may be the replica's own; one that is not comes again from the primary."""
        reads = _reads.get()
        if not isinstance(exception, Error) or reads is None or not reads.used or reads.broken:
            return None
        if reads.alias:
            watch.leave_out(reads.alias, exception)
        reads.broken = True
        reads.to_primary()
        return HttpResponse(status=503)  # nobody sees it: __call__ asks again


def _begin(request):
    looks = request.method in ("GET", "HEAD")
    if not looks or not watch.aliases or COOKIE in request.COOKIES:
        return Reads(None)
    return Reads(watch.choose(request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.META.get("REMOTE_ADDR", "")))


def _end(request, reads, response):
    looks = request.method in ("GET", "HEAD", "OPTIONS")
    if watch.aliases and (reads.wrote or not looks):
        # Not HttpOnly: the page sets it as well. It says nothing, and whoever forges it only reads from the primary.
        response.set_cookie(COOKIE, "1", max_age=FRESH_FOR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
