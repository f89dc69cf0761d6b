"""What a person must settle right after signing in: the first password, the second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .roles import ROLES

# Addresses that stay open while something is to be settled.
_OPEN = ("/tai-khoan/", "/static/", "/giao-dien", "/khoe/")
_FACTOR = "people.factor"


def next_step(request):
    """The url name to settle first, or None."""
    actor = request.actor
    if actor is None or request.path.startswith(_OPEN):
        return None
    if actor.account.must_change_password:
        return "account_change_password"
    if settings.SECOND_FACTOR_REQUIRED and needs_factor(actor) and not _has_factor(request):
        return "mfa_activate_totp"
    return None


def needs_factor(actor):
    """Whether one of the posts a person may act in, own or delegated, asks for more than a password."""
    return any(ROLES[post.role].asks_factor_at(post.unit) for post in actor.posts)


def _has_factor(request):
    # Asked once for each session: the answer is kept there. The last factor cannot be given up (FactorAdapter).
    if not request.session.get(_FACTOR):
        request.session[_FACTOR] = is_mfa_enabled(request.user)
    return request.session[_FACTOR]
