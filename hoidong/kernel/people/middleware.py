"""Puts the acting person on every request, and leads people to what must be settled before they work."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .actors import actor_for
from .models import Account

SESSION_POST = "people.post"


class ActorMiddleware:
    """Sets `request.actor` (None for strangers)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = _actor(request)
        return _detour(request) or self.get_response(request)


def _actor(request):
    account = request.user
    if not account.is_authenticated:
        return None
    from .sessions import note_seen

    note_seen(request)
    return actor_for(account, request.session.get(SESSION_POST))


def _detour(request):
    """The platform must be founded, a first password changed, a second factor set up, before anything else."""
    from .steps import next_step

    if request.actor is None:
        return redirect("people:first_run") if _unfounded(request) else None
    step = next_step(request)
    return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}") if step else None


_ALWAYS_OPEN = ("/bat-dau/", "/static/", "/khoe/", "/giao-dien")


class _Founded:
    """Whether an account was ever seen: asked of the database until the answer is yes, then never again."""

    known = False


def _unfounded(request):
    if _Founded.known or not settings.FIRST_RUN or request.path.startswith(_ALWAYS_OPEN):
        return False
    _Founded.known = Account.objects.exists()
    return not _Founded.known
