"""A person's own notices: the list, the way to what each is about, the bell of the page, and what to hear of."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..base.paging import keyset, size_of
from ..ui import htmx, toasts
from ..ui.looks import Tab
from . import choosing, telling
from .forms import ChoicesForm
from .kinds import kinds_for, label_of


@require_GET
def notices(request):
    """Own notices, newest first; unread ones alone with ?xem=moi."""
    view = request.GET.get("xem", "")
    shown = telling.notices_for(request.actor)
    if view == "moi":
        shown = shown.filter(read_at=None)
    page = keyset(shown, order=("-id",), after=request.GET.get("trang"), size=size_of(request.GET.get("co", "")))
    for notice in page:
        notice.label = label_of(notice.kind)
    unread = telling.unread_count(request.actor)
    tabs = [
        Tab(_("Tất cả"), "?", current=view != "moi"),
        Tab(_("Chưa đọc"), "?xem=moi", count=unread, current=view == "moi"),
    ]
    context = {"page": page, "tabs": tabs, "view": view, "unread": unread}
    return htmx.render(request, "notices/list.html", context, part="notices/_list.html")


@require_GET
def open_notice(request, pk):
    """To what a notice is about; opening it is reading it. Another person's is not found."""
    notice = telling.notices_for(request.actor).filter(pk=pk).first()
    if notice is None:
        raise Http404
    telling.mark_read(request.actor, [notice.pk])
    return redirect(notice.url)


@require_POST
def mark_read(request):
    """Mark the notices picked, or all of them with `all`, as read."""
    picked = [int(pk) for pk in request.POST.getlist("chon") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    count = telling.mark_read(request.actor, None if "all" in request.POST else picked)
    toasts.add(request, ngettext("%(count)s thông báo đã đọc.", "%(count)s thông báo đã đọc.", count) % {"count": count})
    return htmx.redirect(request, reverse("notices:list"))


@require_GET
def bell(request):
    """The sign in the head of the page; it asks for itself again when something changed."""
    return render(request, "notices/_bell.html", {"unread": telling.unread_count(request.actor)})


@require_http_methods(["GET", "POST"])
def choices(request):
    """What to hear of and how; when to get no mail."""
    actor = request.actor
    form = ChoicesForm(request.POST or None, account=actor.account, kinds=kinds_for(actor))
    if request.method == "POST" and form.is_valid():
        choosing.choose(actor, form.chosen(), begins=form.cleaned_data["begins"], ends=form.cleaned_data["ends"])
        toasts.add(request, _("Đã ghi lựa chọn. Thông báo mới theo lựa chọn này."))
        return htmx.redirect(request, reverse("notices:choices"))
    context = {"form": form, "email": actor.account.email}
    return render(request, "notices/choices.html", context, status=422 if form.is_bound else 200)
