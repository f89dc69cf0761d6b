"""The first run: which area this is for, who is its first administrator; then the second factor is set up."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ...base.errors import Refused
from ...units import kinds
from ...units import queries as units
from .. import founding
from ..forms import FirstRunForm

_KINDS = tuple(kinds.PROVINCES | kinds.COMMUNES)


@sensitive_post_parameters("password", "again")
@login_not_required
@require_http_methods(["GET", "POST"])
def first_run(request):
    """First the area is looked for and chosen, then the administrator written down. Gone once there is an account."""
    if not founding.is_open():
        raise Http404
    if not founding.sits_at_the_server(request):
        return render(request, "people/first_run/elsewhere.html", status=403)
    area = units.at(request.GET.get("noi", "")) if request.GET.get("noi") else None
    if area is None or area.kind not in _KINDS:
        return _choose(request)
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("full_name", "username", "password", "email")}
        try:
            account = founding.found(area, **data)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, refusal.reason)
        else:
            return _sign_in(request, account)
    bodies = [row["name"] for row in founding.bodies_by_law(area)]
    context = {"area": area, "form": form, "bodies": bodies}
    return render(request, "people/first_run/administrator.html", context, status=422 if form.is_bound else 200)


def _choose(request):
    words = request.GET.get("q", "").strip()[:120]
    matches = units.search(words, kinds=_KINDS, limit=12) if words else []
    empty = units.nation() is None
    text = (
        ""
        if matches or not words
        else _("Không thấy nơi nào tên “%(words)s”. Gõ tên tỉnh, thành phố, xã, phường; tên cũ cũng được.")
    )
    context = {"words": words, "matches": matches, "nothing": text % {"words": words} if text else "", "empty": empty}
    return render(request, "people/first_run/area.html", context)


def _sign_in(request, account):
    record_authentication(request, account, "password", username=account.username)
    return perform_login(request, Login(user=account, redirect_url=reverse("mfa_activate_totp")))
