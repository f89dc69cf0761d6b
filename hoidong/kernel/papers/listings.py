"""Official lists (phụ lục, biểu, sổ): one definition gives the page, the XLSX, the DOCX and the PDF, with the same cells.

    ANNEX = Listing("voters.list_1a", _("Phụ lục I"), module=…, columns=(Column("place", _("TT"), 1, NUMBER), …))
    papers.register(listings.kind_of(ANNEX))
    filled = Filled(ANNEX, title, note, rows, sums)          # rows: dicts by the keys of the columns
    listings.docx(filled, unit=…), listings.pdf(filled, unit=…), workbooks.xlsx(filled, unit=…)

A list that is too long for a paper says so instead of making somebody wait: the sheet holds them all.
"""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from ..base import dates
from ..base.errors import NotAllowed
from ..ui.numbers import write as number_text
from . import building, headings, kinds, making
from . import pdf as pdfs

TEXT, NUMBER, PERCENT, DAY, MARK = "text", "number", "percent", "day", "mark"
_CENTRED = (NUMBER, PERCENT, DAY, MARK)
MOST_ON_PAPER = {"docx": 10_000, "pdf": 500}  # rows; setting a PDF takes some 40 ms a row while somebody waits
MOST_IN_PATIENCE = 3000  # rows of a PDF the worker sets, which nobody waits for


@dataclass(frozen=True)
class Column:
    """One column: the key of its cells, its heading, its share of the width (cm on A4), what stands in it.

    Neighbours with the same `group` share a heading above theirs. `summed` columns have a figure in the last row.
    """

    key: str
    title: str
    width: float
    kind: str = TEXT
    group: str = ""
    summed: bool = False


@dataclass(frozen=True)
class Listing:
    """The definition of a list. `wide` puts it on A3, for ledgers; `size` is that of the letters in points."""

    code: str
    name: str
    columns: tuple
    module: str = ""
    landscape: bool = True
    wide: bool = False
    size: float = 12
    letterhead: bool = False

    @property
    def grouped(self):
        """True when headings stand on two rows."""
        return any(column.group for column in self.columns)

    @property
    def room(self):
        """The width between the margins in cm."""
        long = 42 if self.wide else 29.7
        return (long if self.landscape else long / 2**0.5) - building.LEFT_MARGIN - building.RIGHT_MARGIN


@dataclass(frozen=True)
class Filled:
    """A list at one moment: title, the line under it, rows as dicts by column key, and sums by key (empty without any)."""

    listing: Listing
    title: str
    note: str
    rows: list
    sums: dict = field(default_factory=dict)


def shown(value, kind=TEXT):
    """A cell as words, as they stand on the page and the paper: `1.234`, `12,5 %`, `22/11/2026`, `x`."""
    if value is None or value == "" or value is False:
        return ""
    if kind == MARK:
        return "x"
    if kind == PERCENT:
        return f"{number_text(value, 1)} %"
    if isinstance(value, datetime.date):
        return dates.format_date(value)
    if isinstance(value, int | float):
        return number_text(value)
    return str(value)


def cells_of(filled):
    """The rows as words, for the page: one list of (words, kind) a row."""
    columns = filled.listing.columns
    return [[(shown(row.get(column.key), column.kind), column.kind) for column in columns] for row in filled.rows]


def sums_of(filled):
    """The last row as words by column key; empty without sums."""
    return {column.key: shown(filled.sums.get(column.key), column.kind) for column in filled.listing.columns}


def docx(filled, *, unit):
    """The list as DOCX (bytes), by the unit's own template or the default one. Raises NotAllowed for one that is too long."""
    _check_length(filled, MOST_ON_PAPER["docx"])
    return making.render(filled.listing.code, _context(filled, unit), unit=unit)


def pdf(filled, *, unit, patient=False):
    """The list as PDF (bytes): the PDF of its DOCX. Raises NotAllowed for one that is too long to wait for.

    `patient` is the worker, for whom longer ones are allowed, too.
    """
    _check_length(filled, MOST_IN_PATIENCE if patient else MOST_ON_PAPER["pdf"])
    return pdfs.make(docx(filled, unit=unit), title=filled.title)


def is_for_the_worker(filled):
    """Whether the PDF is too long to wait for, and not too long to be made at all."""
    return MOST_ON_PAPER["pdf"] < len(filled.rows) <= MOST_IN_PATIENCE


def _check_length(filled, most):
    if len(filled.rows) > most:
        raise NotAllowed(
            _now("Bảng có %(rows)s dòng, quá dài để in (tối đa %(most)s). Tải bảng Excel, hoặc thu hẹp phạm vi.")
            % {"rows": number_text(len(filled.rows)), "most": number_text(most)}
        )


