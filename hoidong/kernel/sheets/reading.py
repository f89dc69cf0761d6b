"""From a file to rows of cells: XLSX, XLS, ODS and CSV, whatever stands above the header and however it is spelt."""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ..base import old_letters
from ..base.errors import Invalid
from ..base.text import nfc
from . import blanks

_MOST_UNPACKED = 400 * 1024 * 1024
_HEAD_ROWS = 30  # rows above which a header is looked for
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_COLUMN_NUMBER = re.compile(r"^[\[(]?\d{1,2}[\])]?$")


@dataclass
class Grid:
    """One sheet as texts. `first` is the number of its first row as Excel shows it; `merged` are (top, left, bottom, right).

    `coding` names the letters of before Unicode it was written in, converted here.
    """

    name: str
    rows: list
    first: int = 1
    merged: list = field(default_factory=list)
    coding: str = ""


@dataclass
class Table:
    """A sheet read for one importer: where its header is, which column is which, the rows below."""

    name: str
    header: dict = field(default_factory=dict)
    unused: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    score: float = 0.0
    examples: int = 0
    coding: str = ""

    @property
    def fits(self):
        """Whether every column that must be there was found."""
        return bool(self.header) and not self.missing


def tables(content, importer):
    """Every sheet of a file that holds anything, as a Table for this importer. Raises Invalid for what is no sheet."""
    found = [grid for grid in grids(content, importer) if any(any(row) for row in grid.rows)]
    if blanks.DATA in {grid.name for grid in found}:  # our own template: its notes and lists are no data
        found = [grid for grid in found if grid.name not in (blanks.NOTES, blanks.LISTS)]
    return [_table(grid, importer) for grid in found]


def table(content, importer, name):
    """The sheet with this name."""
    return next(found for found in tables(content, importer) if found.name == name)


def ranked(found):
    """The tables, the one whose header matches best first, the longer of equals before."""
    return sorted(found, key=lambda one: (one.fits, bool(one.rows), one.score, len(one.rows)), reverse=True)


def alike(found):
    """The tables with rows that people may mean: those whose header matches about as well as the best one's."""
    filled = [one for one in ranked(found) if one.fits and one.rows]
    return [one for one in filled if one.score >= 0.7 * filled[0].score]


def best(found):
    """The table whose header matches best, or None."""
    return next(iter(ranked(found)), None)


def grids(content, importer):
    """The sheets of a file as texts in Unicode."""
    check_size(len(content))
    if content[:2] == b"PK":
        _check_zip(content)
        return [_modern(grid) for grid in _workbook(content)]
    if content[:4] == _OLD_EXCEL:
        if _LOCKED in content:  # a new workbook, encrypted, in an old container
            raise _locked()
        return [_modern(grid) for grid in _workbook(content)]
    text, coding = _decode(content)
    return [Grid("CSV", _csv_rows(text, importer), coding=coding)]


def check_size(size):
    """Raises Invalid for a file that is too large, best before its bytes are read."""
    if size > settings.FILES_MAX_SIZE:
        most = settings.FILES_MAX_SIZE // 1024 // 1024
        raise Invalid(_("Tệp lớn quá %(most)s MB. Chia bảng thành nhiều tệp nhỏ hơn.") % {"most": most}, field="file")


def _modern(grid):
    """The sheet with its old letters converted."""
    texts, grid.coding = old_letters.modern(cell for row in grid.rows for cell in row)
    if grid.coding:
        cells = iter(texts)
        grid.rows = [[next(cells) for _cell in row] for row in grid.rows]
    return grid


def _check_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Invalid(_("Tệp hỏng, không mở được. Mở lại bằng Excel, lưu rồi chọn lại."), field="file") from error
    if unpacked > _MOST_UNPACKED:
        raise Invalid(_("Tệp bung ra quá lớn. Xóa các dòng, cột trống có định dạng rồi lưu lại."), field="file")


def _workbook(content):
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, ValueError, OSError) as error:
        raise Invalid(
            _("Không mở được tệp này như một bảng tính. Mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."), field="file"
        ) from error


def _locked():
    return Invalid(_("Tệp có mật khẩu. Bỏ mật khẩu trong Excel rồi chọn lại."), field="file")


def _grid(sheet):
    top, left = sheet.start or (0, 0)
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    merged = [
        (first[0] - top, first[1] - left, last[0] - top, last[1] - left) for first, last in (sheet.merged_cell_ranges or [])
    ]
    return Grid(sheet.name, rows, top + 1, [one for one in merged if one[0] >= 0 and one[1] >= 0])


