"""Finding: exact codes first, then words, then what is spelt alike."""

import re
from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Q, Value, When

from ..base.text import fold, nfc
from .indexing import code_words
from .models import SearchEntry
from .scope import scope

# Candidates that are ranked: of half a million hits the newest few hundred are enough to show the best twenty, and
# ranking reads every one of them whole.
CANDIDATES = 400
# How far the hits of each kind are counted; beyond, the page says "2.000+".
COUNTED = 2000
LIMIT = 20
_QUOTES = str.maketrans("“”„«»", '"""""')
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
    """The hits, whether more stand behind them, whether they were only found by likeness, how many of each kind.

    `counts` covers all kinds, also when one was asked for, and counts no further than COUNTED.
    """

    hits: list
    more: bool = False
    alike: bool = False
    counts: dict | None = None
    too_short: bool = False


def visible(actor):
    """The entries this actor may find: those of the own units and what is public; strangers only what is public."""
    public = SearchEntry.objects.filter(public=True)
    units = scope(actor)
    return SearchEntry.objects.filter(Q(unit_ids__overlap=units) | Q(public=True)) if units else public


def find(actor, words, *, kind="", offset=0, limit=LIMIT):
    """What an actor finds for the words as typed: accents and đ optional, "phrases", -without, the last word may be begun."""
    words = nfc(words)[:200]
    if len(fold(words)) < 2:
        return Found([], too_short=True)
    mine = visible(actor)
    found = _by_words(mine, words, kind, offset, limit)
    if found.hits or offset:
        return found
    return _by_likeness(mine.filter(kind=kind) if kind else mine, words, limit)


def holding(kind, words):
    """A subquery of the numbers of what holds these words, for lists that narrow what their reader may see: it decides nothing
    about that itself. Words as in `find`; where nothing can be asked, nothing is found.
    """
    words = nfc(words)[:200]
    query, code = _query(words), _code(words)
    asked = query | code if query is not None and code is not None else query or code
    found = SearchEntry.objects.filter(kind=kind, words=asked) if asked is not None else SearchEntry.objects.none()
    return found.values("subject_id")


def _by_words(mine, words, kind, offset, limit):
    """Exact codes first, then the newest candidates in the order of their rank."""
    query, code = _query(words), _code(words)
    asked = query | code if query is not None and code is not None else query or code
    if asked is None:
        return Found([])
    matching = mine.filter(words=asked).order_by("-id")
    newest = list(matching.values_list("pk", "kind")[:COUNTED])
    counts = dict(Counter(of_kind for _pk, of_kind in newest))
    keys = [pk for pk, of_kind in newest if kind in ("", of_kind)][:CANDIDATES]
    if kind and len(newest) == COUNTED:
        keys = list(matching.filter(kind=kind).values_list("pk", flat=True)[:CANDIDATES])
    if not keys:
        return Found([], counts=counts)
    exact = Case(When(words=code, then=1), default=0, output_field=IntegerField()) if code is not None else Value(0)
    ranked = SearchEntry.objects.filter(pk__in=keys).annotate(
        exact=exact, rank=SearchRank(F("words"), _ranking(query, words), weights=[0.1, 0.2, 0.4, 1.0])
    )
    rows = list(ranked.order_by("-exact", "-rank", "-id")[offset : offset + limit + 1])
    return Found([_hit(row, words) for row in rows[:limit]], more=len(rows) > limit, counts=counts)


def _ranking(query, words):
    """The words as typed, with their accents, besides the folded ones: titles with the same accents come first."""
    as_typed = SearchQuery(words.lower(), config="simple", search_type="plain")
    return as_typed if query is None else query | as_typed


def _by_likeness(mine, words, limit):
    """Titles that are spelt alike, for names that were misheard or mistyped."""
    folded = fold(words)
    rows = (
        mine.filter(folded_title__trigram_word_similar=folded)
        .annotate(likeness=TrigramWordSimilarity(folded, "folded_title"))
        .order_by("-likeness", "-id")[:limit]
    )
    return Found([_hit(row, words) for row in rows], alike=True)


def _code(words):
    """The words as one code, however it was typed, or None where no digit is in them: "7f3k 94wd", "125/KN-HĐND"."""
    code = code_words("".join(words.split()))
    return SearchQuery(code, config="simple", search_type="raw") if re.search(r"\d", code) else None


def _query(words):
    """The words as a tsquery over folded text; the last one as a prefix."""
    parts = []
    for phrase, minus, word in _WORD.findall(words.translate(_QUOTES)):
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
    """The part of the text that holds most of the words searched for; where they follow one another, that place."""
    text = " ".join(row.body.split())
    tokens = {token for token in _tokens(words) if len(token) > 1}
    folded = fold(text)
    at = _densest(folded, tokens, length - 60) if len(folded) == len(text) else 0
    start = max(0, at - 60)
    begin = text.rfind(" ", 0, start) + 1 if start else 0
    piece = text[begin : begin + length]
    return ("…" if begin else "") + piece + ("…" if begin + length < len(text) else "")


def _densest(folded, tokens, length):
    """Where the stretch of `length` letters begins that holds most different tokens; among equals the tightest, then the first."""
    if not tokens:
        return 0
    pattern = "|".join(sorted(map(re.escape, tokens), key=len, reverse=True))
    places = [(found.start(), found.group()) for found in re.finditer(rf"\b(?:{pattern})", folded)]
    best, at = (0, 0), 0
    for first, (start, _token) in enumerate(places):
        seen, end = set(), start
        for place, token in places[first:]:
            if place - start > length or len(seen) == len(tokens):
                break
            if token not in seen:
                seen.add(token)
                end = place
        if (len(seen), start - end) > best:
            best, at = (len(seen), start - end), start
    return at
