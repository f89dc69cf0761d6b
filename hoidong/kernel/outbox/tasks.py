"""The tasks of the worker that the queue itself needs; settings.PROCRASTINATE_IMPORT_PATHS names all modules of tasks."""

import traceback
from pathlib import Path

from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ..base import dates
from .models import Delivery

# Waits 4 s, 16 s, 1 min … 4.5 hours, 18 hours between the tries; then a person looks at the page of the queue.
MOST_TRIES = 8
_OF_THE_QUEUE = {__file__, str(Path(__file__).with_name("schedule.py"))}
PATIENT = RetryStrategy(max_attempts=MOST_TRIES, exponential_wait=4)


@app.task(name="outbox.deliver", retry=PATIENT)
def deliver(delivery_id):
    """Give one event to one receiver, in one transaction with what the receiver does; a second run does nothing."""
    try:
        with transaction.atomic():
            waiting = Delivery.objects.select_for_update(of=("self",)).select_related("event")
            delivery = waiting.filter(pk=delivery_id, done_at=None).first()
            if delivery is None:
                return
            import_string(delivery.receiver)(delivery.event)
            delivery.done_at, delivery.error = dates.now(), ""
            delivery.tries += 1
            delivery.save(update_fields=["done_at", "error", "tries"])
    except Exception as error:
        # Kept outside the transaction that was rolled back, for the page of the queue; the queue tries again.
        tries = Delivery.objects.filter(pk=delivery_id).values_list("tries", flat=True).first() or 0
        Delivery.objects.filter(pk=delivery_id).update(tries=tries + 1, error=what_failed(error))
        raise


def what_failed(error):
    """The kind of an error and where it arose. Its message is left out: it can quote a case, and who runs the
    platform sees no case content. The whole of it stands in the worker's log."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename not in _OF_THE_QUEUE]
    ours = [frame for frame in frames if "/hoidong/" in frame.filename] or frames
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not ours:
        return name[:400]
    return f"{name}, {'/'.join(Path(ours[-1].filename).parts[-3:])}:{ours[-1].lineno}"[:400]


# One at a time: a daily job that takes long holds up the next minute, never a second place of the worker.
@app.periodic(cron="* * * * *")
@app.task(name="outbox.minute", queueing_lock="outbox.minute", lock="outbox.minute")
def minute(timestamp):
    """Each minute: what the folders jobs/minutely and jobs/daily hold."""
    from . import schedule

    schedule.run_due(dates.now())
