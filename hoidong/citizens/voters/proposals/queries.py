"""What is shown to the one who types: proposals with their reasons, and the earlier petitions this person may see.

Proposed, never decided: the form takes nothing over before a person clicks.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import rules
from ..models import Field
from ..queries import petitions_for
from ..states import Level, S
from . import alike, knowledge, learning, measuring, places
from .marking import likeness, pairs_of

LEAST_WORDS = 4  # of a text that is long enough to say something
SHOWN = 3
ALIKE = 0.16  # of all pairs of words; below, two texts share formulas and places only
CANDIDATES = 3
LEAST_SHARE = 0.1  # of a candidate


@dataclass(frozen=True)
class Offer:
    """One proposal: the value a form takes, its words, how sure (0 to 1), and why."""

    value: str
    label: str
    share: float
    why: tuple = ()

    @property
    def percent(self):
        """How sure, for people."""
        return round(self.share * 100)


@dataclass(frozen=True)
class Earlier:
    """An earlier petition that reads alike: how much, and the words both have."""

    petition: object
    likeness: float
    shared: str

    @property
    def percent(self):
        """Shared words through all words, for people."""
        return round(self.likeness * 100)


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a text. An Offer is None where it holds back; `maybe` are candidates then."""

    field: Offer | None = None
    level: Offer | None = None
    body: Offer | None = None
    maybe: tuple = ()
    earlier: tuple = ()
    decisions: int = 0

    @property
    def offers(self):
        """What can be taken over, with the name of its place in the form."""
        named = (("field", self.field), ("level", self.level), ("body", self.body))
        return [(name, offer) for name, offer in named if offer is not None]

    @property
    def is_empty(self):
        """Whether there is nothing to show."""
        return not (self.offers or self.maybe or self.earlier)


def propose(actor, words, *, area, without=None):
    """A Proposal for words somebody types in an area (a commune or the province); `without`: a petition that is itself.

    Empty for people who do not record petitions, and for a text of three words.
    """
    if not rules.works_for_council(actor) or len(knowledge.folded_words_of(words)) < LEAST_WORDS:
        return Proposal()
    earlier = similar(actor, words, area=area, without=without)
    return _weighed(words, learning.current(), places.place_of(area), area, tuple(earlier), _fields())


def propose_many(actor, petitions):
    """{number of a petition: Proposal} for many at once, by their words alone; earlier petitions are not looked for."""
    if not rules.works_for_council(actor):
        return {}
    judge, fields = learning.current(), _fields()
    known = places.places_of({petition.commune_id: petition.commune for petition in petitions}.values())
    return {
        petition.pk: _weighed(petition.text, judge, known[petition.commune_id], petition.commune, (), fields)
        for petition in petitions
        if len(knowledge.folded_words_of(petition.text)) >= LEAST_WORDS
    }


def _fields():
    return {field.code: field for field in Field.objects.all()}


def _weighed(words, judge, place, area, earlier, catalogue):
    bodies, fields, reading = judge.weigh(words, usual_level=learning.usual_level(area.level == Level.PROVINCE))
    taken = Counter(row.petition.body_id for row in earlier if row.petition.body_id)
    body, maybe = _body_offers(bodies, place, _Why(words, reading, judge, taken))
    return Proposal(
        field=_field_offer(fields, judge, reading, catalogue),
        level=_level_offer(bodies, body, reading),
        body=body,
        maybe=maybe,
        earlier=earlier,
        decisions=judge.bodies.decisions,
    )


def similar(actor, words, *, area, without=None, limit=SHOWN):
    """Earlier petitions that read like these words and that the actor may see, the likest first: [Earlier]."""
    found = alike.near(words, area.pk if area.level == Level.COMMUNE else None)
    mine = pairs_of(words)
    visible = petitions_for(actor).filter(pk__in=found).exclude(state__in=(S.MERGED, S.CANCELLED)).exclude(pk=without)
    rows = []
    for petition in visible.select_related("commune", "body__area", "field").order_by("-pk"):
        shared = mine & (theirs := pairs_of(petition.text))
        share = likeness(mine, theirs)
        # While somebody types, the whole of a short text may stand in a long one.
        if share >= ALIKE or (len(shared) >= 4 and len(shared) >= 0.6 * len(mine)):
            rows.append(Earlier(petition, share, _shared_words(petition.text, shared)))
    return sorted(rows, key=lambda row: (-row.likeness, -row.petition.pk))[:limit]


