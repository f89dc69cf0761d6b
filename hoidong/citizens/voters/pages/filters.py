"""Filters of the worklist: kept in the address, each a chip that can be taken away."""

from django.db.models import Q
from django.utils.translation import gettext as _

from hoidong.council.meetings import queries as meetings
from hoidong.kernel.base import text
from hoidong.kernel.ui.looks import Chip
from hoidong.kernel.units import queries as units

from ..models import Field
from ..states import Level, PetitionState, Phase, Result

CHOICES = {
    "cap": ("level", Level),
    "dot": ("phase", Phase),
    "tinh-trang": ("state", PetitionState),
    "ket-qua": ("result", Result),
}
RECORDS = {"linh-vuc": "field", "co-quan": "body", "noi-neu": "commune", "ky-hop": "session"}


def labels():
    """The word for each filter."""
    return {
        "cap": _("Cấp"), "dot": _("Đợt"), "tinh-trang": _("Tình trạng"), "ket-qua": _("Kết quả"), "linh-vuc": _("Lĩnh vực"),
        "co-quan": _("Cơ quan"), "noi-neu": _("Nơi nêu"), "ky-hop": _("Kỳ họp"), "tu-khoa": _("Có chữ"),
    }  # fmt: skip


def read(params, actor):
    """The condition and the chips of what stands in the address. What is not understood is left out, never an error."""
    condition, chips, names = Q(), [], labels()
    for key, (column, choices) in CHOICES.items():
        value = params.get(key, "")
        if value in choices.values:
            condition &= Q(**{column: value})
            chips.append(Chip(names[key], str(choices(value).label), param=key))
    for key, column in RECORDS.items():
        value = params.get(key, "")
        word = _word(column, value, actor) if value.isdigit() else None
        if word:
            # A repeat that was merged still counts for the place that raised it.
            condition &= Q(origins__commune=value) if column == "commune" else Q(**{column: value})
            chips.append(Chip(names[key], word, param=key))
    if words := text.nfc(params.get("tu-khoa", ""))[:100]:
        condition &= Q(title__icontains=words) | Q(text__icontains=words)
        chips.append(Chip(names["tu-khoa"], words, param="tu-khoa"))
    return condition, chips


def _word(column, value, actor):
    if column == "field":
        return Field.objects.filter(pk=value).values_list("name", flat=True).first()
    if column == "session":
        found = meetings.sessions_for(actor).filter(pk=value).first()
        return str(found) if found else None
    return units.name_of(int(value))
