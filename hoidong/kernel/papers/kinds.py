"""The kinds of papers the platform prints. Modules register theirs when the platform starts."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `build()` gives the default template as a python-docx document, `sample` a whole context with invented values: a
    template is tried with it. `words` explains the placeholders: (name, meaning).
    """

    code: str
    name: str
    module: str
    build: Callable
    sample: dict = field(hash=False, compare=False)
    words: tuple = field(default=(), compare=False)


_kinds: dict[str, Kind] = {}


def register(kind):
    """Make a kind known."""
    _kinds[kind.code] = kind


def known(code):
    """The Kind with this code. Raises KeyError for one nobody registered."""
    return _kinds[code]


def all_kinds():
    """Every kind, by module and name."""
    return sorted(_kinds.values(), key=lambda kind: (str(kind.module), str(kind.name)))
