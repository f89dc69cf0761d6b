"""Too many wrong passwords: what is counted, and the page that says when to try again.

Counted are the account and the address together, so that nobody can lock somebody else out from elsewhere.
"""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.shortcuts import render
from django.utils import timezone

from .signing_in import account_named


def tried_name(request, credentials=None):
    """The account somebody tries to sign in to: the same one by user name, by e-mail, in small and capital letters."""
    given = credentials or {}
    text = given.get("username") or given.get("email") or given.get(settings.AXES_USERNAME_FORM_FIELD) or ""
    if not text and request is not None:
        text = request.POST.get("login", "")
    account = account_named(text)
    return account.username if account else text.strip().lower()[:150] or None


def locked_out(request, *_given):
    """The page of a lock-out: it says until when it lasts, whether or not such an account exists."""
    name = tried_name(request, getattr(request, "axes_credentials", None))
    address = getattr(request, "axes_ip_address", None)
    last = AccessAttempt.objects.filter(username=name, ip_address=address).order_by("-attempt_time").first()
    until = (last.attempt_time if last else timezone.now()) + settings.AXES_COOLOFF_TIME
    # The minute is rounded up: at the time the page names, the door is open.
    until = (until + timedelta(seconds=59)).replace(second=0, microsecond=0)
    context = {"until": until, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "people/locked_out.html", context, status=429)
