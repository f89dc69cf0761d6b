"""A Word letter as lines: numbers that Word sets by itself, tables row by row, without what was struck out.

Not the reader of `kernel.papers`: that one shows a paper as it looks and refuses what it cannot show; this one wants the words.
"""

import io
import zipfile

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.base.text import nfc

from .lines import Line
from .numerals import NUMERALS

_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:txbxContent")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(content):
    """(lines, pages, notes) of a DOCX; raises Invalid where Word could not open it either."""
    try:
        document = Document(io.BytesIO(content))
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise Invalid(_("Tệp Word bị hỏng, không mở được. Mở bằng Word, lưu lại rồi gửi lại."), field="file") from error
    reader = _Reader(document)
    lines = list(reader.lines(document.element.body))
    notes = []
    if next(document.element.body.iter(qn("w:footnoteReference")), None) is not None:
        notes.append(_("Chú thích cuối trang không được đọc. Xem ở tệp gốc."))
    if next(document.element.body.iter(qn("w:txbxContent")), None) is not None:
        notes.append(_("Chữ trong khung vẽ không được đọc. Xem ở tệp gốc."))
    return lines, reader.page, tuple(notes)


class _Reader:
    """Walks one document from its first paragraph to its last; counts pages by the breaks Word left."""

    def __init__(self, document):
        self.page, self.tables = 1, 0
        self.numbers = _Numbers(document)

    def lines(self, parent):
        """The paragraphs and rows under an element, in order."""
        for block in parent.iterchildren():
            if block.tag == qn("w:p"):
                text = self.paragraph(block)
                if text:
                    yield Line(text, self.page, bold=_is_bold(block))
            elif block.tag == qn("w:tbl"):
                self.tables += 1
                yield from self.rows(block, self.tables)
            elif block.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
                yield from self.lines(block)

    def rows(self, table, number):
        """The rows of a table; a cell merged with the one above it says the same."""
        above = []
        for row in table.iterchildren(qn("w:tr")):
            cells = []
            for cell in row.iterchildren(qn("w:tc")):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
                text = "\n".join(line.text for line in self.lines(cell))
                cells.append(above[len(cells)] if goes_on and not text and len(cells) < len(above) else text)
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                cells += [""] * (int(span.get(qn("w:val")) or 1) - 1 if span is not None else 0)
            above = cells
            if any(cells):
                yield Line(" ".join(filter(None, cells)), self.page, cells=tuple(cells), table=number)

    def paragraph(self, paragraph):
        """Its words, with the number Word sets before them."""
        words = []
        self._collect(paragraph, words)
        text = nfc(" ".join("".join(words).split(" ")))
        number = self.numbers.of(paragraph) if text else ""
        return f"{number} {text}" if number else text

    def _collect(self, element, words):
        for part in element.iterchildren():
            if part.tag in _SKIPPED or part.tag == _FALLBACK:
                continue
            if part.tag == qn("w:t"):
                words.append(part.text or "")
            elif part.tag in (qn("w:tab"), qn("w:cr")):
                words.append(" ")
            elif part.tag == qn("w:noBreakHyphen"):
                words.append("-")
            elif part.tag == qn("w:lastRenderedPageBreak"):
                self.page += 1
            elif part.tag == qn("w:br"):
                words.append("\n" if part.get(qn("w:type")) is None else " ")
            elif part.tag != qn("w:pPr"):
                self._collect(part, words)


class _Numbers:
    """Counts automatically numbered paragraphs as Word does, as far as letters need: one counter for each level of a list."""

    def __init__(self, document):
        self._levels, self._lists, self._counts = {}, {}, {}
        part = next((one.target_part for one in document.part.rels.values() if one.reltype.endswith("/numbering")), None)
        if part is None:
            return
        for abstract in part.element.iterchildren(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            self._levels[key] = [
                (_value(level, "start", "1"), _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""))
                for level in abstract.iterchildren(qn("w:lvl"))
            ]
        for number in part.element.iterchildren(qn("w:num")):
            self._lists[number.get(qn("w:numId"))] = _value(number, "abstractNumId", "")
        styles = document.styles.element.iterchildren(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for style in styles}

    def of(self, paragraph):
        """ "1.", "II.", "a)", "-" or nothing."""
        marks = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if marks is None and self._lists:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            marks = self._styles.get(style.get(qn("w:val"))) if style is not None else None
        key = self._lists.get(_value(marks, "numId", "")) if marks is not None else None
        levels = self._levels.get(key)
        level = int(_value(marks, "ilvl", "0") or 0) if marks is not None else 0
        if not levels or level >= len(levels):
            return ""
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, _number(levels[level][0]) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._written(levels, level, counts)

    def _written(self, levels, level, counts):
        _start, form, text = levels[level]
        if form == "bullet":
            return "-"
        for place in range(level + 1):
            shown = counts.get(place, _number(levels[place][0]))
            text = text.replace(f"%{place + 1}", NUMERALS.get(levels[place][1], str)(shown))
        return text


def _number(value):
    return int(value) if value.isdecimal() else 1


def _value(element, name, default):
    found = element.find(qn(f"w:{name}")) if element is not None else None
    return found.get(qn("w:val"), default) if found is not None else default


def _is_bold(paragraph):
    runs = [run for run in paragraph.iter(qn("w:r")) if "".join(part.text or "" for part in run.iter(qn("w:t"))).strip()]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
