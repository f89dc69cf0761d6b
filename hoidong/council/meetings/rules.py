"""Who may plan sessions: the council's own office and its standing committee."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base.errors import NotAllowed

OFFICE_KINDS = ("council", "standing_committee", "council_office")
OFFICE_ROLES = ("clerk", "council_officer", "standing_committee", "leader", "unit_admin")


def check_office(actor, council):
    """Raise NotAllowed for everybody but the office of this council; the platform itself may."""
    if actor.account is None:
        return
    fits = actor.unit is not None and actor.unit.area_id == council.area_id and actor.unit.kind in OFFICE_KINDS
    if not fits or not people.holds(actor, *OFFICE_ROLES):
        raise NotAllowed(_("Kỳ họp do văn phòng giúp việc của chính Hội đồng nhân dân đó lập."))


def may_plan(actor, council):
    """Whether to show the buttons."""
    try:
        check_office(actor, council)
    except NotAllowed:
        return False
    return True
