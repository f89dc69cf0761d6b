"""Which class of result the words of a reply speak for. Only proposed: answered is never solved because a machine said so.

Joint Resolution 72/2025: letters of ministries begin their answer with a line that names the class; other letters do not.
"""

import re
from dataclasses import dataclass

from hoidong.kernel.base.text import clip, fold

from ..states import Result
from . import promises
from .promises import Promise

_LINE = re.compile(
    r"^(?:noi dung )?(?:cac )?kien nghi (?:cua cu tri )?(?:da |dang )?(?:duoc |\(dang\) )?[\w\s,()]*?(?:giai trinh|giai quyet|tiep thu)"
)
_TEXT = r"(?:luat|nghi dinh|thong tu|nghi quyet|quyet dinh|quy dinh|phap lenh|van ban quy pham)"
_NOT_YET = (
    (Result.NO_RESOURCES, r"chua (?:co|bo tri|can doi|du)[\w\s]{0,20}(?:kinh phi|von|nguon luc|ngan sach)|(?:nguon luc|nguon von|kinh phi|ngan sach)[\w\s]{0,30}(?:con )?(?:han che|han hep|kho khan)|kho khan ve (?:nguon von|kinh phi|nguon luc)"),
    (Result.SUBMITTED, rf"(?!.*ban hanh {_TEXT} so \d).*?(?:da|dang) (?:bao cao, )?(?:trinh|de xuat|kien nghi) (?:len )?(?:ubnd|uy ban|chinh phu|thu tuong|hdnd|hoi dong|bo|cap|quoc hoi)"),
    (Result.HIGHER_TEXT, rf"(?:cho|phu thuoc|doi)\b[\w\s,]{{0,60}}{_TEXT}[\w\s,]{{0,60}}(?:sua doi|ban hanh|huong dan|co hieu luc)|sau khi {_TEXT}[\w\s,]{{0,60}}(?:duoc ban hanh|co hieu luc|thong qua)"),
    (Result.NOT_YET, r"chua the (?:giai quyet|thuc hien|dau tu)|chua (?:giai quyet|thuc hien) (?:ngay|duoc)"),
    (Result.NO_ROAD_MAP, r"dang (?:\w+ ){0,2}(?:xay dung|nghien cuu|ra soat|tong hop|lap|hoan thien|trien khai|thi cong|phoi hop|thuc hien|xem xet|khao sat|chi dao|giai quyet|sua doi|chuan bi)"),
)  # fmt: skip
_SOLVED = (
    (Result.SOLVED_TEXT, rf"(?:da|vua) .{{0,60}}ban hanh {_TEXT} so \d|(?:da|vua) (?:\w+ ){{0,4}}(?:ban hanh|thong qua|phe duyet)[\w\s,]{{0,20}}{_TEXT}|{_TEXT}[\w\s/,.-]{{0,80}}(?:da )?(?:duoc ban hanh|co hieu luc)"),
    (Result.SOLVED_INSPECTION, r"(?:da|vua) (?:\w+ ){0,4}(?:thanh tra|kiem tra|xu phat|xu ly (?:nghiem|vi pham|dut diem)|dinh chi|thu hoi)"),
    (Result.SOLVED_DONE, r"(?:da|vua) (?:\w+ ){0,5}(?:hoan thanh|khac phuc|sua chua|nao vet|lap dat|ban giao|dua vao|giai quyet xong|thi cong xong|hoan tat|cap nuoc|cap giay|chi tra)"),
)  # fmt: skip
_WILL = r"(?:se|xin) (?:\w+ ){0,3}(?:nghien cuu|xem xet|tiep thu|phoi hop|tham muu|chi dao|bo tri|dau tu|de xuat|ghi nhan|kiem tra)|tiep thu (?:y kien|kien nghi)|ghi nhan"
_SENTENCE = re.compile(r"[^.;\n]*[^.;\s\n][^.;\n]*[.;]?")


@dataclass(frozen=True)
class Proposal:
    """A class, the words it stands on, the class line where the letter has one, and the promise that belongs to it."""

    result: Result
    words: str = ""
    line: str = ""
    promise: Promise | None = None


def propose(texts, on):
    """The Proposal for the paragraphs of an answer, or None where their words say nothing. `on` is today."""
    texts = [text for text in texts if text.strip()]
    if not texts:
        return None
    line = texts[0] if len(texts[0]) < 220 and _LINE.match(fold(texts[0])) else ""
    whole = "\n".join(texts[1:] if line and len(texts) > 1 else texts)
    found = promises.best(promises.find(whole, on))
    return _by_line(fold(line), line, whole, found) if line else _by_words(whole, found)


def _by_line(folded, line, whole, promise):
    """The letter names its class; where its own words say less, the words count."""
    said = _by_words(whole, promise)
    if "giai quyet" not in folded and "tiep thu" not in folded:
        return Proposal(Result.EXPLAINED, clip(line, 160), line)
    working = said if said and said.result.first_level in ("working", "will") else None
    if re.search(r"\bdang\b(?!\))", folded) and "da (dang)" not in folded:
        return Proposal(
            working.result if working else Result.NO_ROAD_MAP, working.words if working else clip(line, 160), line, promise
        )
    if "van ban quy pham" in folded or "xay dung, sua doi" in folded:
        if said and said.result == Result.SOLVED_TEXT:
            return Proposal(Result.SOLVED_TEXT, said.words, line)
        return Proposal(working.result if working else Result.NO_ROAD_MAP, working.words if working else "", line, promise)
    if said and said.result.solved:
        return Proposal(said.result, said.words, line)
    if working and working.result in (Result.ROAD_MAP, Result.NO_RESOURCES, Result.NOT_YET):
        return Proposal(working.result, working.words, line, promise)
    return Proposal(Result.SOLVED_DONE, clip(line, 160), line)


def _by_words(whole, promise):
    """The most cautious class the words speak for."""
    sentences = [match.group().strip() for match in _SENTENCE.finditer(whole)]
    folded = [fold(sentence) for sentence in sentences]
    if promise:
        return Proposal(Result.ROAD_MAP, promise.words, promise=promise)
    for rules in (_NOT_YET, _SOLVED, ((Result.WILL, _WILL),)):
        for result, sign in rules:
            for place, sentence in enumerate(folded):
                if re.search(sign, sentence):
                    return Proposal(result, clip(sentences[place], 160))
    if re.search(r"theo quy dinh|can cu|quy dinh tai|khong thuoc tham quyen|tham quyen", " ".join(folded)):
        return Proposal(Result.EXPLAINED, "")
    return None
