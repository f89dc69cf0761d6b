"""Questions about units. Places and bodies are public, so nothing here depends on who asks."""

from functools import reduce
from operator import and_

from django.db.models import Case, Q, Value, When

from ..base import dates
from ..base.text import fold
from . import kinds
from .finding import Match, find, find_many
from .history import name_on, names_on
from .models import Unit, UnitAlias, UnitSuccession
from .names import bare, written_out

__all__ = [
    "Match", "at", "bodies_of", "body_of", "children", "communes_of", "find", "find_by_old_name", "find_many", "get", "get_many", "line_of",
    "name_of", "name_on", "names_on", "nation", "neighbourhoods_of", "province_of", "provinces", "search", "successors_of",
]  # fmt: skip
_MOST = 20
_MOST_WORDS = 24


def _units():
    return Unit.objects.select_related("parent", "area")


def get(pk):
    """A unit by its id, or None."""
    return _units().filter(pk=pk).first()


def get_many(pks):
    """{id: unit} for many ids, in one statement."""
    return _units().in_bulk(list(pks))


def at(code):
    """The unit with an official code ("79", "26740", "CP.BNV") or a code other lists use; None where there is none."""
    return _units().filter(code=code).first() or (
        _units().filter(aliases__kind=UnitAlias.Kind.CODE, aliases__code=code).order_by("id").first()
    )


def nation():
    """The root of the tree, or None before `load_units`."""
    return _units().filter(kind=kinds.Kind.NATION).first()


def name_of(pk):
    """The full name of a unit by its id, or None."""
    unit = get(pk)
    return unit.full_name if unit else None


def province_of(unit):
    """The province or city a unit lies in (itself, if it is one); None for the nation's bodies."""
    area = unit.area
    while area is not None and area.kind not in kinds.PROVINCES:
        area = area.parent if area.kind in kinds.COMMUNES else None
    return area


def provinces(on=None):
    """Provinces and cities of a day, in alphabetical order."""
    return _units().filter(kind__in=kinds.PROVINCES).open_on(on or dates.today()).in_order()


def communes_of(province, on=None):
    """The communes, wards and special zones of a province on a day, in alphabetical order."""
    return _units().filter(parent=province, kind__in=kinds.COMMUNES).open_on(on or dates.today()).in_order()


def neighbourhoods_of(area, on=None):
    """The hamlets and residential groups of a commune on a day ("tổ 2" before "tổ 10")."""
    return _units().filter(area=area, kind__in=kinds.NEIGHBOURHOODS).open_on(on or dates.today()).in_order()


def children(unit, kind=None, on=None):
    """What hangs directly under a unit on a day."""
    found = _units().filter(parent=unit).open_on(on or dates.today()).in_order()
    return found.filter(kind=kind) if kind else found


def bodies_of(area, kind=None, on=None):
    """The bodies of an area on a day (council, committees, departments …), without its hamlets and lower areas."""
    found = _units().filter(area=area).exclude(pk=area.pk).exclude(kind__in=kinds.NEIGHBOURHOODS)
    found = found.open_on(on or dates.today()).in_order()
    return found.filter(kind=kind) if kind else found


def bodies_of_many(area_ids, on=None):
    """The same for many areas by their numbers, in one statement; each body knows its `area_id`."""
    found = _units().filter(area__in=area_ids).exclude(kind__in=kinds.NEIGHBOURHOODS).exclude(pk__in=area_ids)
    return found.open_on(on or dates.today()).in_order()


def body_of(area, kind, on=None):
    """The one body of a kind in an area (its council, its people's committee), or None."""
    return bodies_of(area, kind, on).first()


def find_by_old_name(text, on=None):
    """The present units behind an old name or address: the units of `find`, without the reasons."""
    return [match.unit for match in find(text, on=on)]


