"""One's own account: posts, second factor, sessions, delegation."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..base.errors import Refused
from ..ui import toasts
from . import actions, queries, sessions
from .forms import DelegationForm
from .models import Delegation


@require_GET
def account(request):
    """Everything about one's own sign-in on one page."""
    actor = request.actor
    return render(request, "people/account.html", {
        "actor": actor, "posts": actor.posts, "factor": is_mfa_enabled(request.user),
        "sessions": sessions.of(request.user, request.session.session_key),
        "delegations": queries.delegations_of(actor) if actor.person else [],
        "may_delegate": bool(actor.post and not actor.delegated),
    })  # fmt: skip


@require_POST
def end_session(request, pk):
    """End one of one's own sessions, on a lost phone for example."""
    if not sessions.end(request.user, pk):
        raise Http404
    toasts.add(request, _("Đã kết thúc phiên đăng nhập."))
    return redirect("people:account")


@require_http_methods(["GET", "POST"])
def delegate(request):
    """Give the work of the present post to a colleague for some days."""
    actor = request.actor
    if actor.post is None or actor.delegated:
        raise Http404
    form = DelegationForm(request.POST or None, colleagues=queries.colleagues_of(actor, actor.unit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.delegate(actor.post, by=actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã ủy quyền."))
            return redirect("people:account")
    return render(request, "people/form.html", {
        "form": form, "title": _("Ủy quyền công việc"), "back": "people:account", "button": _("Ủy quyền"),
    }, status=422 if form.is_bound else 200)  # fmt: skip


@require_POST
def revoke(request, pk):
    """Take a delegation back."""
    found = get_object_or_404(Delegation.objects.select_related("post__person"), pk=pk, revoked_at=None)
    try:
        actions.revoke(found, by=request.actor)
    except Refused as refusal:
        raise Http404 from refusal
    toasts.add(request, _("Đã thôi ủy quyền."))
    return redirect("people:account")
