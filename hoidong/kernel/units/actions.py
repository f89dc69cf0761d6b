"""What can be done to units: add, rename, move, end, merge, split. Each with its day, its legal basis and its author.

A change may be entered ahead of its day: names and successions carry the day, `history.follow` brings it about.
"""

import datetime
import re

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit
from ..base import dates
from ..base.errors import Invalid
from ..base.text import nfc
from . import history, kinds, names, rules
from .founding import create_bodies_by_law, load_national_bodies
from .kinds import Kind
from .loading import add_all
from .models import Unit, UnitAlias, UnitName, UnitSuccession

__all__ = [
    "add_unit", "add_units", "create_bodies_by_law", "end", "load_national_bodies", "merge", "move", "rename", "set_council", "split",
]  # fmt: skip

_CODE_PREFIX = {
    Kind.HAMLET: "T",
    Kind.RESIDENTIAL_GROUP: "TDP",
    Kind.DEPUTIES_GROUP: "TDB",
    Kind.COMMITTEE: "BAN",
    Kind.DEPARTMENT: "CQ",
    Kind.COMMUNE_DIVISION: "P",
}
_FORMER = {
    **dict.fromkeys(kinds.PROVINCES, UnitAlias.Kind.FORMER_PROVINCE),
    **dict.fromkeys(kinds.COMMUNES, UnitAlias.Kind.FORMER_COMMUNE),
}


def add_unit(parent, kind, name, *, by, on=None, basis="", short_name="", position=0):
    """Add one unit under another and return it. Raises NotAllowed, or Invalid where the name is missing or taken."""
    return add_units(parent, kind, [name], by=by, on=on, basis=basis, short_name=short_name, position=position)[0]


@transaction.atomic
def add_units(parent, kind, many, *, by, on=None, basis="", short_name="", position=0):
    """Add several units of one kind under another, in few statements. Their codes are drawn under a lock on the area."""
    rules.check_manages(by, parent)
    if parent.kind not in rules.ADDABLE.get(kind, ()):
        raise Invalid(_("Không lập được loại đơn vị này ở đây."), field="kind")
    many = [nfc(name) for name in many]
    _check_names(parent, many)
    first = _next_number(parent.area, _prefix(parent.area, kind))
    day = on or dates.today()
    units = [
        Unit(
            code=f"{_prefix(parent.area, kind)}{first + place:03d}",
            kind=kind, name=name, short_name=short_name, parent=parent, position=position, valid_from=day, legal_basis=basis,
        )
        for place, name in enumerate(many)
    ]  # fmt: skip
    add_all(units)
    audit.record_many("units.add", units, by, data={"on": day.isoformat(), "basis": basis})
    return units


@transaction.atomic
def rename(unit, *, by, on, basis, name=None, kind=None, short_name=""):
    """Give a unit another name, another rank or both from a day on. Returns the dated UnitName.

    Raises Invalid where nothing changes, the basis is missing, or a later name is already known.
    """
    unit = _locked(unit)
    rules.check_changes_area(by, unit)
    name, kind = nfc(name or "") or unit.name, kind or unit.kind
    last = _last_name(unit)
    if (name, kind) == (last.name, last.kind):
        raise Invalid(_("Tên mới trùng tên đang dùng."), field="name")
    named = _next_name(last, on, basis, name=name, kind=kind, short_name=nfc(short_name) or _short(name, kind))
    audit.record("units.rename", unit, by, on=on.isoformat(), basis=basis, before=last.name, after=name)
    history.follow()
    return named


@transaction.atomic
def move(unit, parent, *, by, on, basis):
    """Hang a unit under another parent from a day on; what is under it goes along."""
    unit = _locked(unit)
    rules.check_changes_area(by, unit)
    rules.check_manages(by, parent)
    last = _last_name(unit)
    if parent.pk == last.parent_id or parent.path == unit.path or parent.path.startswith(f"{unit.path}."):
        raise Invalid(_("Chọn đơn vị cấp trên khác với đơn vị hiện nay."), field="parent")
    named = _next_name(last, on, basis, parent=parent)
    audit.record("units.move", unit, by, on=on.isoformat(), basis=basis, before=last.parent_id, after=parent.pk)
    history.follow()
    return named


