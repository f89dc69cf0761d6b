"""The web process: `uvicorn config.asgi:application`."""

import os

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

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
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


django.setup(set_prefix=False)
database.share_connections(settings.DATABASES)
application = Pages()
