"""What an administrator asks of the queue: how much waits, what fails, who works. Never what a job is about."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from .. import audit
from ..base import dates
from ..base.errors import NotAllowed
from ..base.subjects import Ref
from .models import Delivery, JobRun
from .tasks import deliver

_FIGURES = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
       count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
       count(*) FILTER (WHERE status = 'doing'),
       count(*) FILTER (WHERE status = 'failed'),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds')
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
"""


@dataclass(frozen=True)
class Figures:
    """The queue at this moment; `workers` gave a sign of life within the last minute."""

    waiting: int
    later: int
    running: int
    failed: int
    workers: int


def figures():
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES)
        return Figures(*cursor.fetchone())


def failing_deliveries():
    """Deliveries whose last try failed; page by ("-id",)."""
    return Delivery.objects.filter(done_at=None).exclude(error="").select_related("event")


def failed_jobs(most=50):
    """Other jobs that were given up, newest first."""
    return list(ProcrastinateJob.objects.filter(status="failed").exclude(task_name=deliver.name).order_by("-id")[:most])


def failed_runs(most=20):
    """Periodic jobs whose last try failed."""
    return list(JobRun.objects.exclude(error="").order_by("-id")[:most])


@transaction.atomic
def retry_delivery(pk, *, by):
    """Try a delivery again now. A try that was planned for later then finds it done."""
    delivery = Delivery.objects.filter(pk=pk, done_at=None).first()
    if delivery is None:
        raise NotAllowed(_("Việc này đã làm xong. Tải lại trang để xem hàng đợi mới."))
    deliver.defer(delivery_id=delivery.pk)
    audit.record("outbox.retry", delivery, by, receiver=delivery.receiver)


@transaction.atomic
def retry_job(pk, *, by):
    """Put a job that was given up back into the queue."""
    job = ProcrastinateJob.objects.filter(pk=pk, status="failed").exclude(task_name=deliver.name).first()
    if job is None:
        raise NotAllowed(_("Việc này không còn chờ thử lại. Tải lại trang để xem hàng đợi mới."))
    app.job_manager.retry_job_by_id(job.pk, retry_at=dates.now())
    audit.record("outbox.retry_job", Ref("outbox.job", job.pk), by, task=job.task_name)
