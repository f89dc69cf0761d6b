"""Petitions from the sheets offices already have: their headings, their abbreviations, the names of before the mergers.

What is not known of field, body or place is a warning and stays in the note; only words that are missing are refused.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.council.meetings import queries as meetings
from hoidong.kernel import people, sheets
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.base.text import clip, fold
from hoidong.kernel.ui.forms import DateField
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.body_names import find_bodies
from hoidong.kernel.units.kinds import COMMUNES, PROVINCES

from . import actions, catalogue, pasting, queries, rules
from .actions.records import title_of
from .forms import SessionMixin
from .models import Field
from .states import Level, Phase, S, Source

_SHORT = 15  # letters under which words can hardly be a petition
_SURE = 0.8
_NUMBER = re.compile(r"\d+")


def _field_names():
    return Field.objects.order_by("place").values_list("name", flat=True)


COLUMNS = (
    sheets.Column(
        "text", _("Nội dung kiến nghị"), required=True, width=70, example=_("Đề nghị sửa đoạn đường thôn Đông bị sụt từ tháng 8."),
        aliases=("Nội dung", "Nội dung ý kiến, kiến nghị", "Ý kiến, kiến nghị của cử tri", "Kiến nghị của cử tri", "Ý kiến cử tri",
                 "Ý kiến, kiến nghị", "Nội dung phản ánh, kiến nghị", "Nội dung kiến nghị của cử tri", "Kiến nghị", "text", "content"),
        hint=_("Đúng lời cử tri."),
    ),
    sheets.Column(
        "commune", _("Nơi nêu"), width=24, example=_("Xã Ba Vì"),
        aliases=("Địa phương, đơn vị tiếp nhận", "Địa phương tiếp nhận", "Địa phương", "Xã, phường, đặc khu", "Xã, phường",
                 "Xã/phường", "Phường, xã", "Đơn vị tiếp nhận", "Địa bàn", "Nơi tiếp xúc cử tri", "Đơn vị", "Tỉnh, thành phố",
                 "Tỉnh", "province", "commune", "ward", "area"),
        hint=_("Tên xã, phường nay hoặc tên cũ, có dấu hay không dấu."),
    ),
    sheets.Column("hamlet", _("Thôn, tổ dân phố"), width=18, example=_("Thôn Đông"), aliases=("Thôn", "Thôn, tổ", "Tổ dân phố", "hamlet")),
    sheets.Column(
        "speaker", _("Người nêu"), width=20, aliases=("Họ tên cử tri", "Họ và tên cử tri", "Tên cử tri", "Cử tri nêu", "Người kiến nghị"),
        hint=_("Chỉ xã và văn phòng Hội đồng nhân dân xem được."),
    ),
    sheets.Column("voters", _("Số cử tri cùng nêu"), kind="number", width=10, example=12, aliases=("Số cử tri", "Số lượt cử tri", "voters")),
    sheets.Column("raised_on", _("Ngày nêu"), kind="date", width=12, example="05/10/2026",
                  aliases=("Ngày tiếp xúc cử tri", "Ngày tiếp xúc", "Ngày hội nghị", "Ngày kiến nghị", "raised_on")),
    sheets.Column(
        "field", _("Lĩnh vực"), width=22, example=_("Giao thông, hạ tầng"), offers=_field_names,
        aliases=("Lĩnh vực thuộc Bộ/ngành", "Lĩnh vực kiến nghị", "Nhóm lĩnh vực", "Mã lĩnh vực", "field_code", "field_code_raw", "field"),
        hint=_("Tên trong danh mục, hoặc chữ tắt đang dùng (csht, ncc, bhyt …)."),
    ),
    sheets.Column(
        "body", _("Cơ quan thẩm quyền"), width=28, example=_("Sở Xây dựng"),
        aliases=("Thẩm quyền giải quyết", "Thẩm quyền Bộ, ngành", "Cơ quan giải quyết", "Cơ quan có thẩm quyền", "Cơ quan có thẩm quyền giải quyết",
                 "Đơn vị giải quyết", "Cơ quan trả lời", "Cơ quan xử lý", "Thẩm quyền", "Mã bộ ngành", "agency_code", "agency_code_raw", "agency"),
        hint=_("Tên hoặc chữ tắt, nay hay trước sắp xếp."),
    ),
    sheets.Column("phase", _("Đợt tiếp xúc"), width=16, example=_("Trước kỳ họp"), offers=lambda: Phase.labels,
                  aliases=("Trước/Sau kỳ họp/Khác", "Trước/Sau kỳ họp", "Hình thức tiếp xúc", "Đợt TXCT", "Hình thức", "phase")),
    sheets.Column("session", _("Kỳ họp"), width=16, aliases=("Kỳ họp thứ", "session")),
    sheets.Column("answer", _("Nội dung trả lời"), width=50,
                  aliases=("Trả lời", "Ý kiến trả lời", "Trả lời kiến nghị", "Kết quả giải quyết", "Kết quả giải quyết, trả lời",
                           "Nội dung giải quyết, trả lời", "answer")),
    sheets.Column("plan", _("Chương trình, kế hoạch tiếp xúc"), width=18, aliases=("Chương trình/Kế hoạch TXCT", "Kế hoạch TXCT")),
    sheets.Column("letter_kind", _("Loại văn bản gửi"), width=12, aliases=("Công văn", "Loại văn bản", "dispatch")),
    sheets.Column("letter_number", _("Số văn bản gửi"), width=14, aliases=("Số công văn", "Công văn số", "Số văn bản", "Số", "dispatch_no")),
    sheets.Column("letter_date", _("Ngày văn bản gửi"), width=12, aliases=("Ngày công văn", "Ngày văn bản", "Ngày")),
    sheets.Column("old_code", _("Mã trong bảng gốc"), width=14, aliases=("Mã kiến nghị", "Mã số", "id", "code")),
    sheets.Column("note", _("Ghi chú"), width=30, aliases=("Ghi chú thêm", "topic_note", "note")),
)  # fmt: skip


class PetitionOptions(SessionMixin, forms.Form):
    """What all rows of a sheet share."""

    session = forms.ModelChoiceField(label=_("Kỳ họp"), queryset=None, empty_label=None)
    phase = forms.ChoiceField(
        label=_("Đợt tiếp xúc"), choices=Phase, help_text=_("Dùng cho các dòng không ghi trước hay sau kỳ họp.")
    )
    received_on = DateField(label=_("Ngày nhận"), help_text=_("Số kiến nghị lấy theo năm của ngày này."))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_sessions(actor)
        self.fields["received_on"].initial = dates.today()

    def clean_received_on(self):
        """Nothing is received before it happens."""
        day = self.cleaned_data["received_on"]
        if day > dates.today():
            raise ValidationError(_("Ngày này chưa tới. Ghi ngày không sau hôm nay."))
        return day


class PetitionImporter(sheets.Importer):
    """Petitions of one office."""

    code = "voters.petitions"
    name = _("kiến nghị cử tri")
    note = _("Chỉ cần cột nội dung. Lĩnh vực, cơ quan hay nơi nêu chưa rõ thì kiến nghị vẫn được nhận, phân loại sau.")
    columns = COLUMNS
    options_form = PetitionOptions

    def may(self, actor):
        """The council's office people, where petitions are written down."""
        return rules.works_for_council(actor) and people.holds(actor, *rules.OFFICE_ROLES)

    def check(self, rows, actor, options):
        """Understand places, bodies and fields of all rows at once; what stays unknown is a warning."""
        known = Known(rows, actor, options)
        for line in rows:
            if not line.errors.get("text"):
                _check_words(line, known)
            _check_figures(line)
            _place(line, known)
            _body(line, known)
            _field(line, known)
            _phase(line, options)
            _note(line, known)
        return rows

    def take(self, rows, lot, actor, options):
        """Record the petitions, a call for each round of meetings among the rows."""
        session = meetings.sessions_for(actor).filter(pk=options["session"]).first()
        if session is None:
            raise NotAllowed(_now("Kỳ họp đã chọn không còn. Hủy lô này và gửi lại tệp với kỳ họp khác."))
        records = Records(rows)
        for phase in dict.fromkeys(line.values["phase_code"] for line in rows):
            lines = [line for line in rows if line.values["phase_code"] == phase]
            made = actions.record_petitions(
                [records.draft(line) for line in lines], office=actor.unit.area, session=session, phase=Phase(phase),
                source=Source.SHEET, received_on=dates.parse_date(options["received_on"]), lot_id=lot.pk, by=actor,
            )  # fmt: skip
            for line, petition in zip(lines, made, strict=True):
                line.ref = petition.pk
        return len(rows)

    def undo(self, lot, by, reason):
        """Cancel the petitions of the lot, all or none."""
        actions.cancel_lot(lot.pk, by=by, reason=reason)

    def url_of(self, ref):
        """The petition's page."""
        return reverse("voters:petition", args=[ref])

    def fingerprint_of(self, values):
        """The same words from the same place are the same petition; other places count for themselves."""
        words = " ".join(re.findall(r"\w+", fold(values.get("text", ""))))
        return f"{words}|{fold(values.get('commune', ''))}|{fold(values.get('hamlet', ''))}" if words else ""


