"""The bodies an area has by law, and the nation's bodies: made from bodies.yaml and national.yaml."""

import functools

from django.db import transaction

from .. import audit
from ..base import dates
from . import kinds, names
from .loading import add_all, nation, read_yaml
from .models import Unit, UnitAlias

LAW = "Luật 72/2025/QH15"
_ROWS_FIRST_POSITION = 10  # named positions begin after 0, where units without an order of their own stand
_FOR = {
    "all": kinds.PROVINCES | kinds.COMMUNES,
    "province": kinds.PROVINCES,
    "city": {kinds.Kind.CITY},
    "commune": kinds.COMMUNES,
    "rural": {kinds.Kind.COMMUNE},
    "urban": {kinds.Kind.WARD, kinds.Kind.SPECIAL_ZONE},
}


@functools.cache
def _lawful():
    data = read_yaml("bodies.yaml")
    rows = [{**row, "position": place} for place, row in enumerate(data["bodies"], start=_ROWS_FIRST_POSITION)]
    return rows, data["former_until"]


def bodies_by_law(area, extra=()):
    """The rows of bodies.yaml that an area of this kind gets; `extra` names codes of unusual ones (BDTOC, SDL …)."""
    rows, _until = _lawful()
    return [
        row
        for row in rows
        if area.kind in _FOR[row["for"]]
        and row.get("council") in (None, area.has_council)
        and (row.get("usual", True) or row["code"] in extra)
    ]


@transaction.atomic
def create_bodies_by_law(areas, *, by, on=None, extra=()):
    """Create the bodies that one area, or each of many, has by law and does not have yet. Returns the new units.

    Council, standing committee and committees (Law 72/2025/QH15, art. 29), offices, people's committee and its bodies
    (art. 39), the Fatherland Front's committee. A special zone without a council gets its people's committee only (art. 28).
    """
    areas = [areas] if isinstance(areas, Unit) else list(areas)
    day = on or dates.today()
    known = {unit.code: unit for unit in Unit.objects.filter(area__in=areas).select_related("area")}
    fresh, aliases = [], []
    for area in areas:
        for row in bodies_by_law(area, extra):
            code = f"{area.code}.{row['code']}"
            if code not in known:
                parent = known[f"{area.code}.{row['under']}"] if "under" in row else area
                known[code] = _body(row, code, parent, day, LAW)
                fresh.append(known[code])
                aliases += _former(row, known[code], _lawful()[1])
    add_all(fresh)
    _add_aliases(aliases)
    audit.record_many("units.add", fresh, by, data={"basis": LAW, "on": day.isoformat()})
    return fresh


@transaction.atomic
def load_national_bodies():
    """The Quốc hội, the government, the ministries and the highest bodies with their old names. Returns rows added."""
    data = read_yaml("national.yaml")
    root = nation()
    known = {unit.code: unit for unit in Unit.objects.filter(area=root)}
    fresh, aliases = [], []
    for place, row in enumerate(data["bodies"], start=_ROWS_FIRST_POSITION):
        unit = known.get(row["code"])
        if unit is None:
            basis = {"national_assembly_body": data["assembly_basis"], "ministry": data["government_basis"]}.get(
                row["kind"], ""
            )
            parent = known[row["under"]] if "under" in row else root
            unit = known[row["code"]] = _body({**row, "position": place}, row["code"], parent, data["since"], basis)
            fresh.append(unit)
        aliases += [_alias(unit, UnitAlias.Kind.ABBREVIATION, said, said) for said in row.get("abbreviation", [])]
        aliases += _former(row, unit, data["former_until"])
    add_all(fresh)
    return len(fresh), _add_aliases(aliases)


def _body(row, code, parent, day, basis):
    return Unit(
        code=code,
        kind=row["kind"],
        name=row["name"],
        short_name=row.get("short", ""),
        parent=parent,
        position=row["position"],
        valid_from=day,
        legal_basis=basis,
    )


def _former(row, unit, until):
    for name, abbreviations in (row.get("former") or {}).items():
        for said in [name, *abbreviations]:
            yield _alias(unit, UnitAlias.Kind.FORMER_BODY, name, said, valid_to=until)


def _alias(unit, kind, name, said, **more):
    return UnitAlias(unit=unit, kind=kind, name=name, key=names.bare(said), **more)


def _add_aliases(aliases):
    for alias in aliases:
        alias.unit = alias.unit  # takes over the id of a unit that was written after it was named here
    before = UnitAlias.objects.count()
    UnitAlias.objects.bulk_create(aliases, ignore_conflicts=True, batch_size=2000)
    return UnitAlias.objects.count() - before
