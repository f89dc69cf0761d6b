"""Events written in the transaction of the change, delivered by the worker: the only way to cause work elsewhere or later.

    outbox.publish(events.SENT, ids=[…])                 # inside transaction.atomic()
    SUBSCRIPTIONS = {"voters.sent": ["hoidong.….receivers.tell_body"]}     # config/subscriptions.py

A receiver is a function of one Event. It runs once for each event, in one transaction; a failure is tried again.
"""

from .publishing import publish, publish_many, told_since, waiting_for

__all__ = ["publish", "publish_many", "told_since", "waiting_for"]
