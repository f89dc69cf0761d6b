"""The cells of a plan: what people type in a hurry, what it means, and how it is shown again."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.base.text import clip, fold, nfc
from hoidong.kernel.people.actors import people_at
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.kinds import PROVINCES
from hoidong.kernel.units.kinds import Kind as UnitKind

from .states import Kind

CELLS = ("group", "commune", "held_on", "starts_at", "venue", "deputies", "kind", "chair", "note")
DEPUTY_ROLES = ("deputy", "group_head", "standing_committee")
_SEATS = (UnitKind.COUNCIL, UnitKind.DEPUTIES_GROUP, UnitKind.STANDING_COMMITTEE)
_LONGEST = {"venue": 200, "chair": 200, "note": 300}
_SURE = 0.8
_HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*(?:giờ|gio|h|g|:)\s*([0-5]\d)?(?!\d)", re.I)
_SHORT_DAY = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})$", re.I)
_DAY_INSIDE = re.compile(r"(?<!\d)\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?:\d{4}|\d{2})(?!\d)")
_BETWEEN_NAMES = re.compile(r"[;\n,]")
# "Nguyễn Văn A, Phó Chủ tịch …": what a person is, not one more person.
_OFFICE = re.compile(r"^(phó|chủ tịch|ủy viên|uỷ viên|trưởng|tổ trưởng|bí thư|giám đốc|thường trực|đại biểu|nguyên)\b", re.I)
_TITLE = re.compile(r"^\s*(?:[-–•+*]|\d{1,2}[.)])?\s*(?:các\s+)?(?:ông|bà|đ/c|đồng chí|đại biểu|đb)\s+", re.I)


@dataclass
class Row:
    """What one row means: values for the record, and what was wrong or only probable, by cell."""

    values: dict = field(default_factory=dict)
    people: list = field(default_factory=list)
    typed: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)


class Known:
    """The groups, communes and deputies of a council's area, read once for all rows of a plan."""

    def __init__(self, area, around=None, said=()):
        """`around` is the day near which a date without a year lies; `said` are the communes as typed."""
        self.area, self.around = area, around or dates.today()
        bodies = [body for body in units.bodies_of(area) if body.kind in _SEATS]
        self.groups = [body for body in bodies if body.kind == UnitKind.DEPUTIES_GROUP]
        self.communes = list(units.communes_of(area)) if area.kind in PROVINCES else [area]
        self.people, self.members, self.seats = {}, {}, {}
        for person, unit_id, _role in people_at([body.pk for body in bodies], *DEPUTY_ROLES):
            self.people.setdefault(fold(person.full_name), {})[person.pk] = person
            self.members.setdefault(unit_id, {})[person.pk] = person
            self.seats.setdefault(person.pk, set()).add(unit_id)
        self._by_name = {}
        for unit in self.communes:
            for key in {fold(unit.name), fold(unit.short_name)}:
                self._by_name.setdefault(key, []).append(unit)
        unknown = {text for text in said if text and fold(text) not in self._by_name}
        self._elsewhere = units.find_many(unknown, within=area) if unknown else {}

    def group(self, said):
        """The group a text means, or None: by its name, by its number, by its beginning."""
        wanted = fold(said)
        same = [unit for unit in self.groups if wanted in (fold(unit.name), fold(unit.short_name))]
        number = re.findall(r"\d+", wanted)
        if not same and len(number) == 1:
            same = [unit for unit in self.groups if re.findall(r"\d+", fold(unit.name))[:1] == [str(int(number[0]))]]
        if not same and len(wanted) > 3:
            same = [unit for unit in self.groups if wanted in fold(unit.name)]
        return same[0] if len(same) == 1 else None

    def commune(self, said):
        """(commune or None, what to tell): a name of today, else an old or misspelt one that is sure enough."""
        same = self._by_name.get(fold(said), [])
        if len(same) == 1:
            return same[0], ""
        if same:
            names = ", ".join(unit.name for unit in same)
            return None, _("“%(said)s” có ở hai nơi: %(names)s. Ghi cả chữ xã hay phường.") % {"said": said, "names": names}
        match = next(iter(self._elsewhere.get(said) or []), None)
        if match and match.confidence >= _SURE and match.unit.pk in {unit.pk for unit in self.communes}:
            return match.unit, _("“%(said)s” được hiểu là %(unit)s.") % {"said": clip(said, 60), "unit": match.unit.name}
        return None, _("Không thấy xã, phường “%(said)s” ở %(area)s.") % {
            "said": clip(said, 60), "area": self.area.name_in_sentence}  # fmt: skip

    def person(self, name, group):
        """The deputy of this name; of several, the one of the group. None for who is in no list."""
        found = self.people.get(fold(name), {})
        if len(found) > 1 and group is not None:
            found = {pk: person for pk, person in found.items() if pk in self.members.get(group.pk, {})} or found
        return next(iter(found.values())) if len(found) == 1 else None

    def of_group(self, group):
        """The deputies of a group, its head first."""
        return list(self.members.get(group.pk, {}).values()) if group else []


