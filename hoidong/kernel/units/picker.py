"""What form fields need to choose a unit: one by id, the words for chosen ones, one by what was typed (ui.forms.UnitField)."""

from ..base import dates
from ..base.text import fold
from . import queries
from .models import Unit


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
    same = [match.unit for match in matches if fold(text) in (fold(match.unit.name), fold(match.unit.full_name))]
    if len(same) == 1 or len(matches) == 1:
        return (same or [matches[0].unit])[0]
    sure = [match for match in queries.find(text, within=_unit(within)) if match.confidence >= 0.8]
    return next((match.unit for match in sure if not kinds or match.unit.kind in kinds), None)


def _choices(kinds, within):
    found = Unit.objects.select_related("parent", "area").open_on(dates.today())
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.under(_unit(within)) if within else found


def _unit(within):
    return within if within is None or isinstance(within, Unit) else queries.get(within)
