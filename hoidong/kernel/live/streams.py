"""The stream of server-sent events."""

import asyncio
import time

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import Http404, StreamingHttpResponse
from django.views.decorators.http import require_GET

from .listening import EVERYTHING, THE_END, hub
from .telling import topics_for

BEAT = 15.0  # seconds between signs of life, for proxies that close what is silent
LIFE = 600.0  # seconds until a stream ends and the page connects anew, so that rights are asked again
AGAIN = 3000  # milliseconds the page waits before it connects anew


@require_GET
async def stream(request):
    """The changes of the topics named by `kenh` (all of the actor's own, if none): `event: change`, data the topic.

    A topic that is not the actor's answers 404, like a page that is not there.
    """
    own = topics_for(request.actor)
    asked = set(request.GET.getlist("kenh")) or own
    if not own or not asked <= own:
        raise Http404
    return_after = "Last-Event-ID" in request.headers
    response = StreamingHttpResponse(_events(sorted(asked), missed=return_after), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    # Nginx would keep the events together until its buffer is full; compression would too.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Content-Encoding"] = "identity"
    return response


async def _events(topics, *, missed):
    """Text of the stream until its life ends, the page leaves, or the server does."""
    # The connection that asked who signs in would stay open as long as the stream.
    await sync_to_async(connections.close_all)()
    listening = hub()
    queue = listening.join(topics)
    ends_at = time.monotonic() + LIFE
    try:
        yield f"retry: {AGAIN}\nid: 1\nevent: ready\ndata: \n\n"
        if missed:
            yield _changes(topics)
        while (left := ends_at - time.monotonic()) > 0:
            try:
                topic = await asyncio.wait_for(queue.get(), min(BEAT, left))
            except TimeoutError:
                yield ": beat\n\n"
                continue
            if topic is THE_END:
                return
            yield _changes(topics if topic is EVERYTHING else [topic])
    finally:
        listening.leave(queue)


def _changes(topics):
    return "".join(f"event: change\ndata: {topic}\n\n" for topic in topics)
