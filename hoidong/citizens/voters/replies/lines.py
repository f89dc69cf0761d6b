"""What a reader gives: the lines of a letter, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table (`cells`, then `text` joins them). `page` counts from 1, 0 where nobody knows.

    `table` numbers the table a row belongs to; `bold` is set where the whole paragraph is.
    """

    text: str
    page: int = 0
    cells: tuple = ()
    table: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Letter:
    """A letter as read: its lines, how many pages, the old coding it was converted from, what could not be read."""

    lines: list
    pages: int = 0
    coding: str = ""
    notes: tuple = ()
