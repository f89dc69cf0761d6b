"""The long work: reading and taking a lot, chunk by chunk. Each chunk is a transaction; what broke off goes on there."""

import json
import logging

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from .. import audit, workflow
from ..base import bulk
from ..base.errors import Invalid, Refused
from ..base.language import in_vietnamese
from . import checking, importers, moves, reading
from .models import LotState, RowState, SheetLot, SheetRow, SheetSource

log = logging.getLogger(__name__)


class BrokeOff(Exception):
    """Work on a lot ended half-way by a fault of ours; the lot says so, and can be gone on with."""


_OUTCOME = """
UPDATE kernel_sheetrow AS kept SET state = told.state, errors = told.errors, repeat = told.repeat, taken_ref = told.ref
FROM jsonb_to_recordset(%s::jsonb) AS told(id bigint, state text, errors jsonb, repeat text, ref bigint) WHERE kept.id = told.id
"""
AT_ONCE = 500  # rows up to which the person waits for the page


def later(lot, by):
    """Hand a big lot to the queue, in the caller's transaction. Returns False for a small one, which is done `now`."""
    if lot.total <= AT_ONCE:
        return False
    from .tasks import work

    work.configure(lock=f"sheets-{lot.pk}").defer(
        lot_id=lot.pk, account_id=by.account.pk if by.account else None, post_id=by.post.pk if by.post else None
    )
    return True


def now(lot, by):
    """Work on a small lot while the person waits. What goes wrong is kept with the lot, and its page offers to go on."""
    try:
        run(lot.pk, by)
    except BrokeOff as fault:
        log.warning("%s waits to be gone on with", fault)


@in_vietnamese
def run(lot_id, by):
    """Read or take a lot to its end, as its state says. A refusal is kept with the lot; anything else is BrokeOff."""
    try:
        lot = SheetLot.objects.get(pk=lot_id)
        if lot.state == LotState.READING and lot.sheet:
            _read(lot, by)
        elif lot.state == LotState.TAKING:
            while _take_chunk(lot_id, by):
                pass
    except Refused as refusal:
        _give_up(lot_id, str(refusal.reason), by)
    except Exception as fault:  # whatever it is, people must find the lot with what to do next
        log.exception("lot %s broke off", lot_id)
        note_trouble(lot_id, _("Việc dừng giữa chừng vì lỗi hệ thống. Các dòng đã xong vẫn còn; bấm “Làm tiếp”."))
        raise BrokeOff(f"lot {lot_id}") from fault


def note_trouble(lot_id, sentence):
    """Keep with the lot why it does not go on."""
    SheetLot.objects.filter(pk=lot_id).update(trouble=sentence[:400])


def _give_up(lot_id, sentence, by):
    lot = SheetLot.objects.get(pk=lot_id)
    if lot.state == LotState.TAKING:
        try:
            workflow.make(moves.STOP, lot, by=by, trouble=sentence[:400])
            return
        except Refused:
            pass  # who took it may no longer: the sentence below says so, and another person goes on
    note_trouble(lot_id, sentence)


def _locked(lot_id):
    return SheetLot.objects.select_for_update(of=("self",)).select_related("unit").get(pk=lot_id)


# --- Reading ----------------------------------------------------------------------------------------------------


def _read(lot, by):
    importer = importers.named(lot.importer)
    content = bytes(SheetSource.objects.get(lot=lot).content)
    rows = reading.table(content, importer, lot.sheet).rows
    last = lot.rows.order_by("-number").values_list("number", flat=True).first() or 0
    ahead = [row for row in rows if row[0] > last]
    for start_at in range(0, len(ahead), checking.CHUNK):
        if not _read_chunk(lot.pk, importer, ahead[start_at : start_at + checking.CHUNK], by):
            return
    with transaction.atomic():
        lot = _locked(lot.pk)
        if lot.state == LotState.READING:
            checking.recount(lot)
            counts = {name: getattr(lot, name) for name in ("ok", "bad", "warned", "repeats")}
            workflow.make(moves.READ, lot, by=by, rows=lot.total, **counts)
            SheetSource.objects.filter(lot=lot).delete()
            SheetLot.objects.filter(pk=lot.pk).update(trouble="")


