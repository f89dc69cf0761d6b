"""Bodies as labels that mean the same everywhere: "CP.BYT" of the nation, "P:SYT" of the province, "C:PKT" of the commune.

So what one commune's office decided teaches for all others, and a proposal names the body of the place that asks.
"""

from dataclasses import dataclass

from hoidong.kernel.units import queries as units

from ..models import Field
from ..states import Level
from .evidence import Scheme
from .knowledge import addressees, competences

PROVINCE, COMMUNE = "P:", "C:"
# Divisions of communes and wards by what they do: the first that the commune has.
DIVISIONS = {
    "KT": ("PKT", "PKTHTDT"), "VHXH": ("PVHXH",), "CA": ("CA",), "BCHQS": ("BCHQS",), "VP": ("VPHDND", "VPUBND"),
    "TTPVHCC": ("TTPVHCC",), "MTTQ": ("MTTQ",), "UBND": ("UBND",),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """The bodies a petition of one place may go to: {label: unit}."""

    units: dict

    def unit_of(self, label):
        """The unit a label means here, or None."""
        return self.units.get(label)


def place_of(area):
    """The bodies in reach of an area (a commune or a province): the nation's, the province's, the commune's own."""
    return places_of([area])[area.pk]


def places_of(areas):
    """{number of an area: its Place} for many areas at once; the statements do not grow with them."""
    nation = units.nation()
    provinces = {area.pk: area.pk if area.level == Level.PROVINCE else area.parent_id for area in areas}
    wanted = {*provinces, *provinces.values()} - {None}
    bodies = {}
    for body in units.bodies_of_many([*wanted, *([nation.pk] if nation else [])]):
        bodies.setdefault(body.area_id, []).append(body)
    nations = {body.code: body for body in bodies.get(nation.pk, ())} if nation else {}
    found = {}
    for area in areas:
        here = {label_of(body): body for body in bodies.get(provinces[area.pk], ())}
        if area.level == Level.COMMUNE:
            here |= {label_of(body): body for body in reversed(bodies.get(area.pk, ()))}
        found[area.pk] = Place({**nations, **here})
    return found


def label_of(body):
    """The label of a body, whatever province or commune it belongs to."""
    last = body.code.rsplit(".", 1)[-1]
    if body.level == Level.CENTRAL:
        return body.code
    if body.level == Level.PROVINCE:
        return f"{PROVINCE}{last}"
    division = next((code for code, names in DIVISIONS.items() if last in names), last)
    return f"{COMMUNE}{division}"


def level_of(label):
    """The level a label belongs to."""
    return Level.PROVINCE if label.startswith(PROVINCE) else Level.COMMUNE if label.startswith(COMMUNE) else Level.CENTRAL


def body_scheme(learned=()):
    """The labels of the written knowledge and of the decisions that were learned."""
    of_competence = {one.code: tuple(dict.fromkeys(_labels(one))) for one in competences()}
    known = {label for labels in of_competence.values() for label in labels} | {one.body for one in addressees()}
    labels = tuple(sorted(known | set(learned)))
    return Scheme(labels, of_competence, {one: one.body for one in addressees()}, {label: level_of(label) for label in labels})


def _labels(competence):
    for level, code in competence.bodies.items():
        yield {"central": "", "province": PROVINCE, "commune": COMMUNE}[level] + code


def field_scheme():
    """The fields of the catalogue."""
    codes = tuple(Field.objects.order_by("code").values_list("code", flat=True))
    return Scheme(codes, {one.code: (one.field,) if one.field in codes else () for one in competences()}, {}, {})
