"""A mail server of our own, and kinds of notices for tests."""

import datetime
import email
import email.policy
import socket
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from hoidong.kernel import notices
from hoidong.kernel.base import dates
from hoidong.kernel.notices import kinds
from hoidong.kernel.notices.models import Notice


class Postman:
    """Keeps what is handed in; refuses the addresses in `refused`."""

    def __init__(self):
        self.mails, self.refused, self.broken = [], set(), False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.broken:
            return "451 try later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos, message))
        return "250 OK"

    def texts(self):
        """(address, subject, everything the mail says) of each mail."""
        return [
            (to[0], message["subject"].strip(), "\n".join(part.get_content() for part in message.iter_parts()))
            for to, message in self.mails
        ]


@pytest.fixture
def postman(settings):
    """A real SMTP server on a free port; Django's own SMTP backend talks to it."""
    postman = Postman()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_URL = "https://hoidong.example"
    yield postman
    controller.stop()


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
