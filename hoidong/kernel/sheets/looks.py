"""How lots and rows look."""

from django.utils.translation import gettext as _

from ..ui.looks import Look
from .models import LotState, RowState

_LOTS = {
    LotState.READING: ("sent", "busy"),
    LotState.CHECKED: ("new", "busy"),
    LotState.TAKING: ("sent", "busy"),
    LotState.TAKEN: ("ok", "good"),
    LotState.CANCELLED: ("back", "calm"),
}
_ROWS = {
    RowState.OK: ("new", "calm"),
    RowState.BAD: ("no", "late"),
    RowState.TAKEN: ("ok", "good"),
    RowState.SKIPPED: ("back", "calm"),
}


def of_lot(lot):
    """The Look of a lot; a lot with rows to mend says so."""
    shape, tone = _LOTS[lot.state]
    if lot.state == LotState.TAKEN and not lot.taken:
        return Look("back", "calm", _("Không nhận dòng nào"))
    if lot.state == LotState.READING and not lot.sheet:
        return Look("info", "soon", _("Chờ chọn trang tính"))
    if lot.trouble and lot.at_work:
        return Look("late", "late", _("Dừng giữa chừng"))
    note = (
        _("%(count)s dòng cần sửa") % {"count": lot.bad} if lot.bad and lot.state in (LotState.CHECKED, LotState.TAKEN) else ""
    )
    return Look(shape, tone, lot.get_state_display(), note)


def of_row(row):
    """The Look of a row."""
    shape, tone = _ROWS[row.state]
    if row.state == RowState.OK and (row.repeat or row.warnings):
        return Look("soon", "soon", _("Trùng") if row.repeat else _("Nhận được, có lưu ý"))
    return Look(shape, tone, row.get_state_display())
