"""What an administrator does to people: add, give and end posts, passwords, locks."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from ...base import dates
from ...base.errors import Refused
from ...ui import toasts
from .. import actions, queries, rules
from ..forms import ContactsForm, EndPostForm, MemberForm, PostForm, ReasonForm
from .directory import found_person

MOST_SLIPS = 50


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def add(request):
    """A new person with account and post; the first password is shown once, on the answer to this very request."""
    if not rules.is_administrator(request.actor):
        raise Http404
    form = MemberForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            person, password = actions.add_member(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            _tell(form, refusal)
        else:
            return _slip(request, person, password)
    return _form(request, form, _("Thêm người dùng"), _("Thêm người dùng"), draft="people-add")


@require_http_methods(["GET", "POST"])
def contacts(request, pk):
    """Phone, e-mail, identity number."""
    person = found_person(request, pk)
    initial = {"email": person.account.email if person.account else "", "phone": person.phone}
    form = ContactsForm(request.POST or None, initial=initial)

    def act(data):
        number = data.pop("identity_number") or None
        actions.set_contacts(person, identity_number=number, by=request.actor, **data)
        return _("Đã sửa liên lạc của %(name)s.") % {"name": person.full_name}

    return _carry_out(request, person, form, act, _("Sửa liên lạc"), _("Ghi"))


@require_http_methods(["GET", "POST"])
def give_post(request, pk):
    """Another post for this person."""
    person = found_person(request, pk)
    form = PostForm(request.POST or None, actor=request.actor)

    def act(data):
        post = actions.give_post(person, by=request.actor, **data)
        return _("%(name)s giữ chức vụ %(title)s từ ngày %(day)s.") % {
            "name": person.full_name, "title": post.title, "day": dates.format_date(post.starts_on)}  # fmt: skip

    return _carry_out(request, person, form, act, _("Giao chức vụ"), _("Giao chức vụ"))


@require_http_methods(["GET", "POST"])
def end_post(request, pk):
    """The last day of a post."""
    post = queries.post_for(request.actor, pk)
    if post is None:
        raise Http404
    form = EndPostForm(request.POST or None, initial={"ends_on": dates.today()})

    def act(data):
        actions.end_post(post, on=data["ends_on"], reason=data["reason"], by=request.actor)
        return _("%(title)s: kết thúc ngày %(day)s.") % {"title": post.title, "day": dates.format_date(data["ends_on"])}

    about = _("%(title)s, %(unit)s, từ ngày %(day)s") % {
        "title": post.title, "unit": post.unit.full_name, "day": dates.format_date(post.starts_on)}  # fmt: skip
    return _carry_out(request, post.person, form, act, _("Kết thúc chức vụ"), _("Kết thúc chức vụ"), about=about)


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def reset_password(request, pk):
    """A new first password, shown once."""
    person = found_person(request, pk)
    if request.method == "POST":
        try:
            password = actions.reset_password(person, by=request.actor)
        except Refused as refusal:
            return _refused(request, person, refusal)
        return _slip(request, person, password)
    return render(request, "people/admin/ask.html", {
        "person": person, "title": _("Cấp lại mật khẩu"), "button": _("Cấp mật khẩu mới"),
        "text": _("Mật khẩu cũ không dùng được nữa, mọi phiên đang mở kết thúc. Người dùng đổi mật khẩu ở lần đăng nhập tới."),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def lock(request, pk):
    """Nobody signs in with this account any more."""
    person = found_person(request, pk)
    form = ReasonForm(request.POST or None)

    def act(data):
        actions.lock(person, reason=data["reason"], by=request.actor)
        return _("Đã khóa tài khoản của %(name)s; các phiên đang mở đã kết thúc.") % {"name": person.full_name}

    about = _("Người này không đăng nhập được nữa, các phiên đang mở kết thúc ngay. Việc đã làm vẫn giữ nguyên.")
    return _carry_out(request, person, form, act, _("Khóa tài khoản"), _("Khóa"), about=about, risk=True)


@require_http_methods(["GET", "POST"])
def unlock(request, pk):
    """Open the account again."""
    person = found_person(request, pk)
    if request.method == "POST":
        try:
            actions.unlock(person, by=request.actor)
        except Refused as refusal:
            return _refused(request, person, refusal)
        toasts.add(request, _("Đã mở khóa tài khoản của %(name)s.") % {"name": person.full_name})
        return redirect("people:person", pk=person.pk)
    return render(request, "people/admin/ask.html", {
        "person": person, "title": _("Mở khóa tài khoản"), "button": _("Mở khóa"),
        "text": _("Người này đăng nhập lại được bằng mật khẩu cũ."),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def forget_factors(request, pk):
    """Somebody lost the phone."""
    person = found_person(request, pk)
    form = ReasonForm(request.POST or None)

    def act(data):
        actions.forget_factors(person, reason=data["reason"], by=request.actor)
        return _("Đã bỏ lớp thứ hai của %(name)s.") % {"name": person.full_name}

    about = _(
        "Bỏ ứng dụng mã xác thực, khóa và mã dự phòng của người này. Chỉ làm khi đã nhận ra người đó, gặp mặt hoặc gọi lại số đã biết."
    )
    return _carry_out(request, person, form, act, _("Đặt lại lớp thứ hai"), _("Đặt lại"), about=about, risk=True)


def _carry_out(request, person, form, act, title, button, *, about="", risk=False):
    """Show the form; when it is filled in well, act, say so, and go back to the person."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(dict(form.cleaned_data))
        except Refused as refusal:
            _tell(form, refusal)
        else:
            toasts.add(request, said)
            return redirect("people:person", pk=person.pk)
    return _form(request, form, title, button, person=person, about=about, risk=risk)


