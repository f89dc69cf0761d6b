"""From what people write to the unit of today: old and new addresses, abbreviations, misspelt names.

One query looks up every key of every address; what they mean together is decided here. Only words that led nowhere
ask the trigram index.
"""

import functools
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from ..base import dates
from ..base.text import sort_key
from . import kinds, names
from .addresses import readings
from .models import Unit, UnitAlias

_SELECT = """
SELECT unit.id, unit.parent_id, unit.kind, unit.path::text, found.key, found.rank, found.source, found.name, found.within, found.within_keys,
       found.main, found.likeness
FROM (
  SELECT unit_id, key, kind AS rank, CASE WHEN valid_to IS NULL OR valid_to >= %(day)s THEN 'now' ELSE 'earlier' END AS source,
         name, '' AS within, '' AS within_keys, true AS main, {likeness} AS likeness
  FROM kernel_unitname WHERE {where}
  UNION ALL
  SELECT unit_id, key, rank, kind, name, within, within_keys, main, {likeness} FROM kernel_unitalias WHERE {where}
) found JOIN kernel_unit unit ON unit.id = found.unit_id
WHERE unit.valid_from <= %(day)s AND (unit.valid_to IS NULL OR unit.valid_to >= %(day)s)
  AND unit.kind = ANY(%(kinds)s) AND (%(within)s::ltree IS NULL OR unit.path <@ %(within)s::ltree)
"""
_EXACT = _SELECT.format(likeness="1.0::float8", where="key = ANY(%(keys)s)")
_LIKE = (
    _SELECT.format(likeness="similarity(key, %(key)s)::float8", where="key %% %(key)s")
    + " ORDER BY likeness DESC, unit.id LIMIT 40"
)
_LEAST_LIKENESS = 0.45
_SURE = 0.7
_MOST = 10

_TRUST = {
    "now": 1.0,
    "earlier": 0.95,
    UnitAlias.Kind.ABBREVIATION: 0.97,
    UnitAlias.Kind.SPELLING: 0.97,
    UnitAlias.Kind.FORMER_PROVINCE: 0.95,
    UnitAlias.Kind.FORMER_COMMUNE: 0.92,
    UnitAlias.Kind.FORMER_DISTRICT: 0.9,
    UnitAlias.Kind.CODE: 0.9,
    UnitAlias.Kind.FORMER_BODY: 0.9,
    UnitAlias.Kind.FORMER_UNIT: 0.92,
}
_SPLIT = {UnitAlias.Kind.FORMER_DISTRICT: 0.9}
_FORMER_AREAS = {UnitAlias.Kind.FORMER_DISTRICT, UnitAlias.Kind.FORMER_PROVINCE}
_NEIGHBOURHOOD_RANKS = {"thon", "todanpho"}
_SMALL = kinds.COMMUNES | kinds.NEIGHBOURHOODS


@dataclass(frozen=True)
class Match:
    """A unit that an address may mean: why, and how sure that is (0 to 1; above 0.8 one may take it unasked)."""

    unit: Unit
    why: str
    confidence: float


class _Guess(NamedTuple):
    """What one unit earned. `certain` is not shared among rivals."""

    score: float
    row: "_Row"
    certain: bool = False

    def times(self, factor):
        return self._replace(score=self.score * factor)


@dataclass(frozen=True)
class _Row:
    unit_id: int
    parent_id: int
    kind: str
    path: str
    key: str
    rank: str
    source: str
    name: str
    within: str
    within_keys: str
    main: bool
    likeness: float

    @property
    def trust(self):
        """How far the source of a name may be believed: less where the old place was split."""
        return _TRUST[self.source] * (1.0 if self.main else _SPLIT.get(self.source, 0.75))

    @property
    def rank_word(self):
        return kinds.RANK_WORD.get(self.rank, self.rank)

    def lies_in(self, path):
        return self.path == path or self.path.startswith(f"{path}.")


def find(text, on=None, within=None):
    """The present units that an address or a name means, the surest first, at most ten.

    `on` is the day the units must exist (today); `within` a Unit they must lie in.
    """
    return find_many([text], on=on, within=within)[text]


def find_many(texts, on=None, within=None):
    """{text: [Match]} for many texts at once: two queries for all of them, one more for each misspelt name."""
    day = on or dates.today()
    read = {text: readings(text) for text in texts}
    keys = {key for found in read.values() for reading in found for part in reading.parts for key in part.keys}
    rows = _lookup(keys, day, within)
    scored = {text: _best_reading(found, rows, day, within) for text, found in read.items()}
    units = Unit.objects.select_related("parent", "area").in_bulk({pk for guesses in scored.values() for pk in guesses})
    return {
        text: [Match(units[pk], _why(guess.row), round(min(guess.score, 1.0), 2)) for pk, guess in guesses.items()]
        for text, guesses in scored.items()
    }


def _lookup(keys, day, within):
    wanted = kinds.PROVINCES | kinds.COMMUNES | (kinds.NEIGHBOURHOODS if within else frozenset())
    params = {"day": day, "keys": list(keys), "kinds": list(wanted), "within": within.path if within else None}
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(_EXACT, params)
        for row in (_Row(*values) for values in cursor):
            found.setdefault(row.key, []).append(row)
    return found


def _lookalikes(part, day, within):
    wanted = kinds.PROVINCES | kinds.COMMUNES
    params = {"day": day, "key": part.key, "kinds": list(wanted), "within": within.path if within else None}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, params)
        return [row for row in (_Row(*values) for values in cursor) if row.likeness >= _LEAST_LIKENESS]


