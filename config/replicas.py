"""Which streaming replicas may be read from right now: those that answer and are not too far behind the primary.

A thread of each web process looks every second, so that no page ever waits for a replica that is down.
"""

import logging
import threading
import time
import zlib
from collections import deque

from django.db import DEFAULT_DB_ALIAS, Error, connections

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks
MOST_BEHIND = 5.0  # seconds a replica may be behind the primary and still be read from
STALE = 5.0  # seconds after which a look that was not renewed counts no more: the thread waits for a server that hangs
_WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
_REPLAYED = "SELECT pg_is_in_recovery(), pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')"


class Watch:
    """What is known of the replicas with these aliases."""

    def __init__(self, aliases):
        self.aliases = list(aliases)
        # (moment, bytes the primary had written by then): a replica is as far behind as the youngest of these it has.
        self._written = deque(maxlen=int(MOST_BEHIND / EVERY) + 2)
        self._good: dict[str, float] = {}  # alias -> moment of the look that found it good
        self._known: dict[str, bool] = {}
        self._start = threading.Lock()
        self._thread = None

    def choose(self, key):
        """The alias to read from, None where the primary is all there is. The same key keeps its replica, so that it never
        sees time run backwards from one page to the next.
        """
        self._ensure_looking()
        now = time.monotonic()
        good = [alias for alias in self.aliases if now - self._good.get(alias, -STALE) < STALE]
        return good[zlib.crc32(key.encode()) % len(good)] if good else None

    def leave_out(self, alias, why):
        """Read from this one no more until a look finds it good again."""
        self._good.pop(alias, None)
        if self._known.get(alias) is not False:
            log.warning("%s is left out: %s", alias, why)
        self._known[alias] = False

    def look(self):
        """Ask the primary how much it has written, and each replica how much of that it has."""
        now = time.monotonic()
        try:
            ((written,),) = _ask(DEFAULT_DB_ALIAS, _WRITTEN)
        except Error as error:
            log.warning("the primary does not answer: %s", error)
            return
        self._written.append((now, written))
        for alias in self.aliases:
            self._look_at(alias)

    def _look_at(self, alias):
        try:
            ((recovering, replayed),) = _ask(alias, _REPLAYED)
        except Error as error:
            return self.leave_out(alias, error)
        if not recovering:
            return self.leave_out(alias, "it is no replica (any more): it takes writes of its own")
        now = time.monotonic()
        behind = min((now - moment for moment, written in self._written if written <= (replayed or 0)), default=None)
        if behind is None and len(self._written) < self._written.maxlen:
            return None  # too early to tell
        if behind is None or behind > MOST_BEHIND:
            return self.leave_out(alias, f"more than {MOST_BEHIND:g} s behind the primary")
        self._good[alias] = now
        if self._known.get(alias) is not True:
            log.warning("%s is read from", alias)
        self._known[alias] = True
        return None

    def _ensure_looking(self):
        if self._thread and self._thread.is_alive():
            return
        with self._start:
            if not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._look_on, name="replicas", daemon=True)
                self._thread.start()

    def _look_on(self):
        while True:
            try:
                self.look()
            except Exception:
                log.exception("looking at the replicas failed")
            time.sleep(EVERY)


def _ask(alias, statement):
    """The rows of a statement on this thread's connection, which is made anew after an error."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()
    except Error:
        connection.close()
        raise
