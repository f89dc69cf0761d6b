"""The rows of a draft: typed in the grid, filled from constituencies or the last round, brought in from a sheet."""

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed

from ..models import PlannedDeputy, PlannedMeeting, Round
from ..rounds import cells, queries, rules
from ..rounds.states import RoundState

MOST = 1000
_WRITTEN = (
    "group", "commune", "held_on", "starts_at", "ends_at", "venue", "kind", "chair", "guests", "note", "typed", "changed_at",
)  # fmt: skip


@transaction.atomic
def save_rows(found, rows, *, by):
    """Save rows of the grid: dicts with `place` and the cells as texts. An empty row is taken out.

    Rows are keyed by their place, so that sending them twice changes nothing. Cells nobody understands are kept as typed.
    Returns [(place, cells.Row)] of the rows that stand.
    """
    locked = _locked_draft(found, by)
    empty = [
        row["place"] for row in rows if not any(str(row.get(cell) or "").strip() for cell in cells.CELLS if cell != "kind")
    ]
    _take_out(PlannedMeeting.objects.filter(round=locked, place__in=empty))
    kept = [row for row in rows if row["place"] not in set(empty)]
    known = cells.Known(locked.area, locked.starts_on, said={str(row.get("commune") or "").strip() for row in kept})
    read = [(row["place"], cells.read(row, known)) for row in kept]
    _write(locked, read)
    audit.record("voters.save_plan_rows", locked, by, rows=len(read), emptied=len(empty))
    return read


@transaction.atomic
def add_rows(found, rows, *, by, lot_id=None):
    """Add rows (dicts of cells) below the last one and return the planned meetings, in order."""
    locked = _locked_draft(found, by)
    first = next_place(locked)
    if first + len(rows) - 1 > MOST:
        raise Invalid(_("Một đợt tối đa %(count)s hội nghị. Chia thành nhiều đợt.") % {"count": MOST})
    known = cells.Known(locked.area, locked.starts_on, said={str(row.get("commune") or "").strip() for row in rows})
    read = [(first + index, cells.read(row, known)) for index, row in enumerate(rows)]
    made = _write(locked, read, lot_id)
    audit.record("voters.add_plan_rows", locked, by, rows=len(read), lot=lot_id or 0)
    return made


@transaction.atomic
def remove_lot(lot_id, *, by):
    """Take back the rows a sheet brought, while their round is a draft. Returns how many."""
    rows = PlannedMeeting.objects.filter(lot_id=lot_id)
    for found in Round.objects.filter(pk__in=rows.values("round")).order_by("pk"):
        if found.state != RoundState.DRAFT:
            raise NotAllowed(_("Lịch đã công bố, không hủy lô được nữa. Hủy từng hội nghị ở trang của đợt."))
        _locked_draft(found, by)
    return _take_out(rows)


@transaction.atomic
def fill_from_groups(found, *, by):
    """A row for each commune of the constituencies that has none yet, with its group's deputies. Returns how many."""
    locked = _locked_draft(found, by)
    known = cells.Known(locked.area, locked.starts_on)
    areas = queries.areas_of_groups([group.pk for group in known.groups])
    there = set(PlannedMeeting.objects.filter(round=locked).values_list("commune", flat=True))
    rows = [
        {"group": group.name, "commune": commune.name}
        for group in known.groups
        for commune in areas[group.pk]
        if commune.pk not in there
    ]
    return len(add_rows(locked, rows, by=by)) if rows else 0


@transaction.atomic
def copy_rows(found, earlier, *, by):
    """The groups, communes, hours, venues and chairs of an earlier round, without its days. Returns how many."""
    locked = _locked_draft(found, by)
    there = set(PlannedMeeting.objects.filter(round=locked).values_list("commune", "venue"))
    deputies = Prefetch("deputies", PlannedDeputy.objects.select_related("person").order_by("pk"))
    rows = []
    for row in earlier.planned.select_related("group", "commune").prefetch_related(deputies).order_by("place"):
        if (row.commune_id, row.venue) not in there:
            rows.append({**cells.shown(row, [entry.person for entry in row.deputies.all()]), "held_on": "", "note": ""})
    return len(add_rows(locked, rows, by=by)) if rows else 0


def next_place(found):
    """The number of the next row."""
    return (PlannedMeeting.objects.filter(round=found).aggregate(last=Max("place"))["last"] or 0) + 1


def _write(found, read, lot_id=None):
    """Write rows by their place, with their deputies; a fixed number of statements."""
    at = dates.now()
    rows = [
        PlannedMeeting(
            round=found, place=place, typed=row.typed, changed_at=at, lot_id=lot_id,
            **row.values,
        )
        for place, row in read
    ]  # fmt: skip
    made = PlannedMeeting.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["round", "place"], update_fields=list(_WRITTEN), batch_size=500
    )
    PlannedDeputy.objects.filter(planned__in=[row.pk for row in made]).delete()
    PlannedDeputy.objects.bulk_create(
        [
            PlannedDeputy(planned=row, person=person)
            for row, (_place, meant) in zip(made, read, strict=True)
            for person in meant.people
        ],
        batch_size=1000,
    )
    Round.objects.filter(pk=found.pk).update(changed_at=at)
    return made


def _take_out(rows):
    """Delete rows nobody outside has seen; returns how many."""
    keys = list(rows.filter(announced_at=None).order_by("pk").values_list("pk", flat=True))
    PlannedMeeting.objects.filter(pk__in=keys).delete()
    return len(keys)


def _locked_draft(found, by):
    locked = Round.objects.select_for_update(of=("self",)).select_related("area", "session").get(pk=found.pk)
    rules.check_draft(by, locked)
    return locked
