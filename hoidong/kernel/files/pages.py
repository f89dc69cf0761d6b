"""Sending a file."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from . import access, judging
from .models import StoredFile


@login_not_required
@require_safe
def show(request, pk, name):
    """The file, for whom a rule allows it; for all others it is not there. Only PDF and pictures open in the browser."""
    stored = get_object_or_404(StoredFile, pk=pk, name=name)
    if not access.may_see(request.actor, stored):
        raise Http404
    return answer(stored.read(), stored.media_type, stored.name)


def answer(content, media_type, name):
    """A response with a file in it: never guessed at by the browser, never kept by anything in between."""
    way = "inline" if media_type in judging.INLINE else "attachment"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
