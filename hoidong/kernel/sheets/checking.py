"""Rows are looked at, compared and counted. Everything here works on a chunk with a fixed number of queries."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..base import dates
from .importers import Line
from .models import LotState, RowState, SheetLot, SheetRow

CHUNK = 5000  # rows a transaction: what many rows name is looked up once, and their words are sorted into the indexes together
KNOWN = "_known"
_COUNTED = (RowState.OK, RowState.TAKEN)


def checked_rows(importer, lot, cells, actor):
    """Unsaved SheetRows for [(number, cells by column)], each checked and compared with its like."""
    lines = importer.check([importer.parse(number, row) for number, row in cells], actor, lot.options)
    rows = []
    for line, (number, raw) in zip(lines, cells, strict=True):
        row = SheetRow(lot=lot, number=number, raw=raw)
        fill(row, line, importer)
        rows.append(row)
    compare(importer, lot, rows)
    return rows


def fill(row, line, importer):
    """Put what a check found into a row."""
    # What the importer itself knows of stays with the values, for the time when likenesses are looked at anew.
    row.values = {**line.values, KNOWN: line.repeat} if line.repeat else line.values
    row.errors, row.warnings = line.errors, line.warnings
    row.fingerprint = importer.digest_of(line.values)
    row.repeat = line.repeat[:300]
    row.state = RowState.BAD if line.errors else RowState.OK


def compare(importer, lot, rows):
    """Note on each row what it repeats: a row above it in the sheet, or one that was taken in another lot."""
    marks = {row.fingerprint for row in rows if row.fingerprint}
    elsewhere = taken_elsewhere(importer, lot, marks)
    numbers = {row.number for row in rows}
    above = {}
    same_lot = (
        SheetRow.objects.filter(lot=lot, fingerprint__in=marks, state__in=_COUNTED) if lot.pk else SheetRow.objects.none()
    )
    for mark, number in same_lot.order_by("-number").values_list("fingerprint", "number"):
        if number not in numbers:
            above[mark] = number
    for row in sorted(rows, key=lambda row: row.number):
        first = above.get(row.fingerprint) if row.fingerprint else None
        if row.state in _COUNTED and row.fingerprint and (first is None or first > row.number):
            above[row.fingerprint] = row.number
        if row.fingerprint in elsewhere:
            row.repeat = elsewhere[row.fingerprint]
        elif first is not None and first < row.number:
            row.repeat = _("Trùng với dòng %(number)s của bảng này.") % {"number": first}
        else:
            row.repeat = row.values.get(KNOWN, "")[:300]


def taken_elsewhere(importer, lot, marks):
    """{fingerprint: sentence} of rows the same unit took in other lots that were not cancelled."""
    found = SheetRow.objects.filter(
        fingerprint__in=marks - {""}, state=RowState.TAKEN, lot__unit=lot.unit_id, lot__importer=importer.code
    )
    found = found.exclude(lot=lot.pk).exclude(lot__state=LotState.CANCELLED).order_by("pk")
    said = _("Trùng với dòng %(number)s của “%(file)s” đã nhận ngày %(day)s.")
    return {
        mark: (said % {"number": number, "file": name, "day": dates.format_date(timezone.localdate(at))})[:300]
        for mark, number, name, at in found.values_list("fingerprint", "number", "lot__file_name", "lot__changed_at")
    }


def line_of(row, importer):
    """A kept row as the importer takes it: dates are dates again."""
    values = dict(row.values)
    for column in importer.columns:
        values[column.key] = column.live(values.get(column.key, ""))
    return Line(row.number, values, warnings=list(row.warnings), repeat=row.repeat)


def recount(lot):
    """Count the rows of a lot anew, in one statement, and keep the figures with it."""
    states = {state.value: Count("pk", filter=Q(state=state)) for state in RowState}
    figures = lot.rows.aggregate(
        **states,
        warned=Count("pk", filter=~Q(warnings=[]) & ~Q(state=RowState.SKIPPED)),
        repeats=Count("pk", filter=~Q(repeat="") & Q(state=RowState.OK)),
    )
    SheetLot.objects.filter(pk=lot.pk).update(**figures, changed_at=dates.now())
    for name, value in figures.items():
        setattr(lot, name, value)
