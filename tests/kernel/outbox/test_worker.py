"""A real worker process: it works, dies, is replaced, and gives back what it holds."""

import signal
import time

import pytest

from .real import wait_for

pytestmark = pytest.mark.django_db
WORK = ("manage.py", "work", "--lost-after", "3", "--grace", "2")
PUBLISH = """
from django.db import transaction
from hoidong.kernel.outbox.models import Delivery, Event
from hoidong.kernel.outbox.tasks import deliver
from hoidong.kernel.base import dates
with transaction.atomic():
    event = Event.objects.create(name="tests.slow", payload={payload}, at=dates.now())
    delivery = Delivery.objects.create(event=event, receiver="tests.kernel.outbox.receivers.{receiver}")
    deliver.batch_defer({{"delivery_id": delivery.pk}})
print(delivery.pk)
"""


def publish(place, receiver, **payload):
    return int(place.python(PUBLISH.format(receiver=receiver, payload=payload)))


def state(place, delivery):
    return place.rows("SELECT done_at IS NOT NULL, tries FROM kernel_delivery WHERE id = %s", delivery)[0]


def job(place, delivery):
    found = place.rows("SELECT status::text FROM procrastinate_jobs WHERE (args->>'delivery_id')::int = %s", delivery)
    return found[0][0] if found else None


def ran(place, delivery):
    return place.rows(
        "SELECT count(*) FROM kernel_jobrun WHERE name = 'tests.slow' AND period = "
        "(SELECT 'event ' || event_id FROM kernel_delivery WHERE id = %s)", delivery
    )[0][0]  # fmt: skip


def end(process):
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()


def test_a_worker_killed_in_the_middle_of_its_work_is_replaced_and_the_work_is_done_once(place):
    delivery = publish(place, "slow", seconds=2)
    first = place.start(*WORK)
    try:
        wait_for(lambda: job(place, delivery) == "doing")
        time.sleep(0.5)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert state(place, delivery) == (False, 0)
        assert ran(place, delivery) == 0

        second = place.start(*WORK)
        try:
            wait_for(lambda: state(place, delivery)[0], seconds=30)
            time.sleep(1)
            assert state(place, delivery) == (True, 1)
            assert ran(place, delivery) == 1
            assert job(place, delivery) is None
        finally:
            end(second)
    finally:
        end(first)


def test_a_worker_told_to_end_finishes_short_work(place):
    delivery = publish(place, "slow", seconds=1)
    process = place.start(*WORK)
    try:
        wait_for(lambda: job(place, delivery) == "doing")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert state(place, delivery) == (True, 1)
        assert place.rows("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == [(0,)]
    finally:
        end(process)


def test_a_worker_told_to_end_gives_long_work_back_within_seconds(place):
    delivery = publish(place, "slow", seconds=60)
    process = place.start(*WORK)
    try:
        wait_for(lambda: job(place, delivery) == "doing")
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - told < 6
        assert job(place, delivery) == "todo"
        assert ran(place, delivery) == 0
        place.rows("UPDATE kernel_event SET payload = '{\"seconds\": 0}' WHERE name = 'tests.slow'")
        other = place.start(*WORK)
        try:
            wait_for(lambda: state(place, delivery)[0])
        finally:
            end(other)
    finally:
        end(process)


def test_what_a_receiver_hands_on_in_a_real_worker_belongs_to_its_transaction(place):
    """The failing receiver publishes first; had its job been queued on another connection, it would be left over."""
    delivery = publish(place, "hand_on_and_fail", ids=[1])
    process = place.start(*WORK)
    try:
        wait_for(lambda: state(place, delivery)[1] == 1)
        assert place.rows("SELECT count(*) FROM kernel_event WHERE name = 'tests.second'") == [(0,)]
        assert job(place, delivery) == "todo"
    finally:
        end(process)
    place.rows("DELETE FROM procrastinate_jobs")


def test_a_worker_begins_anew_when_its_connections_are_cut(place):
    process = place.start(*WORK)
    try:
        assert "worker ready" in iter(lambda: process.stdout.readline().strip(), None)
        wait_for(lambda: place.rows("SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '3 seconds'"))
        place.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        delivery = publish(place, "note", ids=[1])
        wait_for(lambda: state(place, delivery)[0], seconds=30)
        assert process.poll() is None
    finally:
        end(process)
