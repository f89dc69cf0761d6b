"""One listening connection for each process, fanned out to its streams.

The connection lives in the event loop of the web server. When it is lost it is made again, and every stream is told
that something may have been missed. At SIGTERM the streams end by themselves, so that the server can end.
"""

import asyncio
import logging
import signal
import threading
import weakref

import psycopg
from django.conf import settings
from django.db import connections

from .telling import CHANNEL

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds before a lost connection is made again
# A stream that does not read is not kept in step: it is told once that everything may have changed.
MOST_WAITING = 100

EVERYTHING = object()
THE_END = object()
_HUBS = weakref.WeakKeyDictionary()


def hub():
    """The Hub of the running event loop, made and set to listen on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _HUBS:
        _HUBS[loop] = Hub(loop)
    return _HUBS[loop]


class Hub:
    """Who listens to what in this process."""

    def __init__(self, loop):
        self._loop = weakref.ref(loop)
        self._streams: dict[asyncio.Queue, frozenset] = {}
        self._listener = None
        self.ending = False
        _at_the_end(self._end_soon)

    def __len__(self):
        return len(self._streams)

    def join(self, topics):
        """A queue that gets the name of each of these topics that changes, EVERYTHING, or THE_END."""
        queue = asyncio.Queue()
        if self.ending:
            queue.put_nowait(THE_END)
        self._streams[queue] = frozenset(topics)
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        return queue

    def leave(self, queue):
        """Let a stream go; with the last one the connection is closed."""
        self._streams.pop(queue, None)
        if not self._streams and self._listener:
            self._listener.cancel()
            self._listener = None

    async def _listen(self):
        first = True
        while not self.ending:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    # What was told while nobody listened is not known.
                    if not first:
                        self._pass_on(EVERYTHING)
                    first = False
                    async for notification in connection.notifies():
                        self._pass_on(notification.payload)
            except psycopg.Error as error:
                log.warning("the listening connection was lost: %s", error)
            first = False
            await asyncio.sleep(PAUSE)

    def _pass_on(self, topic):
        for queue, topics in self._streams.items():
            if topic is EVERYTHING or topic is THE_END or topic in topics:
                if queue.qsize() >= MOST_WAITING:
                    while not queue.empty():
                        queue.get_nowait()
                    queue.put_nowait(EVERYTHING)
                queue.put_nowait(topic)

    def _end_soon(self):
        loop = self._loop()
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._end)

    def _end(self):
        self.ending = True
        self._pass_on(THE_END)


def _parameters():
    """The database of Django, past any pooler, as psycopg takes it."""
    given = connections[settings.LISTEN_ALIAS].get_connection_params()
    return {name: value for name, value in given.items() if name not in ("context", "cursor_factory")}


def _at_the_end(call):
    """Call at SIGTERM and SIGINT, before what the server itself does then. Streams would hold it up otherwise."""
    if threading.current_thread() is not threading.main_thread():
        return
    for sign in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(sign)

        def handle(signum, frame, before=before):
            call()
            if callable(before):
                before(signum, frame)

        signal.signal(sign, handle)