def _context(filled, unit):
    with override("vi"):
        columns = filled.listing.columns
        return {
            "heading": headings.heading_for(headings.issuer_of(unit)).as_context(),
            "title": str(filled.title),
            "note": str(filled.note),
            "titles": {column.key: str(column.title) for column in columns},
            "groups": {column.key: str(column.group) for column in columns},
            "rows": [{column.key: shown(row.get(column.key), column.kind) for column in columns} for row in filled.rows],
            "sums": sums_of(filled),
        }


def kind_of(listing):
    """The Kind of paper of a list: its default template is built from the definition; an office may put its own in place."""
    words = (
        ("heading.above, heading.body, heading.place", _lazy("cơ quan cấp trên, cơ quan ban hành, địa danh")),
        ("title, note", _lazy("tên bảng; căn cứ hoặc nơi lập và thời điểm số liệu")),
        ("titles, groups", _lazy("tên các cột; tên nhóm cột")),
        ("rows", _lazy("các dòng; mỗi dòng có các ô theo mã cột")),
        (", ".join(column.key for column in listing.columns), _lazy("mã các cột, dùng sau row. và sums.")),
        ("sums", _lazy("dòng cộng, theo mã cột")),
    )
    return kinds.Kind(
        listing.code, listing.name, listing.module, build=lambda: _build(listing), sample=_sample(listing), words=words
    )


def _sample(listing):
    columns = listing.columns
    samples = {NUMBER: "12", PERCENT: "12,5 %", DAY: "05/03/2026", MARK: "x"}
    row = {column.key: samples.get(column.kind, "Nội dung mẫu của một ô.") for column in columns}
    return {
        "heading": {"above": "", "body": "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN MẪU", "place": "An Mẫu"},
        "title": "DANH MỤC MẪU",
        "note": "(Văn phòng lập, số liệu lúc 05/03/2026 08:00)",
        "titles": {column.key: str(column.title) for column in columns},
        "groups": {column.key: str(column.group) for column in columns},
        "rows": [row, row],
        "sums": {column.key: "24" if column.summed else "" for column in columns},
    }


def _build(listing):
    document = building.sheet(landscape=listing.landscape, wide=listing.wide)
    if listing.letterhead:
        building.letterhead(document)
    building.line(document, "{{ title }}", bold=True, align=building.CENTER, before=6 if listing.letterhead else 0)
    building.line(document, "{{ note }}", italic=True, align=building.CENTER, after=8)
    total = sum(column.width for column in listing.columns)
    widths = [round(column.width * listing.room / total, 2) for column in listing.columns]
    heads = 2 if listing.grouped else 1
    summed = any(column.summed for column in listing.columns)
    table = building.grid(document, widths, rows=heads + 3 + summed, lined=True)
    _heads(table, listing, heads)
    begin, row, end = table.rows[heads : heads + 3]
    building.line(begin.cells[0], "{%tr for row in rows %}")
    _cells(row, listing, [f"{{{{ row.{column.key} }}}}" for column in listing.columns])
    building.line(end.cells[0], "{%tr endfor %}")
    if summed:
        words = [f"{{{{ sums.{column.key} }}}}" for column in listing.columns]
        _cells(table.rows[heads + 3], listing, words, bold=True)
    return document


def _cells(row, listing, words, bold=False):
    for cell, column, said in zip(row.cells, listing.columns, words, strict=True):
        align = building.CENTER if column.kind in _CENTRED else building.LEFT
        building.line(cell, said, size=listing.size, bold=bold, align=align, before=1, after=1)


def _heads(table, listing, heads):
    first, second = table.rows[0], table.rows[heads - 1]
    look = {"size": listing.size, "bold": True, "align": building.CENTER}
    groups = [column.group for column in listing.columns]
    for place, column in enumerate(listing.columns):
        if not column.group:
            cell = first.cells[place] if heads == 1 else first.cells[place].merge(second.cells[place])
            building.line(cell, f"{{{{ titles.{column.key} }}}}", **look)
            cell.vertical_alignment = building.MIDDLE
            continue
        building.line(second.cells[place], f"{{{{ titles.{column.key} }}}}", **{**look, "size": max(listing.size - 2, 7)})
        if place and groups[place - 1] == column.group:
            continue
        last = place
        while last + 1 < len(groups) and groups[last + 1] == column.group:
            last += 1
        building.line(first.cells[place].merge(first.cells[last]), f"{{{{ groups.{column.key} }}}}", **look)
    for row in table.rows[:heads]:
        building.repeat(row)


def spans(listing):
    """The headings of the page: two lists of (title, colspan, rowspan); the second is empty without groups."""
    upper, lower, columns = [], [], listing.columns
    for place, column in enumerate(columns):
        if not column.group:
            upper.append((column, column.title, 1, 2 if listing.grouped else 1))
            continue
        lower.append((column, column.title, 1, 1))
        if not place or columns[place - 1].group != column.group:
            length = sum(1 for other in columns if other.group == column.group)
            upper.append((column, column.group, length, 1))
    return upper, lower
