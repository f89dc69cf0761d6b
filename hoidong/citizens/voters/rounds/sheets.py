"""The plan from a sheet or from pasted text: headings as offices write them; what is not understood is an error of its cell."""

import re

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import sheets
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.base.text import fold

from . import cells, queries, rules
from .states import Kind, RoundState

CODE = "voters.rounds"
COLUMNS = (
    sheets.Column("group", _("Tổ đại biểu"), width=26, example=_("Tổ đại biểu số 1"),
                  aliases=("Tổ", "Tổ ĐB", "Tổ đại biểu HĐND", "Đơn vị bầu cử", "Tổ đại biểu số", "group")),
    sheets.Column("commune", _("Xã, phường"), required=True, width=22, example=_("Xã Ba Vì"),
                  aliases=("Xã/phường", "Xã, phường, đặc khu", "Địa phương", "Đơn vị", "Địa bàn", "Nơi tiếp xúc", "commune")),
    sheets.Column("held_on", _("Ngày"), width=14, example="25/11/2026", hint=_("Không ghi năm thì lấy năm của đợt."),
                  aliases=("Ngày tiếp xúc", "Ngày, giờ", "Thời gian", "Ngày tổ chức", "Ngày TXCT", "Thời gian tiếp xúc", "date")),
    sheets.Column("starts_at", _("Giờ"), width=13, example="8h00",
                  aliases=("Giờ bắt đầu", "Thời gian bắt đầu", "Buổi, giờ", "Giờ tiếp xúc", "time")),
    sheets.Column("venue", _("Địa điểm"), width=36, example=_("Nhà văn hóa thôn Đông"),
                  aliases=("Địa chỉ", "Địa điểm tiếp xúc", "Địa điểm tổ chức", "Nơi họp", "venue")),
    sheets.Column("deputies", _("Đại biểu"), width=40, example="",
                  aliases=("Đại biểu dự", "Đại biểu tham dự", "Thành phần đại biểu", "Đại biểu HĐND", "Họ tên đại biểu", "deputies"),
                  hint=_("Ngăn cách bằng dấu chấm phẩy. Để trống là cả tổ.")),
    sheets.Column("kind", _("Hình thức"), width=14, offers=lambda: Kind.labels, aliases=("Hình thức tiếp xúc", "Loại hội nghị")),
    sheets.Column("chair", _("Chủ trì"), width=26, aliases=("Người chủ trì", "Chủ trì hội nghị")),
    sheets.Column("note", _("Ghi chú"), width=24, aliases=("Ghi chú thêm", "note")),
)  # fmt: skip


class PlanOptions(forms.Form):
    """Into which draft the rows go."""

    round = forms.ModelChoiceField(label=_("Đợt tiếp xúc"), queryset=None, empty_label=None)

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        drafts = queries.named(queries.rounds_for(actor).filter(state=RoundState.DRAFT, area=actor.unit.area))
        self.fields["round"].queryset = drafts.order_by("-starts_on", "-pk")


class PlanImporter(sheets.Importer):
    """Meetings of a round that is still a draft."""

    code = CODE
    name = _("lịch tiếp xúc cử tri")
    note = _("Lập đợt tiếp xúc trước. Ngày, giờ, nơi họp có thể ghi sau; tên xã cũ, chữ tắt của tổ đều hiểu được.")
    columns = COLUMNS
    options_form = PlanOptions

    def may(self, actor):
        """The office of a council."""
        return rules.may_plan(actor)

    def check(self, rows, actor, options):
        """Understand every cell the way the grid does; fixed queries for the chunk."""
        found = _draft(actor, options)
        around = found.starts_on if found else None
        known = cells.Known(actor.unit.area, around, said={str(line.values["commune"]) for line in rows})
        there = _there(found)
        for line in rows:
            row = cells.read(line.values, known)
            line.errors.update({cell: sentence for cell, sentence in row.errors.items() if cell not in line.errors})
            for sentence in row.warnings:
                line.warn(sentence)
            line.values["key"] = _key(row, found)
            if line.values["key"] and line.values["key"] in there:
                line.repeat = _now("Đợt này đã có hội nghị cùng xã, cùng ngày, cùng nơi.")
        return rows

    def take(self, rows, lot, actor, options):
        """Add the rows below those of the draft."""
        from ..actions import plan_rows

        found = _draft(actor, options)
        if found is None:
            raise NotAllowed(_now("Đợt đã chọn không còn là bản đang soạn. Hủy lô này rồi gửi lại tệp với đợt khác."))
        made = plan_rows.add_rows(found, [line.values for line in rows], by=actor, lot_id=lot.pk)
        for line, planned in zip(rows, made, strict=True):
            line.ref = planned.pk
        return len(rows)

    def undo(self, lot, by, reason):
        """Take the rows out again, while nobody outside has seen them."""
        from ..actions import plan_rows

        plan_rows.remove_lot(lot.pk, by=by)

    def url_of(self, ref):
        """The page of the planned meeting."""
        return reverse("voters:planned", args=[ref])

    def fingerprint_of(self, values):
        """The same commune, day and venue are the same meeting."""
        return values.get("key", "")


def _draft(actor, options):
    drafts = queries.rounds_for(actor).filter(state=RoundState.DRAFT, area=actor.unit.area)
    return drafts.select_related("area", "session").filter(pk=options.get("round")).first()


def _key(row, found):
    """What tells a meeting of this round apart; empty where too little is known."""
    commune, day, venue = row.values["commune"], row.values["held_on"], fold(row.values["venue"])
    return f"{found.pk}|{commune.pk}|{day or ''}|{venue}" if found and commune and (day or venue) else ""


def _there(found):
    if found is None:
        return set()
    rows = found.planned.filter(commune__isnull=False).values_list("commune", "held_on", "venue")
    return {f"{found.pk}|{commune}|{day or ''}|{fold(venue)}" for commune, day, venue in rows}


_DAY = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}|ngày\s+\d", re.I)
_HOUR = re.compile(r"\b\d{1,2}\s*(h|giờ|g|:)\s*\d{0,2}", re.I)


def with_headings(text):
    """Pasted rows as a sheet: rows that come without headings get those their cells look like. Columns are told by tabs."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines:
        return ""
    head = [cell.strip() for cell in lines[0].split("\t")]
    if sum(any(column.likeness(cell) > 0.9 for column in COLUMNS) for cell in head) >= 2:
        return "\n".join(lines)
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    return "\n".join(["\t".join(_guessed(rows)), *lines])


def _guessed(rows):
    """A heading for each column, by what stands in it: days, hours, groups, communes, names, and the venue for the rest."""
    wide = max(len(row) for row in rows)
    titles = {column.key: str(column.title) for column in COLUMNS}
    tests = (
        ("held_on", lambda cell: bool(_DAY.search(cell))),
        ("starts_at", lambda cell: bool(_HOUR.search(cell))),
        ("group", lambda cell: fold(cell).startswith(("to ", "to so", "to dai bieu"))),
        ("commune", lambda cell: fold(cell).startswith(("xa ", "phuong ", "dac khu "))),
        ("deputies", lambda cell: ";" in cell or bool(re.match(r"(ông|bà|đ/c|các ông)\b", cell, re.I))),
        ("venue", lambda cell: len(cell) > 5),
    )
    names, used = [], set()
    for place in range(wide):
        column = [row[place] for row in rows if place < len(row) and row[place]]
        key = next(
            (key for key, fits in tests if key not in used and column and sum(map(fits, column)) * 2 > len(column)), None
        )
        used.add(key)
        names.append(titles[key] if key else "")
    return names
