"""The language of the screens: Vietnamese, unless this browser chose another one. Kept in a cookie, with no account."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from . import appearance


class LanguageMiddleware:
    """Runs each request in the language of its cookie.

    What browsers ask for (Accept-Language) is not followed: offices buy machines in English and work in Vietnamese.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with override(chosen(request)):
            return _labelled(self.get_response(request), request)


def chosen(request):
    """The code of the language this browser chose, or of the language of the house."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def keep(response, code, *, secure=False):
    """Store the language in the browser for a year; a code nobody knows changes nothing."""
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=appearance.AGE, samesite="Lax", secure=secure, httponly=True
        )


def switch(request, back):
    """Answer to the small form of the language switch: keep the choice, go back to the address `back`.
    Raises PermissionDenied for a form of another site.

    Public pages carry no token, so that they can be cached. What a token proves is proven by the headers browsers add to
    every form they send: the form was on a page of this site.
    """
    if not _from_here(request):
        raise PermissionDenied
    response = HttpResponseRedirect(back, status=303)
    keep(response, request.POST.get("language"), secure=request.is_secure())
    return response


def _from_here(request):
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _labelled(response, request):
    response.headers.setdefault("Content-Language", chosen(request))
    patch_vary_headers(response, ("Cookie",))
    return response
