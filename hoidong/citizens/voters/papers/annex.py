"""Annex I (1A), the list of petitions sent to a session: as XLSX and as DOCX, with the same rows and the same sums."""

import io

import xlsxwriter
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hoidong.kernel import papers
from hoidong.kernel.base import dates
from hoidong.kernel.papers import building

from .. import reports
from ..states import FieldGroup

CODE = "voters.annex_1a"
_WIDTHS = (1.0, 3.3, 2.1, 8.6, 1.55, 1.55, 1.55, 1.55, 1.7, 2.3)
_HEAD = ("TT", "Xã, phường, đặc khu", "Số kiến nghị", "Nội dung kiến nghị")


@override("vi")
def annex_docx(annex, actor):
    """The annex as DOCX (bytes), by the office's template or the default one."""
    return papers.render(CODE, _context(annex, actor), unit=actor.unit)


def _context(annex, actor):
    return {
        "title": reports.title_of(annex),
        "note": _note(annex, actor),
        "groups": {group.value: group.label for group in annex.groups},
        "rows": [
            {
                "place": place,
                "area": row.place,
                "number": row.petition.shown_number,
                "text": row.petition.text,
                "note": _also(row),
                **{group.value: "x" if row.group == group.value else "" for group in annex.groups},
            }
            for place, row in enumerate(annex.rows, start=1)
        ],
        "sums": {key: str(value) for key, value in annex.sums.items()},
        "total": str(annex.total),
        "unclassified": str(annex.unclassified),
    }


def _note(annex, actor):
    words = _now("(%(unit)s lập, số liệu lúc %(moment)s)") % {
        "unit": actor.unit.full_name, "moment": dates.format_moment(dates.now())}  # fmt: skip
    return words


def _also(row):
    return _now("Cùng nêu: %(places)s") % {"places": ", ".join(row.also)} if row.also else ""


