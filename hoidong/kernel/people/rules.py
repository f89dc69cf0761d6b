"""Who may manage whom: an administrator of a unit the people of that unit and of the units below it, nobody else."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ..base import dates
from ..base.errors import NotAllowed
from ..units import kinds
from ..units.kinds import Kind
from ..units.models import Unit
from .models import Person, Post

SYSTEM_ADMIN = "system_admin"
UNIT_ADMIN = "unit_admin"
# Only the platform's administrator gives these.
_GIVEN_BY_SYSTEM = {SYSTEM_ADMIN, "auditor"}
# A post in one of these works for the whole area; a post elsewhere only for its own body and what is under it.
_FOR_WHOLE_AREA = kinds.AREAS | {Kind.COUNCIL, Kind.STANDING_COMMITTEE, Kind.COUNCIL_OFFICE, Kind.PEOPLES_COMMITTEE}


def is_system(actor):
    """Whether this is the platform itself or a system administrator."""
    return actor is not None and ((actor.account is None and actor.post is None) or _role(actor) == SYSTEM_ADMIN)


def is_administrator(actor):
    """Whether this post manages people at all."""
    return is_system(actor) or (actor is not None and actor.post is not None and _role(actor) == UNIT_ADMIN)


def base_of(actor):
    """The unit at the top of what an administrator manages; None for the whole platform (ask is_administrator first)."""
    if is_system(actor):
        return None
    unit = actor.unit
    return unit.area if unit.kind in _FOR_WHOLE_AREA and unit.area_id else unit


def units_of(actor):
    """The units an administrator manages, as a queryset; none for anybody else."""
    if not is_administrator(actor):
        return Unit.objects.none()
    base = base_of(actor)
    return Unit.objects.all() if base is None else Unit.objects.under(base)


def people_for(actor):
    """The people an administrator sees: who holds or held a post in the managed units. None for anybody else."""
    if not is_administrator(actor):
        return Person.objects.none()
    base = base_of(actor)
    if base is None:
        return Person.objects.all()
    return Person.objects.filter(Exists(Post.objects.filter(person=OuterRef("pk"), unit__path__descendant_of=base.path)))


def covers(actor, unit):
    """Whether a unit is among those an administrator manages."""
    if not is_administrator(actor):
        return False
    base = base_of(actor)
    return base is None or unit.path == base.path or unit.path.startswith(f"{base.path}.")


def check_gives(actor, unit, role):
    """Raise NotAllowed where an administrator may not give this role at this unit."""
    if not covers(actor, unit):
        raise NotAllowed(_("Chỉ giao được chức vụ ở đơn vị mình quản trị và các đơn vị trực thuộc."))
    if role in _GIVEN_BY_SYSTEM and not is_system(actor):
        raise NotAllowed(_("Vai trò này do quản trị hệ thống giao."))


def check_adds(actor):
    """Raise NotAllowed for anybody who manages no people."""
    if not is_administrator(actor):
        raise NotAllowed(_("Việc này do quản trị đơn vị làm."))


def check_manages_post(actor, post):
    """Raise NotAllowed where an administrator may not end this post."""
    check_gives(actor, post.unit, post.role)


def check_manages_account(actor, person):
    """Raise NotAllowed where an administrator may not touch this person's sign-in.

    A person who also works where the administrator has no say keeps an account that only somebody above both may touch:
    otherwise a new password would open the other unit's work.
    """
    if is_system(actor):
        return
    check_adds(actor)
    for post in current_posts(person):
        if not covers(actor, post.unit):
            raise NotAllowed(_("Người này còn giữ chức vụ ở %(unit)s. Nhờ quản trị cấp trên của cả hai đơn vị.")
                             % {"unit": post.unit.full_name})  # fmt: skip
        if post.role in _GIVEN_BY_SYSTEM:
            raise NotAllowed(_("Tài khoản này do quản trị hệ thống quản lý."))
    if not people_for(actor).filter(pk=person.pk).exists():
        raise NotAllowed(_("Người này không thuộc đơn vị mình quản trị."))


def current_posts(person, on=None):
    """The posts a person holds on a day, with their units."""
    on = on or dates.today()
    found = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person=person, starts_on__lte=on)
    return found.select_related("unit__area").order_by("pk")


def _role(actor):
    return getattr(actor.role, "code", "")
