"""The rows of one batch of petitions as the actions would have left them: petition, places, letters, replies, clocks, log, mirrors.

Rows are instances of the models, and what mirrors a petition is made by the platform's own `mirrors`, so that a model that
changes changes here too or fails at once. Keys are given here, so that batches can be written at the same time. Nobody is told of
these petitions: there are no events and no notices.
"""

import datetime
import random
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from django.db.models.base import ModelState
from django.utils import timezone

from hoidong.citizens.voters import mirrors
from hoidong.citizens.voters.actions.records import title_of
from hoidong.citizens.voters.actions.transfers import DUTY, RULE
from hoidong.citizens.voters.models import Alike, Answer, Assessment, Opinion, Origin, Petition, TransferItem, TransferLetter
from hoidong.citizens.voters.papers import symbol
from hoidong.citizens.voters.proposals.marking import marks_of
from hoidong.citizens.voters.states import Level, Phase, Result, S, Source
from hoidong.kernel import deadlines
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.base.text import clip, fold
from hoidong.kernel.deadlines.models import Deadline
from hoidong.kernel.publication.models import Publication
from hoidong.kernel.search.indexing import code_words
from hoidong.kernel.search.models import SearchEntry

from . import copying, words

MERGED_EVERY = 33
SENT = (S.SENT, S.TAKEN, S.ANSWERED, S.CARRIED, S.CLOSED)
REPLIED = (S.ANSWERED, S.CARRIED, S.CLOSED)
# Shares of states in percent: what the coming session works on, the one before it, and all that lie behind.
STATES = {
    0: {S.NEW: 14, S.HANDED_UP: 22, S.CLASSIFIED: 12, S.RETURNED: 1, S.SENT: 18, S.TAKEN: 18, S.ANSWERED: 12, S.CARRIED: 2, S.CLOSED: 1},
    1: {S.NEW: 2, S.HANDED_UP: 2, S.CLASSIFIED: 2, S.RETURNED: 1, S.SENT: 6, S.TAKEN: 12, S.ANSWERED: 25, S.CARRIED: 10, S.CLOSED: 40},
    2: {S.NEW: 1, S.TAKEN: 2, S.ANSWERED: 2, S.CARRIED: 5, S.CLOSED: 89, S.CANCELLED: 1},
}  # fmt: skip
# In the order in which they are written: offices wait for each other's log, so its rows come last.
MODELS = (
    Petition,
    Origin,
    Alike,
    Opinion,
    TransferLetter,
    TransferItem,
    Answer,
    Assessment,
    Deadline,
    SearchEntry,
    Publication,
    AuditEntry,
)
_LETTERS = "ACDEFGHJKMNPRTUVWXY3479"


@dataclass(frozen=True)
class City:
    """What petitions of a city point at, read once. `meetings` are lists by (commune, session)."""

    area: object
    communes: list
    offices: list
    office: object
    bodies: dict
    fields: dict
    sessions: list
    meetings: dict
    rule: object
    northern: bool = False
    people: dict = field(default_factory=dict)

    def name_of(self, unit):
        """Who acts for a unit in the log."""
        return self.people.get(unit.pk) or f"Cán bộ {unit.name}"


@dataclass(frozen=True)
class Order:
    """Which petitions are made: the places `first` … `first + count - 1` of `of`, in the order of the sessions.

    `after` is added to keys. Of `parts` writers each has communes of its own (`part`), so that no two wait for the chain of the
    same office's log. `numbers(year, count)` draws the first of so many numbers; without it the place is the number.
    Every `story`-th petition has its whole story in the log, the others only how they were recorded. `opinions` counts the rows
    of each meeting's record, where those are written too.
    """

    first: int
    count: int
    of: int
    after: int = 0
    parts: int = 1
    part: int = 0
    numbers: object = None
    codes: list | None = None
    story: int = 1
    opinions: Counter | None = None


