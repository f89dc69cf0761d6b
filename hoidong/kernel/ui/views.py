"""The page where a person chooses print size, light or dark, density and language. No account and no script needed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from . import appearance, language, toasts

LABELS = {
    "size": (
        _("Cỡ chữ"),
        {"normal": _("Thường"), "large": _("Lớn"), "larger": _("Rất lớn")},
    ),
    "light": (
        _("Sáng tối"),
        {"auto": _("Theo máy"), "light": _("Sáng"), "dark": _("Tối")},
    ),
    "density": (
        _("Khoảng cách dòng"),
        {"normal": _("Thường"), "compact": _("Sít, nhiều dòng hơn")},
    ),
}


@login_not_required
@require_http_methods(["GET", "POST"])
def look(request):
    """GET shows the choices; POST keeps them for a year in this browser and goes back to `next`."""
    back = _safe_next(request)
    chosen = appearance.read(request)
    if request.method == "POST":
        chosen |= {what: value for what, values in appearance.CHOICES.items() if (value := request.POST.get(what)) in values}
        toasts.add(request, _("Đã đổi giao diện trên máy này."))
        response = HttpResponseRedirect(back, status=303)
        appearance.keep(response, chosen, secure=request.is_secure())
        language.keep(response, request.POST.get("language"), secure=request.is_secure())
        return response
    groups = [
        {
            "name": what,
            "label": label,
            "options": [{"value": v, "label": w, "on": chosen[what] == v} for v, w in words.items()],
        }
        for what, (label, words) in LABELS.items()
    ]
    return render(request, "ui/look.html", {"groups": groups, "next": back})


@login_not_required
@csrf_exempt  # public pages carry no token; `language.switch` looks at where the form came from
@require_POST
def choose_language(request):
    """The switch on public pages and in one's account: keep the language, go back to `next`."""
    return language.switch(request, _safe_next(request))


def _safe_next(request):
    target = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if allowed else "/"
