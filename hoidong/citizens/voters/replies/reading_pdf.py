"""A PDF with text as lines: the lines of its pages joined to paragraphs again, running heads and page numbers left out."""

import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from django.utils.translation import gettext as _

from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.base.text import fold, nfc

from .lines import Line

PROGRAM = Path(__file__).with_name("pdf_pages.py")
MOST_PAGES = 400
MOST_LETTERS = 3_000_000
SECONDS = 240
LEAST_LETTERS = 40  # a page with fewer is a picture
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$", re.I)
_BEGINS = re.compile(
    r"^(?:[-–+•*]\s|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)/:]\s|[IVXL]{1,6}[.)/]\s|[a-zđ][.)]\s|Số\s*:|V/v\b|[A-ZĐ][\w ]{2,30}, ngày\s"
    r"|(?:Kính gửi|Nơi nhận|Câu|Kiến nghị|Ý kiến|Trả lời|Nội dung|Phần|Mục)\b[^.]{0,40}[:.\d]|Cử tri\b)"
)
_INDENT = 9  # points by which the first line of a paragraph stands in
_ENDS = re.compile(r"[.:;!?…”\"]\s*$")


class TooMuch(Exception):
    """More pages than one waits for; the worker reads them."""


@dataclass(frozen=True)
class _Row:
    """One line as it is printed, and where it begins, in points."""

    text: str
    x: float
    y: float


def read(content, *, most=None, progress=None, seconds=SECONDS):
    """(lines, pages, notes) of a PDF. `progress(done, pages)` is called after each page.

    Raises Invalid for what cannot be read, TooMuch where it has more pages than `most`.
    """
    pages, broken, letters = [], [], []
    for total, rows, failed in _pages(content, most, seconds):
        pages.append([_Row(" ".join(nfc(text).split()), x, y) for text, x, y in rows])
        letters.append(sum(letter.isalpha() for row in pages[-1] for letter in row.text))
        if failed:
            broken.append(len(pages))
        if sum(letters) > MOST_LETTERS:
            raise Invalid(_("Thư có quá nhiều chữ. Tách thành các tệp nhỏ hơn rồi gửi từng tệp."), field="file")
        if progress:
            progress(len(pages), total)
    empty = [number for number, count in enumerate(letters, start=1) if count < LEAST_LETTERS]
    if len(empty) * 2 > len(pages) and sum(letters) < LEAST_LETTERS * 4:
        raise scanned()
    notes = []
    silent = [number for number in empty if number < len(pages) or number in broken]
    if silent:
        numbers = ", ".join(map(str, silent[:20]))
        notes.append(_("Trang %(numbers)s không có chữ để đọc (ảnh quét). Xem ở tệp gốc.") % {"numbers": numbers})
    return _paragraphs(_without_running(pages)), len(pages), tuple(notes)


def scanned():
    """The refusal of a scan, with what to do."""
    return Invalid(
        _(
            "Tệp này là bản quét (ảnh), không có chữ để đọc. Xin bản Word hoặc PDF xuất từ Word của cơ quan; nếu chỉ có bản quét, "
            "mở từng kiến nghị, ghi trả lời và đính kèm bản quét."
        ),
        field="file",
    )


def _pages(content, most, seconds):
    """(how many pages, rows, whether it failed) of each page, from a process that ends when its time is over."""
    with subprocess.Popen(
        [sys.executable, "-I", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        clock = threading.Timer(seconds, process.kill)
        clock.start()
        try:
            yield from _told(process, content, most)
        finally:
            clock.cancel()
            process.kill()


def _told(process, content, most):
    try:
        process.stdin.write(content)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it fell over while reading: what it said, or did not, is told below
    head = json.loads(process.stdout.readline() or '{"error": "damaged"}')
    if "error" in head:
        raise _refusal(head["error"])
    total = head["pages"]
    if total > MOST_PAGES:
        raise Invalid(
            _("Thư có %(pages)s trang, quá mức %(most)s trang. Tách thành các tệp nhỏ hơn rồi gửi từng tệp.")
            % {"pages": total, "most": MOST_PAGES},
            field="file",
        )
    if most is not None and total > most:
        raise TooMuch(total)
    done = 0
    for line in process.stdout:
        page = json.loads(line)
        done += 1
        yield total, page["lines"], "broken" in page
    if done < total:
        raise Invalid(
            _("Đọc tệp quá lâu ở trang %(page)s nên đã dừng. Lưu lại PDF từ Word, hoặc gửi bản Word.") % {"page": done + 1},
            field="file",
        )


def _refusal(kind):
    if kind == "password":
        return Invalid(_("Tệp PDF có mật khẩu. Bỏ mật khẩu rồi gửi lại."), field="file")
    return Invalid(_("Tệp PDF bị hỏng, không mở được. Xuất lại PDF từ Word rồi gửi lại."), field="file")


def _without_running(pages):
    """[(page, rows)] without page numbers and what stands at the same end of most pages."""
    ends = {}
    for rows in pages:
        for line in {fold(row.text) for row in (*rows[:2], *rows[-2:])}:
            ends[line] = ends.get(line, 0) + 1
    running = {line for line, count in ends.items() if len(pages) > 3 and count > len(pages) * 0.6}
    return [
        (number, [row for row in rows if not _PAGE_NUMBER.match(row.text) and fold(row.text) not in running])
        for number, rows in enumerate(pages, start=1)
    ]


def _paragraphs(pages):
    """Rows to paragraphs: a row goes on where the one before was full, or broke off in mid-sentence."""
    lengths = sorted(len(row.text) for _number, rows in pages for row in rows)
    full = 0.72 * (lengths[int(len(lengths) * 0.9)] if lengths else 80)
    gaps = [above.y - row.y for _number, rows in pages for above, row in pairwise(rows) if above.y > row.y]
    gap = 1.3 * median(gaps) if gaps else 0
    found = []
    for number, rows in pages:
        for place, row in enumerate(rows):
            above, below = rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
            if found and not _begins(row, above, below, gap) and _goes_on(found[-1][2].text, row.text, full):
                text, page, _last = found[-1]
                found[-1] = (_joined(text, row.text), page, row)
            else:
                found.append((row.text, number, row))
    return [Line(nfc(text), page) for text, page, _last in found]


def _begins(row, above, below, gap):
    """Whether a row stands like the first one of a paragraph: further in than the rows around it, or with room above it.

    `above` and `below` are its neighbours on the page, `gap` is more than the height of a line. In lists with hanging signs it
    is the other rows that stand in.
    """
    if _BEGINS.match(row.text):
        return True
    if above is not None and gap and (above.y - row.y > gap or (row.x - above.x > _INDENT and not _BEGINS.match(above.text))):
        return True
    return below is not None and row.x - below.x > _INDENT and not _BEGINS.match(below.text)


def _goes_on(last, text, full):
    """Whether a row goes on with the sentence before it: that filled its line, or broke off."""
    if _in_capitals(text) or _in_capitals(last):
        return False
    ended = bool(_ENDS.search(last))
    return not (ended and text[:1].isupper()) if len(last) >= full else text[:1].islower() and not ended


def _in_capitals(text):
    return text.isupper() and " " in text and len(text) > 6


def _joined(text, line):
    return text[:-1] + line if text.endswith("\u00ad") else f"{text} {line}"
