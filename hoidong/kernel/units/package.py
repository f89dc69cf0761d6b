"""What the installed package `vietnamadminunits` (MIT) knows: the map of 1/7/2025, the map before it, the way between.

We read its data files and never import it: its code asks a geocoder on the Internet. Later changes stand in changes.yaml.
"""

import functools
import importlib.util
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from .kinds import Kind

_KINDS = {
    "Tỉnh": Kind.PROVINCE,
    "Thành phố": Kind.CITY,
    "Xã": Kind.COMMUNE,
    "Phường": Kind.WARD,
    "Đặc khu": Kind.SPECIAL_ZONE,
}


@dataclass(frozen=True)
class Place:
    """A province or commune of 1/7/2025."""

    code: str
    kind: str
    name: str
    province: str  # the code of the province; its own for a province


@dataclass(frozen=True)
class OldPlace:
    """A province, district or commune before 1/7/2025 and the codes of the places it lies in now, the main one first."""

    kind: str  # province, district, commune
    code: str
    name: str
    within: tuple = ()  # names of the old district and the old province
    now: tuple = ()
    main: str = ""
    also: tuple = field(default=())  # keys of names it had swallowed before ("quan9" for Thành phố Thủ Đức)


def _folder():
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None:
        raise FileNotFoundError("The package vietnamadminunits is not installed; see requirements/base.in.")
    return Path(spec.submodule_search_locations[0]) / "data"


def _rows(query):
    connection = sqlite3.connect(f"file:{_folder() / 'dataset.db'}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _kind(name):
    return next(kind for word, kind in _KINDS.items() if name.startswith(f"{word} "))


def places():
    """The 34 provinces, then the 3,321 communes, wards and special zones."""
    rows = _rows("SELECT province, provinceCode, ward, wardCode FROM admin_units ORDER BY provinceCode, wardCode")
    provinces = {code: Place(code, _kind(name), name, code) for name, code, _ward, _ward_code in rows}
    communes = [Place(code, _kind(name), name, province) for _name, province, name, code in rows]
    return [*provinces.values(), *communes]


def old_places():
    """The 63 provinces, their districts and their communes as they were until 30/6/2025."""
    rows = _rows(
        "SELECT province, provinceCode, provinceKey, district, districtCode, districtKey, districtAlias,"
        " ward, wardCode, wardKey, wardAlias FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
    )
    now = _conversion()
    provinces, districts, communes = {}, {}, []
    for province, p_code, p_key, district, d_code, d_key, d_also, ward, w_code, w_key, w_also in rows:
        targets, main = now[f"{p_key}_{d_key}_{w_key or ''}"]
        provinces.setdefault((p_code, province), []).extend(targets)
        districts.setdefault((d_code, district, province, d_also), []).extend(targets)
        if ward:
            also = tuple(json.loads(w_also or "[]"))
            communes.append(OldPlace("commune", w_code, ward, (district, province), targets, main, also))
    return [
        *(OldPlace("province", code, name, (), (targets[0][0],)) for (code, name), targets in _provinces(provinces)),
        *(
            OldPlace("district", code, name, (province,), _by_share(targets), also=tuple(json.loads(also or "[]")))
            for (code, name, province, also), targets in districts.items()
        ),
        *communes,
    ]


def _provinces(provinces):
    """Old provinces with the code of the province they lie in now, taken from their first commune."""
    parent = {place.code: place.province for place in places()}
    return [(old, [(parent[targets[0]],)]) for old, targets in provinces.items()]


def _by_share(codes):
    """The codes without repeats, those first that hold most of the old communes."""
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: -codes.count(code)))


@functools.cache
def _conversion():
    """Key of an old commune → (codes of the communes it lies in now, code of the main one)."""
    codes = dict(_keys())
    table = json.loads((_folder() / "converter_2025.json").read_text(encoding="utf-8"))
    found = {}
    for province, communes in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, old_keys in communes.items():
            code = codes[(province, commune)]
            found.update((old, ((code,), code)) for old in old_keys)
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, shares in divided.items():
            main = next(codes[(province, share["newWardKey"])] for share in shares if share["isDefaultNewWard"])
            others = [codes[(province, share["newWardKey"])] for share in shares if not share["isDefaultNewWard"]]
            found[old] = ((main, *others), main)
    return found


def _keys():
    return [((p, w), code) for p, w, code in _rows("SELECT provinceKey, wardKey, wardCode FROM admin_units")]
