"""Kinds of notices for tests, and hours of the day."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from hoidong.kernel import notices
from hoidong.kernel.base import dates
from hoidong.kernel.notices import kinds
from hoidong.kernel.notices.models import Notice


@pytest.fixture(autouse=True)
def nothing_before(db):
    """The demo's story told people things too; here nobody was told anything yet, and nothing waits in the queue."""
    Notice.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(autouse=True)
def made_up_kinds(monkeypatch):
    """Three kinds, one for each way, beside the real ones."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    notices.register(
        notices.Kind("tests.app", "Việc mới"),
        notices.Kind("tests.mail", "Kiến nghị được chuyển đến", way=notices.Way.MAIL),
        notices.Kind("tests.digest", "Kiến nghị có trả lời", way=notices.Way.DIGEST),
        notices.Kind("tests.deputies", "Dành cho đại biểu", roles=("deputy",)),
    )


@pytest.fixture
def midday(monkeypatch):
    """Noon in Viet Nam: nobody's quiet hours."""
    return at(monkeypatch, 12, 0)


@pytest.fixture
def night(monkeypatch):
    """23:10 in Viet Nam."""
    return at(monkeypatch, 23, 10)


def at(monkeypatch, hour, minute, day=23):
    """Let the clock of the platform stand at this moment."""
    moment = datetime.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr(dates, "now", lambda: moment)
    return moment
