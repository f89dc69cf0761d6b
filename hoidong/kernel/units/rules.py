"""Who may change what about units."""

from django.utils.translation import gettext as _

from ..base.errors import NotAllowed
from . import kinds
from .kinds import Kind

SYSTEM_ADMIN = "system_admin"
UNIT_ADMIN = "unit_admin"
# A post in one of these works for the whole area; a post elsewhere only for its own body and what is under it.
_CENTRAL_BODIES = kinds.AREAS | {Kind.COUNCIL, Kind.STANDING_COMMITTEE, Kind.COUNCIL_OFFICE, Kind.PEOPLES_COMMITTEE}

# What may be added under what, by an administrator of the unit.
ADDABLE = {
    Kind.HAMLET: {Kind.COMMUNE, Kind.SPECIAL_ZONE},
    Kind.RESIDENTIAL_GROUP: {Kind.WARD, Kind.SPECIAL_ZONE, Kind.COMMUNE},
    Kind.DEPUTIES_GROUP: {Kind.COUNCIL},
    Kind.COMMITTEE: {Kind.COUNCIL},
    Kind.DEPARTMENT: {Kind.PEOPLES_COMMITTEE},
    Kind.COMMUNE_DIVISION: {Kind.PEOPLES_COMMITTEE},
    Kind.OTHER: kinds.AREAS | {Kind.PEOPLES_COMMITTEE, Kind.COUNCIL, Kind.DEPARTMENT, Kind.COMMUNE_DIVISION},
}


def is_system(actor):
    """Whether this is the platform itself or a system administrator."""
    return actor is not None and (actor.account is None or _role(actor) == SYSTEM_ADMIN)


def manages(actor, unit):
    """Whether a person may change a unit: system administrators every one, unit administrators those of their own unit."""
    if actor is None or is_system(actor):
        return actor is not None
    if _role(actor) != UNIT_ADMIN or actor.unit is None:
        return False
    if actor.unit.kind in _CENTRAL_BODIES:
        return unit.area_id == actor.unit.area_id
    return unit.path == actor.unit.path or unit.path.startswith(f"{actor.unit.path}.")


def managed_by(actor, units):
    """The units of a queryset that a person may change, as a queryset."""
    if actor is not None and is_system(actor):
        return units
    if actor is None or _role(actor) != UNIT_ADMIN or actor.unit is None:
        return units.none()
    if actor.unit.kind in _CENTRAL_BODIES:
        return units.filter(area=actor.unit.area_id)
    return units.under(actor.unit)


def check_manages(actor, unit):
    """Raises NotAllowed where a person may not change this unit."""
    if not manages(actor, unit):
        raise NotAllowed(_("Chỉ người quản trị của đơn vị này đổi được thông tin của đơn vị."))


def check_changes_area(actor, unit):
    """Areas change by resolutions of the Quốc hội and its standing committee; only system administrators enter them."""
    check_manages(actor, unit)
    if unit.is_area and not is_system(actor):
        raise NotAllowed(_("Tỉnh, xã, phường, đặc khu đổi theo nghị quyết của cấp trên; quản trị hệ thống ghi thay đổi này."))


def _role(actor):
    return getattr(actor.role, "code", "")
