"""The empty sheet to fill in: header, an example row, lists to choose from, and a page of notes."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from .columns import CHOICE, DATE, NUMBER
from .exporting import _OPTIONS, Looks, put

# Names of the pages of a template: files travel between offices, so they are the same in every language.
DATA, NOTES, LISTS = "Dữ liệu", "Hướng dẫn", "Danh mục"
_ROWS = 5000  # rows that get the lists to choose from


def blank(importer):
    """The template of an importer as bytes of an XLSX file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    looks = Looks(book)
    sheet, notes = book.add_worksheet(DATA), book.add_worksheet(NOTES)
    offered = _offered(importer)
    lists = book.add_worksheet(LISTS) if offered else None
    for place, column in enumerate(importer.columns):
        sheet.set_column(place, place, column.width, looks.day if column.kind == DATE else None)
        sheet.write_string(0, place, str(column.title), looks.must if column.required else looks.head)
        if example := example_of(column):
            sheet.write_string(1, place, example, looks.quiet)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    for place, (column, words) in enumerate(offered):
        _offer(sheet, lists, looks, place, column, words, list(importer.columns).index(column))
    _notes(notes, looks, importer)
    book.close()
    return target.getvalue()


def example_of(column):
    """The example of a column as it stands in the template."""
    return str(column.example)


def _offered(importer):
    """[(column, its words)] of the columns with something to choose from."""
    found = []
    for column in importer.columns:
        words = [str(label) for _value, label, *_rest in column.choices]
        words = words or ([str(word) for word in column.offers()] if column.offers else [])
        if words:
            found.append((column, words))
    return found


def _offer(sheet, lists, looks, place, column, words, at):
    lists.set_column(place, place, 32)
    lists.write_string(0, place, str(column.title), looks.head)
    for row, word in enumerate(words, start=1):
        put(lists, row, place, word, looks)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    sheet.data_validation(
        1, at, _ROWS, at,
        {
            "validate": "list",
            "source": f"='{lists.get_name()}'!${letter}$2:${letter}${len(words) + 1}",
            # Words that are not in the list are kept: the dry run says what they mean.
            "error_type": "stop" if column.kind == CHOICE else "information",
            "error_title": _("Không có trong danh mục"),
            "error_message": _("Chọn trong danh mục, hoặc giữ nguyên nếu chưa có."),
        },
    )  # fmt: skip


def _notes(sheet, looks, importer):
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 44)
    sheet.write_string(0, 0, _("Bảng nhập: %(name)s") % {"name": importer.name}, looks.title)
    said = (
        _("Điền vào trang “Dữ liệu”, mỗi dòng một mục. Dòng ví dụ để nguyên cũng được, hệ thống bỏ qua dòng đó."),
        _("Không cần điền hết các cột; cột nền đỏ là cột phải có. Thứ tự cột không quan trọng."),
        _("Bảng có sẵn của cơ quan dùng được ngay nếu tiêu đề cột là một trong các tên ở cột cuối."),
    )
    for row, words in enumerate(said, start=1):
        sheet.write_string(row, 0, words)
    top = len(said) + 2
    for place, words in enumerate((_("Cột"), _("Bắt buộc"), _("Cách ghi"), _("Tên khác cũng nhận"))):
        sheet.write_string(top, place, words, looks.head)
    for row, column in enumerate(importer.columns, start=top + 1):
        must = _("bắt buộc") if column.required else ""
        for place, words in enumerate((column.title, must, _how(column), "; ".join(map(str, column.aliases)))):
            put(sheet, row, place, str(words), looks)


def _how(column):
    hint = str(column.hint)
    if column.kind == DATE:
        return f"{_('Ngày, ghi như 22/11/2026.')} {hint}".strip()
    if column.kind == NUMBER:
        return f"{_('Số, ghi như 1.234 hoặc 12,5.')} {hint}".strip()
    if column.kind == CHOICE:
        offered = ", ".join(str(label) for _value, label, *_rest in column.choices)
        return f"{_('Một trong: %(offered)s.') % {'offered': offered}} {hint}".strip()
    return hint