class Known:
    """What the rows of a chunk name, looked up at once."""

    def __init__(self, rows, actor, options):
        self.area = actor.unit.area
        self.is_province = self.area.kind in PROVINCES
        self.province = units.province_of(self.area)
        self.session = meetings.sessions_for(actor).filter(pk=options.get("session")).first()
        places = {line.values["commune"] for line in rows} - {""}
        self.anywhere = units.find_many(places) if places else {}
        unsure = {said for said in places if not self._is_province(said)}
        self.inside = units.find_many(unsure, within=self.province) if unsure else {}
        self.bodies = find_bodies({line.values["body"] for line in rows} - {""}, self.area)
        self.fields = catalogue.fields_by_alias()
        self.recorded = _recorded(rows, actor)

    def place(self, said):
        """(unit, is it ours): the commune or province a text means, or (None, False)."""
        wide, near = self.anywhere.get(said) or [], self.inside.get(said) or []
        if self._is_province(said):
            return wide[0].unit, wide[0].unit.pk == self.province.pk
        if near and (near[0].confidence >= _SURE or self._is_called(near[0].unit, said)):
            return near[0].unit, True
        if wide and wide[0].confidence >= _SURE:
            return wide[0].unit, False
        return None, False

    def tell_which(self, line, commune, said):
        """Where an old district had the name, too, say that the commune was understood."""
        if (self.inside.get(said) or [])[0].confidence < _SURE:
            line.warn(_now("“%(said)s” được hiểu là %(unit)s.") % {"said": clip(said, 60), "unit": commune.name})

    def _is_called(self, unit, said):
        """The column names communes: a name of today goes before a district of old that was called the same."""
        return unit.kind in COMMUNES and fold(unit.short_name) == fold(said)

    def _is_province(self, said):
        found = self.anywhere.get(said)
        return bool(found) and found[0].unit.kind in PROVINCES and found[0].confidence >= _SURE


