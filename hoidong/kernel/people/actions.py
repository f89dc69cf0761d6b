"""What can be done to people, accounts and posts. Each action takes `by`, asks rules, and is written down."""

import re
import secrets

from axes.utils import reset as forget_failures
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import audit
from ..base import dates
from ..base.errors import Invalid
from ..base.text import nfc
from . import identity, rules, sessions
from .delegating import delegate, revoke
from .models import Account, Person, Post

__all__ = [
    "add_member", "add_person", "create_account", "delegate", "end_post", "first_password", "forget_factors", "give_post", "lock",
    "reset_password", "revoke", "set_contacts", "unlock",
]  # fmt: skip

# What everybody can type on any keyboard, and read out over the telephone.
USER_NAME = re.compile(r"[a-z0-9._-]{2,60}")
# No 0/O, 1/l/I: the first password is read from a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password():
    """A password for a slip: three groups of four letters that cannot be mistaken for each other."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(3))


@transaction.atomic
def add_person(*, full_name, by, phone="", identity_number=""):
    """A person without an account yet. Raises Invalid for a missing name or a number that another person has."""
    rules.check_adds(by)
    if not nfc(full_name):
        raise Invalid(_("Ghi họ và tên."), field="full_name")
    person = Person(full_name=full_name, phone=nfc(phone), **_identity(identity_number))
    person.save()
    audit.record("people.add", person, by)
    return person


@transaction.atomic
def create_account(person, *, username, by, password=None, email="", must_change=True, with_password=True):
    """Give a person an account. Without a password a first one is made; returns (account, password).

    `with_password` False leaves the account closed until a password is given (`reset_password`); returns (account, "").
    """
    rules.check_adds(by)
    username, email = nfc(username).lower(), nfc(email).lower()
    if not username:
        raise Invalid(_("Ghi tên đăng nhập."), field="username")
    if "@" in username:
        raise Invalid(_("Tên đăng nhập không có dấu @; thư điện tử ghi ở ô riêng."), field="username")
    if not USER_NAME.fullmatch(username):
        raise Invalid(_("Tên đăng nhập chỉ có chữ thường không dấu, chữ số, dấu chấm, gạch ngang."), field="username")
    if Account.objects.filter(username=username).exists():
        raise Invalid(_("Tên đăng nhập “%(name)s” đã có người dùng. Chọn tên khác.") % {"name": username}, field="username")
    _check_email(email)
    password = (password or first_password()) if with_password else ""
    account = Account(username=username, email=email, must_change_password=must_change)
    account.set_password(password or None)
    account.save()
    person.account = account
    person.save(update_fields=["account"])
    audit.record("people.account", person, by, username=username)
    return account, password


@transaction.atomic
def add_member(*, full_name, username, unit, role, title, by, email="", phone="", identity_number="", starts_on=None):
    """Person, account and first post at once; returns (person, first password). Raises Invalid or NotAllowed."""
    person = add_person(full_name=full_name, phone=phone, identity_number=identity_number, by=by)
    _account, password = create_account(person, username=username, email=email, by=by)
    give_post(person, unit=unit, role=role, title=title, starts_on=starts_on, by=by)
    return person, password


@transaction.atomic
def set_contacts(person, *, by, email="", phone="", identity_number=None):
    """Change how a person is reached; the identity number too, unless it is None. Raises Invalid or NotAllowed."""
    rules.check_manages_account(by, person)
    email = nfc(email).lower()
    if person.account and email != person.account.email:
        _check_email(email)
        person.account.email = email
        person.account.save(update_fields=["email"])
    person.phone = nfc(phone)
    if identity_number is not None:
        for column, value in _identity(identity_number, besides=person).items():
            setattr(person, column, value)
    person.save()
    audit.record("people.contacts", person, by, identity=identity_number is not None)


@transaction.atomic
def give_post(person, *, unit, role, title, by, starts_on=None, ends_on=None, term=""):
    """Give a person a post. Raises NotAllowed, or Invalid when the same post is held already on those days."""
    rules.check_gives(by, unit, role)
    if not nfc(title):
        raise Invalid(_("Ghi tên chức vụ."), field="title")
    starts_on = starts_on or dates.today()
    if ends_on and ends_on < starts_on:
        raise Invalid(
            _("Ngày kết thúc không thể trước ngày bắt đầu %(day)s.") % {"day": dates.format_date(starts_on)}, field="ends_on"
        )
    post = Post(person=person, unit=unit, role=role, title=nfc(title), term=term, starts_on=starts_on, ends_on=ends_on)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise Invalid(_("Người này đã giữ vai trò đó ở đơn vị này trong thời gian trùng nhau, hoặc ngày kết thúc trước ngày bắt đầu."),
                      field="starts_on") from error  # fmt: skip
    audit.record("people.post", person, by, unit=unit.pk, role=role, title=post.title)
    return post


@transaction.atomic
def end_post(post, *, on, by, reason=""):
    """End a post: `on` is its last day. What was done in it stays. Raises Invalid or NotAllowed."""
    rules.check_manages_post(by, post)
    if on < post.starts_on:
        raise Invalid(
            _("Ngày kết thúc không thể trước ngày bắt đầu %(day)s.") % {"day": dates.format_date(post.starts_on)},
            field="ends_on",
        )
    if by.post is not None and post.pk == by.post.pk:
        raise Invalid(_("Không tự kết thúc chức vụ đang dùng. Nhờ quản trị khác."))
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    audit.record("people.end_post", post.person, by, reason=reason, post=post.pk, on=on.isoformat())


@transaction.atomic
def reset_password(person, *, by):
    """A new first password for a slip; the person changes it at the next sign-in. Every session ends."""
    rules.check_manages_account(by, person)
    account = _account_of(person)
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    sessions.end_all(account)
    forget_failures(username=account.username)
    audit.record("people.reset_password", person, by)
    return password


@transaction.atomic
def lock(person, *, reason, by):
    """Lock an account: nobody signs in with it and every session ends. Raises Invalid or NotAllowed."""
    rules.check_manages_account(by, person)
    account = _account_of(person)
    if by.account is not None and account.pk == by.account.pk:
        raise Invalid(_("Không tự khóa tài khoản của mình."))
    if not nfc(reason):
        raise Invalid(_("Ghi lý do khóa."), field="reason")
    account.is_active = False
    account.save(update_fields=["is_active"])
    sessions.end_all(account)
    audit.record("people.lock", person, by, reason=nfc(reason))


@transaction.atomic
def unlock(person, *, by):
    """Open a locked account again, also after too many wrong passwords."""
    rules.check_manages_account(by, person)
    account = _account_of(person)
    account.is_active = True
    account.save(update_fields=["is_active"])
    forget_failures(username=account.username)
    audit.record("people.unlock", person, by)


@transaction.atomic
def forget_factors(person, *, reason, by):
    """Forget phone, keys and recovery codes of somebody who lost them. A new factor is set up at the next sign-in."""
    from allauth.mfa.models import Authenticator

    rules.check_manages_account(by, person)
    if not nfc(reason):
        raise Invalid(_("Ghi lý do, ví dụ: mất điện thoại, đã gặp trực tiếp để xác nhận."), field="reason")
    account = _account_of(person)
    Authenticator.objects.filter(user=account).delete()
    sessions.end_all(account)
    audit.record("people.forget_factors", person, by, reason=nfc(reason))


def _account_of(person):
    if person.account is None:
        raise Invalid(_("Người này chưa có tài khoản."))
    return person.account


def _identity(number, besides=None):
    columns = identity.columns_of(number)
    same = Person.objects.filter(identity_key=columns["identity_key"]).exclude(pk=besides.pk if besides else None)
    if columns["identity_key"] and same.exists():
        raise Invalid(_("Số định danh này đã ghi cho một người khác."), field="identity_number")
    return columns


def _check_email(email):
    if email and Account.objects.filter(email__iexact=email).exists():
        raise Invalid(_("Thư điện tử này đã dùng cho một tài khoản khác."), field="email")
