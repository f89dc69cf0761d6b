"""From a text to numbers: single words and pairs of words without marks, hashed, weighed by how rare they are."""

import re
import zlib
from dataclasses import dataclass

import numpy as np

from ..base.text import fold

MOST_KEPT = 50_000
LEAST_TEXTS = 2  # a word of one text alone says nothing about another
_WORD = re.compile(r"[a-z0-9]+")


def terms_of(text, extra=()):
    """The words and pairs of words of a text, folded, with the caller's own marks behind them."""
    words = _WORD.findall(fold(text))
    return [*words, *map(" ".join, zip(words, words[1:], strict=False)), *(f"§{mark}" for mark in extra)]


def hashed(terms):
    """{hash: count} as two arrays, in the order of the hashes. The hash is the same on every machine."""
    codes = np.fromiter((zlib.crc32(term.encode()) for term in terms), dtype=np.uint32, count=len(terms))
    return np.unique(codes, return_counts=True)


@dataclass(frozen=True)
class Words:
    """The words a model knows: sorted hashes, each with its weight."""

    codes: np.ndarray
    rarity: np.ndarray

    @classmethod
    def of(cls, counted):
        """From the (hashes, counts) of many texts: the words of at least two of them, the most usual ones first."""
        hashes = np.concatenate([codes for codes, _counts in counted]) if counted else np.zeros(0, np.uint32)
        codes, texts = np.unique(hashes, return_counts=True)
        kept = texts >= LEAST_TEXTS
        codes, texts = codes[kept], texts[kept]
        if len(codes) > MOST_KEPT:
            chosen = np.sort(np.argsort(-texts, kind="stable")[:MOST_KEPT])
            codes, texts = codes[chosen], texts[chosen]
        return cls(codes, (np.log((1 + len(counted)) / (1 + texts)) + 1).astype(np.float32))

    def vector(self, codes, counts):
        """Places among the known words and their weights, of length one; words that are not known fall away."""
        if not len(self.codes):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        known = self.codes[places] == codes
        places = places[known]
        values = (1 + np.log(counts[known])).astype(np.float32) * self.rarity[places]
        length = float(np.sqrt((values**2).sum()))
        return places, values / length if length else values
