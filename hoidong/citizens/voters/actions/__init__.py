"""Everything that changes a petition. Each action takes `by`, is one transaction, and works on many records at once."""

from .answers import Reply, answer, ask_again, assess, carry, close
from .meetings import add_opinions, make_minutes, mark_of, open_meeting, save_opinions, update_meeting
from .office import cancel_lot, classify, hand_up, keep, merge, reword, send_back, unmerge
from .ratings import rate
from .records import Draft, record_petitions
from .transfers import give_back, take, transfer
from .urgings import urge

__all__ = [
    "Draft",
    "Reply",
    "add_opinions",
    "answer",
    "ask_again",
    "assess",
    "cancel_lot",
    "carry",
    "classify",
    "close",
    "give_back",
    "hand_up",
    "keep",
    "make_minutes",
    "mark_of",
    "merge",
    "open_meeting",
    "rate",
    "record_petitions",
    "reword",
    "save_opinions",
    "send_back",
    "take",
    "transfer",
    "unmerge",
    "update_meeting",
    "urge",
]
