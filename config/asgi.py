"""The web process: `uvicorn config.asgi:application`."""

import gc
import os
from functools import partial

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.urls import get_resolver

from . import database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Pages(ASGIHandler):
    """Runs a page in one thread, from its first middleware to its answer; only bodies that stream run in the event loop.

    Django's own handler goes from the loop to the thread and back at every middleware: some twenty times a page, each with
    a wait for its turn when many pages are asked for at once.
    """

    def load_middleware(self, is_async=False):
        """The chain of middleware, always the synchronous one."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request):
        """The answer to a request, made in the request's own thread."""
        response = await sync_to_async(self.get_response, thread_sensitive=True)(request)
        if response.streaming and not response.is_async:
            response.streaming_content = _in_pieces(response.streaming_content)
        return response


async def _in_pieces(pieces):
    """A file piece by piece, as the network takes them; Django would read the whole of it into memory first."""
    following = sync_to_async(partial(next, iter(pieces), None), thread_sensitive=True)
    while (piece := await following()) is not None:
        yield piece


django.setup(set_prefix=False)
database.share_connections(settings.DATABASES)
application = Pages()
get_resolver().url_patterns  # noqa: B018 - every page's code is read now and not while the first person waits
# It stays as long as the process: to look it over for waste again and again would hold a page up for a twentieth of a second.
gc.collect()
gc.freeze()
