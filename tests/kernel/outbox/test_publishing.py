"""Events live and die with the change they tell, and reach each receiver once."""

import pytest
from django.db import connection, transaction

from hoidong.kernel import outbox
from hoidong.kernel.outbox.draining import drain
from hoidong.kernel.outbox.models import Delivery, Event, JobRun
from hoidong.kernel.outbox.tasks import deliver

HERE = "tests.kernel.outbox.receivers"
LISTENERS = {
    "tests.first": [f"{HERE}.note", f"{HERE}.hand_on"],
    "tests.second": [f"{HERE}.note"],
    "tests.failing": [f"{HERE}.fail"],
    "tests.undone": [f"{HERE}.hand_on_and_fail"],
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listeners(settings):
    settings.SUBSCRIPTIONS = f"{__name__}.LISTENERS"


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


def noted():
    return JobRun.objects.filter(name="tests.note").count()


def test_an_event_that_is_published_outside_a_transaction_is_refused():
    # The tests run in a transaction themselves, so the check is asked on a connection that says it has none.
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError, match="inside the transaction"):
            outbox.publish("tests.first", ids=[1])
    finally:
        connection.in_atomic_block = before


def test_an_event_and_its_jobs_go_when_the_change_is_rolled_back():
    before = jobs()
    with transaction.atomic():
        outbox.publish("tests.first", ids=[1])
        assert jobs() == before + 2
        transaction.set_rollback(True)

    assert jobs() == before
    assert not Event.objects.filter(name="tests.first").exists()


def test_every_receiver_gets_the_event_once_and_what_it_hands_on_is_delivered_too():
    drain()
    outbox.publish("tests.first", ids=[1, 2])

    assert drain() == 3
    assert noted() == 2
    assert not Delivery.objects.filter(done_at=None, event__name__startswith="tests.").exists()
    assert Event.objects.get(name="tests.second").payload == {"ids": [1, 2]}


def test_a_delivery_that_runs_again_does_nothing():
    drain()
    event = outbox.publish("tests.second", ids=[1])
    drain()

    deliver.func(delivery_id=event.deliveries.get().pk)

    assert noted() == 1


def test_many_events_take_a_fixed_number_of_statements(django_assert_num_queries):
    for count in (1, 30):
        with django_assert_num_queries(3):
            outbox.publish_many("tests.second", [{"ids": [number]} for number in range(count)])


def test_what_a_failing_receiver_wrote_is_undone_and_the_error_is_kept_without_its_words():
    drain()
    event = outbox.publish("tests.failing", ids=[1])

    with pytest.raises(ValueError, match="Bí Mật"):
        drain()

    delivery = event.deliveries.get()
    assert delivery.tries == 1
    assert "ValueError" in delivery.error
    assert "receivers.py" in delivery.error
    assert "Bí Mật" not in delivery.error
    assert noted() == 0


def test_what_a_failing_receiver_handed_on_is_undone():
    drain()
    outbox.publish("tests.undone", ids=[1])

    with pytest.raises(ValueError):
        drain()

    assert not Event.objects.filter(name="tests.second").exists()
