"""The worker: takes jobs from the queue, two at a time, and gives back what it holds when it is told to end."""

import asyncio
import logging
import os
import signal

from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from . import lost

log = logging.getLogger(__name__)
CONCURRENCY = 2
GRACE = 5.0  # seconds a running job may still take after SIGTERM
PAUSE = 2.0  # seconds before a worker that fell over, because the database was away, begins anew


def queue():
    """The app as the worker reads it.

    Only the reading goes over a pool of its own. The tasks keep Django's connection: what they hand on is deferred
    in the transaction of their work, which `replace_connector` would break.
    """
    app.perform_import_paths()
    return app.with_connector(app.connector.get_worker_connector())


class Working:
    """One worker process, from start to SIGTERM."""

    def __init__(self, concurrency=CONCURRENCY, lost_after=lost.LOST_AFTER, grace=GRACE, ready=lambda: None):
        self.concurrency, self.lost_after, self.grace, self.ready = concurrency, lost_after, grace, ready
        self.ending = asyncio.Event()
        self.worker = None

    async def run(self):
        """Work until SIGTERM or SIGINT; begin anew when the database went away."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self.ending.set)
        recovering = asyncio.create_task(self._recover_now_and_then())
        self.ready()
        while not self.ending.is_set():
            try:
                await self._work()
            except Exception:
                log.exception("the worker fell over and begins anew")
            if not self.ending.is_set():
                await self._pause(PAUSE)
        recovering.cancel()

    async def _work(self):
        reading = queue()
        async with reading.open_async():
            options = {
                **reading.worker_defaults,
                "name": f"work-{os.getpid()}",
                "concurrency": self.concurrency,
                "fetch_job_polling_interval": 3.0,
                "shutdown_graceful_timeout": self.grace,
                "install_signal_handlers": False,
                "update_heartbeat_interval": self.lost_after / 4,
                "stalled_worker_timeout": self.lost_after,
                "delete_jobs": "successful",
            }
            self.worker = Worker(app=reading, **options)
            running = asyncio.create_task(self.worker.run())
            told = asyncio.create_task(self.ending.wait())
            await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            if not running.done():
                worker_id = self.worker.worker_id
                self.worker.stop()
                done, _pending = await asyncio.wait({running}, timeout=self.grace)
                if not done:
                    await self._leave(worker_id)
            await running

    async def _leave(self, worker_id):
        """A job in a thread cannot be stopped: give it back and go. Its transaction dies with us, unfinished."""
        given = await sync_to_async(lost.give_back, thread_sensitive=False)(worker_id)
        log.warning("jobs %s were not done in time and are given back", given)
        logging.shutdown()
        os._exit(0)

    async def _recover_now_and_then(self):
        while True:
            try:
                await sync_to_async(self._recover, thread_sensitive=False)()
            except Exception:
                log.exception("jobs of lost workers could not be looked for")
            await self._pause(self.lost_after / 2)

    def _recover(self):
        try:
            if given := lost.recover(self.lost_after):
                log.warning("jobs %s of a lost worker are given back", given)
        finally:
            connection.close()

    async def _pause(self, seconds):
        # The deferrer of periodic jobs keeps a connection in Django's own thread; one that died is let go here.
        await sync_to_async(connections.close_all)()
        try:
            await asyncio.wait_for(self.ending.wait(), seconds)
        except TimeoutError:
            return
