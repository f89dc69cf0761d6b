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
_LEAST = 4  # letters a beginning of several words needs to stand for a whole name
_RANKS_ABOVE = {"tinh", "thanh pho", "tp"}
_RANKS_HERE = {"xa", "phuong", "dac khu"}
_UNSAID = {"va", "cua"}
_SURE = 0.8
_ALIASES = (UnitAlias.Kind.FORMER_BODY, UnitAlias.Kind.ABBREVIATION, UnitAlias.Kind.SPELLING, UnitAlias.Kind.CODE)


@dataclass(frozen=True)
class Named:
    """A body that a text names. `sure` is False where only a beginning or the first of several was understood."""

    unit: Unit
    sure: bool = True


@dataclass(frozen=True)
class Keys:
    """What bodies are called: {key: Unit} of whole names, {key: {id: Unit}} of initials."""

    whole: dict
    initials: dict


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
    """Every name, code and alias of the bodies that may be meant; nearer bodies go before central ones."""
    near = Q(area=area) | (Q(area=area.parent_id) if area.kind in kinds.COMMUNES else Q())
    bodies = Unit.objects.filter(near | Q(level=Unit.Level.CENTRAL)).exclude(kind__in=kinds.AREAS | kinds.NEIGHBOURHOODS)
    bodies = bodies.open_on(day).select_related("area")
    units = {unit.pk: unit for unit in bodies.order_by("pk")}
    ranked = sorted(units.values(), key=lambda unit: (unit.area_id == area.pk, unit.level != Unit.Level.CENTRAL, -unit.pk))
    keys, initials = {}, {}
    aliases = UnitAlias.objects.filter(unit__in=units, kind__in=_ALIASES).order_by("-kind", "-pk")
    for alias in sorted(aliases, key=lambda alias: ranked.index(units[alias.unit_id])):
        keys[alias.key] = units[alias.unit_id]
    for unit in ranked:
        keys |= {
            bare(name): unit for name in (unit.code, unit.code.rsplit(".", 1)[-1], unit.short_name, unit.name, unit.full_name)
        }
        initials.setdefault(_initials(unit.name), {})[unit.pk] = unit
    return Keys(keys, initials)


def _by_key(text, keys):
    """By its whole name; else by what begins so, or has these initials, where that is one body only."""
    key = bare(text)
    if key in keys.whole:
        return Named(keys.whole[key])
    if len(key) < _LEAST or " " not in text.strip():
        return None
    begun = {unit.pk: unit for name, unit in keys.whole.items() if name.startswith(key)} or keys.initials.get(key, {})
    return Named(next(iter(begun.values())), sure=False) if len(begun) == 1 else None


def _initials(name):
    """ "Sở Giáo dục và Đào tạo" as it is shortened: so + gddt."""
    first, *rest = fold(name).split()
    return bare(first + "".join(word[0] for word in rest if word not in _UNSAID and word[0].isalpha()))


def _committees(texts, area, day):
    """People's committees named by their place, or by its rank alone ("UBND tỉnh", "UBND xã")."""
    places = {text: match.group(1) for text in texts if (match := _COMMITTEE.match(fold(text)))}
    if not places:
        return {}
    above = area.parent if area.kind in kinds.COMMUNES else area
    meant = {text: above.pk for text, place in places.items() if place in _RANKS_ABOVE}
    if area.kind in kinds.COMMUNES:
        meant |= {text: area.pk for text, place in places.items() if place in _RANKS_HERE}
    named = {place for text, place in places.items() if text not in meant}
    matches = find_many(list(named), on=day, within=above) if named else {}
    sure = {place: found[0].unit.pk for place, found in matches.items() if found and found[0].confidence >= _SURE}
    meant |= {text: sure[place] for text, place in places.items() if place in sure}
    committees = Unit.objects.filter(area__in=meant.values(), kind=kinds.Kind.PEOPLES_COMMITTEE)
    by_area = {unit.area_id: unit for unit in committees.open_on(day).select_related("area").order_by("-pk")}
    return {text: Named(by_area[pk]) for text, pk in meant.items() if pk in by_area}