def read(cells, known):
    """The Row that cells (texts by name) mean. What cannot be understood stays in `typed` with its error."""
    said = {name: nfc(str(cells.get(name) or "")) for name in CELLS}
    row = Row()
    _read_group(row, said["group"], known)
    _read_commune(row, said["commune"], known)
    _read_day(row, said["held_on"], known.around)
    _read_hours(row, said["starts_at"] or said["held_on"], bool(said["starts_at"]))
    _read_kind(row, said["kind"])
    for name, longest in _LONGEST.items():
        row.values[name] = said[name][:longest]
        if len(said[name]) > longest:
            _wrong(row, name, said[name], _("Ô này tối đa %(count)s chữ.") % {"count": longest})
    _read_people(row, said["deputies"], known)
    return row


def _wrong(row, cell, said, sentence):
    row.typed[cell], row.errors[cell] = said[:400], sentence


def _read_group(row, said, known):
    row.values["group"] = known.group(said) if said else None
    if said and row.values["group"] is None:
        names = ", ".join(unit.short_name or unit.name for unit in known.groups[:4])
        hint = _("Đang có: %(names)s.") % {"names": names} if names else _("Chưa có tổ nào; lập tổ ở trang Đơn vị.")
        _wrong(row, "group", said, _("Không thấy tổ “%(said)s”. %(hint)s") % {"said": clip(said, 40), "hint": hint})


def _read_commune(row, said, known):
    row.values["commune"] = None
    if not said:
        return
    row.values["commune"], told = known.commune(said)
    if row.values["commune"] is None:
        _wrong(row, "commune", said, told)
    elif told:
        row.warnings.append(told)


def _read_day(row, said, around):
    row.values["held_on"] = None
    if said:
        try:
            row.values["held_on"] = day_of(said, around)
        except Invalid as wrong:
            _wrong(row, "held_on", said, str(wrong.reason))


def day_of(said, around):
    """The day a text names. Without a year it is the one nearest to `around`; hours beside it are left aside."""
    short = _SHORT_DAY.match(said)
    if short is None:
        inside = _DAY_INSIDE.search(said)
        return dates.parse_date(inside.group().replace(" ", "") if inside else said)
    day, month = int(short[1]), int(short[2])
    years = [_day_or_none(year, month, day) for year in (around.year - 1, around.year, around.year + 1)]
    there = [one for one in years if one]
    if not there:
        raise Invalid(_("Không có ngày %(text)s trong lịch. Kiểm tra lại ngày và tháng.") % {"text": said})
    return min(there, key=lambda one: abs(one - around))


def _day_or_none(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _read_hours(row, said, must):
    hours = [datetime.time(int(found[1]), int(found[2] or 0)) for found in _HOUR.finditer(said)][:2]
    row.values["starts_at"] = hours[0] if hours else None
    row.values["ends_at"] = hours[1] if len(hours) == 2 else None
    if must and not hours:
        _wrong(row, "starts_at", said, _("Không hiểu giờ “%(said)s”. Ghi như 8h00 hoặc 8h00-10h00.") % {"said": clip(said, 30)})
    elif len(hours) == 2 and hours[1] <= hours[0]:
        row.values["ends_at"] = None
        _wrong(row, "starts_at", said, _("Giờ kết thúc phải sau giờ bắt đầu."))


def _read_kind(row, said):
    wanted = fold(said)
    row.values["kind"] = Kind.ORDINARY
    if not wanted:
        return
    for kind, words in ((Kind.ONLINE, ("truc tuyen", "online", "ket hop")), (Kind.THEMATIC, ("chuyen de", "thematic")),
                        (Kind.ORDINARY, ("dinh ky", "thuong le", "truc tiep", "ordinary", "periodic"))):  # fmt: skip
        if wanted == kind or any(word in wanted for word in words):
            row.values["kind"] = kind
            return
    _wrong(row, "kind", said, _("Ghi một trong: %(kinds)s.") % {"kinds": ", ".join(str(kind.label) for kind in Kind)})


def _read_people(row, said, known):
    """Deputies by name; an empty cell means those of the group; who is in no list stays as a guest."""
    group = row.values["group"]
    guests = []
    if not said:
        row.people = known.of_group(group)
    for part in _BETWEEN_NAMES.split(said):
        name = _TITLE.sub("", part).strip(" .,;")
        person = known.person(name, group) if name else None
        if person is not None and person not in row.people:
            row.people.append(person)
        elif name and person is None and not _OFFICE.match(name):
            guests.append(name)
    row.values["guests"] = "; ".join(guests)
    if len(row.values["guests"]) > 400:
        row.values["guests"] = ""
        _wrong(row, "deputies", said, _("Tên đại biểu dài quá 400 chữ."))
    elif guests and known.people:
        row.warnings.append(_("Không có trong danh sách đại biểu, giữ nguyên tên: %(names)s.") % {"names": "; ".join(guests)})


def shown(planned, people):
    """The cells of a stored row as texts; what was not understood stands there as it was typed."""
    cells = {
        "group": planned.group.name if planned.group else "",
        "commune": planned.commune.name if planned.commune else "",
        "held_on": dates.format_date(planned.held_on),
        "starts_at": planned.hours.replace("–", "-"),
        "venue": planned.venue,
        "deputies": "; ".join([*(person.full_name for person in people), *filter(None, [planned.guests])]),
        "kind": str(Kind(planned.kind).label),
        "chair": planned.chair,
        "note": planned.note,
    }
    return {**cells, **planned.typed}
