"""The large demo: every commune of the city, one term of sessions, tens of thousands of petitions.

Through the actions that would take most of an hour; so the rows are written as the actions would have left them (`recipe`), with
numbers, keys and codes drawn by the platform. Only whom it would have told is left out: nobody wants 60,000 notices.
"""

import datetime
import time
from collections import Counter

from django.db import connection, transaction
from django.db.models import Max

from hoidong.citizens.voters.actions import records, transfers
from hoidong.citizens.voters.models import Field, Meeting, Opinion, Petition
from hoidong.citizens.voters.states import MeetingState, Phase
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import law, numbering, publication
from hoidong.kernel import people as kernel_people
from hoidong.kernel.base import dates
from hoidong.kernel.units import founding
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.models import Unit

from . import copying, people, recipe, story, words

BATCH = 2500
SESSIONS = 10


def load(wanted, *, say):
    """Fill up to `wanted` petitions. A second run goes on where the first one ended."""
    there, started = Petition.objects.count(), time.monotonic()
    if there >= wanted:
        return
    system = kernel_people.Actor.system()
    area = units.at(people.CITY)
    founding.create_bodies_by_law([area, *units.communes_of(area)], by=system, on=story.ago(400))
    city = _city(area)
    opinions = Counter(dict(Opinion.objects.values_list("meeting").annotate(last=Max("place"))))
    for first in range(there + 1, wanted + 1, BATCH):
        _one_batch(city, first, min(BATCH, wanted - first + 1), wanted, opinions)
        say(f"    {min(first + BATCH - 1, wanted)} of {wanted} petitions, {time.monotonic() - started:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _one_batch(city, first, count, of, opinions):
    """So many petitions, all or none. Keys are set aside before, so that others may write meanwhile."""
    recipe.write(
        city,
        recipe.Order(
            first=first, count=count, of=of, after=copying.reserve(recipe.tables(), count) - first + 1, opinions=opinions,
            numbers=lambda year, many: numbering.draw(records.REGISTER, unit=city.area, year=year, count=many),
            codes=publication.new_codes(count),
        ),
    )  # fmt: skip


def _city(area):
    """What the petitions point at; the meetings of each commune before each session are made where there are none."""
    communes = list(units.communes_of(area))
    offices = {office.area_id: office for office in Unit.objects.filter(area__in=communes, kind="council_office")}
    held = list(sessions.sessions_of(units.body_of(area, "council")).order_by("opens_on"))
    names = {
        people.actor(one).unit.pk: people.actor(one).name for one in ("xa", "xa2", "chuyenvien", "soxaydung", "sonongnghiep")
    }
    return recipe.City(
        area=area,
        communes=communes,
        offices=[offices[commune.pk] for commune in communes],
        office=units.at(f"{area.code}.VPHDND"),
        bodies={code: units.at(f"{area.code}.{code}") for code in words.bodies()},
        fields={field.code: field for field in Field.objects.all()},
        sessions=held,
        meetings=_meetings(communes, held),
        rule=law.rule(transfers.RULE, dates.today(), area),
        northern=True,
        people=names,
    )


def _meetings(communes, held):
    """{(commune, session): its meetings}: two before each session, those of the coming one already held."""
    meetings = {}
    for meeting in Meeting.objects.filter(session__in=held, state=MeetingState.RECORDED).order_by("pk"):
        meetings.setdefault((meeting.commune_id, meeting.session_id), []).append(meeting)
    made = [
        Meeting(
            commune=commune, session=session, phase=Phase.BEFORE, state=MeetingState.RECORDED, starts_at=datetime.time(8, 0),
            held_on=min(session.opens_on, dates.today()) - datetime.timedelta(days=20 + number * 2), place=f"Nhà văn hóa thôn {number}",
            chair="Chủ tịch Ủy ban MTTQ Việt Nam xã", voters_total=70 + at % 60, voters_women=30 + at % 30, changed_at=dates.now(),
        )
        for session in held for at, commune in enumerate(communes) for number in (1, 2)
        if (commune.pk, session.pk) not in meetings
    ]  # fmt: skip
    for meeting in Meeting.objects.bulk_create(made, batch_size=500):
        meetings.setdefault((meeting.commune_id, meeting.session_id), []).append(meeting)
    return meetings
