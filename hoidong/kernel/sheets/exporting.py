"""Writing XLSX: lists as they are shown, row by row, without ever holding more than one row."""

import datetime
import io

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from ..base import dates

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_LETTERS = 32_767
# Excel would work these out once somebody edits the cell; the quote prefix keeps them words and changes no letter.
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def export(columns, rows, title="", unit=""):
    """A workbook as bytes: unit and title above, a frozen header with filters, dates as dates, nothing that computes.

    `columns` are (title, width in letters); `rows` any iterable of tuples of texts, numbers, dates or None.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {**_OPTIONS, "constant_memory": True})
    looks = Looks(book)
    sheet = book.add_worksheet(_("Dữ liệu"))
    columns = [(str(name), width) for name, width in columns]
    for place, (_name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
    top = 0
    for words, look in ((unit, looks.plain), (title, looks.title), (_exported_on(), looks.quiet)):
        if (unit or title) and words:
            sheet.write_string(top, 0, str(words), look)
            top += 1
    top += bool(top)
    for place, (name, _width) in enumerate(columns):
        sheet.write_string(top, place, name, looks.head)
    sheet.freeze_panes(top + 1, 0)
    last = top
    for last, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row):
            put(sheet, last, place, value, looks)
    sheet.autofilter(top, 0, max(last, top), max(len(columns) - 1, 0))
    _page(sheet, top)
    book.close()
    return target.getvalue()


class Looks:
    """The formats of a workbook."""

    def __init__(self, book):
        wrapped = {"text_wrap": True, "valign": "top"}
        self.plain = book.add_format({})
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.quiet = book.add_format({"italic": True, "font_color": "#595959"})
        self.head = book.add_format({"bold": True, "bg_color": "#E7ECEF", "border": 1, **wrapped})
        self.must = book.add_format({"bold": True, "bg_color": "#F6DDDA", "border": 1, **wrapped})
        self.text = book.add_format(wrapped)
        self.quoted = book.add_format({**wrapped, "quote_prefix": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"})
        self.number = book.add_format({"num_format": "#,##0.##;-#,##0.##", "valign": "top"})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})


def put(sheet, row, place, value, looks):
    """Write one value as what it is; words never become formulas, links or numbers."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = _("Có") if value else _("Không")
    if isinstance(value, datetime.datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, place, moment.replace(tzinfo=None), looks.moment)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, place, value, looks.day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, looks.whole)
    elif hasattr(value, "is_integer") or hasattr(value, "as_tuple"):  # float, Decimal
        sheet.write_number(row, place, value, looks.number)
    else:
        words = str(value)
        if len(words) > _MOST_LETTERS:
            words = words[: _MOST_LETTERS - 1] + "…"
        sheet.write_string(row, place, words, looks.quoted if words.startswith(_LIKE_FORMULA) else looks.text)


def _exported_on():
    return _("Xuất lúc %(moment)s") % {"moment": dates.format_moment(dates.now())}


def _page(sheet, head):
    """Printed: A4 on its side, the header on every page, as wide as the paper."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(head)
    sheet.fit_to_pages(1, 0)
