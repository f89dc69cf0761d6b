"""Running what waits in the queue here and now, on this connection: for tests and for loading the demo."""

import json

from django.db import connection
from procrastinate.contrib.django import app

_NEXT = """
SELECT id, task_name, args FROM procrastinate_jobs
WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
"""


def drain(*, at=None, most=100_000):
    """Run all waiting jobs, and those they hand on, until none is left. Returns how many ran.

    `at` stands for the present where jobs that wait for a later moment should run too. The first error is raised.
    """
    from ..base import dates

    app.perform_import_paths()
    done = 0
    while done < most and (job := _next(at or dates.now())):
        pk, task_name, args = job
        app.tasks[task_name].func(**args)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [pk])
        done += 1
    return done


def _next(at):
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [at])
        row = cursor.fetchone()
    return row and (row[0], row[1], json.loads(row[2]) if isinstance(row[2], str) else row[2])
