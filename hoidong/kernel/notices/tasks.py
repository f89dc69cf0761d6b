"""The worker's part of notices: mail."""

from procrastinate.contrib.django import app

from ..base import dates
from ..outbox.tasks import PATIENT
from . import mailing


@app.task(name="notices.mail_now", retry=PATIENT)
def mail_now(notice_id):
    """Mail one notice, or come back when the quiet hours end."""
    if later := mailing.send_now(notice_id, dates.now()):
        mail_now.configure(schedule_at=later).defer(notice_id=notice_id)


@app.task(name="notices.mail_digest", retry=PATIENT)
def mail_digest(account_id):
    """Mail one person's digest, or come back when the quiet hours end."""
    if later := mailing.send_digest(account_id, dates.now()):
        mail_digest.configure(schedule_at=later).defer(account_id=account_id)
