"""The words by which letters part question and answer. Read on folded text: marks of letters get lost on the way."""

import re
from dataclasses import dataclass

from hoidong.kernel.base.text import fold

from . import numerals

_HEAD_LENGTH = 140  # letters up to which a line may be a heading
_LEAD = re.compile(
    r"^(?:[-–+*•(“\"]\s*)*(?:(?P<arabic>\d{1,3})|(?P<deep>\d{1,3}(?:\.\d{1,2})+)|(?P<roman>[ivxl]{1,6})|(?P<letter>[a-z]))\s*[.):/]\s*(?=\S)"
)
_OWN_LEAD = re.compile(r"^(?:[-–+*•]\s*|\d{1,2}[.)]\s+(?=[a-z]))")  # of a petition copied with its number: "6. 8. Đề nghị …"
_NUMBER_WORD = r"(\d{1,3}|[ivxl]{1,6}|nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)"
_NUMBERED = re.compile(
    r"^(?:(?:phan|muc|noi dung|tra loi|giai trinh|doi voi|ve|noi dung tra loi|ket qua giai quyet)\s+)*(?:noi dung\s+)?"
    r"(?:kien nghi|y kien|cau hoi|cau|phan anh)(?:\s+kien nghi)?\s+(?:thu|so)\s*:?\s*" + _NUMBER_WORD + r"\b(?!\s*[/-]\s*\w)"
)
_ASK_HEAD = re.compile(
    r"^(?:noi dung\s+(?:cua\s+)?(?:cac\s+)?(?:y kien,?\s*)?(?:kien nghi|cau hoi|phan anh|cu tri)|(?:y kien|kien nghi|cau hoi|phan anh)(?:,\s*(?:kien nghi|phan anh))?"
    r"\s+cua\s+(?:cac\s+)?cu tri)\b"
)
# How ministries begin an answer; its first words are those of a heading of questions.
_CLASS_LINE = re.compile(
    r"^(?:noi dung\s+)?(?:cac\s+)?kien nghi\s+(?:cua cu tri\s+)?(?:nay\s+)?(?:da|dang|se|duoc)\b.{0,60}?\b(?:giai trinh|giai quyet|tiep thu|cung cap thong tin)\b"
)
_ASK = re.compile(
    r"^(?:theo\s+)?(?:(?:ve|doi voi)\s+(?:(?:viec|noi dung|van de|kien nghi)\s+(?:cua\s+)?)?)?(?:y kien\s+)?(?:mot so\s+|nhieu\s+|cac\s+)?cu tri\b.{0,170}?\b(?:kien nghi|de nghi|phan anh|hoi|cho rang|mong|de xuat|ban khoan|lo lang|neu)\b"
)
_ASKS = re.compile(r"\b(?:kien nghi|de nghi|phan anh|de xuat|mong muon|hoi)\b")
_SAY_HEAD = re.compile(
    r"^(?:(?:ket qua|noi dung|y kien|phan)\s+(?:nghien cuu|giai quyet|tra loi|giai trinh|thuc hien|xu ly|tiep thu)"
    r"|(?:ve|doi voi)\s+(?:van de|noi dung|kien nghi|y kien)(?:\s+kien nghi)?\s+(?:nay|tren|neu tren)|tra loi\b|giai trinh\b)"
)
_SAY = re.compile(
    r"^(?:[\w\s,.-]{0,80}?\b)?(?:bo|so|ubnd|uy ban|cuc|ban|chi cuc|tong cuc|cong an|ngan hang|thanh tra|phong|van phong|chinh phu)\b.{0,140}"
    r"(?:co y kien|tra loi|bao cao|thong tin|giai trinh)\b.{0,60}(?:nhu sau|sau day)?\s*:$"
    r"|^(?:[\w\s,.-]{0,80}?\b)?(?:bo|so|ubnd|uy ban|cuc|ban|cong an|phong)\b.{0,140}(?:co y kien|tra loi|bao cao|thong tin|giai trinh)\b.{0,60}nhu sau\b"
)
_CLOSING = re.compile(
    r"^(?:tren day la|noi nhan\b|(?:kt|tm|tl|tuq|q)\.\s|(?:[\w\s,&.-]{0,120}\b)?(?:xin\s+)?(?:chan thanh cam on|tran trong\s+(?:gui|bao cao|cam on|thong bao|de nghi))\b)"
)
_INLINE = re.compile(r"(?<=[.;”\"!?])\s+(?=(?:Trả lời|TRẢ LỜI|Ý kiến trả lời|Kết quả giải quyết|Giải trình)\s*:)")
# Reading from paper joins a heading with the line below it.
_JOINED = re.compile(
    r"(^\W*\d{1,2}[.)]\s*(?:Nội dung kiến nghị|Kết quả [^.:;]{0,60}?kiến nghị)(?: của cử tri)?)\s+(?=[A-ZĐÀ-ÃÈ-ÊÌ-ÍÒ-ÕÙ-ÚÝĂĨŨƠƯẠ-Ỹ][^.:;]{20})"
)


@dataclass(frozen=True)
class Sign:
    """What one line is by its first words. `lead` is its number: (kind, value), None without one."""

    lead: tuple | None = None
    number: int | None = None
    asks: bool = False
    asks_head: bool = False
    says: bool = False
    says_head: bool = False
    says_class: bool = False
    closing: bool = False
    short: bool = False
    mentions_asking: bool = False
    caps: bool = False


def read(line):
    """The Sign of a line."""
    folded = fold(line.text)
    lead, rest = lead_of(folded)
    numbered = _NUMBERED.match(rest)
    classed = bool(_CLASS_LINE.match(rest))
    head = _ASK_HEAD.match(rest) and not classed
    return Sign(
        lead=lead,
        number=numerals.from_words(numbered.group(1)) if numbered else None,
        asks=bool(_ASK.match(rest)),
        asks_head=bool(head),
        says=bool(_SAY.match(rest)),
        says_head=bool(_SAY_HEAD.match(rest)),
        says_class=classed,
        closing=bool(_CLOSING.match(folded)),
        short=len(line.text) <= _HEAD_LENGTH,
        mentions_asking=bool(_ASKS.search(rest[:260])),
        caps=line.text.isupper() and len(line.text) > 6,
    )


def lead_of(folded):
    """((kind, value), rest): `5. Về …` gives (("arabic", 5), "ve …"); a date or an amount is no number."""
    found = _LEAD.match(folded)
    if not found:
        return None, folded
    rest = _OWN_LEAD.sub("", folded[found.end() :])
    if found.group("arabic"):
        # "15/8/2026" and "4.200 tỷ" begin with a number and are no heading.
        return (None, folded) if rest[:1].isdigit() else (("arabic", int(found.group("arabic"))), rest)
    if found.group("deep"):
        return ("deep", 0), rest
    value = numerals.from_roman((found.group("roman") or "").upper())
    return (("roman", value), rest) if value else (("letter", 0), rest)


def parts_of(text):
    """The text cut where question and answer, or a heading and what it heads, stand in one paragraph."""
    return [part.strip() for piece in _JOINED.split(text) for part in _INLINE.split(piece) if part.strip()]