@override("vi")
def annex_xlsx(annex, actor):
    """The annex as XLSX (bytes). Words stay words: nothing in them is read as a formula, a link or a number."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
    title = book.add_format({**base, "bold": True, "font_size": 14, "align": "center"})
    note = book.add_format({**base, "italic": True, "align": "center"})
    head = book.add_format({**base, "bold": True, "align": "center", "border": 1, "bg_color": "#EFEFEF"})
    words = book.add_format({**base, "border": 1, "valign": "top"})
    middle = book.add_format({**base, "border": 1, "valign": "top", "align": "center"})
    bold = book.add_format({**base, "border": 1, "bold": True, "align": "center"})
    sheet = book.add_worksheet(_now("Phụ lục 1A"))
    _lay_out(sheet, annex)
    last = 4 + len(annex.groups)
    sheet.merge_range(0, 0, 0, last, reports.title_of(annex), title)
    sheet.merge_range(1, 0, 1, last, _note(annex, actor), note)
    _head(sheet, annex, head, last)
    line = 5
    for place, row in enumerate(annex.rows, start=1):
        sheet.write_number(line, 0, place, middle)
        sheet.write_string(line, 1, row.place, words)
        sheet.write_string(line, 2, row.petition.shown_number, middle)
        sheet.write_string(line, 3, row.petition.text, words)
        for column, group in enumerate(annex.groups, start=4):
            sheet.write_string(line, column, "x" if row.group == group.value else "", middle)
        sheet.write_string(line, last, _also(row), words)
        line += 1
    sheet.merge_range(line, 0, line, 2, _now("Cộng"), bold)
    sheet.write_number(line, 3, annex.total, bold)
    for column, group in enumerate(annex.groups, start=4):
        sheet.write_number(line, column, annex.sums[group.value], bold)
    unclassified = _now("Chưa phân loại: %(count)s") % {"count": annex.unclassified} if annex.unclassified else ""
    sheet.write_string(line, last, unclassified, words)
    book.close()
    return target.getvalue()


def _lay_out(sheet, annex):
    """Column widths, and the page: landscape A4, one page wide, the head on every page."""
    for column, width in enumerate((5, 22, 13, 60, *[11] * len(annex.groups), 24)):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3, 4)
    sheet.freeze_panes(5, 0)
    sheet.set_row(0, 36)


def _head(sheet, annex, head, last):
    for column, words in enumerate(_HEAD):
        sheet.merge_range(3, column, 4, column, words, head)
    sheet.merge_range(3, 4, 3, last - 1, _now("Lĩnh vực"), head)
    for column, group in enumerate(annex.groups, start=4):
        sheet.write_string(4, column, str(group.label), head)
    sheet.merge_range(3, last, 4, last, _now("Ghi chú"), head)
    sheet.set_row(4, 48)


def _build():
    document = building.sheet(landscape=True)
    building.line(document, "{{ title }}", bold=True, align=building.CENTER)
    building.line(document, "{{ note }}", italic=True, align=building.CENTER, after=8)
    table = building.grid(document, _WIDTHS, rows=6, lined=True)
    codes = [group.value for group in FieldGroup]
    first, second, begin, row, end, total = table.rows
    _head_rows(first, second, codes)
    building.line(begin.cells[0], "{%tr for row in rows %}")
    texts = ("{{ row.place }}", "{{ row.area }}", "{{ row.number }}", "{{ row.text }}",
             *(f"{{{{ row.{code} }}}}" for code in codes), "{{ row.note }}")  # fmt: skip
    for place, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
        align = building.LEFT if place in (1, 3, 9) else building.CENTER
        building.line(cell, words, size=12, align=align, before=1, after=1)
    building.keep_together(table)
    building.line(end.cells[0], "{%tr endfor %}")
    sums = ("", "Cộng", "{{ total }}", "{% if unclassified != '0' %}Chưa phân loại: {{ unclassified }}{% endif %}",
            *(f"{{{{ sums.{code} }}}}" for code in codes), "")  # fmt: skip
    for place, (cell, words) in enumerate(zip(total.cells, sums, strict=True)):
        building.line(
            cell, words, size=12, bold=True, align=building.LEFT if place in (1, 3) else building.CENTER, before=1, after=1
        )
    return document


def _head_rows(first, second, codes):
    for place, words in ((0, _HEAD[0]), (1, _HEAD[1]), (2, _HEAD[2]), (3, _HEAD[3]), (9, "Ghi chú")):
        cell = first.cells[place].merge(second.cells[place])
        building.line(cell, words, size=12, bold=True, align=building.CENTER)
        cell.vertical_alignment = building.MIDDLE
    building.line(first.cells[4].merge(first.cells[8]), "Lĩnh vực", size=12, bold=True, align=building.CENTER)
    for place, code in enumerate(codes, start=4):
        building.line(second.cells[place], f"{{{{ groups.{code} }}}}", size=10, bold=True, align=building.CENTER)
    for row in (first, second):
        building.repeat(row)


_SAMPLE = {
    "title": "PHỤ LỤC I: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN KỲ HỌP THỨ 2, HĐND TỈNH AN MẪU",
    "note": "(Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh An Mẫu lập, số liệu lúc 05/03/2026 08:00)",
    "groups": {group.value: str(group.label) for group in FieldGroup},
    "rows": [
        {"place": 1, "area": "Xã Mẫu Một", "number": "12/2026", "text": "Đề nghị nạo vét kênh chính trước mùa mưa.",
         "note": "Cùng nêu: Xã Mẫu Hai", **{group.value: "x" if group == FieldGroup.ECONOMY else "" for group in FieldGroup}},
        {"place": 2, "area": "Xã Mẫu Ba", "number": "15/2026", "text": "Đề nghị bổ sung bác sĩ cho trạm y tế xã.",
         "note": "", **{group.value: "x" if group == FieldGroup.SOCIETY else "" for group in FieldGroup}},
    ],
    "sums": {group.value: "1" if group in (FieldGroup.ECONOMY, FieldGroup.SOCIETY) else "0" for group in FieldGroup},
    "total": "2",
    "unclassified": "0",
}  # fmt: skip

ANNEX = papers.Kind(
    code=CODE,
    name=_("Phụ lục I (1A): danh mục kiến nghị gửi đến kỳ họp"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("title, note", _("tên phụ lục; nơi lập và thời điểm số liệu")),
        ("groups", _("tên năm cột lĩnh vực: policy, economy, society, justice, security")),
        ("rows", _("các dòng, mỗi dòng có place, area, number, text, note và năm cột lĩnh vực")),
        ("sums, total, unclassified", _("tổng từng lĩnh vực; tổng số; số chưa phân loại")),
    ),
)
