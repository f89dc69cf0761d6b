"""Puts the acting person on every request, and leads people to what must be settled before they work."""

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.shortcuts import redirect
from django.urls import reverse

from .actors import actor_for

SESSION_POST = "people.post"


class ActorMiddleware:
    """Sets `request.actor` (None for strangers). Works sync and async, so that live streams stay async."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request):
        if iscoroutinefunction(self):
            return self._later(request)
        request.actor = _actor(request)
        return _detour(request) or self.get_response(request)

    async def _later(self, request):
        request.actor = await sync_to_async(_actor)(request)
        return await sync_to_async(_detour)(request) or await self.get_response(request)


def _actor(request):
    account = request.user
    if not account.is_authenticated:
        return None
    return actor_for(account, request.session.get(SESSION_POST))


def _detour(request):
    """A first password must be changed, a second factor set up, before anything else."""
    from .steps import next_step

    step = next_step(request)
    return redirect(f"{reverse(step)}?next={request.get_full_path()}") if step else None
