"""Reading an address: its parts, from the smallest place to the largest, in every way it may be meant."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from ..base.text import fold, sort_key
from .names import bare, cut_rank

_COMMAS = re.compile(r"[,;/|\n()]+")
_DASHES = re.compile(r"\s[-–—]\s|[-–—]\s|\s[-–—]")
_RANK_WORDS = r"thành phố|thị xã|thị trấn|tỉnh|huyện|quận|phường|đặc khu|(?<!thị )xã|tp\.?|tx\.?|tt\.|[qphx]\.|[qp](?=\s?\d)"
_PLAIN_WORDS = r"thanh pho|thi xa|thi tran|tinh|huyen|quan|phuong|dac khu|(?<!thi )xa|tp\.?|tx\.?|[qphx]\.|[qp](?=\s?\d)"
_BEFORE_RANK = re.compile(rf"\s+(?=(?:{_RANK_WORDS})[\s\d.]?\s*\S)", re.IGNORECASE)
_BEFORE_PLAIN_RANK = re.compile(rf"\s+(?=(?:{_PLAIN_WORDS})[\s\d.]?\s*\S)", re.IGNORECASE)
_COUNTRY = {bare(name) for name in ("Việt Nam", "nước CHXHCN Việt Nam", "CHXHCN Việt Nam")}
_LONGEST = 400
_SMALL_RANKS = {"xa", "phuong", "thitran", "dackhu"}


@dataclass(frozen=True)
class Part:
    """One part of an address: what was written, its rank word ("" for none), its bare key, the key of the whole."""

    text: str
    rank: str
    key: str
    whole: str
    sound: str  # letters and tones, wherever the tone mark was set; "" where it was typed without marks

    @property
    def keys(self):
        """What to look for. The whole, too: "Phương Liệt" without marks begins like a rank."""
        return {self.key, self.whole}

    @property
    def is_small(self):
        """Whether it says itself that it is a commune, a ward, a township or a special zone."""
        return self.rank in _SMALL_RANKS


class Reading(NamedTuple):
    """One way to read an address: its parts, the smallest place first, and how usual that way is."""

    parts: list
    trust: float


def readings(address):
    """The ways to read an address, the most usual first.

    By commas; by words of rank inside a piece; by dashes; by the last words of a line without any sign; from behind.
    """
    address = (address or "")[:_LONGEST]
    if bare(address) in _COUNTRY:
        return []
    marked = fold(address) != address.lower().strip()
    pieces = _COMMAS.split(address)
    ranked = [part for piece in pieces for part in (_BEFORE_RANK if marked else _BEFORE_PLAIN_RANK).split(piece)]
    dashed = [part for piece in ranked for part in _DASHES.split(piece)]
    words = address.split()
    tails = _tails(words) if len(dashed) == 1 and cut_rank(address)[0] in _SMALL_RANKS | {""} else []
    found = []
    for trust, way in ((1.0, pieces), (1.0, ranked), (0.9, dashed), *((0.9, tail) for tail in tails), (0.9, ranked[::-1])):
        parts = _parts(way, marked)
        if parts and all(parts != known.parts for known in found):
            found.append(Reading(parts, trust))
    return found


def _tails(words):
    """ "Phương Liệt Hà Nội": the last one to four words may be the larger place."""
    return [[" ".join(words[:-size]), " ".join(words[-size:])] for size in range(1, 5) if len(words) - size >= 1]


def _parts(pieces, marked):
    parts = []
    for piece in pieces:
        rank, name = cut_rank(piece)
        key, whole = bare(name), bare(piece)
        # A lone number is a house or a street, "quận 12" is not.
        if key and whole not in _COUNTRY and not (key.isdigit() and not rank):
            parts.append(Part(piece.strip(), rank, key, whole, sort_key(name) if marked else ""))
    return parts
