"""Names and measures in a text: "427B", "cầu Sắt", "4,2 km". What two texts share of them speaks louder than common words."""

import re

from hoidong.kernel.base.text import fold

MOST = 12
_MEASURE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:km|m2|m3|ha|tỷ|triệu|hộ|MW|kV)\b")
_CODE = re.compile(
    r"\b(?:[A-ZĐ]{1,4}\.?\s?\d{1,4}[A-Z]?|\d{1,4}[A-ZĐ]{1,2})\b|\b\d{1,4}(?:/20\d\d)?/(?:NĐ|QĐ|NQ|TT|KL|CT)-[A-ZĐ0-9]+"
)
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_KINDS = frozenset(
    [
        "cầu",
        "chợ",
        "đường",
        "phố",
        "kênh",
        "sông",
        "hồ",
        "thôn",
        "ấp",
        "khu",
        "xóm",
        "trường",
        "bến",
        "cảng",
        "đê",
        "đập",
        "cống",
        "rạch",
        "núi",
        "đèo",
    ]
)  # what a name of one word may stand behind
_COMMON = (
    "nha nuoc", "quoc hoi", "chinh phu", "nhan dan", "cu tri", "trung uong", "hoi dong", "uy ban", "bo ", "viet nam", "mat tran",
    "luat ", "so ", "nghi dinh", "nghi quyet", "thong tu", "ket luan", "thu tuong", "ban ", "thuong truc",
)  # fmt: skip


def of(text):
    """The names and measures of a text, as written, the telling ones first, each once."""
    found = [*_CODE.findall(text), *_MEASURE.findall(text), *_proper(text)]
    kept, seen = [], []
    for name in found:
        folded = fold(name)
        if any(folded in other for other in seen) or folded.startswith(_COMMON):
            continue
        seen.append(folded)
        kept.append(name)
    return kept[:MOST]


def _proper(text):
    """Runs of words with a capital, not at the beginning of a sentence alone; a kind ("cầu") before them belongs to the name."""
    run, before, names = [], "", []
    for word in [*_WORD.findall(text), "."]:
        if word[0].isupper() and not (word.isupper() and len(word) > 1):
            run.append((word, before))
        else:
            names += _name(run)
            run = []
        before = word
    return names


def _name(run):
    if not run:
        return []
    kind = run[0][1]
    words = [word for word, _before in run]
    if kind in _KINDS:
        return [" ".join([kind, *words])]
    opens = not kind or not kind[0].isalnum() and kind not in ",;("
    words = words[1:] if opens else words  # the first word of a sentence has its capital from there
    return [" ".join(words)] if len(words) > 1 else []
