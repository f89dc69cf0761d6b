"""A voter's word becomes a record: numbers, codes, origins, the log, the index and the citizen's page in one go."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, numbering, outbox, publication
from hoidong.kernel.base import bulk, dates, text
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.units import queries as units

from .. import events, mirrors, rules
from ..models import Origin, Petition
from ..proposals import alike
from ..states import S, Source

REGISTER = "voters.petition"
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Draft:
    """What is known of a petition before it has a number. Only the text is compulsory."""

    text: str
    title: str = ""
    speaker: str = ""
    hamlet: str = ""
    voters: int = 1
    raised_on: datetime.date | None = None
    field: object | None = None
    level: str = ""
    body: object | None = None
    commune: object | None = None
    note: str = ""


def title_of(words):
    """A title for a list: the first sentence of the text, without the bullet it was typed with, cut at a word."""
    plain = " ".join(text.nfc(words).lstrip("-–•+* ").split())
    first = plain.split(". ")[0]
    return text.clip(first if len(first) > 30 else plain, TITLE_LENGTH)


@transaction.atomic
def record_petitions(drafts, *, office, session, phase, source=Source.OTHER, received_on=None, meeting=None, lot_id=None, by):
    """Write petitions down, in the order given, and return them.

    `office` is the area whose council office writes (a commune, or the province for what reaches it directly).
    A draft may name another commune as the place that raised it; where none is known the office itself stands there.
    Raises NotAllowed for other offices' people, Invalid for a draft without words.
    """
    rules.check_record(by, office.pk)
    drafts = list(drafts)
    for draft in drafts:
        if not text.nfc(draft.text):
            raise Invalid(_("Ghi nội dung kiến nghị."), field="text")
    received_on = received_on or dates.today()
    province = units.province_of(office)
    year = received_on.year
    codes = publication.new_codes(len(drafts))
    # As late as can be: everybody of the province who writes one down waits for the number until this transaction ends.
    first = numbering.draw(REGISTER, unit=province, year=year, count=len(drafts)) if drafts else 0
    at = dates.now()
    # What reaches the province directly is already where it is classified.
    state = S.HANDED_UP if office.pk == province.pk else S.NEW
    petitions = [
        Petition(
            number=first + place, year=year, code=codes[place], state=state,
            province=province, commune=draft.commune or office, office=office, body=draft.body,
            session=session, phase=phase, source=source,
            title=text.nfc(draft.title) or title_of(draft.text), text=text.nfc(draft.text), original_text=text.nfc(draft.text),
            field=draft.field, level=draft.level, voters=max(draft.voters, 1), note=text.nfc(draft.note),
            received_on=received_on, handed_up_on=received_on if state == S.HANDED_UP else None,
            lot_id=lot_id, recorded_by=by.person, recorded_at=at, changed_at=at,
        )
        for place, draft in enumerate(drafts)
    ]  # fmt: skip
    bulk.insert(Petition, petitions)
    origins = [
        Origin(
            petition=petition, petition_first=petition, commune=petition.commune, meeting=meeting,
            hamlet=text.nfc(draft.hamlet), speaker=text.nfc(draft.speaker), voters=petition.voters,
            raised_on=draft.raised_on or received_on, text=petition.text,
        )
        for petition, draft in zip(petitions, drafts, strict=True)
    ]  # fmt: skip
    bulk.insert(Origin, origins)
    alike.keep(petitions)
    audit.record_many("voters.record", petitions, by, each=lambda petition: {"to": petition.state, "number": str(petition)})
    mirrors.write_new(petitions, [origin.raised_on for origin in origins], by=by)
    publish(events.RECORDED, petitions)
    return petitions


def publish(event, petitions):
    """Tell whoever listens, 500 petitions an event."""
    keys = [petition.pk for petition in petitions]
    for start in range(0, len(keys), 500):
        outbox.publish(event, ids=keys[start : start + 500])
