"""One's own page: posts, password, second factor, sessions, what was delegated."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...base import dates
from ...base.errors import Refused
from ...ui import toasts
from ...ui.looks import Look
from .. import actions, delegating, sessions
from ..forms import DelegationForm
from ..models import Delegation

WAITING = Look("soon", "soon", lazy("Chưa đến ngày"))
RUNNING = Look("ok", "good", lazy("Đang có hiệu lực"))
OVER = Look("back", "calm", lazy("Đã hết"))
REVOKED = Look("no", "calm", lazy("Đã rút"))


@require_GET
def account(request):
    """Everything about one's own account, on one page."""
    person = request.actor.person
    context = {
        "account": request.user,
        "person": person,
        "posts": request.actor.posts,
        "factors": _factors(request.user),
        "sessions": sessions.sessions_of(request.user, request.session.session_key),
        "providers": get_social_adapter().list_providers(request),
        "connected": SocialAccount.objects.filter(user=request.user).exists(),
        "given": looked(delegating.given_by(person)[:20]) if person else [],
        "got": looked(delegating.got_by(person)[:20]) if person else [],
    }
    return render(request, "people/own/account.html", context)


def _factors(account):
    """What second factors an account has: application, number of keys, recovery codes left."""
    found = {"totp": False, "keys": 0, "codes": None}
    for authenticator in Authenticator.objects.filter(user=account):
        if authenticator.type == Authenticator.Type.TOTP:
            found["totp"] = True
        elif authenticator.type == Authenticator.Type.WEBAUTHN:
            found["keys"] += 1
        else:
            found["codes"] = len(authenticator.wrap().get_unused_codes())
    found["any"] = found["totp"] or found["keys"]
    return found


def looked(delegations):
    """Delegations with `look`, and `open` where they can still be taken back."""
    today = dates.today()
    found = list(delegations)
    for one in found:
        if one.revoked_at is not None:
            one.look = REVOKED
        elif one.ends_on < today:
            one.look = OVER
        else:
            one.look = WAITING if one.starts_on > today else RUNNING
        one.open = one.look in (WAITING, RUNNING)
    return found


@require_POST
def end_session(request, pk):
    """Sign out somewhere else. Another person's session is not there."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    toasts.add(request, _("Đã kết thúc phiên. Máy đó phải đăng nhập lại."))
    return redirect("people:account")


@require_POST
def end_other_sessions(request):
    """Sign out everywhere but here."""
    sessions.end_all(request.user, besides=request.session.session_key)
    toasts.add(request, _("Đã kết thúc mọi phiên khác."))
    return redirect("people:account")


@require_http_methods(["GET", "POST"])
def delegate(request):
    """Give one's post to a colleague for some days."""
    if request.actor.person is None:
        raise Http404
    form = DelegationForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.delegate(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã ủy quyền cho %(name)s đến hết ngày %(day)s.") % {
                "name": given.to_person.full_name, "day": dates.format_date(given.ends_on)})  # fmt: skip
            return redirect("people:account")
    return render(request, "people/own/delegate.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def revoke(request, pk):
    """Take a delegation back, or give it back."""
    delegation = Delegation.objects.select_related("post__unit__area").filter(pk=pk).first()
    person = request.actor.person
    if delegation is None or person is None or person.pk not in (delegation.post.person_id, delegation.to_person_id):
        raise Http404
    try:
        actions.revoke(delegation, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("Đã rút ủy quyền."))
    return redirect("people:account")