def cell_text(cell):
    """A cell as a Vietnamese office would type it: 22/11/2026, 1234,5."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return nfc(cell.replace("_x000D_", "").replace("\r\n", "\n"))
    if isinstance(cell, bool):
        return _("Có") if cell else _("Không")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, datetime.date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
    return str(cell)


def _decode(content):
    """(text, coding) of a CSV file; older Vietnamese Excel writes cp1258, older fonts TCVN3 or VNI."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _converted(content.decode("utf-16", errors="replace"))
    if not content.strip():
        raise Invalid(_("Tệp trống, không có gì để đọc. Chọn lại tệp."), field="file")
    if b"\x00" in content[:4096]:
        raise Invalid(_("Đây không phải bảng tính. Chọn tệp .xlsx, .xls, .ods hoặc .csv."), field="file")
    if content.lstrip()[:1] == b"<":
        raise Invalid(_("Tệp này là trang web được đổi đuôi. Mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."), field="file")
    try:
        return _converted(nfc(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        pass  # one byte a letter, then
    text, coding = _converted(content.decode("latin-1"))
    try:
        unicode = nfc(content.decode("cp1258"))
        if coding and (old_letters.sense(text) or 0) > (old_letters.sense(unicode) or 0):
            return nfc(text), coding
        return unicode, ""
    except UnicodeDecodeError as error:
        raise Invalid(_("Không đọc được chữ trong tệp. Lưu lại dạng “CSV UTF-8” hoặc .xlsx."), field="file") from error


def _converted(text):
    lines, coding = old_letters.modern(text.split("\n"))
    return "\n".join(lines), coding


def _csv_rows(text, importer):
    """The rows, split by the sign under which the header is understood best."""
    head = "\n".join(text.split("\n")[:400])
    signs = sorted(";,\t", key=lambda sign: -_sign_score(head, sign, importer))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=signs[0])
        return [[nfc(cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise Invalid(_("Tệp CSV hỏng ở một dòng nào đó. Mở bằng Excel, lưu lại dạng .xlsx."), field="file") from error


def _sign_score(head, sign, importer):
    try:
        rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=sign))
    except csv.Error:
        return -1.0
    grid = Grid("", rows[: _HEAD_ROWS + 1])
    found = max((_match(titles, importer)[1] for _row, _last, titles in _headers(grid)), default=0.0)
    return found + min(max((len(row) for row in rows), default=0), 40) / 1000


def _headers(grid):
    """Rows that may be the header: (first data row - 1, titles of each column as alternatives)."""
    for row, cells in enumerate(grid.rows[:_HEAD_ROWS]):
        if sum(1 for cell in cells if cell) < 1:
            continue
        yield row, row, [[cell] if cell else [] for cell in cells]
        if row + 1 < len(grid.rows) and any(top <= row <= bottom for top, _left, bottom, _right in grid.merged):
            yield row, row + 1, _two_rows(grid, row)


def _two_rows(grid, row):
    """A header of two rows: each column is called by its lower cell, by the upper one, or by both."""
    upper, lower = list(grid.rows[row]), list(grid.rows[row + 1])
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            for place in range(left, min(right + 1, len(upper))):
                upper[place] = grid.rows[top][left]
    lower += [""] * (len(upper) - len(lower))
    both = zip(upper, lower, strict=False)
    return [[name for name in (f"{above} {below}".strip(), below, above) if name] for above, below in both]


def _match(titles, importer):
    """({column key: place}, score): each column gets the heading that names it best, each heading serves one column."""
    likely = []
    for place, names in enumerate(titles):
        for order, column in enumerate(importer.columns):
            score = max((column.likeness(name) - rank * 0.001 for rank, name in enumerate(names)), default=0)
            if score > 0.2:
                likely.append((-score, place, order, column))
    chosen, used, total = {}, set(), 0.0
    for score, place, _order, column in sorted(likely, key=lambda one: one[:3]):
        if column.key in chosen or place in used:
            continue
        chosen[column.key] = place
        used.add(place)
        total += -score + (2 if column.required else 0)
    return chosen, total


def _table(grid, importer):
    best_score, head = 0.0, None
    for _row, last, titles in _headers(grid):
        chosen, score = _match(titles, importer)
        if score > best_score:
            best_score, head = score, (last, titles, chosen)
    required = [column for column in importer.columns if column.required]
    if head is None:
        return Table(grid.name, missing=required)
    last, titles, chosen = head
    named = {place: (names[0] if names else "") for place, names in enumerate(titles)}
    found = Table(
        grid.name,
        header={key: named[place] for key, place in chosen.items()},
        unused=[name for place, name in named.items() if name and place not in chosen.values() and not _is_count(name)],
        missing=[column for column in required if column.key not in chosen],
        score=best_score,
        coding=grid.coding,
    )
    _fill(found, grid, last, chosen, importer)
    return found


def _is_count(name):
    return name.strip().lower() in ("stt", "tt", "số tt", "số thứ tự", "no")


def _fill(found, grid, last, chosen, importer):
    """The rows below the header; blank ones, the row of column numbers and the template's example are left out."""
    _spread(grid, last)
    example = {column.key: str(column.example) for column in importer.columns if column.example}
    for place in range(last + 1, len(grid.rows)):
        cells = grid.rows[place]
        row = {key: cells[at] for key, at in chosen.items() if at < len(cells) and cells[at]}
        if not row or (place == last + 1 and _numbers_columns(cells)):
            continue
        if example and row == {key: words for key, words in example.items() if key in chosen}:
            found.examples += 1
            continue
        found.rows.append((grid.first + place, row))


def _spread(grid, head):
    """A cell merged over several rows speaks for each of them."""
    for top, left, bottom, _right in grid.merged:
        if top <= head or bottom == top or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        for row in grid.rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = grid.rows[top][left]


def _numbers_columns(cells):
    """Whether a row only numbers the columns: (1) (2) (3)."""
    said = [cell for cell in cells if cell]
    return len(said) > 1 and all(_COLUMN_NUMBER.match(cell) for cell in said)
