"""Giving the work of one's post to a colleague for some days, and taking it back."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from .. import audit
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.text import nfc
from . import rules
from .models import Delegation, Person, Post


def colleagues_of(post, on=None):
    """The people who hold another post at the same unit on a day and can sign in."""
    on = on or dates.today()
    there = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), unit=post.unit_id, starts_on__lte=on)
    found = Person.objects.filter(pk__in=there.values("person"), account__is_active=True).exclude(pk=post.person_id)
    return found.order_by("sort_key", "id")


@transaction.atomic
def delegate(post, *, to_person, starts_on, ends_on, reason, by):
    """Give the work of one's post to a colleague of the same unit for some days. Raises Invalid or NotAllowed."""
    if by.person is None or post.person_id != by.person.pk:
        raise NotAllowed(_("Chỉ người giữ chức vụ mới ủy quyền được."))
    if not colleagues_of(post).filter(pk=to_person.pk).exists():
        raise Invalid(_("Chọn một đồng nghiệp đang làm việc ở cùng đơn vị."), field="to_person")
    if ends_on < starts_on or ends_on < dates.today():
        raise Invalid(_("Ngày kết thúc phải từ hôm nay và không trước ngày bắt đầu."), field="ends_on")
    if post.ends_on and ends_on > post.ends_on:
        raise Invalid(_("Chức vụ này kết thúc ngày %(day)s; ủy quyền đến ngày đó.") % {"day": dates.format_date(post.ends_on)},
                      field="ends_on")  # fmt: skip
    if not nfc(reason):
        raise Invalid(_("Ghi lý do ủy quyền."), field="reason")
    given = Delegation.objects.create(post=post, to_person=to_person, starts_on=starts_on, ends_on=ends_on, reason=nfc(reason))
    audit.record("people.delegate", post.person, by, reason=nfc(reason), to=to_person.pk, post=post.pk)
    return given


@transaction.atomic
def revoke(delegation, *, by):
    """Take a delegation back at once: who gave it, who got it, or the administrator of the unit. Raises NotAllowed."""
    if by.person is None or by.person.pk not in (delegation.post.person_id, delegation.to_person_id):
        rules.check_manages_post(by, delegation.post)
    if delegation.revoked_at is not None:
        raise NotAllowed(_("Ủy quyền này đã được rút trước đó."))
    delegation.revoked_at = dates.now()
    delegation.save(update_fields=["revoked_at"])
    audit.record("people.revoke", delegation.post.person, by, delegation=delegation.pk)


def given_by(person):
    """What a person delegated, the latest first."""
    found = Delegation.objects.filter(post__person=person)
    return found.select_related("post__unit__area", "to_person").order_by("-ends_on", "-id")


def got_by(person):
    """What was delegated to a person, the latest first."""
    found = Delegation.objects.filter(to_person=person)
    return found.select_related("post__unit__area", "post__person").order_by("-ends_on", "-id")
