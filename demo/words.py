"""The words of loaded petitions: many places, numbers and turns of phrase, so that no index finds it easier than in life."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Said:
    """What a voter asked for, with the field and the body an office would choose."""

    text: str
    field: str
    body: str


# How the north says what the south calls otherwise.
_NORTHERN = {
    "liên ấp": "liên thôn", "ấp": "thôn", "Ấp": "Thôn", "Rạch": "Mương", "rạch": "mương", "Hẻm": "Ngõ", "hẻm": "ngõ", "khu phố": "tổ dân phố",
    "nuôi heo": "nuôi lợn", "mùa nước nổi": "mùa lũ", "khi triều cường": "khi mưa lớn", "nước mặn vào ruộng": "nước tràn vào ruộng",
    "Cống ngăn mặn": "Cống tiêu", "vụ hè thu": "vụ mùa", "lục bình": "bèo tây", "bao nylon": "túi ni lông", "trụ": "cột", "HL": "ĐL",
}  # fmt: skip


@cache
def _texts(northern=False):
    words = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    if northern:
        pattern = "|".join(rf"\b{re.escape(said)}\b" for said in sorted(_NORTHERN, key=len, reverse=True))
        head, syllables = words.split("syllables:")
        words = re.sub(pattern, lambda found: _NORTHERN[found.group()], head) + "syllables:" + syllables
    found = yaml.safe_load(words)
    return found | {"syllables": found["syllables"].split()}


def bodies():
    """The codes of the departments petitions go to, without the city's."""
    return sorted({topic["body"] for topic in _texts()["topics"]})


def petition(chance, northern=False):
    """What one voter says, in the words of the south or the north; `chance` is a Random."""
    texts = _texts(northern)
    topic = chance.choice(texts["topics"])
    parts = [chance.choice(topic[name]) for name in ("things", "troubles", "wishes")]
    words = f"{parts[0]} {parts[1]}, {parts[2]}. {' '.join(chance.sample(texts['reasons'], chance.randint(0, 3)))}"
    return Said(filled(words, chance).strip(), topic["field"], topic["body"])


def answer(chance):
    """What a body replies."""
    words = chance.choice(_texts()["answers"]).replace("{act}", chance.choice(_texts()["acts"]))
    return filled(words, chance)


def name(chance):
    """A place of two syllables, as hamlets and canals are called: about 40,000 of them."""
    return f"{chance.choice(_texts()['syllables']).capitalize()} {chance.choice(_texts()['syllables']).capitalize()}"


def filled(words, chance):
    """The words with their marks filled in, each place and number drawn anew."""
    first, *rest = words.split("{")
    pieces = [first]
    for part in rest:
        mark, _brace, after = part.partition("}")
        pieces += (_MARKS[mark](chance), after)
    return "".join(pieces)


_MARKS = {
    "name": name,
    "road": lambda chance: f"{chance.choice(('ĐX', 'ĐH', 'ĐT', 'HL'))}.{chance.randint(1, 990)}",
    "count": lambda chance: str(chance.randint(2, 180)),
    "year": lambda chance: str(chance.randint(2009, 2025)),
    "next": lambda chance: str(chance.randint(2026, 2029)),
    "km": lambda chance: f"{chance.randint(0, 9)},{chance.randint(1, 9)}",
}
