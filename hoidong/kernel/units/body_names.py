"""From what sheets call a body to the body of today, many at once: "bgtvt", "Bộ KH&ĐT", "Sở GTVT", "UBND xã Ba Vì".

Two queries for all names, two more where people's committees of places are among them.
"""

import re
from dataclasses import dataclass

from django.db.models import Q

from ..base import dates
from ..base.text import fold
from . import kinds
from .finding import find_many
from .models import Unit, UnitAlias
from .names import bare

_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan|uy ban)\s+(.{2,})$")
_SEVERAL = re.compile(r"\s*(?:[,;/+\n]|\svà\s)\s*")
_LEAST = 6  # letters a beginning needs to stand for a whole name
_SURE = 0.8
_ALIASES = (UnitAlias.Kind.FORMER_BODY, UnitAlias.Kind.ABBREVIATION, UnitAlias.Kind.SPELLING, UnitAlias.Kind.CODE)


@dataclass(frozen=True)
class Named:
    """A body that a text names. `sure` is False where only a beginning or the first of several was understood."""

    unit: Unit
    sure: bool = True


def find_bodies(texts, area, on=None):
    """{text: Named} for the texts that name a central body, or one of this area or of the province around it."""
    day = on or dates.today()
    wanted = {text for text in texts if bare(text)}
    if not wanted:
        return {}
    keys = _keys(area, day)
    found = {text: named for text in wanted if (named := _by_key(text, keys))}
    found |= _committees(wanted - found.keys(), area, day)
    for text in wanted - found.keys():
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        first = next((named for part in parts if (named := _by_key(part, keys))), None) if len(parts) > 1 else None
        if first:
            found[text] = Named(first.unit, sure=False)
    return found


def _keys(area, day):
    """{key: Unit} of every name, code and alias of the bodies that may be meant; nearer bodies go before central ones."""
    near = Q(area=area) | (Q(area=area.parent_id) if area.kind in kinds.COMMUNES else Q())
    bodies = Unit.objects.filter(near | Q(level=Unit.Level.CENTRAL)).exclude(kind__in=kinds.AREAS | kinds.NEIGHBOURHOODS)
    bodies = bodies.open_on(day).select_related("area")
    units = {unit.pk: unit for unit in bodies.order_by("pk")}
    ranked = sorted(units.values(), key=lambda unit: (unit.area_id == area.pk, unit.level != Unit.Level.CENTRAL, -unit.pk))
    keys = {}
    aliases = UnitAlias.objects.filter(unit__in=units, kind__in=_ALIASES).order_by("-kind", "-pk")
    for alias in sorted(aliases, key=lambda alias: ranked.index(units[alias.unit_id])):
        keys[alias.key] = units[alias.unit_id]
    for unit in ranked:
        keys |= {
            bare(name): unit for name in (unit.code, unit.code.rsplit(".", 1)[-1], unit.short_name, unit.name, unit.full_name)
        }
    return keys


def _by_key(text, keys):
    key = bare(text)
    if key in keys:
        return Named(keys[key])
    if len(key) < _LEAST:
        return None
    begun = {unit.pk: unit for name, unit in keys.items() if name.startswith(key)}
    if len(begun) == 1:
        return Named(next(iter(begun.values())), sure=False)
    return None


def _committees(texts, area, day):
    """People's committees named by their place."""
    places = {text: match.group(1) for text in texts if (match := _COMMITTEE.match(fold(text)))}
    if not places:
        return {}
    around = area.parent if area.kind in kinds.COMMUNES else area
    matches = find_many(list(places.values()), on=day, within=around)
    sure = {place: found[0].unit for place, found in matches.items() if found and found[0].confidence >= _SURE}
    committees = Unit.objects.filter(area__in=[unit.pk for unit in sure.values()], kind=kinds.Kind.PEOPLES_COMMITTEE)
    by_area = {unit.area_id: unit for unit in committees.open_on(day).select_related("area").order_by("-pk")}
    return {
        text: Named(by_area[sure[place].pk]) for text, place in places.items() if place in sure and sure[place].pk in by_area
    }
