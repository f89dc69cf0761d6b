"""The marks of a text: numbers that texts which read alike share, after Broder's "On the resemblance of documents" (1997).

Of all pairs of words the smallest under each of 28 shufflings is taken: two texts agree in one with the chance that is their
likeness (shared pairs through all pairs). Twelve stand alone and find what is alike in part; the others stand in twos and are
shared by near repeats only, so that a thousand repeats of one petition do not hide what is searched for.
"""

import re
import zlib

import numpy as np

from hoidong.kernel.base.text import fold

SINGLE, PAIRED = 12, 8
_SHUFFLES = SINGLE + 2 * PAIRED
_random = np.random.default_rng(20170612)
_TIMES = _random.integers(1, 2**32, _SHUFFLES, dtype=np.uint64) | np.uint64(1)
_PLUS = _random.integers(0, 2**32, _SHUFFLES, dtype=np.uint64)
_MASK = np.uint64(0xFFFFFFFF)
_WORD = re.compile(r"[a-z0-9]+")
# Formulas of every petition: they say nothing about what it is about.
FORMULAS = frozenset(
    [
        "cu tri",
        "de nghi",
        "kien nghi",
        "phan anh",
        "quan tam",
        "xem xet",
        "hien nay",
        "tren dia",
        "dia ban",
        "tri de",
        "tri kien",
        "tri phan",
        "nghi xem",
        "nghi quan",
        "chinh phu",
        "quoc hoi",
        "nha nuoc",
        "co quan",
        "chuc nang",
        "quan chuc",
        "thoi gian",
        "gian qua",
        "trong thoi",
        "bo nganh",
        "nhan dan",
        "nguoi dan",
        "tiep tuc",
        "tuc de",
        "can co",
        "nham dam",
        "dam bao",
        "giai phap",
        "co giai",
        "cac bo",
        "trung uong",
        "dia phuong",
        "cac dia",
        "thuc hien",
        "quy dinh",
        "theo quy",
    ]
)


def pairs_of(text):
    """The pairs of words of a text, folded, without formulas; single words where it has only one or two."""
    words = _WORD.findall(fold(text))
    pairs = {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)} - FORMULAS
    return pairs or set(words)


def marks_of(text):
    """The twenty marks of a text, as signed 32-bit numbers: the single ones, then those in twos. Empty for no words."""
    codes = np.array([zlib.crc32(pair.encode()) for pair in pairs_of(text)], dtype=np.uint64)
    if not len(codes):
        return []
    least = ((codes[:, None] * _TIMES + _PLUS) & _MASK).min(axis=0)
    # Each mark carries its place, so that the same number under two shufflings is not the same mark.
    single = (least[:SINGLE] * np.uint64(31) + np.arange(SINGLE, dtype=np.uint64)) & _MASK
    first, second = least[SINGLE : SINGLE + PAIRED], least[SINGLE + PAIRED :]
    paired = (first * np.uint64(2654435761) + second * np.uint64(97) + np.arange(100, 100 + PAIRED, dtype=np.uint64)) & _MASK
    return np.concatenate([single, paired]).astype(np.uint32).view(np.int32).tolist()


def likeness(mine, other):
    """Shared pairs through all pairs of two sets, 0 to 1."""
    return len(mine & other) / (len(mine | other) or 1)