def successors_of(unit, on=None):
    """The units that took over from an ended one, followed through to those that exist on a day."""
    day, found, ahead, seen = on or dates.today(), {}, [unit.pk], {unit.pk}
    while ahead:
        steps = UnitSuccession.objects.filter(old__in=ahead, on__lte=day).select_related("new__parent", "new__area")
        steps = list(steps.order_by("id"))
        found.update((step.new_id, step.new) for step in steps if step.new.exists_on(day))
        ahead = [step.new_id for step in steps if not step.new.exists_on(day) and step.new_id not in seen]
        seen.update(ahead)
    return list(found.values())


def line_of(unit, on=None):
    """The ids of a unit and of all it took over from, followed back: what it answers for. Asked once for each object."""
    if on is None and (kept := getattr(unit, "_line", None)):
        return kept
    line, ahead = [unit.pk], [unit.pk]
    while ahead:
        steps = UnitSuccession.objects.filter(new__in=ahead, on__lte=on or dates.today()).exclude(old__in=line)
        ahead = sorted(set(steps.values_list("old", flat=True)))
        line += ahead
    if on is None:
        unit._line = line
    return line


def note_alone(unit):
    """The unit took over from nobody: `line_of` answers for this object without asking."""
    unit._line = [unit.pk]


def search(text, *, kinds=(), within=None, near=None, on=None, limit=_MOST):
    """Units for a picker: every word that was typed is in the name, the place around it or the code; [Match].

    `kinds` narrows what may be chosen, `within` is a unit they lie in; those under `near` come first. Where words lead
    nowhere, old names, abbreviations and misspelt names are tried.
    """
    day = on or dates.today()
    found = _units().open_on(day).select_related("parent", "area__parent")
    if kinds:
        found = found.filter(kind__in=kinds)
    if within:
        found = found.under(within)
    plain = fold(text)
    exact = found.filter(*(_says(word) for word in plain.split()[:_MOST_WORDS]))
    order = [
        Case(When(search_words__startswith=plain, then=Value(0)), default=Value(1)),
        *([Case(When(path__descendant_of=near.path, then=Value(0)), default=Value(1))] if near else []),
        Case(When(level=Unit.Level.CENTRAL, then=Value(0)), When(level=Unit.Level.PROVINCE, then=Value(1)), default=Value(2)),
    ]
    matches = [Match(unit, "", 1.0) for unit in exact.order_by(*order, "position", "sort_key", "id")[:limit]]
    if plain and len(matches) < limit:
        matches += _by_other_names(text, found, within, day, {match.unit.pk for match in matches})
    return matches[:limit]


def _says(word):
    """The word stands in the name, or its pieces do, or what they are short for ("HĐND-UBND")."""
    as_it_is, pieces = Q(search_words__contains=word), [piece for piece in written_out(word) if piece != word]
    return as_it_is | reduce(and_, (Q(search_words__contains=piece) for piece in pieces)) if pieces else as_it_is


def _by_other_names(text, found, within, day, seen):
    """Matches by alias: of bodies by the beginning of a name they had, of places by `find`."""
    key = bare(text)
    aliases = UnitAlias.objects.filter(kind__in=_BODY_ALIASES, key__startswith=key, unit__in=found).order_by("key", "id")[
        :_MOST
    ]
    bodies = {alias.unit_id: str(alias) for alias in aliases}
    places = {match.unit.pk: match.why for match in find(text, on=day, within=within) if match.confidence >= 0.3}
    # A name a body is known to have had says more than a place that is spelt a little like it.
    more = {
        pk: why for pk, why in (bodies | {pk: why for pk, why in places.items() if pk not in bodies}).items() if pk not in seen
    }
    units = found.in_bulk(more)
    return [Match(units[pk], why, 0.7) for pk, why in more.items() if pk in units]


_BODY_ALIASES = (UnitAlias.Kind.FORMER_BODY, UnitAlias.Kind.ABBREVIATION, UnitAlias.Kind.SPELLING)
