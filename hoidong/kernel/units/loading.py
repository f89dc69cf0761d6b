"""The map of the country into the tables: set-based, and harmless to run again.

What is already there stays: a name an administrator changed is not put back, only later changes are added.
"""

import datetime
from collections import Counter
from pathlib import Path

import yaml
from django.db import transaction
from django.utils.translation import gettext_noop

from . import history, kinds, names, package
from .models import Unit, UnitAlias, UnitName, new_ids

HERE = Path(__file__).parent
MAP_DAY = datetime.date(2025, 7, 1)  # the day two-tier government began; the package describes the map of this day
BEFORE = MAP_DAY - datetime.timedelta(days=1)
NATION = "VN"
_PROVINCE_BASIS = gettext_noop("Nghị quyết 202/2025/QH15")
_COMMUNE_BASIS = gettext_noop("Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025")
_FORMER = {
    "province": UnitAlias.Kind.FORMER_PROVINCE,
    "district": UnitAlias.Kind.FORMER_DISTRICT,
    "commune": UnitAlias.Kind.FORMER_COMMUNE,
}


def read_yaml(name):
    """One of our own data files beside this module."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@transaction.atomic
def load_areas(province=None, on=None):
    """Load the nation, provinces and communes (or one province with its communes), their changes and other names.

    `on` is the day whose names the units show (today). Returns a Counter of rows written.
    """
    ours = read_yaml("changes.yaml")
    chosen = [place for place in package.places() if province in (None, place.province)]
    if not chosen:
        raise LookupError(f"No province has the code {province}.")
    counts = Counter(units=_add_units(chosen, set(ours["without_council"]["units"])))
    counts["changes"] = _add_changes(ours["changes"], {place.code for place in chosen})
    history.follow(on)
    counts["aliases"] = _add_aliases(ours, {place.code for place in chosen})
    return counts


def nation():
    """The root of the tree, made when it is not there yet."""
    found, made = Unit.objects.get_or_create(
        code=NATION,
        defaults={"kind": kinds.Kind.NATION, "name": "Việt Nam", "valid_from": datetime.date(1945, 9, 2)},
    )
    if made:
        first_name(found).save()
    return found


def first_name(unit, basis="", **more):
    """The UnitName that a new unit begins with (not saved)."""
    return UnitName(
        unit=unit,
        kind=unit.kind,
        name=unit.name,
        short_name=unit.short_name,
        parent_id=unit.parent_id,
        key=names.key_of(unit.name, unit.kind),
        valid_from=unit.valid_from,
        legal_basis=basis or unit.legal_basis,
        **more,
    )


def add_all(units):
    """Write many new units with their first names in few statements. Parents must be there or stand earlier in the list."""
    for unit, pk in zip(units, new_ids(len(units)), strict=True):
        unit.place(pk)
    Unit.objects.bulk_create(units, batch_size=1000)
    UnitName.objects.bulk_create([first_name(unit) for unit in units], batch_size=2000)
    return len(units)


def _add_units(places, without_council):
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[place.code for place in places])}
    root, fresh = nation(), []
    by_code = dict(known)
    for place in places:
        if place.code in known:
            continue
        is_province = place.kind in kinds.PROVINCES
        unit = Unit(
            code=place.code,
            kind=place.kind,
            name=place.name,
            parent=root if is_province else by_code[place.province],
            has_council=place.code not in without_council,
            valid_from=MAP_DAY,
            legal_basis=_PROVINCE_BASIS if is_province else _COMMUNE_BASIS,
        )
        by_code[place.code] = unit
        fresh.append(unit)
    return add_all(fresh)


def _add_changes(changes, codes):
    """Append the dated changes that are later than what each unit knows; a date that was open is made firm."""
    latest = {}
    rows = UnitName.objects.filter(unit__code__in=codes).order_by("unit_id", "valid_from").select_related("unit")
    before = {}
    for row in rows:
        before[row.unit.code] = latest.get(row.unit.code)
        latest[row.unit.code] = row
    fresh, touched = [], []
    for change in sorted(changes, key=lambda change: change["since"]):
        for code, now in change["units"].items():
            if code not in codes:
                continue
            last = latest[code]
            same = (last.kind, last.name) == (now["kind"], now["name"])
            if same and not last.verified and change.get("verified", True):
                touched += _make_firm(last, before[code], change)
            elif not same and last.valid_from < change["since"]:
                last.valid_to = change["since"] - datetime.timedelta(days=1)
                touched.append(last)
                before[code], latest[code] = last, _changed_name(last, now, change)
                fresh.append(latest[code])
    UnitName.objects.bulk_update(
        [row for row in touched if row.pk], ["valid_from", "valid_to", "verified", "legal_basis", "note"]
    )
    UnitName.objects.bulk_create(fresh)
    return len(fresh)


def _make_firm(last, before, change):
    last.valid_from, last.legal_basis = change["since"], change["basis"]
    last.verified, last.note = True, ""
    if before:
        before.valid_to = change["since"] - datetime.timedelta(days=1)
    return [row for row in (before, last) if row]


def _changed_name(last, now, change):
    return UnitName(
        unit=last.unit,
        kind=now["kind"],
        name=now["name"],
        short_name=now["name"][len(kinds.Kind(now["kind"]).label) :].strip(),
        parent_id=last.parent_id,
        key=names.key_of(now["name"], now["kind"]),
        valid_from=change["since"],
        legal_basis=change["basis"],
        verified=change.get("verified", True),
        note=change.get("note", ""),
    )


def _add_aliases(ours, codes):
    ids = dict(Unit.objects.filter(code__in=codes).values_list("code", "id"))
    current = set(UnitName.objects.filter(unit__code__in=codes).values_list("unit_id", "name"))
    aliases = [alias for place in package.old_places() for alias in _old_names(place, ids, current)]
    aliases += _our_names(ours, ids)
    before = UnitAlias.objects.count()
    UnitAlias.objects.bulk_create(aliases, ignore_conflicts=True, batch_size=2000)
    return UnitAlias.objects.count() - before


def _old_names(place, ids, current):
    """The aliases an old place gives to the units it lies in now."""
    rank, key = names.split_rank(place.name)
    within_keys = " ".join(names.split_rank(name)[1] for name in place.within)
    written = {(rank, key): UnitAlias.Kind(_FORMER[place.kind])}
    for also in place.also:
        written.setdefault(_split_key(also), UnitAlias.Kind(_FORMER[place.kind]))
    for code in place.now:
        if code not in ids or (place.kind == "province" and (ids[code], place.name) in current):
            continue
        for (rank, key), kind in written.items():
            yield UnitAlias(
                unit_id=ids[code],
                kind=kind,
                name=place.name,
                rank=rank,
                key=key,
                within=", ".join(place.within),
                within_keys=within_keys,
                main=len(place.now) == 1 or code == place.main,
                code=place.code or "",
                valid_to=BEFORE,
                legal_basis=_PROVINCE_BASIS if place.kind == "province" else _COMMUNE_BASIS,
            )


_KEY_RANKS = ("thanhpho", "thitran", "thixa", "phuong", "quan", "huyen", "xa")


def _split_key(key):
    """(rank, bare key) of a key of the package, where rank and name are written in one ("phuongsaidong")."""
    for rank in _KEY_RANKS:
        if key.startswith(rank) and len(key) > len(rank):
            return rank, names.bare(key[len(rank) :])
    return "", names.bare(key)


def _our_names(ours, ids):
    for code, said in ours["names"].items():
        if code not in ids:
            continue
        for kind in (UnitAlias.Kind.ABBREVIATION, UnitAlias.Kind.SPELLING):
            for name in said.get(kind.value, []):
                yield UnitAlias(unit_id=ids[code], kind=kind, name=name, key=names.bare(name))
        for former in said.get("former_province", []):
            rank, key = names.split_rank(former["name"])
            yield UnitAlias(
                unit_id=ids[code], kind=UnitAlias.Kind.FORMER_PROVINCE, name=former["name"], rank=rank, key=key,
                valid_to=former["until"], legal_basis=former["basis"],
            )  # fmt: skip
    for other in ours["codes"]:
        if other["unit"] in ids:
            yield UnitAlias(
                unit_id=ids[other["unit"]], kind=UnitAlias.Kind.CODE, name=other["note"], key=other["code"], code=other["code"]
            )
