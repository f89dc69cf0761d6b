"""Vietnamese words: one spelling inside, search without accents, the order of the alphabet.

The order is written down here, not taken from the database, so that every server sorts alike
(the private PostgreSQL has no ICU; another may). A column that is sorted or searched keeps its key beside it.
"""

import re
import unicodedata

# The alphabet of the dictionary: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, with f j w z in their Latin places.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones in the order of Vietnamese dictionaries: level, grave (huyền), hook (hỏi), tilde (ngã), acute (sắc), dot (nặng).
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_LETTER_KEY = {letter: chr(ord("A") + index) for index, letter in enumerate(_ALPHABET)}
_SPACES = re.compile(r"\s+")
_FOLD_STEPS = str.maketrans({"đ": "d", "Đ": "d"})
# The composed letters with marks (Latin, Vietnamese among them) and what they are without, so that most texts fold in one step.
_PLAIN = {
    code: plain
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (plain := unicodedata.normalize("NFD", chr(code))[0].lower()).isascii()
} | _FOLD_STEPS
_UNUSUAL = re.compile(r"[^\x00-\x7f–—“”‘’…•]")


def nfc(text):
    """The text in composed form, without odd spaces at its ends: the only form that is stored."""
    return unicodedata.normalize("NFC", text or "").replace("\u00a0", " ").strip()


def fold(text):
    """The text as people type it in a hurry: lower case, no marks, đ as d, single spaces. "Đường" gives "duong"."""
    quick = (text or "").translate(_PLAIN)
    if not _UNUSUAL.search(quick):
        return " ".join(quick.lower().split())
    plain = unicodedata.normalize("NFD", quick).lower()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare).strip()


def _syllable_key(syllable):
    """Letters first, tone last: "ma má mà" differ only by tone, "man" comes after all of them."""
    letters, tone, base = [], "1", ""
    for mark in unicodedata.normalize("NFD", syllable):
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark in _SHAPES:
            base = unicodedata.normalize("NFC", base + mark)
        else:
            if base:
                letters.append(base)
            base = mark
    if base:
        letters.append(base)
    return "".join(_LETTER_KEY.get(letter, letter) for letter in letters) + tone


def sort_key(text):
    """A key whose byte order is Vietnamese alphabetical order. Numbers inside sort by value ("tổ 2" before "tổ 10").

    >>> sorted(["Ân", "Ăn", "An", "Ánh"], key=sort_key)
    ['An', 'Ánh', 'Ăn', 'Ân']
    """
    words = re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFC", text or "").lower())
    return " ".join(f"0{int(word):012d}" if word.isdigit() else _syllable_key(word) for word in words)


def person_sort_key(full_name):
    """The order of lists of people: given name, then family name, then the names between (Resolution 40 on lists)."""
    words = nfc(full_name).split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def initials(full_name):
    """The one or two letters that stand for a person where there is no picture: the first and the given name."""
    words = nfc(full_name).split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def clip(text, length):
    """The text cut at a word, with an ellipsis, never longer than `length` letters."""
    text = nfc(text)
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"
