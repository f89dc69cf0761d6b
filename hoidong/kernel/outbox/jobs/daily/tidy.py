"""Lets go what nobody asks for any more: events delivered long ago, runs of jobs, jobs that failed long ago."""

import datetime

from django.db import connection

from ...models import Delivery, Event, JobRun

HOUR = 2
KEPT = datetime.timedelta(days=90)
# A failed job stands on the page of the queue this long.
FAILED_KEPT = datetime.timedelta(days=90)


def run(now):
    """Three months are kept. An event goes once all its deliveries are gone."""
    Delivery.objects.filter(done_at__lt=now - KEPT).delete()
    Event.objects.filter(at__lt=now - KEPT, deliveries=None).delete()
    JobRun.objects.filter(at__lt=now - KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE status IN ('failed', 'cancelled', 'aborted') AND NOT EXISTS "
            "(SELECT 1 FROM procrastinate_events event WHERE event.job_id = job.id AND event.at > %s)",
            [now - FAILED_KEPT],
        )
