"""Drawing numbers, writing them, reading the book."""

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import audit
from ..base.errors import Invalid, NotAllowed
from ..base.paging import keyset
from ..base.subjects import ref
from . import access, books
from .models import DrawnNumber, Register, Sequence, UnnumberedBook

# One statement, because whoever draws from the same book waits for it: it makes register and sequence where they are new, moves the
# sequence on (and holds its row until the caller's transaction ends), and writes the numbers down.
_DRAW = """
WITH register AS (INSERT INTO kernel_register (code, title) VALUES (%(register)s, %(register)s) ON CONFLICT (code) DO NOTHING),
sequence AS (
  INSERT INTO kernel_sequence AS s (register_id, unit_id, year, first, next)
  VALUES (%(register)s, %(unit)s, %(year)s, 1, 1 + %(count)s)
  ON CONFLICT (register_id, unit_id, year) DO UPDATE SET next = s.next + %(count)s
  RETURNING s.id, s.next - %(count)s AS first
),
numbers AS (
  INSERT INTO kernel_drawnnumber (sequence_id, number)
  SELECT id, generate_series(first, first + %(count)s - 1) FROM sequence
)
SELECT first FROM sequence
"""


def draw(register, *, unit, year, count=1):
    """Take the next `count` numbers of a unit's register for a year and return the first of them.

    Only inside a transaction: the numbers live and die with it, and others who draw from the same sequence wait for it.
    Raises RuntimeError outside of one. `register` is a code; a new code gets its book by itself.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are drawn inside transaction.atomic(), so that a rolled-back paper leaves no gap")
    if count < 1:
        raise ValueError("at least one number is drawn")
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, {"register": register, "unit": unit.pk, "year": year, "count": count})
        return cursor.fetchone()[0]


def enter(register, *, unit, year, number, subject, symbol, title="", issued_on=None, signer="", recipients=""):
    """Write into the book what a drawn number was given to, as the printed register shows it.

    `issued_on` is the day on the paper. Raises Invalid for a number that was never drawn.
    """
    pointer = ref(subject)
    written = DrawnNumber.objects.filter(
        sequence__register=register, sequence__unit=unit, sequence__year=year, number=number
    ).update(subject_kind=pointer.kind, subject_id=pointer.id, symbol=symbol, title=title[:500],
             issued_on=issued_on, signer=signer[:300], recipients=recipients[:500])  # fmt: skip
    if not written:
        raise Invalid(
            _("Số %(number)s chưa được lấy trong sổ “%(register)s” năm %(year)s.")
            % {"number": format_number(number), "register": register, "year": year}
        )


def is_numbered(code, area):
    """Do papers of this book get a number in an area? Yes, unless the book is optional and the area chose otherwise."""
    book = books.known(code)
    return book is None or not book.optional or not UnnumberedBook.objects.filter(code=code, area=area).exists()


@transaction.atomic
def set_numbered(code, *, area, numbered, by):
    """Choose whether papers of an optional book get a number in an area from now on; numbers already given stay.

    Raises NotAllowed for a book that must be numbered and for anybody but the administrator of the area.
    """
    access.check_may_choose(by, area)
    book = books.known(code)
    if book is None or not book.optional:
        raise NotAllowed(_("Văn bản của sổ này luôn phải lấy số."))
    if numbered:
        UnnumberedBook.objects.filter(code=code, area=area).delete()
    else:
        UnnumberedBook.objects.get_or_create(code=code, area=area)
    audit.record("numbering.numbered" if numbered else "numbering.unnumbered", area, by, book=code)


def format_number(number):
    """01 … 09 with a leading zero, then as it is (Decree 30/2020, appendix I)."""
    return f"{number:02d}"


def symbol(number, suffix):
    """Number and symbol of a paper: "231/TTHĐND-DN", "05/2026/NQ-HĐND" when the suffix begins with the year."""
    return f"{format_number(number)}/{suffix}"


@transaction.atomic
def continue_from(register, *, unit, year, number, by, reason):
    """Let a sequence go on from `number`: an office that starts in mid-year keeps the numbers of its paper book.

    Raises Invalid without a reason, or when that number or a later one was already given here; NotAllowed for anybody
    but the administrator of the unit's area.
    """
    access.check_may_continue(by, unit)
    reason = (reason or "").strip()
    if not reason:
        raise Invalid(_("Ghi lý do, ví dụ: tiếp theo sổ giấy đến số 230."), field="reason")
    Register.objects.get_or_create(code=register, defaults={"title": register})
    sequence, _made = Sequence.objects.select_for_update(of=("self",)).get_or_create(register_id=register, unit=unit, year=year)
    taken = DrawnNumber.objects.filter(sequence=sequence).aggregate(last=Max("number"))["last"] or 0
    if number <= taken or number < 1:
        raise Invalid(
            _("Sổ này đã lấy đến số %(taken)s. Ghi một số lớn hơn.") % {"taken": format_number(taken)}, field="number"
        )
    before = sequence.next
    if not taken:
        sequence.first = number
    sequence.next = number
    sequence.save(update_fields=["first", "next"])
    audit.record("numbering.continued", sequence, by, reason=reason, register=register, year=year, before=before, after=number)
    return sequence


def book(register, *, unit, year, after=None, size=25):
    """A page of the book, newest number first: DrawnNumbers with number, time, symbol, title and subject."""
    lines = DrawnNumber.objects.filter(sequence__register=register, sequence__unit=unit, sequence__year=year)
    return keyset(lines, order=("-number",), after=after, size=size)
