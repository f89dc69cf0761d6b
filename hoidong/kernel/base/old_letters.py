"""Vietnamese of before Unicode: TCVN3 (the ABC and .Vn fonts) and VNI, known by how little sense the letters make as they are.

Both wrote Vietnamese with the codes of Western letters; only the font made them readable. "§Ò nghÞ" is "Đề nghị" in TCVN3,
"Ñeà nghò" the same in VNI. TCVN3 has small letters only for most marks: capitals were another font.
"""

import functools
import re
import unicodedata

TCVN3, VNI = "TCVN3 (ABC)", "VNI"
_ALMOST = 0.8  # of the words with marks that must be syllables once they are converted
_HARDLY = 0.5  # of them that may be syllables as they are

# By code, from A1 on; a dot where TCVN3 has no letter.
_TCVN3_FROM_A1 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {chr(0xA1 + place): letter for place, letter in enumerate(_TCVN3_FROM_A1) if letter != "."}
# A plain vowel and the sign behind it; vowels that VNI wrote with one sign stand alone.
_VNI_SIGNS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_VNI = dict(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True))
_VNI |= {vowel + sign: letter for vowel, signs in _VNI_SIGNS.items() for sign, letter in signs.items()}
_VNI |= {old.upper(): new.upper() for old, new in _VNI.items()}
_VNI |= {old[0] + old[1].lower(): new for old, new in list(_VNI.items()) if len(old) == 2}
_VNI_PARTS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\xa1-\xb9\xbb-\xbf]+[^\W\d_]*)*|[\xa1-\xbf][^\W\d_]+")
# A syllable without its tone: what it may begin with, the vowels that stand together, what it may end with.
_VOWELS = [
    "a",
    "ă",
    "â",
    "e",
    "ê",
    "i",
    "o",
    "ô",
    "ơ",
    "u",
    "ư",
    "y",
    "ai",
    "ao",
    "au",
    "ay",
    "âu",
    "ây",
    "eo",
    "êu",
    "ia",
    "iê",
    "iêu",
    "iu",
    "oa",
    "oai",
    "oao",
    "oay",
    "oă",
    "oe",
    "oeo",
    "oi",
    "oo",
    "ôi",
    "ơi",
    "ua",
    "uâ",
    "uây",
    "uê",
    "ui",
    "uô",
    "uôi",
    "uơ",
    "uy",
    "uya",
    "uyê",
    "uyu",
    "ưa",
    "ưi",
    "ươ",
    "ươi",
    "ươu",
    "ưu",
    "yê",
    "yêu",
]
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?(?:"
    + "|".join(sorted(_VOWELS, key=len, reverse=True))
    + r")(?:ng|nh|ch|[cmnpt])?"
)
_TONES = set("\u0300\u0301\u0303\u0309\u0323")


def convert(text, coding):
    """The text in Unicode; `coding` is TCVN3 or VNI."""
    if coding == TCVN3:
        return "".join(_TCVN3.get(letter, letter) for letter in text)
    return _VNI_PARTS.sub(lambda found: _VNI[found.group()], text)


def sense(text):
    """How many of the words with marks are Vietnamese syllables, 0 to 1; None where no word has a mark."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else None


@functools.lru_cache(maxsize=20_000)
def _is_syllable(word):
    marks = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return sum(mark in _TONES for mark in marks) <= 1 and bool(_SYLLABLE.fullmatch(plain))


def coding_of(text):
    """TCVN3 or VNI where the text makes sense in it and hardly any as it is; else an empty text."""
    if text.isascii() or _is_unicode(text) or ((as_is := sense(text)) is None and not set(text) & set(_TCVN3)):
        return ""
    best = max((TCVN3, VNI), key=lambda coding: sense(convert(text, coding)) or 0)
    return best if (sense(convert(text, best)) or 0) >= _ALMOST and (as_is or 0) <= _HARDLY else ""


def _is_unicode(text):
    """Whether a letter is in it that neither of them had: ơ, đ, ế and most others."""
    return any(letter > "\xff" and letter.isalpha() for letter in text)


def modern(texts):
    """(texts in Unicode, coding): old ones are converted, those that are Unicode already stay. `coding` is empty for none.

    Short words are often sense in both ("xã"): they follow the others, unless the sheet holds letters only Unicode has.
    """
    texts = list(texts)
    marked = [text for text in texts if not text.isascii()]
    codings = [coding for text in marked if (coding := coding_of(text))]
    if not codings:
        return texts, ""
    coding = max((TCVN3, VNI), key=codings.count)
    mixed = any(map(_is_unicode, marked))

    def renew(text):
        if text.isascii() or _is_unicode(text):
            return text
        if coding_of(text) == coding:
            return convert(text, coding)
        fresh = convert(text, coding)
        return text if mixed or (sense(fresh) or 0) < (sense(text) or 0) else fresh

    return [renew(text) for text in texts], coding