def _recorded(rows, actor):
    """{words: number} of petitions that stand recorded already, by the titles their words would get."""
    words = {title_of(line.values["text"]) for line in rows if line.values["text"]}
    found = queries.petitions_for(actor).filter(title__in=words).exclude(state=S.CANCELLED)
    return {
        (_same(text), commune): f"{number}/{year}"
        for text, commune, number, year in found.values_list("original_text", "commune", "number", "year").order_by("-pk")
    }


def _same(words):
    return " ".join(re.findall(r"\w+", fold(words)))


def _check_words(line, known):
    letters = sum(1 for letter in line.values["text"] if letter.isalpha())
    if not letters:
        line.errors["text"] = _now("Nội dung không có chữ nào. Ghi lời cử tri, hoặc bỏ qua dòng.")
    elif letters < _SHORT:
        line.warn(_now("Nội dung rất ngắn, xem lại có phải một kiến nghị không."))


def _check_figures(line):
    count = line.values["voters"]
    if count != "" and (not isinstance(count, int) or not 1 <= count <= 999_999):
        line.errors["voters"] = _now("Số cử tri là số nguyên từ 1. Để trống nếu không rõ.")
    for key in ("hamlet", "speaker"):
        if len(line.values[key]) > 120:
            line.errors[key] = _now("Ô này tối đa 120 chữ. Phần dài chuyển sang ô nội dung hoặc ghi chú.")
    raised_on = line.values["raised_on"]
    if raised_on and raised_on > dates.today().isoformat():
        line.errors["raised_on"] = _now("Ngày nêu chưa tới. Ghi ngày không sau hôm nay.")


def _place(line, known):
    said = line.values["commune"]
    unit, ours = known.place(said) if said else (None, True)
    commune = unit if unit is not None and ours and unit.kind in COMMUNES else None
    if commune is not None and not known.is_province and commune.pk != known.area.pk:
        commune, ours = None, False
    where = commune or known.area
    line.values["commune_id"] = where.pk
    line.values["place_note"] = ""
    if said and unit is None:
        line.warn(_now("Chưa rõ “%(said)s” là nơi nào; ghi nơi nêu là %(office)s, tên gốc giữ ở ghi chú.")
                  % {"said": clip(said, 60), "office": known.area.name})  # fmt: skip
    elif said and not ours:
        line.warn(_now("“%(said)s” nay là %(unit)s, ngoài địa bàn; ghi nơi nêu là %(office)s, tên gốc giữ ở ghi chú.")
                  % {"said": clip(said, 60), "unit": unit.name, "office": known.area.name})  # fmt: skip
    elif commune is not None and fold(commune.short_name) == fold(said):
        known.tell_which(line, commune, said)
    if said and (unit is None or not ours):
        line.values["place_note"] = said
    number = known.recorded.get((_same(line.values["text"]), where.pk)) if line.values["text"] else None
    if number:
        line.repeat = _now("Đã có kiến nghị %(number)s cùng lời, cùng nơi nêu.") % {"number": number}


