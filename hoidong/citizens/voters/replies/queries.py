"""What one may see of reply letters, and the petitions their passages may answer. Every query takes who asks."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from hoidong.kernel.base import paging
from hoidong.kernel.units import queries as units

from .. import queries
from .. import rules as petition_rules
from ..models import Origin, Passage, Petition, ReplyLetter, ReplyPair, TransferItem, TransferLetter
from . import letterhead, rules, scoring
from .states import OPEN, Seen, Verdict

MOST_COMPARED = 3_000


def may_bring(actor):
    """True for people who bring reply letters and work on them."""
    return rules.may_bring(actor)


def letters_for(actor):
    """The reply letters the actor's side brought; any other one is not there (404)."""
    if not rules.may_bring(actor):
        return ReplyLetter.objects.none()
    return ReplyLetter.objects.filter(holder__in=units.line_of(rules.holder_of(actor)))


def with_counts(letters):
    """Letters with how many passages they have, and how many wait for somebody."""
    real = Q(passages__frame=False)
    return letters.annotate(
        parts=Count("passages", filter=real), waiting=Count("passages", filter=real & Q(passages__seen=Seen.OPEN))
    )


def answerable(actor, body):
    """The petitions of this body that this actor may write an answer for now."""
    if body is None:
        return Petition.objects.none()
    found = queries.petitions_for(actor).filter(body__in=units.line_of(body), state__in=OPEN)
    if actor.unit.pk != body.pk and petition_rules.works_for_council(actor):
        found = found.filter(office__in=units.line_of(actor.unit.area))
    return found


def waiting_for(actor, letter, *, offered=False):
    """The petitions a letter may still answer: sent to its body, and without a confirmed passage in it.

    With `offered` those are left out too that a passage only may answer.
    """
    pairs = ReplyPair.objects.filter(passage__letter=letter, petition=OuterRef("pk"))
    taken = pairs.exclude(verdict=Verdict.NO) if offered else pairs.filter(verdict=Verdict.YES)
    return answerable(actor, letter.body).exclude(Exists(taken))


def passages_of(letter):
    """The passages of a letter one was given, in order, each with its pairs (petition, commune), best first; two statements."""
    pairs = ReplyPair.objects.select_related("petition__commune").order_by("-score", "pk")
    found = Passage.objects.filter(letter=letter).select_related("decided_by").order_by("place")
    return list(found.prefetch_related(Prefetch("pairs", pairs)))


def rest_of(actor, letter, after=None, size=25, *, offered=False):
    """One page of the petitions no passage of the letter answers (or, with `offered`, may answer), those due first on top."""
    found = waiting_for(actor, letter, offered=offered).select_related("commune")
    return paging.keyset(found, order=("due_key", "id"), after=after, size=size)


def candidates(actor, letter):
    """(Candidates for `scoring`, how many wait in all): the newest ones where there are too many to compare with."""
    found = answerable(actor, letter.body)
    total = found.count()
    rows = list(found.order_by("-sent_on", "-pk").values_list("pk", "number", "year", "code", "text")[:MOST_COMPARED])
    keys = [row[0] for row in rows]
    places, sent = _places(keys), _rows(keys, set(letter.read.get("cited", ())))
    return [
        scoring.Candidate(pk, f"{number}/{year}", code, text, tuple(places.get(pk, ())), tuple(sent.get(pk, ())))
        for pk, number, year, code, text in rows
    ], total


def _places(keys):
    """{petition: names of the communes that raised it}."""
    found = {}
    rows = Origin.objects.filter(petition__in=keys).order_by("petition", "pk").values_list("petition", "commune__short_name")
    for key, name in rows:
        names = found.setdefault(key, [])
        if name and name not in names:
            names.append(name)
    return found


def _rows(keys, cited):
    """{petition: [(symbol, row)]} in the transfer letters a reply names: petitions stand there by their number."""
    if not cited:
        return {}
    letters = dict(TransferLetter.objects.filter(items__petition__in=keys).values_list("pk", "symbol").distinct())
    named = {pk: plain for pk, symbol in letters.items() if (plain := letterhead.plain(symbol)) in cited}
    found, counts = {}, {}
    items = TransferItem.objects.filter(letter__in=named).order_by("letter", "petition").values_list("letter", "petition")
    for letter, petition in items:
        counts[letter] = counts.get(letter, 0) + 1
        found.setdefault(petition, []).append((named[letter], counts[letter]))
    return found
