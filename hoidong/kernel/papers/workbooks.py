"""An official list as XLSX: the head on every page, figures as figures, words as words."""

import io

import xlsxwriter
from django.utils.translation import gettext as _now

from ..base.language import in_vietnamese
from . import headings, listings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LETTERS_A_CM = 4.6
_MOST_LETTERS = 32_767
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@in_vietnamese
def xlsx(filled, *, unit):
    """The list as a workbook (bytes). Nothing in it is read as a formula, a link or a number that was not one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    looks = _Looks(book)
    sheet = book.add_worksheet(_now("Biểu"))
    columns = filled.listing.columns
    last = len(columns) - 1
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(column.width * _LETTERS_A_CM, 5))
    top = 0
    if filled.listing.letterhead:
        _across(sheet, 0, last, headings.heading_for(headings.issuer_of(unit)).body.replace("\n", " "), looks.bold)
        top = 1
    _across(sheet, top, last, filled.title, looks.title)
    _across(sheet, top + 1, last, filled.note, looks.note)
    line = _head(sheet, filled.listing, top + 3, looks)
    _page(sheet, filled.listing, top + 3, line)
    for row in filled.rows:
        for place, column in enumerate(columns):
            _put(sheet, line, place, row.get(column.key), column.kind, looks)
        line += 1
    if filled.sums:
        for place, column in enumerate(columns):
            _put(sheet, line, place, filled.sums.get(column.key), column.kind, looks, bold=True)
    book.close()
    return target.getvalue()


class _Looks:
    def __init__(self, book):
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
        lined = {**base, "border": 1}
        middle = {**lined, "align": "center"}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "align": "center"})
        self.note = book.add_format({**base, "italic": True, "align": "center"})
        self.bold = book.add_format({**base, "bold": True, "align": "center"})
        self.head = book.add_format({**middle, "bold": True, "valign": "vcenter", "bg_color": "#EFEFEF"})
        forms = {
            listings.TEXT: lined, "quoted": {**lined, "quote_prefix": True}, listings.MARK: middle,
            listings.NUMBER: {**middle, "num_format": "#,##0.##"}, "whole": {**middle, "num_format": "#,##0"},
            listings.PERCENT: {**middle, "num_format": '0.0" %"'}, listings.DAY: {**middle, "num_format": "dd/mm/yyyy"},
        }  # fmt: skip
        self.cells = {name: book.add_format(form) for name, form in forms.items()}
        self.sums = {name: book.add_format({**form, "bold": True}) for name, form in forms.items()}


def _across(sheet, line, last, words, look):
    if last:
        sheet.merge_range(line, 0, line, last, str(words), look)
    else:
        sheet.write_string(line, 0, str(words), look)
    sheet.set_row(line, 36 if len(str(words)) > 90 else 22)


def _head(sheet, listing, line, looks):
    """The headings; returns the first line of the body."""
    upper, _lower = listings.spans(listing)
    place = 0
    for column, title, columns, rows in upper:
        bottom = line + rows - 1
        if columns > 1 or rows > 1:
            sheet.merge_range(line, place, bottom, place + columns - 1, str(title), looks.head)
        else:
            sheet.write_string(line, place, str(title), looks.head)
        if column.group:
            for step in range(columns):
                sheet.write_string(line + 1, place + step, str(listing.columns[place + step].title), looks.head)
        place += columns
    sheet.set_row(line, 34)
    if listing.grouped:
        sheet.set_row(line + 1, 48)
    return line + (2 if listing.grouped else 1)


def _put(sheet, line, place, value, kind, looks, bold=False):
    forms = looks.sums if bold else looks.cells
    if value is None or value == "" or value is False:
        sheet.write_blank(line, place, None, forms[listings.TEXT])
    elif kind == listings.MARK:
        sheet.write_string(line, place, "x", forms[listings.MARK])
    elif kind == listings.DAY and hasattr(value, "isoformat"):
        sheet.write_datetime(line, place, value, forms[listings.DAY])
    elif isinstance(value, int | float):
        form = listings.PERCENT if kind == listings.PERCENT else "whole" if isinstance(value, int) else listings.NUMBER
        sheet.write_number(line, place, value, forms[form])
    else:
        words = str(value)
        words = words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1] + "…"
        sheet.write_string(line, place, words, forms["quoted" if words.startswith(_LIKE_FORMULA) else listings.TEXT])


def _page(sheet, listing, head, body):
    if listing.landscape:
        sheet.set_landscape()
    sheet.set_paper(8 if listing.wide else 9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head, body - 1)
    sheet.freeze_panes(body, 0)
