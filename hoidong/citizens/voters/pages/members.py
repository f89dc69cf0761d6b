"""The petitions of a deputy's constituency, thumb first: the list, the record, following, adding words."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hoidong.kernel import deadlines
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui import htmx, toasts

from .. import looks, timeline
from ..counting import tallies_of
from ..members import actions, queries
from ..models import Petition
from ..queries import view_named
from ..rounds.rules import is_deputy
from .records import shown_reply
from .tabs import tabs_of


class WordForm(forms.Form):
    """What a deputy adds."""

    words = forms.CharField(
        label=gettext_lazy("Thêm lời của đại biểu"), max_length=actions.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Văn phòng Hội đồng nhân dân đọc được. Không ghi họ tên, điện thoại của cử tri."),
    )  # fmt: skip


@require_GET
def petitions(request):
    """One page of one view of the constituency's petitions."""
    actor, on = request.actor, dates.today()
    if not is_deputy(actor):
        raise Http404
    views = queries.views_for(actor, on)
    view = view_named(views, request.GET.get("xem", ""))
    words = text.nfc(request.GET.get("tu-khoa", "").replace("\x00", ""))[:100]
    page = queries.listed(actor, view=view, words=words, after=request.GET.get("trang"))
    tabs = tabs_of(request, views, tallies_of(queries.petitions_for(actor), views), view)
    calendar = deadlines.current()
    for petition in page:
        petition.look = looks.look_of(petition, on)
        petition.days = looks.days_left(petition, on, calendar)
        petition.answered_word = looks.answered_word(petition)
        petition.promise_days = (petition.promised_on - on).days if petition.promised_on else None
    context = {"page": page, "tabs": tabs, "view": view, "words": words, "placed": bool(queries.constituency_of(actor))}
    return htmx.render(request, "voters/member/petitions.html", context, part="voters/member/_petitions.html")


def _found(request, pk):
    try:
        return queries.record(request.actor, pk)
    except Petition.DoesNotExist as error:
        raise Http404 from error


@require_GET
def petition(request, pk):
    """One petition: the words, where it stands, the reply and the promise, what deputies added."""
    return _page(request, _found(request, pk), WordForm())


def _page(request, found, form, status=200):
    on = dates.today()
    context = {
        "petition": found,
        "look": looks.look_of(found, on),
        "days": looks.days_left(found, on),
        "answers": [shown_reply(reply) for reply in found.answers.all()],
        "entries": timeline.of(found),
        "follows": queries.follows(request.actor, found),
        "said": found.deputy_words.all(),
        "form": form,
    }
    return render(request, "voters/member/petition.html", context, status=status)


@require_POST
def follow(request, pk):
    """Follow a petition, or stop."""
    found = _found(request, pk)
    if request.POST.get("bo"):
        actions.unfollow(found, by=request.actor)
        toasts.add(request, _("Đã bỏ theo dõi kiến nghị %(number)s.") % {"number": found})
    else:
        actions.follow(found, by=request.actor)
        toasts.add(request, _("Đang theo dõi kiến nghị %(number)s. Có chuyển biến, Ông/Bà được báo.") % {"number": found})
    return redirect("voters:member_petition", found.pk)


@require_POST
def say(request, pk):
    """Add words; what was typed stays when it is refused."""
    found = _found(request, pk)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            actions.say(found, form.cleaned_data["words"], by=request.actor)
        except Refused as refusal:
            form.add_error("words", refusal.reason)
        else:
            toasts.add(request, _("Đã gửi lời của Ông/Bà đến văn phòng."))
            return redirect("voters:member_petition", found.pk)
    return _page(request, found, form, status=422)
