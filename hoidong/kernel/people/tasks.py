"""The worker's part of people: the mail of a forgotten password."""

from procrastinate.contrib.django import app

from ..outbox.tasks import PATIENT
from . import forgotten


@app.task(name="people.mail_link", retry=PATIENT)
def mail_link(sealed):
    """Send the link to a sealed address, if it is somebody's."""
    forgotten.send(sealed)
