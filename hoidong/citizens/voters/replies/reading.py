"""From the bytes of a letter to its lines: DOCX, PDF with text, XLSX. What cannot be read is refused with what to do."""

from django.utils.translation import gettext as _

from hoidong.kernel.base import old_letters
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.base.text import nfc
from hoidong.kernel.sheets import reading as sheets

from . import reading_docx, reading_pdf
from .lines import Letter, Line

READ = ("pdf", "docx", "xlsx")
LEAST_SENSE = 0.35  # of the words with marks that must be syllables; a PDF whose fonts hide their letters has next to none
_LEAST_LETTERS = 60


def read(content, extension, *, most_pages=None, progress=None):
    """The Letter in these bytes. `extension` is what the content is, not what the name says.

    Raises Invalid for what cannot be read, reading_pdf.TooMuch for a PDF with more than `most_pages`.
    """
    if extension not in READ:
        raise Invalid(
            _("Đọc được thư dạng DOCX, PDF có chữ và XLSX. Mở tệp này, lưu thành một trong ba dạng đó rồi gửi lại."),
            field="file",
        )
    if extension == "pdf":
        lines, pages, notes = reading_pdf.read(content, most=most_pages, progress=progress)
    elif extension == "docx":
        lines, pages, notes = reading_docx.read(content)
    else:
        lines, pages, notes = _rows(content), 0, ()
    lines, coding = _modern(lines)
    _check(lines, extension)
    return Letter(lines, pages, coding, notes)


def _rows(content):
    """Each sheet is a table, each row a line."""
    found = []
    for number, grid in enumerate(sheets.grids(content, None), start=1):
        for row in grid.rows:
            cells = tuple(nfc(cell) for cell in row)
            if any(cells):
                found.append(Line(" ".join(filter(None, cells)), 0, cells=cells, table=number))
    return found


def _modern(lines):
    """(lines in Unicode, the coding they were in); each line and cell is judged with all others."""
    texts = [text for line in lines for text in (line.cells or (line.text,))]
    fresh, coding = old_letters.modern(texts)
    if not coding:
        return lines, ""
    words, found = iter(fresh), []
    for line in lines:
        cells = tuple(nfc(next(words)) for _cell in (line.cells or (line.text,)))
        text = " ".join(filter(None, cells)) if line.cells else cells[0]
        found.append(Line(text, line.page, cells if line.cells else (), line.table, line.bold))
    return found, coding


def _check(lines, extension):
    whole = " ".join(line.text for line in lines)
    if sum(letter.isalpha() for letter in whole) < _LEAST_LETTERS:
        if extension == "xlsx":
            raise Invalid(_("Bảng trống, không có lời trả lời nào để đọc."), field="file")
        raise reading_pdf.scanned()
    sense = old_letters.sense(whole[:200_000])
    if sense is not None and sense < LEAST_SENSE:
        raise Invalid(
            _("Chữ trong tệp không đọc được (phông chữ không theo Unicode, TCVN3 hay VNI). Xin bản Word dùng phông Unicode."),
            field="file",
        )
