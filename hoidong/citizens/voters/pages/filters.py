"""Filters of the worklist: kept in the address, each a chip that can be taken away."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hoidong.council.meetings import queries as meetings
from hoidong.kernel import search
from hoidong.kernel.base import dates, text
from hoidong.kernel.ui.looks import Chip
from hoidong.kernel.units import queries as units

from .. import counting, figures
from ..models import Field, Origin
from ..states import Level, PetitionState, Phase, Result

CHOICES = {
    "cap": ("level", Level),
    "dot": ("phase", Phase),
    "tinh-trang": ("state", PetitionState),
    "ket-qua": ("result", Result),
}
# Classes of results taken together, as the bars of the desk and the report show them.
RESULTS = {
    "solved": (_lazy("Đã giải quyết xong"), Q(result__startswith="solved")),
    "working": (_lazy("Đang, sẽ giải quyết"), Q(result__startswith="working") | Q(result="will")),
    "none": (_lazy("Chưa trả lời"), Q(result="")),
    "answered": (_lazy("Đã trả lời"), ~Q(result="")),
}
KIND = "voters.petition"
# What no index of petitions knows: few are left, and they are counted together.
FEW = ("noi-neu", "tu-khoa")
# What indexes begin with: nothing else is read.
BY_INDEX = ("ky-hop",)
RECORDS = {"linh-vuc": "field", "co-quan": "body", "noi-neu": "commune", "ky-hop": "session"}


def labels():
    """The word for each filter."""
    return {
        "cap": _("Cấp"), "dot": _("Đợt"), "tinh-trang": _("Tình trạng"), "ket-qua": _("Kết quả"), "linh-vuc": _("Lĩnh vực"),
        "co-quan": _("Cơ quan"), "noi-neu": _("Nơi nêu"), "ky-hop": _("Kỳ họp"), "tu-khoa": _("Có chữ"),
        "tuoi": _("Chưa trả lời, nhận từ"), "hua": _("Lời hứa"),
    }  # fmt: skip


def read(params, actor):
    """The condition and the chips of what stands in the address. What is not understood is left out, never an error."""
    condition, chips, names = Q(), [], labels()
    for key, (column, choices) in CHOICES.items():
        value = params.get(key, "")
        if value in choices.values:
            condition &= Q(**{column: value})
            chips.append(Chip(names[key], str(choices(value).label), param=key))
    if (value := params.get("ket-qua", "")) in RESULTS:
        label, among = RESULTS[value]
        condition &= among
        chips.append(Chip(names["ket-qua"], str(label), param="ket-qua"))
    for key, column in RECORDS.items():
        value = params.get(key, "")
        word = _word(column, value, actor) if value.isdecimal() and len(value) < 19 else None
        if word:
            # A repeat that was merged still counts for the place that raised it; a place that raised it twice, once.
            raised = Q(pk__in=Origin.objects.filter(commune=value).values("petition"))
            condition &= raised if column == "commune" else Q(**{column: value})
            chips.append(Chip(names[key], word, param=key))
    for key, kinds in (("tuoi", figures.ages_on(dates.today())), ("hua", figures.promises_on(dates.today()))):
        for code, label, among in kinds:
            if params.get(key, "") == code:
                condition &= among
                chips.append(Chip(names[key], label, param=key))
    if words := text.nfc(params.get("tu-khoa", "").replace("\x00", ""))[:100]:
        condition &= Q(pk__in=search.holding(KIND, words))
        chips.append(Chip(names["tu-khoa"], words, param="tu-khoa"))
    return condition, chips


def tallies_of(petitions, views, condition, chips, current):
    """What the tabs say of these petitions, narrowed by what `read` gave."""
    narrowed_by = {chip.param for chip in chips}
    if narrowed_by.intersection(FEW):
        return counting.tallies_of_few(petitions.filter(condition), views)
    if narrowed_by.intersection(BY_INDEX):
        return counting.tallies_of(petitions.filter(condition), views)
    return counting.tallies_of(petitions, views, fitting=condition, current=current)


def _word(column, value, actor):
    if column == "field":
        return Field.objects.filter(pk=value).values_list("name", flat=True).first()
    if column == "session":
        found = meetings.sessions_for(actor).filter(pk=value).first()
        return str(found) if found else None
    return units.name_of(int(value))
