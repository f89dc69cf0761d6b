"""Receivers of test events. What they did stands in rows of the platform's own tables."""

import time

from hoidong.kernel import outbox
from hoidong.kernel.base import dates
from hoidong.kernel.outbox.models import JobRun


def note(event):
    """One row for each event."""
    JobRun.objects.create(name="tests.note", period=f"event {event.pk}", at=dates.now())


def hand_on(event):
    """Publishes another event in its own transaction."""
    outbox.publish("tests.second", ids=event.payload["ids"])


def fail(event):
    """Begins to write, then fails; the message quotes a person's words."""
    note(event)
    raise ValueError("Nguyễn Thị Bí Mật đã phản ánh")


def hand_on_and_fail(event):
    """What it handed on must be undone with it."""
    hand_on(event)
    raise ValueError


def slow(event):
    """Takes `seconds`, after it has written its row in the transaction."""
    JobRun.objects.create(name="tests.slow", period=f"event {event.pk}", at=dates.now())
    time.sleep(event.payload["seconds"])
