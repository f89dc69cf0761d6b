"""The administrator's pages on people: find, act, show. Everybody else finds nothing here."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import audit
from ..base.errors import Invalid, NotAllowed, Refused
from ..base.paging import keyset
from ..ui import htmx, toasts
from . import actions, queries, rules
from .forms import EndForm, PersonForm, PostForm
from .models import Post


@require_GET
def people(request):
    """The people of the administrator's area, in alphabetical order of given names."""
    if not rules.is_administrator(request.actor):
        raise Http404
    words = request.GET.get("q", "").strip()[:80]
    found = queries.searched(queries.people_for(request.actor), words)
    page = keyset(found, order=("sort_key", "id"), after=request.GET.get("trang"), size=50)
    return htmx.render(request, "people/list.html", {"page": page, "words": words}, part="people/_list.html")


@require_http_methods(["GET", "POST"])
def add(request):
    """A person, an account and the first post at once; the first password is shown once."""
    actor = request.actor
    if not rules.is_administrator(actor):
        raise Http404
    form, post_form = PersonForm(request.POST or None), PostForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid() and post_form.is_valid():
        try:
            made, password = _make(form.cleaned_data, post_form.cleaned_data, actor)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            (form if field in form.fields or field is None else post_form).add_error(field, refusal.reason)
        else:
            return render(request, "people/first_password.html", {"person": made, "password": password})
    status = 422 if form.is_bound else 200
    return render(request, "people/add.html", {"form": form, "post_form": post_form}, status=status)


@transaction.atomic
def _make(data, post, actor):
    made = actions.add_person(full_name=data["full_name"], phone=data["phone"], identity_number=data["identity_number"], by=actor)
    _account, password = actions.create_account(made, username=data["username"], email=data["email"], by=actor)
    actions.give_post(made, by=actor, **post)
    return made, password


@require_http_methods(["GET", "POST"])
def person(request, pk):
    """One person: posts, account; personal data are masked, and each look at them is written down."""
    found = _found(request, pk)
    shown = request.method == "POST" and "xem" in request.POST
    if shown:
        audit.looked_at(found, request.actor, _("số điện thoại, số định danh"))
    context = {"person": found, "shown": shown, "phone": _masked(found.phone), "number": _masked(found.identity_number)}
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
def give_post(request, pk):
    """One more post for a person."""
    found = _found(request, pk)
    form = PostForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_post(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã giao chức vụ."))
            return redirect("people:person", pk=pk)
    context = {"form": form, "title": _("Giao chức vụ cho %(name)s") % {"name": found.full_name}, "back": "people:list", "button": _("Giao")}
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def end_post(request, pk):
    """The last day of a post."""
    post = get_object_or_404(Post.objects.select_related("unit", "unit__area", "person"), pk=pk)
    try:
        rules.check_manages(request.actor, post.unit)
    except NotAllowed as refusal:
        raise Http404 from refusal
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(post, on=form.cleaned_data["ends_on"], by=request.actor)
        except Invalid as refusal:
            form.add_error(refusal.field, refusal.reason)
        else:
            toasts.add(request, _("Đã ghi ngày thôi chức vụ."))
            return redirect("people:person", pk=post.person_id)
    title = _("%(name)s thôi “%(title)s”") % {"name": post.person.full_name, "title": post.title}
    context = {"form": form, "title": title, "back": "people:list", "button": _("Ghi")}
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def reset_password(request, pk):
    """A new first password, shown once."""
    found = _found(request, pk)
    password = actions.reset_password(found, by=request.actor)
    return render(request, "people/first_password.html", {"person": found, "password": password})


@require_POST
def switch(request, pk):
    """Lock or unlock an account."""
    found = _found(request, pk)
    try:
        actions.switch_account(found, active=not found.account.is_active, by=request.actor)
    except Invalid as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    return redirect("people:person", pk=pk)


def _found(request, pk):
    """A person this administrator manages; for the actions on the account it must be there."""
    return get_object_or_404(queries.people_for(request.actor), pk=pk)


def _masked(value):
    """All but the last three characters hidden."""
    return f"{'•' * max(len(value) - 3, 0)}{value[-3:]}" if value else ""
