"""Names of places as people write them: the rank (xã, TP., Q.) and the bare key.

A bare key has neither marks nor spaces, so "Hoà Khánh", "Hòa Khánh" and "hoa khanh" are one.
"""

import re

from ..base.text import fold, nfc
from .kinds import RANK_WORD

# How ranks are written, folded; the longest first. The old district ranks stay readable: people still use them.
_RANKS = (
    ("thanh pho", "thanhpho"), ("tp", "thanhpho"), ("t p", "thanhpho"), ("thi tran", "thitran"), ("thi xa", "thixa"),
    ("dac khu", "dackhu"), ("to dan pho", "todanpho"), ("khu pho", "todanpho"), ("tinh", "tinh"), ("phuong", "phuong"),
    ("quan", "quan"), ("huyen", "huyen"), ("xa", "xa"), ("thon", "thon"), ("tt", "thitran"), ("tx", "thixa"),
    ("tdp", "todanpho"), ("kp", "todanpho"), ("dk", "dackhu"), ("p", "phuong"), ("q", "quan"), ("h", "huyen"), ("x", "xa"),
    ("t", "tinh"),
)  # fmt: skip
# One or two letters are a rank only before a dot or a number: "P.5", "q 1", "X. Ba Chẽ", not "X Men".
_SHORT = {"p", "q", "h", "x", "t", "tt", "tx", "dk", "kp", "t p"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
# Spellings that change between officials, never between places: Đắk and Đắc, Mỹ and Mĩ, Kon and Con.
_LOOSE = str.maketrans("kyw", "ciu")

# How officials shorten the words inside names of bodies, folded.
_SHORTENED = {
    "hdnd": "hoi dong nhan dan", "ubnd": "uy ban nhan dan", "dbqh": "dai bieu quoc hoi", "qh": "quoc hoi", "vp": "van phong",
    "mttq": "mat tran to quoc", "mttqvn": "mat tran to quoc viet nam", "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam", "vphdnd": "van phong hoi dong nhan dan", "tp": "thanh pho", "p": "phuong",
    "x": "xa", "&": "va",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+|&")


def written_out(text):
    """The words of a name, folded, without signs, what officials shorten written out: ["hoi dong nhan dan", "phuong", "tay", "ho"]
    for "HĐND P. Tây Hồ".
    """
    return [_SHORTENED.get(word, word) for word in _WORD.findall(fold(text))]


def bare(text):
    """The text as a key: folded, letters and figures only, without the spellings that vary. Rank words stay."""
    return _NOT_WORD.sub("", _LEADING_ZERO.sub("", fold(text))).translate(_LOOSE)


def split_rank(text):
    """(rank word, bare key) of one name: "P. Hoà Khánh" gives ("phuong", "hoacanh"), "Quận 01" gives ("quan", "1")."""
    rank, name = cut_rank(text)
    return rank, bare(name)


def cut_rank(text):
    """(rank word, name as it was written after it): "TX. Sơn Tây" gives ("thixa", "Sơn Tây")."""
    written_name = " ".join(nfc(text).split()).strip(" .")
    plain = fold(written_name)
    if len(plain) != len(written_name):  # letters from elsewhere that fold into several
        return "", written_name
    for written, rank in _RANKS:
        if not plain.startswith(written):
            continue
        rest = plain[len(written) :]
        if written in _SHORT and not re.match(r"\s*\.|\s*\d", rest):
            continue
        if rest and not re.match(r"[\s.:]|\d", rest):
            continue
        if bare(rest):
            return rank, written_name[len(written) :].strip(" .:")
    return "", written_name


def key_of(name, kind):
    """The key a unit of this kind is found by: places without their rank, bodies with their whole name."""
    return split_rank(name)[1] if kind in RANK_WORD else bare(name)


def in_sentence(name):
    """The name of an area inside a sentence: the word of rank in lower case, "tỉnh Nghệ An".

    "Thành phố Hồ Chí Minh" keeps its capital: there the word is a part of the proper name.
    """
    if not name or name == "Thành phố Hồ Chí Minh":
        return name
    return name[0].lower() + name[1:]
