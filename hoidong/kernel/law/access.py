"""Who sees and changes rules: the platform's administrator the national ones, a unit's administrator those of the unit."""

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from .. import people
from ..base.errors import NotAllowed
from ..people.rules import base_of
from .models import Confidence, Rule


def is_administrator(actor):
    """May this person open the pages on rules, calendar and registers?"""
    return people.holds(actor, "system_admin", "unit_admin")


def rules_for(actor):
    """The rules an administrator sees, those that wait for the law's text first. Nobody else sees any."""
    if actor is None or not is_administrator(actor):
        return Rule.objects.none()
    found = Rule.objects.select_related("scope", "verified_by")
    if not people.holds(actor, "system_admin"):
        path = base_of(actor).path
        found = found.filter(Q(scope=None) | Q(scope__path__ancestor_of=path) | Q(scope__path__descendant_of=path))
    waiting = When(verified_at=None, read_in_text=False, then=Value(0))
    return found.annotate(settled=Case(waiting, default=Value(1), output_field=IntegerField()))


def check_may_change(actor, rule):
    """Raise NotAllowed with the reason when this person may not give the rule another value, for nobody's unit."""
    if _is_platform(actor):
        return
    if rule.scope_id is None and people.holds(actor, "system_admin"):
        return
    if not people.holds(actor, "unit_admin"):
        raise NotAllowed(_("Số của riêng một đơn vị do quản trị của đơn vị đó thay đổi."))
    if rule.scope_id is not None and rule.scope_id != base_of(actor).pk:
        raise NotAllowed(_("Số này của đơn vị khác. Chỉ quản trị của đơn vị đó thay đổi được."))
    if rule.confidence != Confidence.CONFIG:
        raise NotAllowed(_("Số này do luật định, dùng chung cả nước. Chỉ quản trị hệ thống thay đổi được khi có văn bản mới."))


def check_may_change_for(actor, rule, scope):
    """Raise NotAllowed when this person may not give the rule another value in a row for this unit (None: all the country)."""
    check_may_change(actor, rule)
    if _is_platform(actor):
        return
    own = scope_of_change(actor, rule)
    if (own and own.pk) != (scope and scope.pk):
        raise NotAllowed(_("Số của riêng một đơn vị do quản trị của đơn vị đó thay đổi."))


def check_may_verify(actor, rule):
    """Raise NotAllowed when this person may not vouch for the rule's number. Only a person can."""
    if actor is None or actor.account is None:
        raise NotAllowed(_("Chỉ người có tài khoản mới xác nhận được quy định."))
    if rule.scope_id is None and not people.holds(actor, "system_admin"):
        raise NotAllowed(_("Quy định dùng chung cả nước do quản trị hệ thống đối chiếu."))
    if rule.scope_id is not None and not (people.holds(actor, "unit_admin") and rule.scope_id == base_of(actor).pk):
        raise NotAllowed(_("Quy định của đơn vị nào do quản trị của đơn vị đó đối chiếu."))


def _is_platform(actor):
    """The platform itself: the worker and the commands of whoever runs the machine."""
    return actor is not None and actor.account is None and actor.post is None


def scope_of_change(actor, rule):
    """The unit a change would be for: None changes the row itself, a unit makes or changes the unit's own row.

    Who works for a whole area (the council's office) sets the number of the area: it is the area that rules are asked for.
    """
    return None if rule.scope_id is None and people.holds(actor, "system_admin") else base_of(actor)


def row_to_change(actor, rule):
    """The row a change goes on from: the unit's own one where it has one already, else the rule itself."""
    scope = scope_of_change(actor, rule)
    if scope is None:
        return rule
    own = Rule.objects.filter(code=rule.code, scope=scope, valid_to=None).first()
    return own or rule