def _body(line, known):
    said = line.values["body"]
    named = known.bodies.get(said)
    line.values["body_id"] = named.unit.pk if named else None
    line.values["level"] = named.unit.level if named and named.unit.level in Level.values else ""
    if said and named is None:
        line.warn(_now("Chưa rõ cơ quan “%(said)s”; nhận không kèm cơ quan, tên gốc giữ ở ghi chú.") % {"said": clip(said, 60)})
    elif named and not named.sure:
        line.warn(_now("Cơ quan “%(said)s” được hiểu là %(unit)s.") % {"said": clip(said, 60), "unit": named.unit.full_name})


def _field(line, known):
    said = line.values["field"]
    found = known.fields.get(fold(said)) or known.fields.get(" ".join(re.findall(r"\w+", fold(said)))) if said else None
    line.values["field_id"] = found.pk if found else None
    if said and found is None:
        line.warn(
            _now("Chưa rõ lĩnh vực “%(said)s”; nhận không kèm lĩnh vực, tên gốc giữ ở ghi chú.") % {"said": clip(said, 60)}
        )


def _phase(line, options):
    said = fold(line.values["phase"])
    before, after = "truoc" in said.split(), "sau" in said.split()
    line.values["phase_note"] = ""
    line.values["phase_code"] = options["phase"]
    if said and before != after:
        line.values["phase_code"] = Phase.BEFORE if before else Phase.AFTER
    elif said.startswith(("khac", "ngoai", "dinh ky", "chuyen de")):
        line.values["phase_code"] = Phase.OTHER
    elif said:
        line.values["phase_note"] = line.values["phase"]
        line.warn(
            _now("Chưa rõ đợt tiếp xúc “%(said)s”; dùng đợt đã chọn cho cả bảng.") % {"said": clip(line.values["phase"], 40)}
        )


def _note(line, known):
    """Everything the sheet says that has no place of its own is kept with the petition in words."""
    values = line.values
    session = values["session"]
    digits = _NUMBER.findall(session)
    other_session = session and (known.session is None or not digits or int(digits[-1]) != known.session.number)
    if other_session:
        line.warn(_now("Bảng ghi “%(said)s”, khác kỳ họp đã chọn; giữ ở ghi chú.") % {"said": clip(session, 40)})
    if values["answer"]:
        line.warn(_now("Câu trả lời trong bảng được giữ ở ghi chú; trả lời chính thức do cơ quan ghi."))
    letter = " ".join(part for part in (values["letter_kind"], values["letter_number"], _letter_date(line)) if part)
    parts = (
        (_("Nơi nêu theo bảng"), values["place_note"]),
        (_("Cơ quan theo bảng"), "" if values["body_id"] else values["body"]),
        (_("Lĩnh vực theo bảng"), "" if values["field_id"] else values["field"]),
        (_("Đợt theo bảng"), values["phase_note"]),
        (_("Kỳ họp theo bảng"), session if other_session else ""),
        (_("Chương trình, kế hoạch"), values["plan"]),
        (_("Văn bản gửi"), letter),
        (_("Mã trong bảng gốc"), values["old_code"]),
        (_("Trả lời theo bảng"), values["answer"]),
        ("", values["note"]),
    )
    values["whole_note"] = "\n".join(f"{label}: {said}" if label else said for label, said in parts if said)


def _letter_date(line):
    said = line.values["letter_date"]
    if not said:
        return ""
    try:
        return dates.format_date(dates.parse_date(said))
    except Invalid:
        line.warn(_now("Không hiểu ngày văn bản “%(said)s”; giữ nguyên chữ ở ghi chú.") % {"said": clip(said, 40)})
        return said


class Records:
    """The places, bodies and fields that the rows of a chunk point at, read in three statements."""

    def __init__(self, rows):
        ids = {key: {line.values[key] for line in rows} - {None} for key in ("commune_id", "body_id", "field_id")}
        self.units = units.get_many(ids["commune_id"] | ids["body_id"])
        self.fields = Field.objects.in_bulk(ids["field_id"])

    def draft(self, line):
        """One row as the recording action takes it."""
        values = line.values
        return actions.Draft(
            text=pasting.without_mark(values["text"]),
            speaker=values["speaker"], hamlet=values["hamlet"], voters=values["voters"] or 1, raised_on=dates.parse_date(values["raised_on"]) if values["raised_on"] else None,
            field=self.fields.get(values["field_id"]), level=values["level"], body=self.units.get(values["body_id"]),
            commune=self.units.get(values["commune_id"]), note=values["whole_note"],
        )  # fmt: skip


def connect():
    """Make the import known; called once when the app is ready."""
    sheets.register(PetitionImporter())
