"""Notices by mail. A mail says what kind of thing happened and where to read it, never what was written: no personal
data leaves the house. It goes out over SMTP from the queue, outside the person's quiet hours."""

import datetime
import smtplib
from collections import Counter

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..base import dates
from .kinds import label_of
from .models import QUIET_FROM, QUIET_TO, Mail, Notice, QuietHours


def quiet_until(account_id, now):
    """The end of the quiet hours a person is in, or None outside them."""
    chosen = QuietHours.objects.filter(pk=account_id).first()
    begins, ends = (chosen.begins, chosen.ends) if chosen else (QUIET_FROM, QUIET_TO)
    local = timezone.localtime(now)
    quiet = begins <= local.time() < ends if begins <= ends else not ends <= local.time() < begins
    if not quiet:
        return None
    end = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > local else end + datetime.timedelta(days=1)


def queue_now(notices):
    """One job for each notice that is to be mailed at once; one statement."""
    from .tasks import mail_now

    waiting = [{"notice_id": notice.pk} for notice in notices if notice.mail == Mail.NOW]
    if waiting:
        mail_now.batch_defer(*waiting)


def queue_digests():
    """One job for each person who has unread notices in the digest; what was read by now is left out for good."""
    from .tasks import mail_digest

    waiting = Notice.objects.filter(mail=Mail.DIGEST, mailed_at=None)
    waiting.exclude(read_at=None).update(mail=Mail.NONE)
    accounts = waiting.order_by("account").values_list("account", flat=True).distinct()
    if accounts := [{"account_id": pk} for pk in accounts]:
        mail_digest.batch_defer(*accounts)


@transaction.atomic
def send_now(notice_id, now):
    """Mail one notice. Returns the moment to come back at when the person wants no mail now.

    It is marked after the server took it, in the same transaction: a mail may come twice when we fall in between, it
    is never lost. An address the server refuses for good is not tried again.
    """
    found = Notice.objects.select_for_update(of=("self",)).select_related("account")
    notice = found.filter(pk=notice_id, mail=Mail.NOW, mailed_at=None).first()
    if notice is None or not _can_get_mail(notice.account) or notice.read_at:
        return None
    if later := quiet_until(notice.account_id, now):
        return later
    link = settings.SITE_URL + reverse("notices:open", args=[notice.pk])
    with translation.override(settings.LANGUAGE_CODE):
        subject = str(label_of(notice.kind))
        took = _send(notice.account.email, subject, "notice", {"subject": subject, "link": link})
    notice.mail, notice.mailed_at = (Mail.NOW, dates.now()) if took else (Mail.REFUSED, None)
    notice.save(update_fields=["mail", "mailed_at"])
    return None


@transaction.atomic
def send_digest(account_id, now):
    """Mail a person how many notices of each kind wait. Returns the moment to come back at during quiet hours."""
    waiting = Notice.objects.select_for_update(of=("self",)).select_related("account")
    notices = list(waiting.filter(account=account_id, mail=Mail.DIGEST, mailed_at=None, read_at=None).order_by("pk"))
    if not notices or not _can_get_mail(notices[0].account):
        return None
    if later := quiet_until(account_id, now):
        return later
    with translation.override(settings.LANGUAGE_CODE):
        rows = [(label_of(kind), count) for kind, count in Counter(notice.kind for notice in notices).most_common()]
        subject = ngettext("%(count)s thông báo chưa đọc", "%(count)s thông báo chưa đọc", len(notices)) % {
            "count": len(notices)
        }
        link = settings.SITE_URL + reverse("notices:list")
        took = _send(notices[0].account.email, subject, "digest", {"subject": subject, "rows": rows, "link": link})
    keys = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=keys).update(**({"mailed_at": dates.now()} if took else {"mail": Mail.REFUSED}))
    return None


def _can_get_mail(account):
    return account.is_active and account.email


def _send(address, subject, template, context):
    """True when the server took the mail, False when it refuses this address; other troubles are raised and tried again."""
    context = context | {"site": settings.SITE_URL, "choices": settings.SITE_URL + reverse("notices:choices")}
    mail = EmailMultiAlternatives(
        f"[{_('Hội đồng số')}] {subject}", render_to_string(f"notices/mail/{template}.txt", context), to=[address]
    )
    # Says to other servers that nobody wrote this, so that no absence answer comes back.
    mail.extra_headers = {"Auto-Submitted": "auto-generated"}
    mail.attach_alternative(render_to_string(f"notices/mail/{template}.html", context), "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _words in refusal.recipients.values()):
            return False
        raise
    return True
