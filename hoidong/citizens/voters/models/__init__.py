"""The records of this module."""

from .answers import Answer, Assessment
from .letters import TransferItem, TransferLetter
from .meetings import Meeting, Opinion
from .petitions import Field, Origin, Petition

__all__ = [
    "Answer",
    "Assessment",
    "Field",
    "Meeting",
    "Opinion",
    "Origin",
    "Petition",
    "TransferItem",
    "TransferLetter",
]
