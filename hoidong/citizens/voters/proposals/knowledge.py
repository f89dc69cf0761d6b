"""What is written down: competences, bodies as texts name them, and the phrases of both found in a text."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from hoidong.kernel.base.text import fold

HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+")
# Both ways of placing the tone are in use ("hoá", "hóa"); one of them inside.
_PLACED = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip


@dataclass(frozen=True)
class Competence:
    """A piece of competence: its field, the bodies that hold it by level, what sheets call the central one."""

    code: str
    field: str
    sheets: tuple
    bodies: dict


@dataclass(frozen=True)
class Addressee:
    """A body a text may name."""

    sheets: tuple
    body: str
    wide: bool
    spelt: tuple = ()


@dataclass(frozen=True)
class Found:
    """A phrase of the knowledge that stands in a text: what it belongs to, its own words, at which word it begins."""

    owner: object
    phrase: str
    strong: bool
    at: int


@dataclass
class Phrases:
    """Phrases as tuples of words, found by their first word."""

    held: dict = field(default_factory=dict)

    def add(self, words, owner, phrase, strong):
        if words:
            self.held.setdefault(words[0], {}).setdefault(tuple(words), []).append((owner, phrase, strong))

    def found_in(self, words):
        """Every phrase in the words, longer ones beside the shorter ones they hold."""
        for at, word in enumerate(words):
            for phrase, owners in self.held.get(word, {}).items():
                if tuple(words[at : at + len(phrase)]) == phrase:
                    for owner, said, strong in owners:
                        yield Found(owner, said, strong, at)


def words_of(text):
    """The words as written, lower case, one way of placing tones."""
    plain = unicodedata.normalize("NFC", text or "").lower()
    for other, ours in _PLACED:
        plain = plain.replace(other, ours)
    return _WORD.findall(plain)


def folded_words_of(text):
    """The words without marks."""
    return _WORD.findall(fold(text))


@cache
def _read(name):
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def competences():
    """All competences, in the order they are written."""
    return tuple(
        Competence(row["code"], row["field"], tuple(row["sheets"]), row["bodies"])
        for row in _read("competences.yaml")["competences"]
    )


@cache
def addressees():
    """All bodies a text may name."""
    return tuple(
        Addressee(tuple(row.get("sheets", ())), row["body"], row.get("wide", False), tuple(row.get("spelt", ())))
        for row in _read("addressees.yaml")
    )


def _split(listed):
    return [phrase.strip() for phrase in listed.split(",") if phrase.strip()]


@cache
def _competence_phrases(read):
    phrases = Phrases()
    for competence, row in zip(competences(), _read("competences.yaml")["competences"], strict=True):
        for strong, listed in ((True, row["strong"]), (False, row["words"])):
            for phrase in _split(listed):
                phrases.add(read(phrase), competence, phrase, strong)
    return phrases


@cache
def _level_phrases(read):
    phrases = Phrases()
    for level, listed in _read("competences.yaml")["levels"].items():
        for phrase in _split(listed):
            phrases.add(read(phrase), level, phrase, True)
    return phrases


@cache
def _addressee_phrases():
    phrases = Phrases()
    for addressee, row in zip(addressees(), _read("addressees.yaml"), strict=True):
        for name in _split(row["said"]):
            phrases.add(folded_words_of(name), addressee, name, True)
    return phrases


@dataclass(frozen=True)
class Reading:
    """A text with what the knowledge finds in it."""

    competences: tuple
    levels: tuple
    named: tuple
    asked: tuple


_ASKS = {("de", "nghi"), ("kien", "nghi"), ("yeu", "cau"), ("de", "xuat"), ("mong", "muon")}
_REACH = 16  # words behind the asking verb in which the one who is asked stands


def read(text):
    """Find phrases of competences and levels (with marks where the text has any) and the bodies that are named and asked."""
    folded = folded_words_of(text)
    written = words_of(text)
    marked = written != folded
    how, words = (words_of, written) if marked else (folded_words_of, folded)
    named = _longest(_addressee_phrases().found_in(folded))
    asks = [at + 2 for at in range(len(folded) - 1) if (folded[at], folded[at + 1]) in _ASKS]
    asks += [at + 1 for at, word in enumerate(folded) if word == "mong"]
    asked = [found for begin in sorted(asks) for found in named if begin <= found.at <= begin + _REACH]
    return Reading(
        tuple(_competence_phrases(how).found_in(words)), tuple(_level_phrases(how).found_in(words)), tuple(named), tuple(asked)
    )


def _longest(found):
    """Of names that begin at the same word the longest: "Bộ Nông nghiệp và Môi trường" is not "Bộ Nông nghiệp"."""
    best = {}
    for one in found:
        if one.at not in best or len(one.phrase) > len(best[one.at].phrase):
            best[one.at] = one
    return [best[at] for at in sorted(best)]
