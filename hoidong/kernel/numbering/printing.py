"""The register of issued papers (sổ đăng ký văn bản đi) as XLSX, DOCX and PDF: Decree 30/2020/NĐ-CP, appendix IV.

What the platform does not know (who keeps the filed copy, how many copies) stays empty, to be written by hand.
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import audit, papers
from ..base import dates
from ..base.errors import NotAllowed
from ..base.language import in_vietnamese
from ..papers import listings, workbooks
from ..papers.listings import DAY, Column, Filled, Listing
from ..ui.numbers import write as number_text
from . import books, numbers
from .models import DrawnNumber

MOST_IN_SHEET = 50_000  # lines of a workbook, which is made in memory while somebody waits

REGISTER = Listing(
    code="numbering.register",
    name=_("Sổ đăng ký văn bản đi"),
    module=_("Sổ lấy số"),
    letterhead=True,
    columns=(
        Column("symbol", _("Số, ký hiệu văn bản"), 3.2),
        Column("day", _("Ngày tháng văn bản"), 2.4, DAY),
        Column("title", _("Tên loại và trích yếu nội dung văn bản"), 7.4),
        Column("signer", _("Người ký"), 3.0),
        Column("recipients", _("Nơi nhận văn bản"), 3.6),
        Column("filed", _("Đơn vị, người nhận bản lưu"), 2.6),
        Column("copies", _("Số lượng bản"), 1.6),
        Column("note", _("Ghi chú"), 1.9),
    ),
)
WRITERS = {"xlsx": workbooks.xlsx, "docx": listings.docx, "pdf": listings.pdf}


def connect():
    """Make the register known as a kind of paper: an office may put its own template in place."""
    papers.register(listings.kind_of(REGISTER))


def write(sequence, kind, *, by, first=None, last=None):
    """A book of one year as a file (bytes), `kind` one of xlsx, docx, pdf; from day to day where days are given.

    Each print is an entry in the log. Raises NotAllowed for a book that is too long for this kind of file.
    """
    filled = fill(sequence, first, last)
    content = WRITERS[kind](filled, unit=sequence.unit)
    audit.record(
        "numbering.printed", sequence, by, kind=kind, lines=len(filled.rows),
        first=first.isoformat() if first else "", last=last.isoformat() if last else "",
    )  # fmt: skip
    return content


@in_vietnamese
def fill(sequence, first=None, last=None):
    """The list of a book, the lowest number first."""
    lines = lines_of(sequence, first, last)
    total = lines.count()
    if total > MOST_IN_SHEET:
        raise NotAllowed(
            _now("Sổ có %(rows)s dòng, quá dài cho một tệp (tối đa %(most)s). Chọn khoảng ngày ngắn hơn.")
            % {"rows": number_text(total), "most": number_text(MOST_IN_SHEET)}
        )
    words = {"book": str(books.title_of(sequence.register)), "year": sequence.year}
    return Filled(
        REGISTER, _now("SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM %(year)s") % words, _note(words, first, last), [_row(line) for line in lines]
    )


def lines_of(sequence, first=None, last=None):
    """The DrawnNumbers of a book in their order; of days, the day on the paper or else the day the number was drawn."""
    lines = DrawnNumber.objects.filter(sequence=sequence).order_by("number")
    if first:
        lines = lines.filter(Q(issued_on__gte=first) | Q(issued_on=None, drawn_at__date__gte=first))
    if last:
        lines = lines.filter(Q(issued_on__lte=last) | Q(issued_on=None, drawn_at__date__lte=last))
    return lines


def _row(line):
    return {
        "symbol": line.symbol or numbers.format_number(line.number),
        "day": line.issued_on or timezone.localdate(line.drawn_at),
        "title": line.title,
        "signer": line.signer,
        "recipients": line.recipients,
    }


def _note(words, first, last):
    if first or last:
        days = {"first": dates.format_date(first) or "…", "last": dates.format_date(last) or "…"}
        return _now("(%(book)s, từ %(first)s đến %(last)s)") % (words | days)
    return _now("(%(book)s, cả năm %(year)s)") % words