def _form(request, form, title, button, **more):
    context = {"form": form, "title": title, "button": button, **more}
    return render(request, "people/admin/form.html", context, status=422 if form.is_bound else 200)


def _tell(form, refusal):
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.reason)


def _refused(request, person, refusal):
    toasts.add(request, str(refusal.reason), tone="late")
    return redirect("people:person", pk=person.pk)


def _slip(request, person, password):
    """The first password on a slip to be printed or read out. Nothing keeps it: a second look is a new password."""
    return _slips(request, [(person, password)], [])


def _slips(request, made, refused):
    context = {"made": made, "refused": refused, "only": made[0][0] if len(made) == 1 else None, "address": _address(request)}
    response = render(request, "people/admin/slip.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(request):
    """Where people sign in, as a slip tells it: SITE_URL, else what the administrator typed; empty where both mean this machine alone."""
    for address in (settings.SITE_URL, f"{request.scheme}://{request.get_host()}"):
        if not _is_local(urlsplit(address).hostname or ""):
            return address
    return ""


def _is_local(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@sensitive_variables("made")
@require_POST
def slips(request):
    """First passwords for several who never signed in, a slip for each. Who did sign in keeps the own password."""
    chosen = [pk for pk in request.POST.getlist("chon") if pk.isdigit()][:MOST_SLIPS]
    if not rules.is_administrator(request.actor):
        raise Http404
    made, refused = [], []
    for person in rules.people_for(request.actor).filter(pk__in=chosen).select_related("account").order_by("sort_key", "id"):
        if person.account is not None and person.account.last_login is not None:
            refused.append((person, _("đã đăng nhập; cấp lại mật khẩu ở trang của người này")))
            continue
        try:
            made.append((person, actions.reset_password(person, by=request.actor)))
        except Refused as refusal:
            refused.append((person, refusal.reason))
    if not made:
        toasts.add(request, _("Chưa cấp mật khẩu cho ai: chọn những người chưa đăng nhập lần nào."), tone="soon")
        return redirect(f"{reverse('people:list')}?xem=chua-vao")
    return _slips(request, made, refused)
