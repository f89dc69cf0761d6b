"""What one may see of the lots."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..base import paging
from . import importers
from .models import RowState, SheetLot

VIEWS = (
    ("bad", _("Cần sửa"), Q(state=RowState.BAD)),
    ("ok", _("Nhận được"), Q(state=RowState.OK)),
    ("warned", _("Có lưu ý"), ~Q(warnings=[]) & ~Q(state=RowState.SKIPPED)),
    ("repeats", _("Trùng"), ~Q(repeat="") & ~Q(state=RowState.TAKEN)),
    ("taken", _("Đã nhận"), Q(state=RowState.TAKEN)),
    ("skipped", _("Bỏ qua"), Q(state=RowState.SKIPPED)),
    ("all", _("Tất cả"), Q()),
)


def lots_for(actor):
    """The lots of the actor's unit, of the importers the actor may use; any other one is not there (404)."""
    codes = [importer.code for importer in importers.for_actor(actor)]
    if not codes:
        return SheetLot.objects.none()
    return SheetLot.objects.filter(unit=actor.unit.pk, importer__in=codes)


def rows_of(lot, view, after=None, size=25):
    """One page of the rows of a lot the asker was already given, in the order of the sheet."""
    condition = next((found for code, _label, found in VIEWS if code == view), Q())
    return paging.keyset(lot.rows.filter(condition), order=("number",), after=after, size=size)


def first_view(lot):
    """Where the work begins: what must be mended, else what can be taken, else everything."""
    if lot.bad:
        return "bad"
    return "ok" if lot.ok else "all"
