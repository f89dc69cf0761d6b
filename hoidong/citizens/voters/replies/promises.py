"""Days a reply promises: "trước ngày 30/6/2027", "quý IV/2026", "6 tháng đầu năm 2027". The last day that still keeps the word."""

import calendar
import datetime
import re
from dataclasses import dataclass

from hoidong.kernel.base.text import fold

from . import numerals

_CUE = re.compile(
    r"hoan thanh|hoan tat|xong|ket thuc|ban hanh|dua vao|khoi cong|trien khai|trinh|thuc hien|truoc|cham nhat|du kien|phan dau|se|den het|trong|vao"
)
_DONE = re.compile(r"hoan thanh|hoan tat|xong|ket thuc|ban hanh|dua vao (?:su dung|khai thac)|ban giao|giai quyet dut diem")
_OF_PAPER = re.compile(
    r"(?:\bso \d[\w/.&-]*|nghi quyet|quyet dinh|cong van|thong tu|nghi dinh|van ban|to trinh|ket luan|bao cao)[^.;,]{0,40}$"
)
_FORMS = (
    ("day", re.compile(r"(?:ngay )?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)\b")),
    ("day", re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (20\d\d)\b")),
    ("quarter", re.compile(r"quy ([ivx]{1,3}|\d)\s*(?:/|nam|-)\s*(20\d\d)\b")),
    ("half", re.compile(r"(?:6|sau) thang (dau|cuoi) nam (20\d\d)\b")),
    ("month", re.compile(r"thang (\d{1,2})\s*(?:/|nam|-)\s*(20\d\d)\b")),
    ("year", re.compile(r"(dau |giua |cuoi |het |trong |den |truoc )nam (20\d\d)\b")),
)
_REACH = 70  # letters before a day in which its cue stands


@dataclass(frozen=True)
class Promise:
    """A promised day, the words that say it, and whether they say that all is done by then."""

    day: datetime.date
    words: str
    done: bool = False


def find(text, after):
    """The promises in a text, in order; days up to `after` promise nothing any more."""
    folded = _aligned(text)
    found, taken = [], []
    for form, sign in _FORMS:
        for match in sign.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            before = folded[max(0, match.start() - _REACH) : match.start()].rsplit(".", 1)[-1]
            taken.append(match.span())
            day = _day(form, match.groups())
            if day and day > after and _CUE.search(before + match.group()) and not _OF_PAPER.search(before):
                start = max(0, match.start() - 40)
                words = text[start : match.end()].split(" ", 1)[-1] if start else text[: match.end()]
                found.append((match.start(), Promise(day, words.strip(), bool(_DONE.search(before.rsplit(",", 1)[-1])))))
    return [promise for _place, promise in sorted(found, key=lambda one: one[0])]


def best(promises):
    """The one to propose: by when all is done; else the last day that is named. None for none."""
    done = [promise for promise in promises if promise.done]
    return max(done or promises, key=lambda promise: promise.day, default=None)


def _aligned(text):
    """The text folded letter by letter, so that places in both are the same."""
    return "".join(plain if len(plain := fold(letter)) == 1 else " " for letter in text)


def _day(form, parts):
    try:
        if form == "day":
            return datetime.date(int(parts[2]), int(parts[1]), int(parts[0]))
        if form == "quarter":
            quarter = numerals.from_words(parts[0])
            return _month_end(int(parts[1]), quarter * 3) if quarter and quarter < 5 else None
        if form == "half":
            return _month_end(int(parts[1]), 6 if parts[0] == "dau" else 12)
        if form == "month":
            return _month_end(int(parts[1]), int(parts[0]))
    except (ValueError, calendar.IllegalMonthError):
        return None
    return _month_end(int(parts[1]), {"dau": 3, "giua": 6}.get(parts[0].strip(), 12))


def _month_end(year, month):
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