@transaction.atomic
def _read_chunk(lot_id, importer, cells, by):
    lot = _locked(lot_id)
    if lot.state != LotState.READING:
        return False
    moves.check_lot(by, lot)
    # Another worker may have read on while this one waited for the row.
    last = lot.rows.order_by("-number").values_list("number", flat=True).first() or 0
    cells = [row for row in cells if row[0] > last]
    if cells:
        bulk.insert(SheetRow, checking.checked_rows(importer, lot, cells, by))
        SheetLot.objects.filter(pk=lot_id).update(done=lot.done + len(cells), trouble="")
    return True


# --- Taking -----------------------------------------------------------------------------------------------------


@transaction.atomic
def _take_chunk(lot_id, by):
    """Take the next rows. Returns False when nothing is left, and the lot was moved on."""
    lot = _locked(lot_id)
    if lot.state != LotState.TAKING:
        return False
    moves.check_lot(by, lot)
    importer = importers.named(lot.importer)
    with connection.cursor() as cursor:  # two lots of one unit with the same rows must see each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [lot.unit_id % 2**31, lot.importer])
    rows = list(lot.rows.filter(state=RowState.OK).order_by("number")[: checking.CHUNK])
    if not rows:
        checking.recount(lot)
        workflow.make(moves.TAKEN, lot, by=by, taken=lot.taken, skipped=lot.skipped, bad=lot.bad)
        return False
    chosen = _without_repeats(importer, lot, rows)
    with bulk.sorted_in():
        _take_rows(importer, lot, chosen, by)
    _write_down(rows)
    taken = [row.number for row in rows if row.state == RowState.TAKEN]
    if taken:
        audit.record("sheets.took", lot, by, count=len(taken), first=taken[0], last=taken[-1])
    SheetLot.objects.filter(pk=lot_id).update(done=lot.done + len(rows))
    checking.recount(lot)
    return True


def _write_down(rows):
    """Keep what became of rows, in one statement however many they are."""
    told = [
        {"id": row.pk, "state": row.state, "errors": row.errors, "repeat": row.repeat, "ref": row.taken_ref} for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_OUTCOME, [json.dumps(told)])


def _without_repeats(importer, lot, rows):
    """The rows to take; repeats are set aside unless the person chose to take them as well."""
    elsewhere = checking.taken_elsewhere(importer, lot, {row.fingerprint for row in rows})
    for row in rows:
        row.repeat = elsewhere.get(row.fingerprint, row.repeat)
        if row.repeat and not lot.take_repeats:
            row.state = RowState.SKIPPED
    return [row for row in rows if row.state == RowState.OK]


def _take_rows(importer, lot, rows, by):
    """Take rows together; where one is refused, halve until it stands alone with the reason."""
    if not rows:
        return
    lines = [checking.line_of(row, importer) for row in rows]
    try:
        with transaction.atomic():
            importer.take(lines, lot, by, lot.options)
    except (Invalid, IntegrityError, DataError) as error:
        if len(rows) > 1:
            half = len(rows) // 2
            _take_rows(importer, lot, rows[:half], by)
            _take_rows(importer, lot, rows[half:], by)
            return
        _refuse(importer, rows[0], error)
        return
    for row, line in zip(rows, lines, strict=True):
        row.state, row.taken_ref = RowState.TAKEN, line.ref


def _refuse(importer, row, error):
    reason = str(error.reason) if isinstance(error, Refused) else _("Cơ sở dữ liệu từ chối dòng này. Xem lại các ô của dòng.")
    key = getattr(error, "field", None)
    row.state = RowState.BAD
    row.errors = {key if key and importer.column(key) else importer.columns[0].key: reason}
