"""Names through time: what a unit was called on a day, and how the units of today follow from it."""

from django.db import connection, models
from django.db.models import Q

from ..base import dates
from .models import Unit, UnitName

_FOLLOW = """
UPDATE kernel_unit unit
SET kind = named.kind, name = named.name, short_name = named.short_name, parent_id = named.parent_id
FROM kernel_unitname named
WHERE named.unit_id = unit.id AND named.valid_from <= %(day)s AND (named.valid_to IS NULL OR named.valid_to >= %(day)s)
  AND (unit.kind, unit.name, unit.short_name, unit.parent_id)
      IS DISTINCT FROM (named.kind, named.name, named.short_name, named.parent_id)
RETURNING unit.id
"""
# A unit that hangs under another parent takes everything below it along. Twice when a parent and its child both moved.
_MOVE = """
UPDATE kernel_unit below
SET path = parent.path || subpath(below.path, nlevel(moved.path) - 1),
    area_id = CASE WHEN moved.area_id <> moved.id AND below.area_id = moved.area_id THEN parent.area_id ELSE below.area_id END
FROM kernel_unit moved JOIN kernel_unit parent ON parent.id = moved.parent_id
WHERE moved.id = ANY(%(ids)s) AND below.path <@ moved.path
  AND subpath(moved.path, 0, nlevel(moved.path) - 1) <> parent.path
"""


def name_on(unit, day):
    """The UnitName of a unit on a day; the nearest one where the day lies before or after all we know."""
    return names_on([unit.pk], day).get(unit.pk) or UnitName(
        unit=unit, kind=unit.kind, name=unit.name, short_name=unit.short_name
    )


def names_on(unit_ids, day):
    """{unit id: UnitName} for a day, in one query. Units without any dated name are left out."""
    rows = UnitName.objects.filter(unit_id__in=list(unit_ids)).select_related("parent")
    # The row that covers the day; else the last one before it; else the first one after it.
    rows = rows.annotate(
        rank=models.Case(
            models.When(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)), then=0),
            models.When(valid_from__lte=day, then=1),
            default=2,
        ),
        distance=models.Case(
            models.When(valid_from__lte=day, then=models.Value(day) - models.F("valid_from")),
            default=models.F("valid_from") - models.Value(day),
            output_field=models.DurationField(),
        ),
    )
    return {row.unit_id: row for row in rows.order_by("unit_id", "rank", "distance").distinct("unit_id")}


def follow(day=None):
    """Bring the units to the names, ranks and parents of a day (today). Returns how many changed.

    Decisions are entered ahead of the day they take effect; this runs every day and after every change.
    """
    day = day or dates.today()
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"day": day})
        changed = [row[0] for row in cursor]
        moved = len(changed)
        while moved:
            cursor.execute(_MOVE, {"ids": changed})
            moved = cursor.rowcount
    if changed:
        _refresh_keys(changed)
    return len(changed)


def _refresh_keys(ids):
    """Sort and search keys of units, and of what lies under them: they carry the name of their area."""
    tops = Unit.objects.filter(pk__in=ids)
    below = Q(pk__in=ids) | Q(area__in=tops) | Q(area__parent__in=tops)
    units = list(Unit.objects.filter(below).select_related("parent", "area__parent").order_by("id"))
    for unit in units:
        unit.set_keys()
    Unit.objects.bulk_update(units, ["sort_key", "search_words"], batch_size=1000)