def _best_reading(found, rows, day, within):
    """{unit id: _Guess} of the reading that explains the address best, at most ten, the best first."""
    best, chosen = {}, None
    for reading in found:
        guesses = _weigh(reading, [_rows_of(part, rows) for part in reading.parts])
        if chosen is None or _top(guesses) > _top(best):
            best, chosen = guesses, reading
    unknown = chosen and any(part.is_small and not _rows_of(part, rows) for part in chosen.parts)
    if unknown or _top(best) < _SURE:
        guessed = _guess(found, rows, day, within)
        # A misspelt commune says more than the province around it, though less surely.
        best = guessed if unknown and _top(guessed) > _LEAST_LIKENESS else max(best, guessed, key=_top)
    ranked = sorted(_share_doubt(best).items(), key=lambda item: (-item[1].score, item[0]))
    return dict(ranked[:_MOST])


def _top(guesses):
    return max((guess.score for guess in guesses.values()), default=0)


def _rows_of(part, rows):
    """The rows a part may mean. "Quận 3" is no ward 3: a rank that was written and is known rules the others out."""
    found = [row for key in part.keys for row in rows.get(key, ())]
    if part.rank:
        same = [row for row in found if row.rank_word == part.rank or row.key == part.whole]
        return same or found
    return found


def _guess(found, rows, day, within):
    """The parts that led nowhere, looked up by likeness; the other parts must not speak against the guess."""
    best = {}
    for reading in found:
        known = [_rows_of(part, rows) for part in reading.parts]
        for place, part in enumerate(reading.parts):
            if known[place] or part.text[:1].isdigit() or part.rank in _NEIGHBOURHOOD_RANKS or len(part.key) < 3:
                continue
            likely = _lookalikes(part, day, within)
            best = max(best, _weigh(reading, [*known[:place], likely, *known[place + 1 :]], only=place), key=_top)
            break
    return best


def _weigh(reading, known, only=None):
    """{unit id: _Guess}: the smallest part that fits with the larger ones around it decides."""
    fallback = {}
    for place, part in enumerate(reading.parts):
        if only not in (None, place):
            continue
        guesses, clean = _weigh_part(part, place, known)
        guesses = {pk: guess.times(reading.trust) for pk, guess in guesses.items()}
        if clean:
            return guesses
        fallback = max(fallback, guesses, key=_top)
    return fallback


def _weigh_part(part, place, known):
    """The units one part may mean, and whether the larger parts agree with any of them."""
    guesses, clean = {}, False
    for row in known[place]:
        if part.rank in _NEIGHBOURHOOD_RANKS and row.kind not in kinds.NEIGHBOURHOODS:
            continue
        score, against = _score(part, row, place, known)
        clean = clean or not against
        _keep(guesses, row.unit_id, _Guess(score, row))
        # An old district that lies in several communes is known to lie in their province: that much is certain.
        if row.source == UnitAlias.Kind.FORMER_DISTRICT and not row.main:
            _keep(guesses, row.parent_id, _Guess(score * 0.9, row, certain=True))
    return guesses, clean


def _keep(guesses, pk, guess):
    if pk not in guesses or guess.score > guesses[pk].score:
        guesses[pk] = guess


def _score(part, row, place, known):
    """(score, how many of the larger parts speak against it)."""
    against, support = _context(row, place, known)
    # What follows a place in an address is larger: a province is never inside anything.
    if row.kind in kinds.PROVINCES and any(known[place + 1 :]) and not support:
        against += 1
    score = row.trust * _fit(part, row) * row.likeness * 0.4**against
    if row.kind in _SMALL and not part.rank and not support:
        score *= 0.8
    return score + support, against


def _context(row, place, known):
    """How many of the larger parts speak against a candidate, and how strongly all others speak for it."""
    against, support = 0, 0.0
    for other, rows in enumerate(known):
        if other == place or not rows:
            continue
        found = max(_explains(around, row) for around in rows)
        support += found
        against += not found and other > place
    return against, support


def _explains(around, row):
    """How well one row stands around another: an old district around its old commune is the best of witnesses."""
    *district, province = row.within_keys.split() or [""]
    if around.source == UnitAlias.Kind.FORMER_DISTRICT and around.key in district:
        return 0.15
    if around.key == province:
        return 0.03
    old_around_old = row.source == UnitAlias.Kind.FORMER_COMMUNE and around.source in _FORMER_AREAS
    return 0.02 if row.lies_in(around.path) and not old_around_old else 0.0


def _fit(part, row):
    """How well rank and marks agree. A commune becomes a ward over night; marks are often left out, seldom wrong."""
    if not part.rank or row.key == part.whole:
        fit = 0.98
    else:
        fit = 1.0 if part.rank == row.rank_word else 0.85
    return fit if not part.sound or part.sound == _sound(row.name) else fit * 0.93


@functools.lru_cache(maxsize=40_000)
def _sound(name):
    return sort_key(names.cut_rank(name)[1])


def _share_doubt(guesses):
    """The same name in several places is no more certain than their number allows."""
    top = _top(guesses)
    rivals = sum(1 for guess in guesses.values() if guess.score > top - 0.05 and not guess.certain)
    return {pk: guess if guess.certain or rivals < 2 else guess.times(1 / rivals) for pk, guess in guesses.items()}


def _why(row):
    if row.likeness < 1:
        return _("gần giống “%(name)s”") % {"name": row.name}
    if row.source == "now":
        return _("tên hiện nay")
    if row.source == "earlier":
        return _("tên trước đây: %(name)s") % {"name": row.name}
    place = f"{row.name}, {row.within}" if row.within else row.name
    return _("%(kind)s: %(name)s") % {"kind": UnitAlias.Kind(row.source).label, "name": place}
