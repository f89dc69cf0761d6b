"""The people an administrator manages: the list, and one person's page."""

from allauth.mfa.models import Authenticator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from ... import audit
from ...base import dates
from ...base.errors import NotAllowed
from ...base.paging import keyset, size_of
from ...ui import htmx
from ...ui.looks import Button, Entry, Look, Tab
from .. import queries, rules
from ..roles import ROLES

WORKING = Look("ok", "good", lazy("Đang làm việc"))
LOCKED = Look("no", "late", lazy("Bị khóa"))
NEVER_IN = Look("soon", "soon", lazy("Chưa đăng nhập lần nào"))
NO_POST = Look("back", "calm", lazy("Đã thôi chức vụ"))
NO_ACCOUNT = Look("info", "calm", lazy("Chưa có tài khoản"))


@require_GET
def people(request):
    """The people of the managed units, in the order of given names."""
    if not rules.is_administrator(request.actor):
        raise Http404
    view, words = request.GET.get("xem", ""), request.GET.get("q", "").strip()[:120]
    view = view if view in queries.VIEWS else ""
    found = queries.people_in(request.actor, view, words)
    page = keyset(found, order=("sort_key", "id"), after=request.GET.get("trang"), size=size_of(request.GET.get("co", "50")))
    for person in page:
        person.look = look_of(person, person.posts_now)
    base = rules.base_of(request.actor)
    context = {"page": page, "words": words, "view": view, "tabs": _tabs(view, words), "base": base}
    return htmx.render(request, "people/admin/people.html", context, part="people/admin/_people.html")


def _tabs(view, words):
    names = (("", _("Đang làm việc")), ("chua-vao", _("Chưa đăng nhập")), ("khoa", _("Bị khóa")), ("thoi", _("Đã thôi chức vụ")),
             ("tat-ca", _("Tất cả")))  # fmt: skip
    more = {"q": words} if words else {}
    return [Tab(label, f"?{urlencode({'xem': key, **more})}", current=view == key) for key, label in names]


def look_of(person, posts):
    """How a person's state looks, given the posts of today."""
    if person.account is None:
        return NO_ACCOUNT
    if not person.account.is_active:
        return LOCKED
    if not posts:
        return NO_POST
    return NEVER_IN if person.account.last_login is None else WORKING


def found_person(request, pk):
    """The person, or 404 where this administrator must not know of it."""
    person = queries.person_for(request.actor, pk)
    if person is None:
        raise Http404
    return person


@require_GET
def person(request, pk):
    """One person: account, posts, what was done and by whom."""
    return _show(request, found_person(request, pk), revealed=False)


@require_POST
def reveal(request, pk):
    """Show phone and e-mail in full, once; that somebody looked is written down."""
    found = found_person(request, pk)
    audit.looked_at(found, request.actor, lazy("số điện thoại, thư điện tử"))
    return _show(request, found, revealed=True)


def _show(request, found, *, revealed):
    posts = list(queries.posts_of(found))
    today = dates.today()
    for post in posts:
        post.role_name = ROLES[post.role].name
        post.running = post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
        post.may_end = (post.ends_on is None or post.ends_on >= today) and _allowed(
            rules.check_manages_post, request.actor, post
        )
    context = {
        "person": found,
        "look": look_of(found, [post for post in posts if post.running]),
        "posts": posts,
        "facts": _facts(found, revealed),
        "revealed": revealed,
        "offers": offers(request.actor, found),
        "entries": [_entry(entry) for entry in reversed(audit.entries_about(found))],
    }
    response = render(request, "people/admin/person.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _allowed(check, actor, subject):
    try:
        check(actor, subject)
    except NotAllowed:
        return False
    return True


def offers(actor, found):
    """What may be done to this person, each closed door with its reason."""
    reason = ""
    try:
        rules.check_manages_account(actor, found)
        if found.account is None:
            raise NotAllowed(_("Người này chưa có tài khoản."))
    except NotAllowed as refusal:
        reason = str(refusal.reason)
    locked = found.account is not None and not found.account.is_active
    doors = [
        (_("Giao chức vụ"), "people:give_post", "user-plus", False, ""),
        (_("Sửa liên lạc"), "people:contacts", "edit", False, reason),
        (_("Cấp lại mật khẩu"), "people:reset_password", "key", False, reason),
        (_("Đặt lại lớp thứ hai"), "people:forget_factors", "shield", False, reason),
        (_("Mở khóa"), "people:unlock", "lock-open", False, reason)
        if locked
        else (_("Khóa"), "people:lock", "lock", True, reason),
    ]
    return [
        Button(label, url=reverse(name, args=[found.pk]), allowed=not why, reason=why, icon=icon, risk=risk)
        for label, name, icon, risk, why in doors
    ]


def _facts(found, revealed):
    account = found.account
    rows = [(_("Họ và tên"), found.full_name)]
    if account is not None:
        email = account.email if revealed else masked_email(account.email)
        factors = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
        rows += [
            (_("Tên đăng nhập"), account.username),
            (_("Thư điện tử"), email or _("chưa ghi")),
            (_("Đăng nhập gần nhất"), dates.format_moment(account.last_login) if account.last_login else _("chưa lần nào")),
            (_("Mật khẩu"), _("phải đổi ở lần đăng nhập tới") if account.must_change_password else _("do người dùng đặt")),
            (_("Lớp thứ hai"), _("đã bật") if factors else _("chưa bật")),
        ]
    phone = found.phone if revealed else masked(found.phone)
    tail = _("đã ghi, ba số cuối %(tail)s") % {"tail": found.identity_tail} if found.identity_key else _("chưa ghi")
    return [*rows, (_("Số điện thoại"), phone or _("chưa ghi")), (_("Số định danh"), tail)]


def masked(text):
    """All but the last three characters hidden."""
    return f"{'•' * max(len(text) - 3, 0)}{text[-3:]}" if text else ""


def masked_email(text):
    """The first letter and the domain."""
    name, _at, domain = text.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


_TITLES = {
    "people.add": lazy("Thêm người dùng"),
    "people.account": lazy("Cấp tài khoản"),
    "people.contacts": lazy("Sửa liên lạc"),
    "people.post": lazy("Giao chức vụ"),
    "people.end_post": lazy("Kết thúc chức vụ"),
    "people.reset_password": lazy("Cấp lại mật khẩu"),
    "people.password": lazy("Tự đổi mật khẩu"),
    "people.sign_in": lazy("Đăng nhập"),
    "people.lock": lazy("Khóa tài khoản"),
    "people.unlock": lazy("Mở khóa tài khoản"),
    "people.forget_factors": lazy("Đặt lại lớp thứ hai"),
    "people.delegate": lazy("Ủy quyền"),
    "people.revoke": lazy("Rút ủy quyền"),
    "people.connect_identity": lazy("Nối định danh điện tử"),
    "people.found": lazy("Thiết lập nền tảng"),
}


def _entry(entry):
    return Entry(entry.at, str(_TITLES.get(entry.action, entry.action)), note=entry.actor, quote=entry.reason)