@dataclass(frozen=True)
class _Why:
    """Finds the reasons for a body."""

    words: str
    reading: knowledge.Reading
    judge: object
    taken: Counter

    def of(self, label, unit):
        """The reasons, the strongest first."""
        asked = [found.phrase for found in self.reading.named if found.owner.body == label]
        if asked:
            yield _("lời văn nêu “%(name)s”") % {"name": asked[0]}
        phrases = _phrases(self.reading, self.judge.body_scheme, label)
        if phrases:
            yield _("có cụm từ %(phrases)s") % {"phrases": phrases}
        if not asked and not phrases:
            learned = _as_written(self.words, self.judge.bodies.words_for(self.words, label))
            if learned:
                yield _("các kiến nghị trước có %(phrases)s đã phân loại như vậy") % {"phrases": _quoted(learned)}
        count = self.taken.get(unit.pk, 0)
        if count:
            yield ngettext(
                "%(count)s kiến nghị giống đã chuyển nơi này", "%(count)s kiến nghị giống đã chuyển nơi này", count
            ) % {"count": count}


def _body_offers(bodies, place, why):
    """(The body that is proposed or None, candidates where it holds back): only bodies this place has."""
    ranked = [(label, share, place.unit_of(label)) for label, share in zip(bodies.labels, bodies.shares, strict=True)]
    ranked = [(label, share, unit) for label, share, unit in ranked if unit is not None]
    here = sum(share for _label, share, _unit in ranked) or 1.0
    offers = [
        Offer(str(unit.pk), unit.full_name, share / here, tuple(why.of(label, unit)))
        for label, share, unit in ranked[:CANDIDATES]
    ]
    if offers and offers[0].share >= measuring.HELD_BACK_BELOW and offers[0].why:
        return offers[0], ()
    return None, tuple(offer for offer in offers if offer.why and offer.share >= LEAST_SHARE)


def _level_offer(bodies, body, reading):
    """The level: what the labels of all bodies say together, and only when that is clear."""
    shares = Counter()
    for label, share in zip(bodies.labels, bodies.shares, strict=True):
        shares[places.level_of(label)] += share
    level, share = shares.most_common(1)[0]
    if share < 0.5:
        return None
    said = list(dict.fromkeys(found.phrase for found in reading.levels if found.owner == level))
    why = [_("có cụm từ %(phrases)s") % {"phrases": _quoted(said[:3])}] if said else []
    if body is not None:
        why.append(_("theo cơ quan được đề xuất"))
    return Offer(str(level), str(Level(level).label), share, tuple(why)) if why else None


def _field_offer(fields, judge, reading, catalogue):
    code, share = fields.first
    if share < measuring.HELD_BACK_BELOW:
        return None
    found = catalogue.get(code)
    phrases = _phrases(reading, judge.field_scheme, code)
    why = [_("có cụm từ %(phrases)s") % {"phrases": phrases}] if phrases else []
    if judge.fields.decisions and not why:
        why = [_("các kiến nghị trước đọc như vậy đã phân loại như vậy")]
    return Offer(str(found.pk), found.name, share, tuple(why)) if found and why else None


def _phrases(reading, scheme, label):
    """The phrases of the text that speak for a label, the strongest first, in quotes."""
    said = [found for found in reading.competences if label in scheme.of_competence.get(found.owner.code, ())]
    said.sort(key=lambda found: (not found.strong, -len(found.phrase)))
    chosen = []
    for found in said:
        if not any(found.phrase in longer for longer in chosen):
            chosen.append(found.phrase)
    return _quoted(chosen[:3])


def _quoted(phrases):
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _as_written(words, terms):
    """Words without marks, as they stand in the text."""
    written, folded = knowledge.words_of(words), knowledge.folded_words_of(words)
    if len(written) != len(folded):
        return list(terms)
    found = []
    for term in terms:
        size = len(term.split())
        at = next((at for at in range(len(folded)) if " ".join(folded[at : at + size]) == term), None)
        if at is not None:
            found.append(" ".join(written[at : at + size]))
    return found


def _shared_words(text, shared, most=6):
    """The first runs of words of a text that the other one has, too."""
    written, folded = knowledge.words_of(text), knowledge.folded_words_of(text)
    if len(written) != len(folded):
        return ""
    inside = [f"{folded[at]} {folded[at + 1]}" in shared for at in range(len(folded) - 1)]
    runs, run = [], []
    for at, hit in enumerate(inside):
        if hit:
            run = run or [written[at]]
            run.append(written[at + 1])
        elif run:
            runs.append(" ".join(run))
            run = []
    if run:
        runs.append(" ".join(run))
    return " … ".join(sorted(runs, key=len, reverse=True)[: most // 2])
