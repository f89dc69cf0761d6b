"""The page of the queue: for the administrator of the system only, what fails and where, never what it is about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.kernel import outbox
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.outbox import queue
from hoidong.kernel.outbox.draining import drain
from hoidong.kernel.outbox.lost import give_back, recover
from hoidong.kernel.outbox.models import Delivery
from hoidong.kernel.outbox.tasks import MOST_TRIES, deliver

PAGE = "/quan-tri/hang-doi/"
LISTENERS = {"tests.failing": ["tests.kernel.outbox.receivers.fail"], "tests.second": ["tests.kernel.outbox.receivers.note"]}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listeners(settings):
    settings.SUBSCRIPTIONS = f"{__name__}.LISTENERS"
    ask("DELETE FROM procrastinate_jobs")


@pytest.fixture
def failed():
    """`failed(2)`: as many deliveries whose first try failed."""

    def failed(count=1):
        found = []
        for _time in range(count):
            found += outbox.publish("tests.failing", ids=[1]).deliveries.all()
            with pytest.raises(ValueError):
                deliver.func(delivery_id=found[-1].pk)
        return found

    return failed


def ask(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("name", ["xa", "chuyenvien", "lanhdao", "quantri", "soxaydung"])
def test_nobody_but_the_administrator_of_the_system_finds_the_page(signed_in, failed, name):
    [delivery] = failed()
    client = signed_in(name)

    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}giao/{delivery.pk}/thu-lai/").status_code == 404
    assert client.post(f"{PAGE}viec/1/thu-lai/").status_code == 404


def test_a_failing_delivery_is_shown_with_its_place_and_without_its_words(signed_in, failed):
    failed()

    page = signed_in("hethong").get(PAGE).content.decode()

    assert "tests.failing" in page
    assert "ValueError" in page
    assert "Bí Mật" not in page


def test_trying_again_delivers_and_is_written_down(signed_in, failed, actor):
    [delivery] = failed()
    Delivery.objects.filter(pk=delivery.pk).update(receiver="tests.kernel.outbox.receivers.note")
    ask("DELETE FROM procrastinate_jobs")

    answer = signed_in("hethong").post(f"{PAGE}giao/{delivery.pk}/thu-lai/")

    assert answer.status_code == 303
    assert drain() == 1
    assert Delivery.objects.get(pk=delivery.pk).done_at
    assert AuditEntry.objects.filter(action="outbox.retry", account_id=actor("hethong").account.pk).count() == 1


def test_trying_again_what_was_done_meanwhile_is_said_and_changes_nothing(signed_in):
    delivery = outbox.publish("tests.second", ids=[1]).deliveries.get()
    drain()

    signed_in("hethong").post(f"{PAGE}giao/{delivery.pk}/thu-lai/")

    assert drain() == 0


def test_the_page_costs_the_same_at_one_and_three_failures(signed_in, failed):
    client, counts = signed_in("hethong"), []
    client.get(PAGE)
    for count in (1, 2):
        failed(count)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_job_that_was_given_up_can_be_put_back(signed_in):
    [(pk,)] = ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
        "VALUES ('default', 'outbox.minute', '{\"timestamp\": 0}', 'failed') RETURNING id"
    )
    client = signed_in("hethong")
    assert "outbox.minute" in client.get(PAGE).content.decode()

    client.post(f"{PAGE}viec/{pk}/thu-lai/")

    assert ask("SELECT status::text FROM procrastinate_jobs WHERE id = %s", pk) == [("todo",)]


def held_by(worker, *, beat, attempts=0):
    """A job in the hands of a worker that gave its last sign of life `beat` seconds ago."""
    [(worker_id,)] = ask(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id", beat
    )
    [(pk,)] = ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts) "
        "VALUES ('default', 'tests', '{}', 'doing', %s, %s) RETURNING id",
        worker_id, attempts,
    )  # fmt: skip
    return worker_id, pk


def status(pk):
    return ask("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", pk)[0]


def test_only_jobs_of_workers_without_a_sign_of_life_are_given_anew():
    _dead, lost = held_by("dead", beat=60)
    _alive, kept = held_by("alive", beat=2)

    assert recover(20) == [lost]
    assert status(lost) == ("todo", 1)
    assert status(kept) == ("doing", 0)


def test_a_job_that_took_its_workers_down_too_often_is_given_up():
    _dead, lost = held_by("dead", beat=60, attempts=MOST_TRIES)

    recover(20)

    assert status(lost)[0] == "failed"
    assert queue.figures().failed == 1


def test_a_worker_that_ends_gives_back_its_own_jobs_and_the_try_does_not_count():
    mine, held = held_by("mine", beat=0)
    _other, kept = held_by("other", beat=0)

    assert give_back(mine) == [held]
    assert status(held) == ("todo", 0)
    assert status(kept) == ("doing", 0)
