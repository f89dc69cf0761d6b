"""The head of an official paper by Decree 30/2020/NĐ-CP, annex I: issuing body, the body above it, and the place."""

from dataclasses import dataclass

from ..units import queries as units
from ..units.kinds import Kind

_COUNCIL_SIDE = (Kind.COUNCIL, Kind.STANDING_COMMITTEE)
_UNDER_COUNCIL = (Kind.COMMITTEE, Kind.DEPUTIES_GROUP)
_UNDER_COMMITTEE = (Kind.DEPARTMENT, Kind.COMMUNE_DIVISION)
_NO_AREA_LINE = (Kind.GOVERNMENT, Kind.MINISTRY, Kind.NATIONAL_ASSEMBLY_BODY, Kind.OTHER)
HCM_CITY = "Thành phố Hồ Chí Minh"
CAPITAL = "Hà Nội"


@dataclass(frozen=True)
class Heading:
    """`above` and `body` are lines in capitals; `place` stands before the date ("Nghệ An, ngày …")."""

    above: str
    body: str
    place: str

    def as_context(self):
        """What templates read as `heading.above`, `heading.body`, `heading.place`."""
        return {"above": self.above, "body": self.body, "place": self.place}


def heading_for(unit):
    """The Heading of papers a unit issues. Needs `unit.area` (selected along in the queries of units)."""
    area = unit.area or unit
    place = place_of(area)
    council, committee = _upper("Hội đồng nhân dân", area), _upper("Ủy ban nhân dân", area)
    if unit.is_area:
        return Heading("", council if unit.has_council else committee, place)
    if unit.kind in _COUNCIL_SIDE or unit.kind == Kind.PEOPLES_COMMITTEE:
        return Heading("", _upper(unit.name, area), place)
    if unit.kind in _UNDER_COUNCIL:
        return Heading(council, unit.name.replace(" Hội đồng nhân dân", "").upper(), place)
    if unit.kind in _UNDER_COMMITTEE:
        return Heading(committee, unit.name.upper(), place)
    if unit.kind == Kind.COUNCIL_OFFICE:
        above = "" if area.level == "province" else committee
        return Heading(above, unit.name.upper() if above else _upper(unit.name, area), place)
    if unit.kind in _NO_AREA_LINE or area.kind == Kind.NATION:
        return Heading("", unit.name.upper(), place)
    return Heading("", _upper(unit.name, area), place)


def issuer_of(office):
    """The council in whose name an office of the council writes; other units write in their own name."""
    if office.kind in (*_COUNCIL_SIDE, Kind.COUNCIL_OFFICE):
        return units.body_of(office.area, Kind.COUNCIL) or office
    return office


def place_of(area):
    """The name of the place as the decree writes it: bare, but whole where it is a person's name or a figure."""
    if area.kind == Kind.NATION:
        return CAPITAL
    if area.name == HCM_CITY or area.short_name.isdigit():
        return area.name
    return area.short_name


def _upper(name, area):
    """`HỘI ĐỒNG NHÂN DÂN` over `TỈNH NGHỆ AN`."""
    return f"{name}\n{area.name}".upper()
