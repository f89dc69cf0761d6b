"""Writing events, and handing each to its receivers through the queue, in one transaction with the change."""

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from ..base import dates
from .models import Delivery, Event


def receivers_of(name):
    """The dotted paths of those who listen to an event, from the one list."""
    return import_string(settings.SUBSCRIPTIONS).get(name, [])


def publish(name, **payload):
    """Write one event. Must stand in a transaction, so that it is told when, and only when, the change is kept."""
    return publish_many(name, [payload])[0]


def publish_many(name, payloads):
    """Write several events of one name; a fixed number of statements for each receiver."""
    if not connection.in_atomic_block:
        raise RuntimeError("An event is published inside the transaction of what it tells.")
    at = dates.now()
    events = Event.objects.bulk_create([Event(name=str(name), payload=payload, at=at) for payload in payloads])
    paths = receivers_of(str(name))
    deliveries = Delivery.objects.bulk_create([Delivery(event=event, receiver=path) for event in events for path in paths])
    if deliveries:
        from .tasks import deliver

        deliver.batch_defer(*({"delivery_id": delivery.pk} for delivery in deliveries))
    return events


def waiting_for(receiver, ids):
    """The events this receiver (its dotted path) has still to hear that tell of any of these `ids`, in their order.

    For an action that cannot wait: it does the receiver's work itself, and the receiver, who must bear to hear twice, finds it done.
    """
    waiting = Delivery.objects.filter(receiver=receiver, done_at=None).select_related("event").order_by("event")
    return [one.event for one in waiting if ids.intersection(one.event.payload.get("ids", ()))]


def told_since(event, name):
    """The `ids` that events of this name told after `event`, as one set: for a receiver that comes late.

    Events are numbered as they are written. Of two changes that lock the same record the later one has the higher number,
    whatever the clocks of two servers say.
    """
    later = Event.objects.filter(name=str(name), pk__gt=event.pk).order_by("pk").values_list("payload", flat=True)
    return {key for payload in later for key in payload["ids"]}
