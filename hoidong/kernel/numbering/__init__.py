"""Numbers of official papers: one sequence for each register, unit and year, drawn under a lock, without gaps.

    with transaction.atomic():
        letter.number = numbering.draw("outgoing", unit=council, year=2026)
        letter.symbol = numbering.symbol(letter.number, "TTHĐND-DN")      # "231/TTHĐND-DN"

A number belongs to the transaction that drew it: rolled back, it is free again. Decree 30/2020/NĐ-CP: numbers begin
with 01 on 1 January and end on 31 December.
"""

from .books import Book, declare
from .models import Register, Sequence
from .numbers import book, continue_from, draw, enter, format_number, is_numbered, set_numbered, symbol

__all__ = [
    "Book",
    "Register",
    "Sequence",
    "book",
    "continue_from",
    "declare",
    "draw",
    "enter",
    "format_number",
    "is_numbered",
    "set_numbered",
    "symbol",
]
