"""Who may manage people: administrators, each for the area of the own unit; the system's administrator for all."""

from django.utils.translation import gettext as _

from ..base.errors import NotAllowed
from ..units import rules as units

ADMINISTRATORS = ("system_admin", "unit_admin")


def is_administrator(actor):
    """True where the post is that of an administrator."""
    return actor is not None and actor.post is not None and actor.post.role in ADMINISTRATORS


def check_manages(actor, unit):
    """Raise NotAllowed unless this person may give posts at this unit. The platform itself may."""
    if actor.account is None and actor.post is None:
        return
    if not is_administrator(actor) or not units.manages(actor, unit):
        raise NotAllowed(_("Chỉ quản trị của chính đơn vị này quản lý người ở đây."))


def check_role(actor, role):
    """Only the system's administrator makes another one."""
    if role == "system_admin" and actor.account is not None and actor.post.role != "system_admin":
        raise NotAllowed(_("Quản trị hệ thống do quản trị hệ thống khác cấp."))
