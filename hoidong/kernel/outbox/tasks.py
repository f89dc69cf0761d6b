"""The tasks of the worker. Found by procrastinate in every installed app that has a module `tasks`."""

import logging

from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ..base import dates
from .models import Delivery

log = logging.getLogger(__name__)
MOST_TRIES = 8


@app.task(name="outbox.deliver", retry=RetryStrategy(max_attempts=MOST_TRIES, exponential_wait=4))
def deliver(delivery_id):
    """Give one event to one receiver, in one transaction with what the receiver does; a second run does nothing."""
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(of=("self",)).select_related("event").filter(pk=delivery_id, done_at=None).first()
            )
            if delivery is None:
                return
            import_string(delivery.receiver)(delivery.event)
            delivery.done_at, delivery.error = dates.now(), ""
            delivery.tries += 1
            delivery.save(update_fields=["done_at", "error", "tries"])
    except Exception as error:
        # Kept outside the transaction that was rolled back, for the page of the queue; the queue tries again.
        tries = Delivery.objects.filter(pk=delivery_id).values_list("tries", flat=True).first() or 0
        Delivery.objects.filter(pk=delivery_id).update(tries=tries + 1, error=f"{type(error).__name__}: {error}"[:400])
        raise


@app.periodic(cron="* * * * *")
@app.task(name="outbox.minute", queueing_lock="outbox.minute", pass_context=False)
def minute(timestamp):
    """Each minute: what the folders jobs/minutely and jobs/daily hold, and jobs whose worker died."""
    from . import schedule

    schedule.run_due(dates.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="outbox.recover", queueing_lock="outbox.recover", pass_context=True)
async def recover(context, timestamp):
    """Jobs held by a worker that died are given to another one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("job %s of a lost worker is given back", job.id)
        await manager.retry_job(job)
