"""Who may read a paper: the module of the record it is about decides. Who may change templates: the unit's administrator."""

from django.utils.translation import gettext as _

from .. import people
from ..base.errors import NotAllowed

_rules: dict = {}


def serve_rule(label, rule):
    """Register `rule(actor, paper) -> bool` for papers about records of this kind ("voters.meeting")."""
    _rules[label] = rule


def may_see(actor, paper):
    """True when the rule of the paper's subject allows it; without a rule nobody sees it."""
    rule = _rules.get(paper.subject_kind)
    return bool(rule and rule(actor, paper))


def is_administrator(actor):
    """May this person open the page of templates?"""
    return people.holds(actor, "system_admin", "unit_admin")


def check_may_replace(actor, unit):
    """Raise NotAllowed unless the actor is the administrator of the area the unit belongs to."""
    if not people.holds(actor, "unit_admin"):
        raise NotAllowed(_("Mẫu văn bản của đơn vị nào do quản trị của đơn vị đó đổi."))
    if unit.area_id != actor.unit.area_id:
        raise NotAllowed(_("Đơn vị này ngoài phạm vi quản trị của Ông/Bà."))
