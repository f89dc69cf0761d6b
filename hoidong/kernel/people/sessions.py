"""The sessions of an account: where one is signed in, and ending them. A session ended is signed out at its next click."""

import re

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from ..base import dates

SEEN_EVERY = 300  # seconds between two notes of when a session was last used
_KEY = "people.seen"
_BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def note_seen(request):
    """Note, at most every few minutes, that the session is in use and from where. Costs nothing in between."""
    now = dates.now().timestamp()
    if now - request.session.get(_KEY, 0) < SEEN_EVERY:
        return
    request.session[_KEY] = int(now)
    if request.session.session_key is None:
        return
    address = get_adapter(request).get_client_ip(request)
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=dates.now(), ip=address)


def sessions_of(account, current_key=""):
    """The living sessions of an account, the latest used first; each says `device` and whether it `is_this`."""
    found = UserSession.objects.purge_and_list(account)
    for session in found:
        session.device = device_of(session.user_agent)
        session.is_this = session.session_key == current_key
    return sorted(found, key=lambda one: (not one.is_this, -one.last_seen_at.timestamp()))


def end_all(account, besides=""):
    """End every session of an account, except the one with this key."""
    for session in UserSession.objects.filter(user=account).exclude(session_key=besides or None):
        session.end()


def device_of(user_agent):
    """`Chrome trên Windows`, as far as it can be told."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), None)
    machine = next((name for mark, name in _MACHINES if re.search(mark, user_agent)), None)
    if browser and machine:
        return _("%(browser)s trên %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("Thiết bị không rõ")
