"""Tables of answers: which column asks, which one answers, found by the words above them or by how long the cells are."""

import re
from dataclasses import dataclass, field

from hoidong.kernel.base.text import fold

from .lines import Line

_HEADER_ROWS = 12
_LONG = 60  # letters a cell of words has on average
_COLUMNS = (
    ("code", re.compile(r"^(?:ma|so kien nghi|so hieu|ma so|ma tra cuu|so, ky hieu kien nghi|kien nghi so)\b")),
    ("result", re.compile(r"xep loai|phan loai|loai ket qua|tinh trang")),
    ("promised", re.compile(r"thoi (?:han|gian)|lo trinh|ngay (?:hua|hoan thanh|du kien)|han hoan thanh")),
    ("say", re.compile(r"tra loi|giai trinh|ket qua|tiep thu|giai quyet|xu ly|y kien cua (?:so|bo|ubnd|co quan)")),
    ("ask", re.compile(r"kien nghi|y kien|cau hoi|phan anh|noi dung")),
    ("count", re.compile(r"^(?:stt|tt|so tt|so thu tu)\b")),
    ("place", re.compile(r"dia phuong|don vi|noi neu|xa|phuong|cu tri")),
)


@dataclass
class Row:
    """A row that asks and answers."""

    parts: dict = field(default_factory=dict)
    number: int | None = None
    page: int = 0
    said: dict = field(default_factory=dict)


def blocks(lines):
    """Lines outside of tables of answers, and lists of Rows for those tables, in order. Other tables are lines again."""
    found, place = [], 0
    while place < len(lines):
        line = lines[place]
        if not line.cells:
            found.append(line)
            place += 1
            continue
        end = place
        while end < len(lines) and lines[end].cells and lines[end].table == line.table:
            end += 1
        found += _table(lines[place:end])
        place = end
    return found


def _table(rows):
    head, columns = _header(rows)
    if columns is None:
        columns = _by_length(rows)
    if columns is None:
        return [Line(text, row.page) for row in rows for cell in row.cells for text in cell.split("\n") if text.strip()]
    above = [Line(row.text, row.page) for row in rows[: head + 1]]
    return [*above, _answers(rows[head + 1 :], columns)]


def _header(rows):
    """(place, {meaning: column}) of the row that names the columns, or (-1, None)."""
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        columns = {}
        for column, cell in enumerate(row.cells):
            words = fold(cell)
            if not words or len(words) > 120:
                continue
            meaning = next((name for name, sign in _COLUMNS if sign.search(words) and name not in columns), None)
            if meaning:
                columns[meaning] = column
        if "ask" in columns and "say" in columns:
            return place, columns
    return -1, None


def _by_length(rows):
    """Two columns of long cells side by side: the left one asks."""
    width = max(len(row.cells) for row in rows)
    if len(rows) < 2:
        return None
    long = []
    for column in range(width):
        cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
        if len(cells) * 2 > len(rows) and sum(map(len, cells)) / len(cells) >= _LONG:
            long.append(column)
    return {"ask": long[0], "say": long[1]} if len(long) == 2 else None


def _answers(rows, columns):
    """The rows as questions with answers. A row without question goes on answering, one with a single cell is a heading."""
    found, heading = [], []
    for row in rows:
        cell = {name: row.cells[column].strip() if column < len(row.cells) else "" for name, column in columns.items()}
        filled = [text for text in row.cells if text.strip()]
        if _numbers_columns(filled):
            continue
        if not cell["say"] and (not cell["ask"] or _is_heading(cell)):
            heading.append(row.text)
            continue
        same = found and cell["ask"] == "\n".join(found[-1].parts.get("ask", ()))
        if found and cell["say"] and (not cell["ask"] or same):
            found[-1].parts["say"] = [*found[-1].parts.get("say", []), *_paragraphs(cell["say"])]
            continue
        parts = {"head": [*heading, *_place(cell)], "ask": _paragraphs(cell["ask"]), "say": _paragraphs(cell["say"])}
        said = {name: cell[name] for name in ("code", "result", "promised") if cell.get(name)}
        found.append(Row(parts, _count(cell.get("count", "")), row.page, said))
        heading = []
    return found


def _is_heading(cell):
    """A short cell without answer and without a number of its own: "Lĩnh vực giao thông"."""
    return len(cell["ask"]) < 80 and _count(cell.get("count", "")) is None


def _place(cell):
    return [cell["place"]] if cell.get("place") else []


def _paragraphs(text):
    return [part.strip() for part in text.split("\n") if part.strip()]


def _count(text):
    digits = text.strip().rstrip(".)")
    return int(digits) if digits.isdecimal() and len(digits) < 5 else None


def _numbers_columns(filled):
    return len(filled) > 1 and all(re.fullmatch(r"[\[(]?\d{1,2}[\])]?", text.strip()) for text in filled)
