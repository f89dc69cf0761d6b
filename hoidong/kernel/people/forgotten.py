"""A forgotten password: who asks writes an address, the worker looks whether it is somebody's and sends the link.

What the worker is handed is sealed: neither the queue nor a log shows who forgot a password.
"""

import smtplib

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from ..base.language import in_vietnamese
from . import sealing
from .models import Account

_PURPOSE = "people.forgotten"
_TEMPLATE = "account/email/password_reset_key"


def ask(address):
    """Let the worker send a link to an address, known or not. The same work either way."""
    from .tasks import mail_link

    mail_link.defer(sealed=sealing.seal(_PURPOSE, address))


def send(sealed):
    """Mail a link to each account with this address; nobody is told where there is none. Called by the worker.

    Raises what the mail server says, to be tried again, unless it refuses the address for good.
    """
    address = sealing.open_sealed(_PURPOSE, sealed)
    # The letter goes to the address on record, not to the one that was typed.
    for account in Account.objects.filter(email__iexact=address, is_active=True).order_by("pk"):
        _mail(account)


@in_vietnamese
def _mail(account):
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    # The address of the site comes from the settings, never from the request: nobody steers the link elsewhere.
    context = {"username": account.username, "password_reset_url": settings.SITE_URL + path}
    subject, body = (render_to_string(f"{_TEMPLATE}_{part}.txt", context).strip() for part in ("subject", "message"))
    try:
        EmailMessage(subject, body, to=[account.email], headers={"Auto-Submitted": "auto-generated"}).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if any(code < 500 for code, _words in refusal.recipients.values()):
            raise
