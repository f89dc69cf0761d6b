"""What stands above and below a letter: number, day, whose it is, who signed, which letters it answers."""

import datetime
import re
from dataclasses import dataclass

from hoidong.kernel.base.text import fold, nfc

_LINES = 24  # of the top that are looked at
_NUMBER = re.compile(r"\bS[ốôo]\s*[:.]?\s*(\d[\d ]{0,6})\s*/\s*([A-ZĐ][A-ZĐƯƠ0-9&]*(?:[-/][A-ZĐƯƠa-zđ0-9&]+)*)")
_DAY = re.compile(r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(20\d\d)", re.I)
_CITED = re.compile(r"(?<![/\d])(\d{1,5})\s*/\s*([A-ZĐ][A-ZĐƯƠ0-9&]*(?:[-/][A-ZĐƯƠa-zđ0-9&]+)*)")
_MOTTO = re.compile(r"\s*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐỘC LẬP).*$", re.I)
_SUBJECT = re.compile(r"^\s*V/v\.?:?\s*(.+)$", re.I)
_SIGNED_FOR = re.compile(
    r"^(?:kt|tm|tl|tuq|q)\.\s|^(?:pho\s+)?(?:giam doc|bo truong|thu truong|chu tich|chanh van phong|cuc truong)\b"
)


@dataclass(frozen=True)
class Facts:
    """What was read. `bodies` are names the body may have here, the likeliest first; `cited` letters as compared by `plain`."""

    number: str = ""
    day: datetime.date | None = None
    subject: str = ""
    signer: str = ""
    bodies: tuple = ()
    cited: frozenset = frozenset()


def read(lines):
    """The Facts in the lines of a letter; what is not there stays empty."""
    top, taken = [], 0
    for line in lines[:_LINES]:
        top += [part for cell in (line.cells or (line.text,)) for part in cell.split("\n") if part.strip()]
    head = top[: next((place for place, text in enumerate(top) if fold(text).startswith("kinh gui")), len(top))]
    number, symbol = "", ""
    for place, text in enumerate(head):
        bare = text.replace("*", "")
        if found := _NUMBER.search(bare):
            number, symbol, taken = f"{found.group(1).replace(' ', '')}/{found.group(2)}", found.group(2), place
            break
    return Facts(
        number=number,
        day=next((day for text in head if (day := _day(text))), None),
        subject=next((nfc(found.group(1))[:300] for text in head if (found := _SUBJECT.match(text))), ""),
        signer=_signer([line.text for line in lines[-_LINES:]]),
        bodies=tuple(dict.fromkeys([*_names(head[: taken or 6]), *_of_symbol(symbol)])),
        cited=frozenset(plain("".join(found)) for text in _citing(lines) for found in _CITED.findall(text)) - {plain(number)},
    )


def plain(symbol):
    """A number and symbol as they are compared: without marks, signs and spaces."""
    return re.sub(r"[^a-z0-9]", "", fold(symbol))


def _citing(lines):
    """The lines that may say which letter is answered: the first ones, up to the first long paragraphs."""
    return [line.text for line in lines[: _LINES + 6]]


def _day(text):
    if not (found := _DAY.search(text)):
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _names(head):
    """Lines in capitals above the number; two of them may be one name ("ỦY BAN NHÂN DÂN / TỈNH …"), the last is the body."""
    lines = [_MOTTO.sub("", text).strip(" *_-–") for text in head]
    lines = [text for text in lines if len(text) > 3 and text == text.upper() and any(map(str.isalpha, text))]
    for place in range(len(lines) - 1, -1, -1):
        yield lines[place].capitalize()
        if place:
            yield f"{lines[place - 1]} {lines[place]}".capitalize()


def _of_symbol(symbol):
    """4127/SXD-VP was written by "SXD"."""
    for part in re.split(r"[-/]", symbol):
        if len(part) > 1:
            yield part


def _signer(last):
    """The name below the title of who signed."""
    for place, text in enumerate(last):
        if _SIGNED_FOR.match(fold(text)):
            for name in reversed(last[place + 1 :]):
                if _is_name(name):
                    return nfc(name)
    return ""


def _is_name(text):
    """Two to six words, each with a capital and not all in capitals."""
    words = text.split()
    return 1 < len(words) < 7 and all(word.isalpha() and word[0].isupper() for word in words) and not text.isupper()
