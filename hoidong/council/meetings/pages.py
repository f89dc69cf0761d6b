"""Pages of terms and sessions: find, act, show."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui import htmx, toasts
from hoidong.kernel.units import queries as units

from . import actions, forms, queries, rules


@require_GET
def sessions(request):
    """The sessions of the own council and the province's, newest first."""
    council = _own_council(request)
    page = paging.keyset(
        queries.sessions_for(request.actor).order_by("-opens_on", "-id"),
        order=("-opens_on", "-id"),
        after=request.GET.get("trang"),
    )
    term = queries.term_on(council) if council else None
    context = {
        "page": page, "council": council, "term": term, "today": dates.today(),
        "may": council is not None and rules.may_plan(request.actor, council),
    }  # fmt: skip
    return htmx.render(request, "meetings/sessions.html", context, part="meetings/_sessions.html")


@require_http_methods(["GET", "POST"])
def new_term(request):
    """Begin a term of the own council."""
    council = _own_council(request, plan=True)
    return _take(
        request,
        forms.TermForm(request.POST or None),
        _("Nhiệm kỳ mới"),
        lambda data: actions.open_term(council, by=request.actor, **data),
    )


@require_http_methods(["GET", "POST"])
def new_session(request):
    """Plan the next session."""
    council = _own_council(request, plan=True)
    term = queries.term_on(council)
    if term is None:
        toasts.add(request, _("Lập nhiệm kỳ trước, rồi lập kỳ họp."), tone="soon")
        return redirect("meetings:new_term")
    form = forms.SessionForm(request.POST or None, initial={"number": queries.next_number(term)})
    return _take(request, form, _("Kỳ họp mới"), lambda data: actions.open_session(term, by=request.actor, **data))


@require_http_methods(["GET", "POST"])
def session(request, pk):
    """One session: its days and place, to change where the person may."""
    found = get_object_or_404(queries.sessions_for(request.actor), pk=pk)
    if not rules.may_plan(request.actor, found.council):
        return render(request, "meetings/session.html", {"session": found})
    kept = {"opens_on": found.opens_on, "closes_on": found.closes_on, "place": found.place}
    form = forms.SessionDaysForm(request.POST or None, initial=kept)
    return _take(request, form, found.name, lambda data: actions.change_session(found, by=request.actor, **data))


def _take(request, form, title, act):
    """Show a form, or act on it; what was typed stays when it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã lưu."))
            return redirect("meetings:sessions")
    return render(request, "meetings/form.html", {"form": form, "title": title}, status=422 if form.is_bound else 200)


def _own_council(request, *, plan=False):
    """The council of the actor's area; 404 where there is none, or the person may not plan there."""
    if request.actor is None or request.actor.unit is None:
        raise Http404
    council = units.body_of(request.actor.unit.area, "council")
    if plan and (council is None or not rules.may_plan(request.actor, council)):
        raise Http404
    return council