@transaction.atomic
def end(unit, *, by, on, basis):
    """End a unit: `on` is the first day it is no more. Its bodies end with it; places under it must be moved before."""
    unit = _locked(unit)
    rules.check_changes_area(by, unit)
    _check_basis(basis)
    places = kinds.AREAS | kinds.NEIGHBOURHOODS
    if Unit.objects.under(unit).exclude(pk=unit.pk).filter(kind__in=places).open_on(on).exists():
        raise Invalid(_("Còn đơn vị trực thuộc đang hoạt động. Chuyển hoặc kết thúc các đơn vị ấy trước."), field="on")
    return _end([unit], by=by, on=on, basis=basis, action="units.end")[0]


@transaction.atomic
def merge(units, into, *, by, on, basis):
    """Merge units into another one that exists on that day. Places under them move along, their bodies end.

    The old names keep finding: they become aliases of the unit that took over.
    """
    units = [_locked(unit) for unit in units]
    _check_basis(basis)
    for unit in [*units, into]:
        rules.check_changes_area(by, unit)
    if not units or any(unit.pk == into.pk for unit in units):
        raise Invalid(_("Chọn đơn vị nhập vào khác với các đơn vị được nhập."), field="into")
    if not into.exists_on(on):
        raise Invalid(_("Đơn vị nhập vào không hoạt động vào ngày này."), field="into")
    for unit in units:
        _move_places(unit, into, on, basis)
    _follow_up(units, [into], UnitSuccession.Kind.MERGE, on, basis)
    ended = _end(units, by=by, on=on, basis=basis, action="units.merge", into=into.pk)
    history.follow()
    return ended


@transaction.atomic
def split(unit, parts, *, by, on, basis, ends=True, codes=()):
    """Split a unit into new ones beside it, named in `parts`, and return them.

    With `ends=False` the old one goes on without these parts, until what is under it was moved and it is ended.
    A commune or province is split with the official codes of its parts in `codes`; other units draw theirs.
    """
    unit = _locked(unit)
    rules.check_changes_area(by, unit)
    _check_basis(basis)
    if len(parts) < (2 if ends else 1):
        raise Invalid(_("Ghi tên các đơn vị mới."), field="parts")
    if unit.is_area:
        new = _new_areas(unit, parts, codes, on, basis)
        audit.record_many("units.add", new, by, data={"on": on.isoformat(), "basis": basis})
    else:
        new = add_units(unit.parent, unit.kind, parts, by=by, on=on, basis=basis)
    _follow_up([unit], new, UnitSuccession.Kind.SPLIT, on, basis)
    if ends:
        end(unit, by=by, on=on, basis=basis)
    else:
        audit.record("units.split", unit, by, on=on.isoformat(), basis=basis, parts=[part.pk for part in new])
    return new


def _new_areas(unit, parts, codes, on, basis):
    if len(codes) != len(parts) or Unit.objects.filter(code__in=codes).exists():
        raise Invalid(_("Ghi mã đơn vị hành chính mới, chưa dùng, cho từng đơn vị."), field="codes")
    _check_names(unit.parent, parts)
    new = [
        Unit(
            code=code, kind=unit.kind, name=name, parent=unit.parent, has_council=unit.has_council, valid_from=on, legal_basis=basis
        )
        for name, code in zip(parts, codes, strict=True)
    ]  # fmt: skip
    add_all(new)
    return new


@transaction.atomic
def set_council(area, has_council, *, by, basis):
    """Note that a special zone has, or no longer has, a council (Law 72/2025/QH15, art. 28)."""
    area = _locked(area)
    rules.check_changes_area(by, area)
    _check_basis(basis)
    if area.kind != Kind.SPECIAL_ZONE:
        raise Invalid(_("Chỉ đặc khu có thể không có Hội đồng nhân dân."), field="has_council")
    area.has_council = has_council
    area.save(update_fields=["has_council"])
    audit.record("units.council", area, by, has_council=has_council, basis=basis)
    return area


def _locked(unit):
    return Unit.objects.select_for_update(of=("self",)).select_related("parent", "area").get(pk=unit.pk)


def _last_name(unit):
    return UnitName.objects.filter(unit=unit).order_by("-valid_from").first()


def _check_basis(basis):
    if not nfc(basis):
        raise Invalid(_("Ghi số, ngày của văn bản là căn cứ."), field="basis")


