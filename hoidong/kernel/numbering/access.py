"""Who sees and continues the books: the people of the unit; its administrator says where a book goes on."""

from django.db.models import Q
from django.utils.translation import gettext as _

from .. import people
from ..base.errors import NotAllowed
from ..people.rules import base_of
from ..units import kinds
from ..units.kinds import Kind
from ..units.models import Unit
from .models import Sequence

# The council's office keeps the records of the council and of its standing committee: their books are its own.
_KEEPERS = {Kind.STANDING_COMMITTEE, Kind.COUNCIL_OFFICE}
_NO_WORK_OF_THE_OFFICE = ("system_admin", "auditor", "deputy", "group_head", "fatherland_front", "hamlet_head")
_ONE_OFFICE = kinds.AREAS | {Kind.COUNCIL} | _KEEPERS


def books_for(actor):
    """The sequences of the actor's unit and of the units below it; for the council's office those of the whole council.

    System administrators and auditors see no book: it names cases. Nor do those who do no work of the office.
    """
    if actor is None or actor.unit is None or people.holds(actor, *_NO_WORK_OF_THE_OFFICE):
        return Sequence.objects.none()
    mine = Q(unit__path__descendant_of=actor.unit.path)
    if actor.unit.kind in _KEEPERS:
        mine |= Q(unit__area=actor.unit.area_id, unit__kind__in=_ONE_OFFICE) | Q(unit=actor.unit.area_id)
    return Sequence.objects.filter(mine).select_related("register", "unit")


def units_for(actor):
    """The units whose books an administrator may let go on: the own one, and where it is the council's, its bodies."""
    mine = Q(pk=actor.unit.pk)
    if actor.unit.kind in _KEEPERS:
        mine |= Q(area=actor.unit.area_id, kind__in=_ONE_OFFICE) | Q(pk=actor.unit.area_id)
    return Unit.objects.filter(mine).order_by("position", "pk")


def check_may_continue(actor, unit=None):
    """Raise NotAllowed unless this person may say by which number a book (of this unit) goes on. The platform itself may."""
    if _is_platform(actor):
        return
    if not people.holds(actor, "unit_admin") or (unit is not None and not units_for(actor).filter(pk=unit.pk).exists()):
        raise NotAllowed(_("Số bắt đầu của sổ do quản trị của đơn vị đặt."))


def check_may_choose(actor, area):
    """Raise NotAllowed unless this person may say which papers of an area get a number. The platform itself may."""
    if _is_platform(actor):
        return
    if not people.holds(actor, "unit_admin") or base_of(actor).pk != area.pk:
        raise NotAllowed(_("Văn bản nào lấy số do quản trị của địa phương đó chọn."))


def _is_platform(actor):
    return actor is not None and actor.account is None and actor.post is None
