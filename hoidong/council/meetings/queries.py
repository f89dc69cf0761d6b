"""Questions about councils' sessions."""

from django.db.models import Case, Value, When

from hoidong.kernel.base import dates
from hoidong.kernel.units import queries as units

from . import rules
from .models import CouncilSession, Term


def sessions():
    """Every session with what its name needs, newest first."""
    return CouncilSession.objects.select_related("term", "council__area").order_by("-opens_on", "-id")


def sessions_of(council):
    """The sessions of one council, newest first."""
    return sessions().filter(council=council)


def sessions_for(actor):
    """The sessions that matter to a person: of the province's council, then of the own commune's, newest first."""
    province, area = _areas(actor)
    if province is None:
        return CouncilSession.objects.none()
    found = sessions().filter(council__area__in={province.pk, area.pk})
    first = Case(When(council__area=province.pk, then=Value(0)), default=Value(1))
    return found.order_by(first, "-opens_on", "-id")


def current_session(place, on=None):
    """The session that work of a day is for: the one going on, else the next one, else the last one. None without any.

    `place` is a council or an actor; for an actor the province's council comes first.
    """
    day = on or dates.today()
    if hasattr(place, "kind"):
        found = sessions_of(place)
    else:
        province, area = _areas(place)
        if province is None:
            return None
        found = sessions().filter(council__area=province.pk)
        if not found.exists():
            found = sessions().filter(council__area=area.pk)
    ahead = found.filter(closes_on__gte=day).order_by("opens_on", "id").first()
    return ahead or found.first()


def may_plan(actor):
    """Whether a person plans the sessions of the own area's council; False where there is none."""
    council = units.body_of(actor.unit.area, "council") if actor is not None and actor.unit is not None else None
    return council is not None and rules.may_plan(actor, council)


def terms_of(council):
    """The terms of a council, newest first."""
    return Term.objects.filter(council=council).select_related("council__area").order_by("-opens_on", "-id")


def term_on(council, day=None):
    """The term a day falls in: a council goes on until the next one has opened its first session. None before the first."""
    return terms_of(council).filter(opens_on__lte=day or dates.today()).first()


def next_number(term):
    """The number the next session of a term gets."""
    last = term.sessions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _areas(actor):
    if actor is None or actor.unit is None:
        return None, None
    area = actor.unit.area
    return units.province_of(actor.unit) or area, area
