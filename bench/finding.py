"""Finding: the search over everything a person may see, and earlier petitions that read like a new text."""

import random
import re

from demo import words
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.proposals import queries as proposals
from hoidong.citizens.voters.proposals.alike import KEPT, LOOKED_AT
from hoidong.citizens.voters.proposals.marking import SINGLE, marks_of
from hoidong.kernel import search
from hoidong.kernel.base.text import fold
from hoidong.kernel.search.finding import CANDIDATES, COUNTED, LIMIT

from . import city
from .lists import run
from .timing import measure

# The same hits in the same order with the counts by kind: the newest matches, the best of them, in one statement.
_SEARCH = """
WITH newest AS MATERIALIZED (
  SELECT id, kind FROM kernel_searchentry WHERE (unit_ids && %(units)s::bigint[] OR public) AND words @@ to_tsquery('simple', %(words)s)
  ORDER BY id DESC LIMIT %(counted)s)
SELECT e.*, (SELECT json_object_agg(kind, many) FROM (SELECT kind, count(*) AS many FROM newest GROUP BY kind) kinds)
FROM kernel_searchentry e WHERE e.id IN (SELECT id FROM newest ORDER BY id DESC LIMIT %(candidates)s)
ORDER BY ts_rank('{0.1,0.2,0.4,1.0}', e.words, to_tsquery('simple', %(words)s) || plainto_tsquery('simple', %(typed)s)) DESC, e.id DESC
LIMIT %(limit)s
"""
_SIMILAR = """
SELECT p.* FROM (
  SELECT petition_id, marks FROM voters_alike WHERE marks && %(asked)s::int[] LIMIT %(looked_at)s) found
JOIN voters_petition p ON p.id = found.petition_id
ORDER BY (SELECT count(*) FROM unnest(found.marks) mark WHERE mark = ANY(%(all)s::int[])) DESC, petition_id DESC LIMIT %(kept)s
"""
QUERIES = (
    ("five words", "kênh thủy lợi nạo vét trước", "kenh & thuy & loi & nao & vet & truoc:*"),
    ("two frequent words", "đề nghị", "de & nghi:*"),
    ("words without accents", "cau sat qua rach", "cau & sat & qua & rach:*"),
)


def _rare():
    """A place that a few petitions name, as it stands in one of them."""
    petition = (
        Petition.objects.filter(state="closed", body=city.actor("do.so").unit, text__regex="cầu [A-ZĐ]").order_by("-pk").first()
    )
    place = re.search(r"cầu (\w+ \w+)", petition.text).group(1)
    return "a rare place", f"cầu {place}", " & ".join(("cau", *fold(place).split())) + ":*"


def all_rows(rounds):
    """Search for each kind of query as each side, and what reads alike."""
    rare = _rare()
    for side, queries in (("do.chuyenvien", (*QUERIES, rare)), ("do.xa", QUERIES[:2]), ("do.so", (*QUERIES[1:], rare))):
        for name, typed, asked in queries:
            yield _search(side, name, typed, asked, rounds)
    yield _misspelt(rounds)
    yield _similar(rounds)


def _search(username, name, typed, asked, rounds):
    actor = city.actor(username)
    values = {
        "units": search.scope(actor), "words": asked, "typed": typed.lower(), "counted": COUNTED, "candidates": CANDIDATES, "limit": LIMIT + 1,
    }  # fmt: skip
    found = [hit.subject_id for hit in search.find(actor, typed).hits]
    if found != [row[2] for row in run(_SEARCH, values)][:LIMIT]:
        raise RuntimeError(f"search {typed}: the page and the bare SQL find different things")
    title = f"search of {username.removeprefix('do.')}: {name}"
    return measure(title, lambda: search.find(actor, typed), lambda: run(_SEARCH, values), rounds, target=2)


_ALIKE = """
SELECT * FROM kernel_searchentry WHERE (unit_ids && %(units)s::bigint[] OR public) AND %(words)s <%% folded_title
ORDER BY word_similarity(%(words)s, folded_title) DESC, id DESC LIMIT 20
"""


def _misspelt(rounds):
    """A place nobody spells so: the words find nothing, then titles that are spelt alike are looked for."""
    actor, typed = city.actor("do.chuyenvien"), "rach thanhh xuien"
    values = {
        "units": search.scope(actor),
        "words": typed,
        "typed": typed,
        "counted": COUNTED,
        "candidates": CANDIDATES,
        "limit": LIMIT + 1,
    }

    def bare():
        run(_SEARCH, values | {"words": "rach & thanhh & xuien:*"})
        run(_ALIKE, values)

    return measure("search: a place misspelt", lambda: search.find(actor, typed), bare, rounds, target=2)


def _similar(rounds):
    """What reads like a text that is not in the database, as the office of the city."""
    actor, chance = city.actor("do.chuyenvien"), random.Random(99)
    texts = [words.petition(chance).text for _round in range(rounds + 1)]
    mine, theirs = iter(texts), iter(texts)

    def ours():
        proposals.similar(actor, next(mine), area=actor.unit.area)

    def bare():
        marks = marks_of(next(theirs))
        run(_SIMILAR, {"asked": marks[SINGLE:], "all": marks, "looked_at": LOOKED_AT, "kept": KEPT})

    return measure("earlier petitions that read like a new text", ours, bare, rounds, server=150)
