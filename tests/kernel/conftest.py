"""A mail server of our own, for every part of the kernel that writes letters."""

import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller


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
            (
                to[0],
                message["subject"].strip(),
                "\n".join(part.get_content() for part in message.iter_parts()) or message.get_content(),
            )
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
