"""The moves of a lot, and who may make them."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..base.errors import NotAllowed
from ..workflow import Move
from . import importers
from .models import LotState as S


def check_lot(actor, lot):
    """People of the unit that brought the lot in, as long as the importer lets them."""
    importer = importers.named(lot.importer)
    if importer is None or actor.unit is None or actor.unit.pk != lot.unit_id or not importer.may(actor):
        raise NotAllowed(_now("Lô này do người có quyền nhập dữ liệu ở đơn vị đã gửi tệp xử lý."))


def check_take(actor, lot):
    """There must be something to take."""
    check_lot(actor, lot)
    if not lot.ok:
        raise NotAllowed(_now("Không còn dòng nào nhận được. Sửa các dòng báo lỗi trước."))


def check_cancel(actor, lot):
    """What was taken must be able to be taken back."""
    check_lot(actor, lot)
    if lot.taken and not importers.named(lot.importer).can_undo:
        raise NotAllowed(_now("Dữ liệu loại này đã nhận thì không hủy theo lô được."))


READ = Move("sheet_read", {S.READING}, S.CHECKED, check_lot, _("Đọc xong"))
TAKE = Move(
    "sheet_take", {S.CHECKED, S.TAKEN}, S.TAKING, check_take, _("Nhận"), changes=("take_repeats", "total", "done", "trouble")
)
TAKEN = Move("sheet_taken", {S.TAKING}, S.TAKEN, check_lot, _("Nhận xong"))
STOP = Move("sheet_stop", {S.TAKING}, S.CHECKED, check_lot, _("Dừng nhận"), changes=("trouble",))
CANCEL = Move("sheet_cancel", {S.READING, S.CHECKED, S.TAKEN}, S.CANCELLED, check_cancel, _("Hủy lô"))
MOVES = (READ, TAKE, TAKEN, STOP, CANCEL)
