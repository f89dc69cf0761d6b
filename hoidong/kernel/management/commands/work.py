"""The worker process: queue, events, periodic jobs. `manage.py work` until SIGTERM."""

import asyncio

from django.core.management.base import BaseCommand

from hoidong.kernel.outbox import lost, working


class Command(BaseCommand):
    help = "Takes jobs from the queue until SIGTERM; several may run. Jobs of workers that died are taken over."

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=working.CONCURRENCY)
        parser.add_argument("--lost-after", type=float, default=lost.LOST_AFTER, help="seconds without a sign of life")
        parser.add_argument("--grace", type=float, default=working.GRACE, help="seconds for running jobs after SIGTERM")

    def handle(self, *, concurrency, lost_after, grace, **_rest):
        def ready():
            self.stdout.write("worker ready")
            self.stdout.flush()

        asyncio.run(self._work(concurrency, lost_after, grace, ready))

    async def _work(self, concurrency, lost_after, grace, ready):
        await working.Working(concurrency, lost_after, grace, ready).run()