def _check_names(parent, many):
    if not all(many):
        raise Invalid(_("Ghi tên đơn vị."), field="name")
    same = {name.casefold() for name in many}
    taken = Unit.objects.filter(parent=parent, name__in=many).open_on(dates.today()).first()
    if taken or len(same) < len(many):
        raise Invalid(_("Đã có “%(name)s” ở đây. Ghi tên khác để phân biệt.") % {"name": taken or many[0]}, field="name")


def _next_name(last, on, basis, **changes):
    """Close the last dated name and write the next one."""
    _check_basis(basis)
    if on <= last.valid_from:
        raise Invalid(
            _("Ngày có hiệu lực phải sau ngày %(day)s, ngày bắt đầu của tên hiện có.")
            % {"day": dates.format_date(last.valid_from)},
            field="on",
        )
    kept = {field: getattr(last, field) for field in ("kind", "name", "short_name", "parent")} | changes
    last.valid_to = on - datetime.timedelta(days=1)
    last.save(update_fields=["valid_to"])
    key = names.key_of(kept["name"], kept["kind"])
    return UnitName.objects.create(unit=last.unit, key=key, valid_from=on, legal_basis=basis, **kept)


def _move_places(old, into, on, basis):
    """Hang the places under one area under another, set-based: they keep their codes, names and history."""
    places = Unit.objects.filter(parent=old, kind__in=kinds.AREAS | kinds.NEIGHBOURHOODS).open_on(on)
    last = list(UnitName.objects.filter(unit__in=places, valid_to=None).select_related("unit"))
    UnitName.objects.filter(pk__in=[row.pk for row in last]).update(valid_to=on - datetime.timedelta(days=1))
    moved = [
        UnitName(
            unit=row.unit, kind=row.kind, name=row.name, short_name=row.short_name, parent=into, key=row.key,
            valid_from=on, legal_basis=basis,
        )
        for row in last
    ]  # fmt: skip
    UnitName.objects.bulk_create(moved)


def _follow_up(olds, news, kind, on, basis):
    pairs = [(old, new) for old in olds for new in news]
    UnitSuccession.objects.bulk_create(
        [UnitSuccession(old=old, new=new, kind=kind, on=on, legal_basis=basis) for old, new in pairs]
    )
    UnitAlias.objects.bulk_create(
        [
            UnitAlias(
                unit=new, kind=_FORMER.get(old.kind, UnitAlias.Kind.FORMER_UNIT), name=old.name,
                rank=kinds.RANK_WORD.get(old.kind, ""), key=names.key_of(old.name, old.kind), main=len(news) == 1, code=old.code[:20],
                within=old.parent.name if old.parent else "", within_keys=_key_around(old),
                valid_to=on - datetime.timedelta(days=1), legal_basis=basis,
            )
            for old, new in pairs
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _key_around(unit):
    return names.key_of(unit.parent.name, unit.parent.kind) if unit.parent else ""


def _end(units, *, by, on, basis, action, **data):
    last_day = on - datetime.timedelta(days=1)
    for unit in units:
        if on <= unit.valid_from:
            raise Invalid(
                _("“%(name)s” bắt đầu từ ngày %(day)s; chọn ngày sau đó.")
                % {"name": unit.name, "day": dates.format_date(unit.valid_from)},
                field="on",
            )
        below = Unit.objects.under(unit).open_on(on).exclude(kind__in=kinds.NEIGHBOURHOODS | kinds.AREAS)
        ending = [unit.pk, *below.values_list("pk", flat=True)]
        UnitName.objects.filter(unit__in=ending, valid_to=None).update(valid_to=last_day)
        Unit.objects.filter(pk__in=ending).update(valid_to=last_day)
        unit.valid_to = last_day
    audit.record_many(action, units, by, data={"on": on.isoformat(), "basis": basis, **data})
    return units


def _short(name, kind):
    word = Kind(kind).label
    return name[len(word) :].strip() if kind in kinds.RANK_WORD and name.startswith(f"{word} ") else name


def _prefix(area, kind):
    return f"{area.code}.{_CODE_PREFIX.get(kind, 'DV')}"


def _next_number(area, prefix):
    """The next free number for codes with this prefix. The area's row is locked, so that two people never draw the same."""
    Unit.objects.select_for_update().get(pk=area.pk)
    taken = Unit.objects.filter(area=area, code__startswith=prefix).values_list("code", flat=True)
    pattern = re.compile(re.escape(prefix) + r"(\d+)$")
    return max((int(match[1]) for code in taken if (match := pattern.match(code))), default=0) + 1
