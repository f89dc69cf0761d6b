"""The books modules know of, by the code of their register: what people call them, and which an office may do without."""

from dataclasses import dataclass

from .models import Register


@dataclass(frozen=True)
class Book:
    """One kind of book. `optional`: an area may choose to give these papers no number.

    `of_papers`: its numbers stand on issued papers, so that the book is printed as their register.
    """

    code: str
    title: str
    optional: bool = False
    of_papers: bool = True


_books: dict[str, Book] = {}


def declare(*books):
    """Make books known; called by the module that owns them when the platform starts."""
    for book in books:
        _books[book.code] = book


def known(code):
    """The Book with this code, or None for a register nobody declared."""
    return _books.get(code)


def all_books():
    """Every declared book, by title."""
    return sorted(_books.values(), key=lambda book: str(book.title))


def title_of(register):
    """What people call a register: the title an office gave it, else the declared one."""
    book = known(register.code)
    return book.title if book is not None and register.title == register.code else register.title


def is_of_papers(code):
    """Does a register hold issued papers? Those nobody declared do."""
    book = known(code)
    return book is None or book.of_papers


def choices():
    """(code, title) of every book: those declared, and registers numbers were drawn from before."""
    found = {register.code: str(title_of(register)) for register in Register.objects.all()}
    found = {book.code: str(book.title) for book in _books.values()} | found
    return sorted(found.items(), key=lambda pair: pair[1])
