"""Numbers as letters count their parts: 3, III, c, thứ ba."""

import re

from hoidong.kernel.base.text import fold

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ORDINALS = {
    "nhat": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_ROMAN_FORM = re.compile(r"^(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")


def roman(number):
    """4 as IV; beyond 89 nobody counts so."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


def from_roman(letters):
    """IV as 4; None for what is no such number."""
    if not letters or not _ROMAN_FORM.match(letters):
        return None
    total, rest = 0, letters
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            total, rest = total + value, rest[len(sign) :]
    return total


def letter(number):
    """3 as c."""
    return chr(ord("a") + (number - 1) % 26)


def from_words(words):
    """The number behind "số": 5, V or ba ("thứ ba"); None where it is none."""
    words = (words or "").strip()
    if words.isdecimal() and len(words) < 4:
        return int(words)
    return from_roman(words.upper()) or _ORDINALS.get(fold(words))


NUMERALS = {
    "decimal": str, "upperRoman": roman, "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: letter(number).upper(), "lowerLetter": letter,
    "decimalZero": lambda number: f"{number:02d}", "none": lambda _number: "",
}  # fmt: skip
