"""What people do with a lot: start, choose the sheet, mend, leave out, take, cancel. Each takes `by`."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, workflow
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.language import in_vietnamese
from ..base.text import nfc
from . import checking, importers, moves, reading, working
from .models import LotState, RowState, SheetLot, SheetRow, SheetSource


def start(importer, *, content, file_name, options, told, by):
    """A file comes in. It is opened at once, so that a file that is no sheet, or the wrong one, is refused at the door.

    Where several sheets fit, the lot waits for `choose`; else reading begins. Returns the lot. Raises Invalid.
    """
    if not importer.may(by):
        raise NotAllowed(_("Chức vụ của Ông/Bà không nhập được loại dữ liệu này."))
    found = reading.tables(content, importer)
    chosen = reading.best(found)
    _check_header(chosen, importer)
    filled = reading.alike(found)
    several = len(filled) > 1
    if not filled:
        raise Invalid(_("Bảng có tiêu đề nhưng chưa có dòng nào bên dưới."), field="file")
    at = dates.now()
    with transaction.atomic():
        lot = SheetLot.objects.create(
            importer=importer.code, unit=by.unit, by=by.person, file_name=nfc(file_name)[-200:], options=options, told=told,
            choices=[[one.name, len(one.rows), one.fits] for one in reading.ranked(found)] if several else [], made_at=at, changed_at=at,
        )  # fmt: skip
        SheetSource.objects.create(lot=lot, content=content)
        audit.record("sheets.start", lot, by, importer=importer.code, file=lot.file_name)
        queued = several
        if not several:
            _settle(lot, chosen)
            queued = working.later(lot, by)
    if not queued:
        working.now(lot, by)
    return _fresh(lot)


def _check_header(chosen, importer):
    if chosen is None:
        raise Invalid(_("Tệp trống, không có dòng nào."), field="file")
    if not chosen.fits:
        missing = ", ".join(f"“{column.title}”" for column in chosen.missing)
        raise Invalid(
            _("Không thấy cột %(columns)s trong 30 dòng đầu. Đổi tiêu đề cột cho đúng, hoặc chép dữ liệu vào bảng mẫu.")
            % {"columns": missing},
            field="file",
        )


@in_vietnamese
def _settle(lot, table):
    """The sheet is known: keep what its header says."""
    lot.sheet, lot.header, lot.unused, lot.total, lot.choices = table.name, table.header, table.unused[:60], len(table.rows), []
    if table.coding:
        said = _("%(coding)s, đã đổi sang Unicode. Xem lại chữ ở các dòng bên dưới trước khi nhận.") % {"coding": table.coding}
        lot.told = [*lot.told, [_("Bảng mã chữ"), said]]
    lot.save(update_fields=["sheet", "header", "unused", "total", "choices", "told"])


def choose(lot, name, *, by):
    """Say which sheet of the file is meant."""
    importer = importers.named(lot.importer)
    with transaction.atomic():
        lot = _locked(lot, by)
        if lot.state != LotState.READING or lot.sheet:
            raise NotAllowed(_("Lô này đã chọn trang tính."))
        if name not in [choice[0] for choice in lot.choices]:
            raise Invalid(_("Chọn một trang tính trong danh sách."), field="sheet")
        table = reading.table(bytes(lot.source.content), importer, name)
        _check_header(table, importer)
        _settle(lot, table)
        audit.record("sheets.choose", lot, by, sheet=name)
        queued = working.later(lot, by)
    if not queued:
        working.now(lot, by)
    return _fresh(lot)


def take(lot, *, by, take_repeats=False):
    """Take every row that can be taken; repeats only when the person said so. Bad rows stay to be mended."""
    with transaction.atomic():
        lot = _locked(lot, by)
        lot = workflow.make(moves.TAKE, lot, by=by, take_repeats=take_repeats, total=lot.ok, done=0, trouble="")
        queued = working.later(lot, by)
    if not queued:
        working.now(lot, by)
    return _fresh(lot)


def resume(lot, *, by):
    """Go on with reading or taking that broke off."""
    moves.check_lot(by, lot)
    if not lot.at_work:
        raise NotAllowed(_("Lô này không có việc đang dở."))
    with transaction.atomic():
        queued = working.later(lot, by)
    if not queued:
        working.now(lot, by)
    return _fresh(lot)


@transaction.atomic
def mend(lot, number, cells, *, by):
    """Write other words into cells of one row and check it again. Returns the row. What was taken cannot be mended."""
    lot = _locked(lot, by)
    row = _open_row(lot, number)
    importer = importers.named(lot.importer)
    known = {column.key for column in importer.columns}
    changed = {key: nfc(said) for key, said in cells.items() if key in known and nfc(said) != row.raw.get(key, "")}
    before = row.fingerprint
    row.raw = {key: said for key, said in {**row.raw, **changed}.items() if said}
    line = _checked(importer, row, lot, by)
    checking.fill(row, line, importer)
    row.mended = row.mended or bool(changed)
    row.save()
    # The words may hold personal data: the log says which cells, not what stood there.
    audit.record("sheets.mend", lot, by, row=row.number, columns=sorted(changed))
    _renew(importer, lot, {before, row.fingerprint})
    checking.recount(lot)
    return SheetRow.objects.get(pk=row.pk)


@in_vietnamese
def _checked(importer, row, lot, by):
    return importer.check([importer.parse(row.number, row.raw)], by, lot.options)[0]


@transaction.atomic
def leave_out(lot, numbers, *, by):
    """Leave rows out. They stay to be seen, and can be put back. Returns how many."""
    lot = _locked(lot, by)
    rows = list(_open_rows(lot).filter(number__in=numbers).exclude(state=RowState.SKIPPED))
    SheetRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=RowState.SKIPPED)
    return _noted("sheets.leave_out", lot, rows, by)


@transaction.atomic
def put_back(lot, numbers, *, by):
    """Put rows that were left out back; a repeat that is put back is taken with the choice “nhận cả dòng trùng”."""
    lot = _locked(lot, by)
    rows = list(_open_rows(lot).filter(number__in=numbers, state=RowState.SKIPPED))
    for row in rows:
        row.state = RowState.BAD if row.errors else RowState.OK
    SheetRow.objects.bulk_update(rows, ["state"])
    return _noted("sheets.put_back", lot, rows, by)


def _noted(action, lot, rows, by):
    if rows:
        audit.record(action, lot, by, rows=[row.number for row in rows][:200], count=len(rows))
        _renew(importers.named(lot.importer), lot, {row.fingerprint for row in rows})
        checking.recount(lot)
    return len(rows)


@in_vietnamese
def _renew(importer, lot, marks):
    """What a row repeats may have changed for all rows that are like it."""
    rows = list(lot.rows.filter(fingerprint__in=marks - {""}).exclude(state=RowState.TAKEN).order_by("number"))
    if rows:
        checking.compare(importer, lot, rows)
        SheetRow.objects.bulk_update(rows, ["repeat"])


@transaction.atomic
def cancel(lot, *, by, reason=""):
    """Cancel a lot: what it brought is taken back as long as nothing was done with it. Returns the lot."""
    lot = _locked(lot, by)
    reason = nfc(reason)
    if lot.taken:
        if not reason:
            raise Invalid(_("Ghi lý do hủy lô. Lý do được lưu cùng các mục bị hủy."), field="reason")
        moves.check_cancel(by, lot)
        importers.named(lot.importer).undo(lot, by, reason)
    SheetSource.objects.filter(lot=lot).delete()
    return workflow.make(moves.CANCEL, lot, by=by, reason=reason, taken=lot.taken)


def _locked(lot, by):
    lot = SheetLot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=lot.pk)
    moves.check_lot(by, lot)
    return lot


def _open_rows(lot):
    if lot.state not in (LotState.CHECKED, LotState.TAKEN):
        raise NotAllowed(_("Lô đang đọc hoặc đang nhận. Chờ xong rồi sửa."))
    return lot.rows.exclude(state=RowState.TAKEN)


def _open_row(lot, number):
    row = _open_rows(lot).filter(number=number).first()
    if row is None:
        raise NotAllowed(_("Dòng này đã nhận, không sửa ở đây được nữa."))
    return row


def _fresh(lot):
    return SheetLot.objects.get(pk=lot.pk)