@dataclass
class Rows:
    """Instances by model, in the order in which they are written."""

    of: dict = field(default_factory=dict)

    def add(self, model, **values):
        """Make one row and put it behind those of its model; what is not named gets the model's default.

        Quicker than the model's own constructor, which at ten rows a petition would take longest of all.
        """
        defaults, keys = _shape(model)
        row = model.__new__(model)
        row._state = ModelState()
        if unknown := values.keys() - defaults.keys() - keys.keys():
            raise TypeError(f"{model.__name__} has no {sorted(unknown)}")
        for name in values.keys() & keys.keys():
            row._state.fields_cache[name] = values[name]
            values[keys[name]] = values.pop(name) and row._state.fields_cache[name].pk
        row.__dict__.update(defaults)
        row.__dict__.update(values)
        self.of.setdefault(model, []).append(row)
        return row


@cache
def _shape(model):
    """({column: default}, {relation: column}) of a model."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return {field.attname: field.get_default() for field in fields}, {
        field.name: field.attname for field in fields if field.is_relation
    }


@in_vietnamese
def write(city, order):
    """Write one order in the caller's transaction."""
    made = batch(city, order).of
    for model in MODELS:
        copying.write(model, made.get(model, ()))


def tables():
    """The tables that orders are written to."""
    return [model._meta.db_table for model in MODELS]


def batch(city, order):
    """The Rows of one order."""
    rows, chance = Rows(), random.Random(order.first)
    made = _petitions(rows, city, order, chance)
    _number(made, order)
    _merge(rows, made, chance)
    _send(rows, city, made, order.after + order.first - 1, chance)
    _mirror(rows, made)
    _log(rows, city, made, order.story)
    if order.opinions is not None:
        _opinions(rows, made, order.opinions)
    return rows


