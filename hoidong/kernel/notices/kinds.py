"""The kinds of notices. A module registers its kinds in its AppConfig; people choose for each how to hear of it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from .models import Way

_KINDS: dict = {}


@dataclass(frozen=True)
class Kind:
    """What happened, in words that may stand in a mail: no names, no numbers of cases.

    `way` counts until a person chooses another; `roles` (codes) limits whom the choice is offered to, empty: everybody.
    """

    code: str
    label: str
    way: str = Way.APP
    roles: tuple = field(default=())


def register(*kinds):
    """Make kinds known."""
    for kind in kinds:
        _KINDS[kind.code] = kind


def known(code):
    """The Kind of a code; ValueError when nobody registered it."""
    try:
        return _KINDS[code]
    except KeyError:
        raise ValueError(f"No kind of notice “{code}”: register it in the module's AppConfig.") from None


def kinds_for(actor):
    """The kinds a person may choose for, in the order they were registered."""
    roles = {post.role for post in actor.posts}
    return [kind for kind in _KINDS.values() if not kind.roles or roles & set(kind.roles)]


def label_of(code):
    """The words of a kind; those of a kind that is no more are general."""
    return _KINDS[code].label if code in _KINDS else _("Thông báo")
