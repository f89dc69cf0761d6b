"""What form fields need to choose a unit: one by id, the words for chosen ones, one by what was typed (ui.forms.UnitField)."""

from ..base import dates
from . import names, queries
from .models import Unit, UnitAlias

_OWN_NAMES = (UnitAlias.Kind.ABBREVIATION, UnitAlias.Kind.SPELLING, UnitAlias.Kind.CODE)


def get(pk, kinds=(), within=None):
    """The unit with this id among those that may be chosen, or None."""
    if not str(pk).isdigit():
        return None
    return _choices(kinds, within).filter(pk=int(pk)).first()


def labels(pks):
    """{id: text} for chosen units, whether or not they still exist: an old record keeps its old unit."""
    found = Unit.objects.select_related("area").in_bulk([int(pk) for pk in pks if str(pk).isdigit()])
    return {pk: unit.full_name for pk, unit in found.items()}


def find(text, kinds=(), within=None):
    """The unit a person typed without a list to choose from: by code, by its whole name, or None where it is not sure."""
    choices = _choices(kinds, within)
    if exact := choices.filter(code__iexact=text.strip()).first():
        return exact
    matches = queries.search(text, kinds=tuple(kinds), within=_unit(within))
    same = [match.unit for match in matches if _has_name(match.unit, text)]
    if len(same) == 1 or len(matches) == 1:
        return (same or [matches[0].unit])[0]
    sure = [match for match in queries.find(text, within=_unit(within)) if match.confidence >= 0.8]
    return next((match.unit for match in sure if not kinds or match.unit.kind in kinds), None)


def is_named(unit, text):
    """Whether a text names a unit without doubt: its code, its whole name with or without the place, as officials shorten
    it, or an abbreviation or spelling kept with it. Names of bodies it took over from do not count.
    """
    return _has_name(unit, text) or unit.aliases.filter(kind__in=_OWN_NAMES, key=names.bare(text) or None).exists()


def _has_name(unit, text):
    said, short = _words(text), unit.full_name.replace(unit.name, unit.short_name, 1)
    return bool(said) and said in [_words(name) for name in (unit.code, unit.name, unit.full_name, unit.short_name, short)]


def _words(name):
    """The words that count: "VP HĐND-UBND" leaves out an "và" that the whole name has."""
    return " ".join(word for word in names.written_out(name) if word != "va")


def _choices(kinds, within):
    found = Unit.objects.select_related("parent", "area").open_on(dates.today())
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.under(_unit(within)) if within else found


def _unit(within):
    return within if within is None or isinstance(within, Unit) else queries.get(within)
