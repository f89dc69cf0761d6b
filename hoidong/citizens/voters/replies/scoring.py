"""Which petitions a passage may answer, with the reasons: quoted words, number, place, order, names. No table is asked here.

Words count by how rare they are among the petitions that wait; what every petition says weighs next to nothing.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, replace

from hoidong.kernel.base.text import fold

from ..proposals.marking import pairs_of
from . import names
from .splitting import ASK, HEAD, SAY

SURE, LIKELY, MAYBE = "sure", "likely", "maybe"
LEAST = 0.22  # below it nothing is proposed …
ALONE, APART = 0.15, 2.0  # … but one that stands alone: at least so likely, and so many times likelier than the next
# A paragraph quotes a petition: so much of its words are the petition's, so much of the petition is in it, so many pairs of words.
OWN, PART, FEWEST, NEXT = 0.6, 0.2, 4, 1.2
MOST = 5
WEIGHED = 40  # petitions with the likest words that are looked at closely
_ALSO = 0.72  # of the best score, for others to be proposed beside it
_LEVELS = ((0.6, 0.12, SURE), (0.4, 0.08, LIKELY), (LEAST, 0, MAYBE))
_CITED = re.compile(
    r"kien nghi (?:cua cu tri )?(?:so |ma so |ma )?(\d{1,6}/20\d\d)(?!\s*/)|^\W*(?:so |ma )?(\d{1,6}/20\d\d)\W*$"
)
_SMOOTH = 12.0


@dataclass(frozen=True)
class Candidate:
    """A petition that waits for an answer: `number` "12/2026", `places` that raised it, `rows` {letter: its row there}."""

    pk: int
    number: str
    code: str
    text: str
    places: tuple = ()
    rows: tuple = ()  # (symbol as compared by letterhead.plain, row)


@dataclass(frozen=True)
class Match:
    """A petition proposed for a passage. `reasons` are (kind, words): number, row, quote, place, names, missing."""

    pk: int
    score: float
    level: str
    reasons: tuple


class Matcher:
    """Knows the petitions that wait; asked passage by passage."""

    def __init__(self, candidates, cited=frozenset()):
        self.candidates = list(candidates)
        self.cited = cited
        self._pairs = [pairs_of(one.text) for one in self.candidates]
        self._spread = Counter(pair for pairs in self._pairs for pair in pairs)
        self._holders = {}
        for place, pairs in enumerate(self._pairs):
            for pair in pairs:
                self._holders.setdefault(pair, []).append(place)
        self._weight = [self._sum(pairs) for pairs in self._pairs]
        self._names = [names.of(one.text) for one in self.candidates]
        self._places = [tuple(fold(place) for place in one.places) for one in self.candidates]
        self._called = {}
        for place, one in enumerate(self.candidates):
            for key in (one.number, one.code, *one.rows):
                self._called.setdefault(key, []).append(place)
        self._known_places = {place for places in self._places for place in places}

    def _rarity(self, pair):
        return math.log(1 + len(self.candidates) / self._spread.get(pair, 1)) if self.candidates else 0.0

    def _sum(self, pairs):
        return sum(map(self._rarity, pairs))

    def match(self, draft):
        """The Matches of a passage, best first; empty where nothing is likely enough."""
        if draft.frame or not self.candidates:
            return []
        passage = _Passage(draft, *(_said(draft, role) for role in (ASK, HEAD, SAY)))
        scores = self._likenesses(passage)
        named = self._by_number(passage)
        near = sorted(scores, key=lambda place: -scores[place])[:WEIGHED]
        passage.places = {place for place in self._known_places if passage.asks_about(place)}
        found = [self._weighed(place, scores.get(place, 0.0), passage) for place in {*near, *named}]
        found.sort(key=lambda one: (-one[0], self.candidates[one[1]].pk))
        chosen = self._chosen([one for one in found if one[0] >= LEAST] or self._alone(found))
        return (
            [replace(one, level=LIKELY) if one.level == SURE else one for one in chosen] if self._quotes_many(draft) else chosen
        )

    def _quotes_many(self, draft):
        """Whether a passage quotes several petitions: whose answer stands beside which question is then for people to say."""
        return len({self.quoted(piece.text) for piece in draft.pieces} - {None}) > 1

    def _alone(self, found):
        """A question retold in other words shares little with its petition, but next to nothing with any other."""
        second = found[1][0] if len(found) > 1 else 0.0
        likely = found and len(self.candidates) > 1 and found[0][0] >= max(ALONE, APART * second)
        return found[:1] if likely else []

    def order(self, draft):
        """The keys of all petitions, the likest first: for the list a person chooses from."""
        passage = _Passage(draft, *(_said(draft, role) for role in (ASK, HEAD, SAY)))
        scores = self._likenesses(passage)
        called = {place for key in (*passage.numbers, *passage.codes) for place in self._called.get(key, ())}
        places = sorted(range(len(self.candidates)), key=lambda place: (place not in called, -scores.get(place, 0.0), place))
        return [self.candidates[place].pk for place in places]

    def quoted(self, text):
        """The place of the petition that a paragraph quotes, or None: most of its own words are that petition's, and no other's.

        An answer says more than the question it takes up again, so it quotes nothing.
        """
        pairs = pairs_of(text)
        own, shared, counted = self._sum(pairs), Counter(), Counter()
        for pair in pairs:
            for place in self._holders.get(pair, ()):
                shared[place] += self._rarity(pair)
                counted[place] += 1
        if not shared:
            return None
        (best, likeness), *rest = shared.most_common(2)
        second = rest[0][1] if rest else 0.0
        is_its = counted[best] >= FEWEST and likeness >= OWN * own and likeness >= PART * self._weight[best]
        return best if is_its and likeness >= NEXT * second else None

    def _by_number(self, passage):
        """The petitions a passage names by number or code, or by its row in the letter that is answered."""
        keys = [*passage.numbers, *passage.codes, *((symbol, passage.number) for symbol in self.cited)]
        return {place for key in keys for place in self._called.get(key, ())}

    def _likenesses(self, passage):
        """{place of a petition: likeness} by shared words, 0 to 1."""
        asked, whole = pairs_of(passage.asked) if passage.asked else set(), pairs_of(passage.whole)
        shared_asked, shared_whole = Counter(), Counter()
        for pairs, shared in ((asked, shared_asked), (whole, shared_whole)):
            for pair in pairs:
                rarity = self._rarity(pair) if pair in self._holders else 0.0
                for place in self._holders.get(pair, ()):
                    shared[place] += rarity
        own = self._sum(asked)
        return {
            place: max(
                self._quoted(shared_asked[place], own, self._weight[place]) if asked else 0.0,
                (0.75 if asked else 0.95) * shared_whole[place] / (self._weight[place] + _SMOOTH),
            )
            for place in shared_whole
        }

    def _quoted(self, shared, own, other):
        """A quotation may be shortened, or a petition be one of several in it: what is contained counts nearly like a whole."""
        contained = max(shared / (own + _SMOOTH), shared / (other + _SMOOTH))
        return max(2 * shared / (own + other + 1e-9), 0.9 * contained)

    def _weighed(self, place, likeness, passage):
        """(score, place, reasons) of one petition."""
        one, reasons, score = self.candidates[place], [], likeness
        if one.number in passage.numbers or (one.code and one.code in passage.codes):
            reasons.append(("number", one.number if one.number in passage.numbers else one.code))
            score = max(score, 0.97)
        rows = [row for symbol, row in one.rows if symbol in self.cited and row == passage.number]
        if rows and (likeness > 0.08 or not passage.asked):
            reasons.append(("row", str(rows[0])))
            score = min(1.0, score + 0.3)
        if likeness > 0.1:
            reasons.append(("quote", str(round(100 * min(likeness, 1)))))
        score, more = self._by_names(place, score, passage)
        return score, place, (*reasons, *more)

    def _by_names(self, place, score, passage):
        """Places and names said in both help; a passage that names other places only makes it less likely."""
        reasons = []
        here = [
            name
            for name, folded in zip(self.candidates[place].places, self._places[place], strict=True)
            if passage.says(folded)
        ]
        elsewhere = not here and self._places[place] and passage.places
        if here:
            reasons.append(("place", ", ".join(here)))
            score += 0.08 * (score > 0.12)
        elif elsewhere:
            score -= 0.08
        shared = [name for name in self._names[place] if passage.says(fold(name))]
        if shared:
            reasons.append(("names", ", ".join(f"“{name}”" for name in shared[:4])))
            score += min(0.12, 0.04 * len(shared)) * (score > 0.08)
        missing = [name for name in self._names[place] if name not in shared]
        if missing and score >= LEAST:
            reasons.append(("missing", ", ".join(f"“{name}”" for name in missing[:3])))
        return score, reasons

    def _chosen(self, found):
        """The best, and what is nearly as good; how sure the machine is depends on how far the next one is."""
        if not found:
            return []
        best = found[0][0]
        kept = [one for one in found[:MOST] if one[0] >= _ALSO * best]
        rest = found[len(kept)][0] if len(found) > len(kept) else 0.0
        return [Match(self.candidates[place].pk, round(min(score, 1.0), 3), self._level(score, best, rest, kept), reasons)
                for score, place, reasons in kept]  # fmt: skip

    def _level(self, score, best, rest, kept):
        second = kept[1][0] if len(kept) > 1 and score == best else best if score < best else rest
        margin = score - max(rest, second if score == best else 0.0)
        sure = (level for least, apart, level in _LEVELS if score >= least and (margin >= apart or level == MAYBE))
        return next(sure, MAYBE)


class _Passage:
    """The words of a passage, folded once."""

    def __init__(self, draft, asked, head, said):
        self.asked, self.number, self.places = asked, draft.number, set()
        self.whole = " ".join((head, asked, said))
        self._folded = f" {re.sub(r'[^a-z0-9,./-]+', ' ', fold(self.whole))} "
        self._asked = f" {re.sub(r'[^a-z0-9,./-]+', ' ', fold(f'{head} {asked}'))} "
        cell = draft.said.get("code", "")
        texts = [fold(piece.text) for piece in draft.pieces] + [fold(cell)]
        self.numbers = {one for text in texts for pair in _CITED.findall(text) for one in pair if one}
        self.codes = set(re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", f"{self.whole} {cell}".upper()))

    def says(self, folded):
        """Whether these words stand in it, as whole words."""
        return _word_in(folded, self._folded)

    def asks_about(self, folded):
        """The same for its heading and question."""
        return _word_in(folded, self._asked)


def _said(draft, role):
    return " ".join(piece.text for piece in draft.pieces if piece.role == role)


def _word_in(folded, text):
    plain = re.sub(r"[^a-z0-9,./-]+", " ", folded).strip()
    return bool(plain) and re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", text) is not None
