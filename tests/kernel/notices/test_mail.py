"""Mail over a real SMTP server: what it says, when it waits, what happens when the server is in trouble."""

import datetime
import smtplib

import pytest
from django.db import connection

from hoidong.kernel import notices
from hoidong.kernel.notices import choosing, mailing
from hoidong.kernel.notices.jobs.daily import digest
from hoidong.kernel.notices.models import Mail, Notice
from hoidong.kernel.outbox.draining import drain

from .conftest import at

pytestmark = pytest.mark.django_db
SECRET = "Nguyễn Thị Bí Mật phản ánh đường ngập"


@pytest.fixture
def clerk(actor):
    """The clerk, with an address."""
    clerk = actor("xa")
    clerk.account.email = "xa@example.vn"
    clerk.account.save()
    return clerk


def tell(*people, kind="tests.mail"):
    return notices.tell(people, kind=kind, text=SECRET, url="/cu-tri/12/")


def waiting_until():
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name LIKE 'notices.%%' AND status = 'todo'", [])
        return [when for (when,) in cursor]


def test_a_mail_says_the_kind_and_the_link_and_nothing_of_the_case(clerk, postman, midday):
    [notice] = tell(clerk)
    assert drain() == 1

    [(address, subject, text)] = postman.texts()
    assert address == "xa@example.vn"
    assert subject == "[Hội đồng số] Kiến nghị được chuyển đến"
    assert text.count(f"https://hoidong.example/thong-bao/{notice.pk}/") == 2
    assert "Bí Mật" not in text
    assert "ngập" not in text
    assert "cu-tri" not in text
    [(_to, message)] = postman.mails
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    notice.refresh_from_db()
    assert notice.mailed_at == midday


def test_a_mail_is_sent_once_though_its_job_runs_twice(clerk, postman, midday):
    [notice] = tell(clerk)
    drain()
    mailing.send_now(notice.pk, midday)

    assert len(postman.mails) == 1


def test_a_notice_that_was_read_in_the_meantime_is_not_mailed(clerk, postman, midday):
    tell(clerk)
    notices.mark_read(clerk)
    drain()

    assert postman.mails == []


def test_a_person_without_an_address_gets_the_notice_in_the_app_only(clerk, actor, postman, midday):
    other = actor("xa2")
    other.account.email = ""
    other.account.save()
    tell(other)
    drain()

    assert postman.mails == []
    assert notices.unread_count(other) == 1


def test_mail_waits_for_the_end_of_the_quiet_hours(clerk, postman, night, monkeypatch):
    tell(clerk)
    drain()
    assert postman.mails == []
    morning = datetime.datetime(2026, 11, 24, 6, 30, tzinfo=night.tzinfo)
    assert waiting_until() == [morning]

    at(monkeypatch, 6, 31, day=24)
    drain()
    assert len(postman.mails) == 1


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "until"),
    [
        ((21, 0), (6, 30), 20, None),
        ((21, 0), (6, 30), 21, (24, 6, 30)),
        ((21, 0), (6, 30), 3, (23, 6, 30)),
        ((21, 0), (6, 30), 7, None),
        ((12, 0), (13, 30), 12, (23, 13, 30)),
        ((12, 0), (13, 30), 14, None),
        ((8, 0), (8, 0), 8, None),
        ((8, 0), (8, 0), 20, None),
    ],
)
def test_quiet_hours_may_pass_midnight_and_may_be_none(clerk, monkeypatch, begins, ends, hour, until):
    choosing.choose(clerk, {}, begins=datetime.time(*begins), ends=datetime.time(*ends))
    now = at(monkeypatch, hour, 0)

    expected = until and now.replace(day=until[0], hour=until[1], minute=until[2])
    assert mailing.quiet_until(clerk.account.pk, now) == expected


def test_an_address_the_server_refuses_is_not_tried_again(clerk, postman, midday):
    postman.refused.add("xa@example.vn")
    [notice] = tell(clerk)
    drain()

    notice.refresh_from_db()
    assert notice.mail == Mail.REFUSED
    assert notice.mailed_at is None
    assert waiting_until() == []


def test_a_server_in_trouble_leaves_the_mail_for_the_next_try(clerk, postman, midday):
    postman.broken = True
    [notice] = tell(clerk)
    with pytest.raises(smtplib.SMTPException):
        drain()

    postman.broken = False
    assert mailing.send_now(notice.pk, midday) is None
    assert len(postman.mails) == 1


def test_the_digest_is_one_mail_a_person_with_counts_and_no_words_of_cases(clerk, actor, postman, monkeypatch):
    now = at(monkeypatch, 7, 0)
    other = actor("xa2")
    other.account.email = "xa2@example.vn"
    other.account.save()
    choosing.choose(clerk, {"tests.app": "digest"}, begins=datetime.time(21), ends=datetime.time(6))
    tell(clerk, other, kind="tests.digest")
    tell(clerk, kind="tests.digest")
    tell(clerk, other, kind="tests.app")
    assert drain() == 0

    digest.run(now)
    assert drain() == 2

    found = {address: (subject, text) for address, subject, text in postman.texts()}
    assert set(found) == {"xa@example.vn", "xa2@example.vn"}
    subject, text = found["xa@example.vn"]
    assert "3 thông báo chưa đọc" in subject
    assert "Kiến nghị có trả lời: 2" in text
    assert "Việc mới: 1" in text
    assert "Bí Mật" not in text
    digest.run(now)
    assert drain() == 0


def test_what_was_read_before_the_morning_is_left_out_of_the_digest(clerk, postman, monkeypatch):
    now = at(monkeypatch, 7, 0)
    tell(clerk, kind="tests.digest")
    notices.mark_read(clerk)

    digest.run(now)

    assert drain() == 0
    assert not Notice.objects.filter(mail=Mail.DIGEST).exists()