def _petitions(rows, city, order, chance):
    last = len(city.sessions) - 1
    places = range(order.part, len(city.communes), order.parts)
    weights = list(accumulate(1 + place * 37 % 11 for place in places))
    made = []
    for n in range(order.first, order.first + order.count):
        session = min((n - 1) * len(city.sessions) // order.of, last)
        at = places[bisect(weights, chance.random() * weights[-1])]
        made.append(_petition(rows, city, order.after + n, at, (city.sessions[session], min(last - session, 2)), chance))
    return made


def _number(made, order):
    """Numbers without a gap in each year, and the codes voters follow by."""
    for place, petition in enumerate(made):
        petition.number = order.first + place
        petition.code = order.codes[place] if order.codes else code(petition.number)
    if order.numbers:
        for year in sorted({petition.year for petition in made}):
            of_year = [petition for petition in made if petition.year == year]
            for number, petition in enumerate(of_year, start=order.numbers(year, len(of_year))):
                petition.number = number


def code(n):
    """The n-th code: all differ, and none follows from the one before."""
    left = (n * 48_611_157_053 + 7_919) % 23**8
    letters = ""
    for _place in range(8):
        left, digit = divmod(left, 23)
        letters += _LETTERS[digit]
    return f"{letters[:4]}-{letters[4:]}"


def _petition(rows, city, key, at, when, chance):
    said, commune, (session, back) = words.petition(chance, city.northern), city.communes[at], when
    state = chance.choices(list(STATES[back]), STATES[back].values())[0]
    received = _received(session, back, chance)
    meeting = chance.choice(city.meetings[commune.pk, session.pk]) if chance.random() < 0.7 else None
    sorted_out = state not in (S.NEW, S.HANDED_UP, S.CANCELLED)
    made = rows.add(
        Petition, id=key, number=0, year=received.year, code="", state=state,
        province=city.area, commune=commune, office=commune if state in (S.NEW, S.CANCELLED) else city.area,
        body=city.bodies[said.body] if sorted_out else None, session=session, phase=chance.choice((Phase.BEFORE, Phase.AFTER)),
        source=Source.MEETING if meeting else Source.SHEET, title=title_of(said.text), text=said.text, original_text=said.text,
        field=city.fields[said.field] if sorted_out else None, level=Level.PROVINCE if sorted_out else "",
        voters=chance.choice((1, 1, 2, 5, 12, 40)), received_on=received,
        handed_up_on=None if state in (S.NEW, S.CANCELLED) else min(received + datetime.timedelta(days=2), dates.today()),
        recorded_at=_moment(received), changed_at=_moment(received),
    )  # fmt: skip
    made.place = at
    made.origin = rows.add(
        Origin,
        id=key, petition=made, petition_first=made, commune=commune, meeting=meeting, hamlet=f"{'Thôn' if city.northern else 'Ấp'} {words.name(chance)}",
        speaker="", raised_on=received, voters=made.voters, text=said.text,
    )  # fmt: skip
    rows.add(Alike, petition=made, commune=commune, marks=marks_of(said.text))
    return made


def _opinions(rows, made, counts):
    """The row in the meeting's record that each petition came from."""
    for petition in made:
        meeting = petition.origin.meeting_id
        if meeting:
            counts[meeting] += 1
            rows.add(
                Opinion, id=petition.pk, meeting_id=meeting, place=counts[meeting], hamlet=petition.origin.hamlet, text=petition.text,
                voters=petition.origin.voters, petition=petition,
            )  # fmt: skip


def _received(session, back, chance):
    """A day before the session; what is recorded now came in over the last six weeks."""
    days = chance.randint(1, 44) if back == 0 else chance.randint(3, 20)
    return (dates.today() if back == 0 else session.opens_on) - datetime.timedelta(days=days)


def _merge(rows, made, chance):
    """Some repeats went into another petition; their places moved along and their voters are counted there."""
    open_ones = [one for one in made if one.state in (S.HANDED_UP, S.CLASSIFIED, S.SENT, S.TAKEN, S.ANSWERED, S.CLOSED)]
    masters = open_ones[::MERGED_EVERY]
    taken = {master.pk for master in masters}
    for repeat in open_ones[1::MERGED_EVERY]:
        if repeat.pk in taken:
            continue
        master = chance.choice(masters)
        repeat.state, repeat.merged_into = S.MERGED, master
        repeat.origin.petition = master
        master.voters += repeat.voters


def _send(rows, city, made, keys, chance):
    """One letter a week to each body, the petitions in it, their clock, the reply and how it was judged."""
    letters = {}
    for petition in made:
        if petition.state not in SENT:
            continue
        week = petition.handed_up_on.toordinal() // 7
        letter = letters.get((petition.body_id, week))
        if letter is None:
            issued = min(datetime.date.fromordinal(week * 7 + 7), dates.today())
            letter = letters[petition.body_id, week] = _letter(rows, city, petition, keys + len(letters) + 1, issued)
        letter.count += 1
        waiting = petition.state == S.SENT
        petition.item = rows.add(
            TransferItem, id=petition.pk, letter=letter, petition=petition, decided_on=None if waiting else letter.issued_on,
            outcome=TransferItem.Outcome.SENT if waiting else TransferItem.Outcome.TAKEN,
        )  # fmt: skip
        petition.sent_on, petition.due_on = letter.issued_on, letter.due_on
        if petition.state in REPLIED:
            _reply(rows, petition, chance)
        _clock(rows, city, petition)


def _letter(rows, city, petition, key, issued):
    return rows.add(
        TransferLetter, id=key, office=city.area, issuer=city.office, body=petition.body, session=petition.session, number=key,
        symbol=symbol(key, city.office), issued_on=issued, due_on=_due(issued, city.area), signer=city.name_of(city.office),
        signer_title="PHÓ CHÁNH VĂN PHÒNG", count=0, made_at=_moment(issued),
    )  # fmt: skip


def _reply(rows, petition, chance):
    result = chance.choice((Result.EXPLAINED, Result.SOLVED_DONE, Result.SOLVED_INSPECTION, Result.WILL))
    if petition.state == S.CARRIED:
        result = chance.choice((Result.ROAD_MAP, Result.NO_RESOURCES, Result.SUBMITTED))
    came = min(petition.sent_on + datetime.timedelta(days=chance.randint(5, 40)), dates.today())
    promised = came + datetime.timedelta(days=chance.randint(30, 300)) if result.with_date else None
    petition.answered_on, petition.result, petition.promised_on = came, result.value, promised
    petition.reply = rows.add(
        Answer,
        id=petition.pk, petition=petition, body=petition.body, text=words.answer(chance), result=result, promised_on=promised,
        letter_number=f"{petition.pk % 4000 + 1}/TL-VP", letter_date=came, given_on=came, given_at=_moment(came),
    )  # fmt: skip
    if petition.state == S.ANSWERED:
        return
    petition.verdict = "full"
    petition.closed_on = came if petition.state == S.CLOSED else None
    on_time = came <= petition.due_on
    rows.add(Assessment, id=petition.pk, answer=petition.reply, verdict="full", on_time=on_time, made_on=came)


def _clock(rows, city, petition):
    rows.add(
        Deadline, id=petition.pk, subject_kind=mirrors.KIND, subject_id=petition.pk, duty=DUTY, label=city.rule.title, office=city.area,
        rule=city.rule, rule_code=RULE, starts_on=petition.sent_on, days=city.rule.value_of(None), unit=city.rule.unit,
        due_on=petition.due_on, closed_on=petition.answered_on, opened_at=_moment(petition.sent_on),
    )  # fmt: skip


def _mirror(rows, made):
    """The entry of the index and the citizen's page, made by the module's own mirrors."""
    replies = {one.pk: one.reply for one in made if hasattr(one, "reply")}
    items = {one.pk: one.item for one in made if hasattr(one, "item")}
    for petition in made:
        if petition.state == S.CANCELLED:
            continue
        entry, at = mirrors.entry_of(petition), petition.changed_at
        title = clip(entry.title, 300)
        rows.add(
            SearchEntry,
            id=petition.pk, kind=entry.kind, subject_id=entry.subject_id, title=title, body=entry.body,
            code=code_words(entry.code), url=entry.url, place=entry.where, on=entry.on, unit_ids=entry.unit_ids,
            public=entry.public, folded_title=fold(title), indexed_at=at,
            folded=fold(f"{entry.title} {entry.body} {entry.code} {entry.where}"),
        )  # fmt: skip
        page = mirrors.citizen_page(petition, petition.received_on, replies, items)
        rows.add(
            Publication,
            id=petition.pk, kind=page.kind, subject_id=page.subject_id, code=page.code, unit=page.unit, title=clip(page.title, 300),
            summary=page.summary, facts=page.facts, steps=page.steps, reply=page.reply, listed=page.listed, published_at=at,
            changed_at=at,
        )  # fmt: skip


def _log(rows, city, made, story):
    """What the log says: how each was recorded, and of some the whole story. The database writes the chain."""
    for petition in made:
        office = city.offices[petition.place]
        _entry(rows, city, office, "record", petition, petition.recorded_at, {"to": "new", "number": str(petition)})
        if petition.pk % story == 0 and petition.state in SENT:
            for step, unit, day in _steps(city, office, petition):
                data = {"letter": petition.item.letter.symbol, "due_on": petition.due_on.isoformat()} if step == "send" else {}
                _entry(rows, city, unit, step, petition, _moment(day), data)


def _steps(city, office, petition):
    """What was done with a petition after it was recorded, by which unit, on which day."""
    steps = [("hand_up", office, petition.handed_up_on), ("classify", city.office, petition.sent_on)]
    steps += [("send", city.office, petition.sent_on)]
    steps += [("take", petition.body, petition.sent_on)] if petition.state != S.SENT else []
    steps += [("answer", petition.body, petition.answered_on)] if petition.state in REPLIED else []
    steps += [("assess", city.office, petition.answered_on)] if petition.state in (S.CLOSED, S.CARRIED) else []
    steps += [("carry", city.office, petition.answered_on)] if petition.state == S.CARRIED else []
    return steps + ([("close", city.office, petition.closed_on)] if petition.state == S.CLOSED else [])


def _entry(rows, city, unit, step, petition, at, data):
    rows.add(
        AuditEntry, unit_id=unit.pk, at=at, actor=city.name_of(unit), post=f"Chuyên viên, {unit.name}", action=f"voters.{step}",
        subject_kind=mirrors.KIND, subject_id=petition.pk, data=data,
    )  # fmt: skip


@cache
def _due(day, area):
    return deadlines.due_by_rule(RULE, day, unit=area).due_on


@cache
def _moment(day):
    return datetime.datetime.combine(day, datetime.time(9), tzinfo=timezone.get_default_timezone())
