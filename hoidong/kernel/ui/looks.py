"""Small values a page is described with; templates and tags read them, modules make them."""

from dataclasses import dataclass, field

TONES = ("good", "soon", "late", "busy", "calm")


@dataclass(frozen=True)
class Look:
    """How a state looks: a shape, a tone, a word, and what it hangs on ("hứa 30/06/2027"). See icons.SHAPES, TONES."""

    shape: str
    tone: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. `when` is a date, a moment or words; `status` past, now, next or late."""

    when: object
    title: str
    note: str = ""
    quote: str = ""
    status: str = "past"
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a stepper; `status` done, now or next."""

    label: str
    status: str = "next"
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """A saved view above a list. `count` None shows no number; `late` colours it; `more`: at least so many."""

    label: str
    url: str
    count: int | None = None
    late: bool = False
    current: bool = False
    more: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter in use. `param` is the query parameter that the cross removes (with `value`, only that one value)."""

    label: str
    text: str
    param: str = ""
    value: str | None = None
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a whole or a bar: `kind` good, busy, soon, late, calm, act, tint or said (hatched: answered, not solved)."""

    label: str
    value: float
    kind: str = "busy"
    url: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Button:
    """A move as a button. Closed ones stay visible with their `reason`. `post` makes it a form instead of a link."""

    label: str
    url: str = ""
    allowed: bool = True
    reason: str = ""
    key: str = ""
    main: bool = False
    post: bool = False
    icon: str = ""
    risk: bool = False


@dataclass(frozen=True)
class Item:
    """A line of the navigation. `current` None: found by the address of the page."""

    label: str
    url: str
    icon: str
    count: int | None = None
    late: bool = False
    current: bool | None = None


@dataclass(frozen=True)
class Section:
    """A titled group of the navigation; the first one usually has no title."""

    title: str
    items: list = field(default_factory=list)
