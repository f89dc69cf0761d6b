"""One address, one view: the whole page for a browser, only the changed part for htmx.

return htmx.render(request, "voters/desk/list.html", context, part="voters/desk/_rows.html")
"""

import json

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.utils.cache import patch_vary_headers

from . import toasts


def wants_part(request):
    """Whether htmx asked for a part of a page (not when it rebuilds a page from history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render(request, template, context=None, *, part=None, status=200):
    """The page, or for htmx only `part`. A form with errors is answered with status 422; htmx shows it all the same."""
    partly = part is not None and wants_part(request)
    response = render_page(request, part if partly else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return with_toasts(request, response) if partly else response


def redirect(request, url):
    """Go to `url` after something was done: a redirect, or for htmx its own header. Waiting toasts are shown there."""
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303) if request.method == "POST" else HttpResponseRedirect(url)


def done(request, *events):
    """Nothing to show but toasts; `events` are raised on the page so that parts listening to them load again."""
    return with_toasts(request, HttpResponse(status=204), *events)


def with_toasts(request, response, *events):
    """Put the waiting toasts, and `events`, into HX-Trigger of an htmx answer."""
    waiting = toasts.take(request)
    triggers = {event: True for event in events}
    if waiting:
        triggers["hd:toasts"] = waiting
    if triggers:
        # Headers are ASCII; json escapes every Vietnamese letter.
        response.headers["HX-Trigger"] = json.dumps(triggers)
    return response
