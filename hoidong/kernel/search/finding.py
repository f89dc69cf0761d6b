"""Finding: exact codes first, then words, then what is spelt alike."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, Q

from ..base.text import fold, nfc
from .models import SearchEntry
from .scope import scope

# Candidates that are ranked: of half a million hits the newest few hundred are enough to show the best twenty, and
# ranking reads every one of them whole.
CANDIDATES = 400
_WORD = re.compile(r'"([^"]+)"|(-?)([^\s"]+)')


@dataclass(frozen=True)
class Hit:
    """One thing found, with a piece of its text; `title` and `text` are plain, the page marks the words."""

    kind: str
    subject_id: int
    title: str
    text: str
    url: str
    place: str
    on: object


@dataclass(frozen=True)
class Found:
    """The hits, whether more stand behind them, and whether they were only found by likeness."""

    hits: list
    more: bool = False
    alike: bool = False
    counts: dict | None = None


def visible(actor):
    """The entries this actor may find."""
    return SearchEntry.objects.filter(Q(unit_ids__overlap=scope(actor)) | Q(public=True)) if actor else SearchEntry.objects.filter(public=True)


def find(actor, words, *, kind="", offset=0, limit=20):
    """What an actor finds for the words as typed: accents and đ optional, "phrases", -without, the last word may be begun."""
    words = nfc(words)[:200]
    if len(fold(words)) < 2:
        return Found([])
    mine = visible(actor)
    if kind:
        mine = mine.filter(kind=kind)
    exact = list(mine.filter(_code(words)).order_by("-id")[:limit]) if offset == 0 else []
    query = _query(words)
    rows = []
    if query is not None:
        newest = mine.filter(words=query).order_by("-id").values("pk")[:CANDIDATES]
        ranked = SearchEntry.objects.filter(pk__in=newest).annotate(
            rank=SearchRank(F("words"), query | SearchQuery(words.lower(), config="simple", search_type="plain"), weights=[0.1, 0.2, 0.4, 1.0])
        )
        rows = list(ranked.order_by("-rank", "-id")[offset : offset + limit + 1])
    if exact or rows or offset:
        seen = {row.pk for row in exact}
        rows = [*exact, *(row for row in rows if row.pk not in seen)]
        return Found([_hit(row, words) for row in rows[:limit]], more=len(rows) > limit)
    folded = fold(words)
    alike = (
        mine.filter(folded_title__trigram_word_similar=folded)
        .annotate(likeness=TrigramWordSimilarity(folded, "folded_title"))
        .order_by("-likeness", "-id")[:limit]
    )
    return Found([_hit(row, words) for row in alike], alike=True)


def _code(words):
    code = fold(words).replace(" ", "")
    return Q(code=code) | Q(code__startswith=f"{code} ") | Q(code__endswith=f" {code}") if re.search(r"\d", code) else Q(pk__in=[])


def _query(words):
    """The words as a tsquery over folded text; the last one as a prefix."""
    parts = []
    for phrase, minus, word in _WORD.findall(words):
        if phrase:
            tokens = _tokens(phrase)
            parts.append("(" + " <-> ".join(tokens) + ")" if tokens else "")
        else:
            tokens = _tokens(word)
            joined = " <-> ".join(tokens)
            parts.append(f"!({joined})" if minus and tokens else joined)
    parts = [part for part in parts if part]
    if not parts or all(part.startswith("!") for part in parts):
        return None
    if re.fullmatch(r"\w{2,}", parts[-1]) and not words.endswith((" ", '"')):
        parts[-1] += ":*"
    return SearchQuery(" & ".join(parts), config="simple", search_type="raw")


def _tokens(text):
    return re.findall(r"\w+", fold(text))


def _hit(row, words):
    return Hit(row.kind, row.subject_id, row.title, _snippet(row, words), row.url, row.place, row.on)


def _snippet(row, words, length=220):
    """The part of the text around the first word that was searched for."""
    text = " ".join(row.body.split())
    tokens = [token for token in _tokens(words) if len(token) > 1]
    folded = fold(text)
    at = min((place for token in tokens if (place := folded.find(token)) >= 0), default=0) if len(folded) == len(text) else 0
    start = max(0, at - 60)
    begin = text.rfind(" ", 0, start) + 1 if start else 0
    piece = text[begin : begin + length]
    return ("…" if begin else "") + piece + ("…" if begin + length < len(text) else "")
