"""Making people, accounts and posts. Each action takes `by` and is written down."""

import secrets

from axes.utils import reset
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .. import audit
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.text import nfc
from . import rules, sessions
from .models import Account, Delegation, Person, Post

# No 0/O, 1/l/I: the first password is read from a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password():
    """A password for a slip: three groups of four letters that cannot be mistaken for each other."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(3))


@transaction.atomic
def add_person(*, full_name, by, phone="", identity_number=""):
    """A person without an account yet."""
    if not nfc(full_name):
        raise Invalid(_("Ghi họ và tên."), field="full_name")
    person = Person(full_name=full_name, phone=phone, identity_number=identity_number)
    person.save()
    audit.record("people.add", person, by)
    return person


@transaction.atomic
def create_account(person, *, username, by, password=None, email="", must_change=True):
    """Give a person an account. Without a password a first one is made; returns (account, password)."""
    username = nfc(username).lower()
    if not username:
        raise Invalid(_("Ghi tên đăng nhập."), field="username")
    if Account.objects.filter(username=username).exists():
        raise Invalid(_("Tên đăng nhập “%(name)s” đã có người dùng. Chọn tên khác.") % {"name": username}, field="username")
    password = password or first_password()
    account = Account(username=username, email=email, must_change_password=must_change)
    account.set_password(password)
    account.save()
    person.account = account
    person.save(update_fields=["account"])
    audit.record("people.account", person, by, username=username)
    return account, password


@transaction.atomic
def give_post(person, *, unit, role, title, by, starts_on=None, ends_on=None, term=""):
    """Give a person a post. Raises NotAllowed for other units' administrators, Invalid when it is held on those days."""
    rules.check_manages(by, unit)
    rules.check_role(by, role)
    post = Post(person=person, unit=unit, role=role, title=nfc(title), term=term, starts_on=starts_on or dates.today(), ends_on=ends_on)
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
    """End a post on a day; what was done in it stays."""
    rules.check_manages(by, post.unit)
    if on < post.starts_on:
        raise Invalid(_("Ngày kết thúc không thể trước ngày bắt đầu %(day)s.") % {"day": dates.format_date(post.starts_on)}, field="ends_on")
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    audit.record("people.end_post", post.person, by, reason=reason, post=post.pk, on=on.isoformat())


@transaction.atomic
def reset_password(person, *, by):
    """A new first password for a slip; the person changes it at the next sign-in. Every session ends, a lock-out too."""
    password = first_password()
    account = person.account
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    sessions.end_all(account)
    reset(username=account.username)
    audit.record("people.reset_password", person, by)
    return password


@transaction.atomic
def switch_account(person, *, active, by):
    """Lock an account or open it again; a locked one is signed out everywhere at once."""
    if by.person is not None and by.person.pk == person.pk:
        raise Invalid(_("Không tự khóa tài khoản của mình được."))
    account = person.account
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        sessions.end_all(account)
    audit.record("people.unlock" if active else "people.lock", person, by)


@transaction.atomic
def delegate(post, *, to_person, starts_on, ends_on, reason, by):
    """Give the work of one's post to a colleague of the same unit for some days."""
    if by.person is None or post.person_id != by.person.pk:
        raise Invalid(_("Chỉ người giữ chức vụ mới ủy quyền được."))
    if to_person.pk == post.person_id or not Post.objects.filter(person=to_person, unit=post.unit_id).exists():
        raise Invalid(_("Chọn một đồng nghiệp cùng đơn vị."), field="to_person")
    if ends_on < starts_on or ends_on < dates.today():
        raise Invalid(_("Ngày kết thúc phải từ hôm nay và không trước ngày bắt đầu."), field="ends_on")
    if not nfc(reason):
        raise Invalid(_("Ghi lý do ủy quyền."), field="reason")
    given = Delegation.objects.create(post=post, to_person=to_person, starts_on=starts_on, ends_on=ends_on, reason=nfc(reason))
    audit.record("people.delegate", post.person, by, reason=reason, to=to_person.pk, post=post.pk)
    return given


@transaction.atomic
def revoke(delegation, *, by):
    """Take a delegation back at once; the one who gave it, or the one who got it, may."""
    if by.person is None or by.person.pk not in (delegation.post.person_id, delegation.to_person_id):
        raise NotAllowed(_("Chỉ người giao hoặc người nhận ủy quyền thôi ủy quyền được."))
    delegation.revoked_at = dates.now()
    delegation.save(update_fields=["revoked_at"])
    audit.record("people.revoke", delegation.post.person, by, delegation=delegation.pk)
