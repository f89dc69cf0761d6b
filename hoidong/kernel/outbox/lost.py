"""Jobs whose worker died are given to another one. One statement each, so that two who recover never give a job twice."""

from django.db import connection

from .tasks import MOST_TRIES

# Seconds without a sign of life after which a worker counts as dead. A worker that was only slow does no harm:
# a delivery is locked while it runs and marked when it is done, so a second run finds nothing to do.
LOST_AFTER = 20.0

_GIVE_ANEW = """
WITH lost AS (
  SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
  WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
  FOR UPDATE OF job SKIP LOCKED
)
UPDATE procrastinate_jobs job SET
  status = CASE WHEN attempts >= %s THEN 'failed' ELSE 'todo' END::procrastinate_job_status,
  attempts = attempts + 1, scheduled_at = now(), worker_id = NULL
FROM lost WHERE job.id = lost.id RETURNING job.id
"""
_GIVE_BACK = """
UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = now(), worker_id = NULL
WHERE status = 'doing' AND worker_id = %s RETURNING id
"""


def recover(lost_after=LOST_AFTER):
    """Put the jobs of dead workers back; one that took its worker down too often fails. Returns the ids."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_ANEW, [lost_after, MOST_TRIES])
        return [pk for (pk,) in cursor]


def give_back(worker_id):
    """Put back what a worker still holds when it must end; the try does not count. Returns the ids."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [worker_id])
        given = [pk for (pk,) in cursor]
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker_id])
        return given
