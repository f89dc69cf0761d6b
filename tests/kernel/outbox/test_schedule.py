"""The folder is the schedule: once a period, caught up later the same day, tried again after a failure."""

import datetime
import types
from zoneinfo import ZoneInfo

import pytest

from hoidong.kernel.outbox import schedule
from hoidong.kernel.outbox.models import JobRun

pytestmark = pytest.mark.django_db
DAILY = "tests.kernel.outbox.made_up.daily"
MINUTELY = "tests.kernel.outbox.made_up.minutely"


def at(hour, minute=0, day=23):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def ran(monkeypatch):
    """Two made-up jobs; the list tells which ran. `ran.broken` makes them fail."""
    found = types.SimpleNamespace(names=[], broken=False)

    def job(name, **more):
        def run(now):
            found.names.append(name)
            if found.broken:
                raise ValueError("nội dung hồ sơ")

        return types.SimpleNamespace(run=run, **more)

    modules = {DAILY: job("daily", HOUR=7), MINUTELY: job("minutely")}
    monkeypatch.setattr(schedule, "jobs", lambda: (("daily", DAILY), ("minutely", MINUTELY)))
    monkeypatch.setattr(schedule, "importlib", types.SimpleNamespace(import_module=modules.__getitem__))
    return found


def test_a_daily_job_waits_for_its_hour_in_viet_nam(ran):
    schedule.run_due(at(6, 59))
    assert ran.names == ["minutely"]

    schedule.run_due(at(7, 0))
    assert ran.names == ["minutely", "daily", "minutely"]


def test_a_daily_job_runs_once_a_day_and_is_caught_up_when_the_worker_was_down(ran):
    schedule.run_due(at(15, 30))
    schedule.run_due(at(15, 31))
    schedule.run_due(at(8, 0, day=24))

    assert ran.names.count("daily") == 2


def test_a_minutely_job_runs_once_a_minute(ran):
    schedule.run_due(at(3, 5))
    schedule.run_due(at(3, 5))

    assert ran.names == ["minutely"]


def test_a_job_that_failed_does_not_stop_the_others_and_is_tried_again_after_a_quarter_of_an_hour(ran):
    ran.broken = True
    schedule.run_due(at(7, 0))
    assert ran.names == ["daily", "minutely"]
    run = JobRun.objects.get(name=DAILY)
    assert "ValueError" in run.error
    assert "hồ sơ" not in run.error

    ran.broken = False
    JobRun.objects.filter(pk=run.pk).update(at=at(7, 0))
    schedule.run_due(at(7, 14))
    assert ran.names.count("daily") == 1

    schedule.run_due(at(7, 16))
    assert ran.names.count("daily") == 2
    assert JobRun.objects.get(pk=run.pk).error == ""


def test_the_jobs_of_the_kernel_are_found_in_their_folders():
    assert ("daily", "hoidong.kernel.outbox.jobs.daily.tidy") in schedule.jobs()
    assert ("daily", "hoidong.kernel.notices.jobs.daily.digest") in schedule.jobs()
