"""The city of the measurements: its real communes from the package of units, its bodies by law, ten sessions, its people."""

import datetime

from django.db import transaction

from demo import recipe, words
from hoidong.citizens.voters.actions import records, transfers
from hoidong.citizens.voters.models import Field, Meeting
from hoidong.citizens.voters.states import MeetingState, Phase
from hoidong.council.meetings import actions as sessions
from hoidong.council.meetings.models import CouncilSession
from hoidong.kernel import law, numbering
from hoidong.kernel import people as acting
from hoidong.kernel.base import dates
from hoidong.kernel.people import actions as people
from hoidong.kernel.people.models import Account
from hoidong.kernel.units import founding
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.models import Unit

CODE = "79"  # the city of 168 communes
SESSIONS = 10
APART = 58  # days between two sessions: all ten lie in years whose calendar is known
PASSWORD = "hoidong-do-2026"
# (user name, area, body, role): one of each role that reads petitions.
PEOPLE = (
    ("do.xa", "commune", "VPHDND", "clerk"),
    ("do.chuyenvien", "city", "VPHDND", "council_officer"),
    ("do.thuongtruc", "city", "TTHDND", "standing_committee"),
    ("do.lanhdao", "city", "VPHDND", "leader"),
    ("do.so", "city", "SXD", "body_officer"),
    ("do.daibieu", "city", "HDND", "deputy"),
)


@transaction.atomic
def found(rows):
    """Bodies, people, sessions and meetings of the city, and as many numbers drawn as petitions will need."""
    by = acting.Actor.system()
    city = units.at(CODE)
    communes = list(units.communes_of(city))
    founding.create_bodies_by_law([city, *communes], by=by, on=_ago(700))
    for place, (username, where, body, role) in enumerate(PEOPLE):
        person = people.add_person(full_name=f"Người Đo Số {place + 1}", identity_number=f"9997{place:08d}", phone="", by=by)
        people.create_account(person, username=username, password=PASSWORD, must_change=False, by=by)
        unit = units.at(f"{city.code if where == 'city' else communes[0].code}.{body}")
        people.give_post(person, unit=unit, role=role, title="Chuyên viên", starts_on=_ago(650), by=by)
    held = _sessions(units.body_of(city, "council"), by)
    _meetings(communes, held)
    # Petitions have their place in the load as number, whatever the year; what is recorded afterwards begins behind them.
    numbering.draw(records.REGISTER, unit=city, year=dates.today().year, count=rows)


def _sessions(council, by):
    opens = _opened(0)
    term = sessions.open_term(council, number=11, first_year=opens.year, last_year=opens.year + 5, opens_on=_opened(1), by=by)
    return [
        sessions.open_session(term, number=number, kind="thematic", opens_on=_opened(number), closes_on=_opened(number), by=by)
        for number in range(1, SESSIONS + 1)
    ]


def _meetings(communes, held):
    """Two meetings a commune before each session, their minutes made."""
    Meeting.objects.bulk_create(
        Meeting(
            commune=commune, session=session, phase=Phase.BEFORE, state=MeetingState.RECORDED, place=f"Nhà văn hóa khu {place}",
            held_on=session.opens_on - datetime.timedelta(days=20 + place), voters_total=60 + place, voters_women=25,
            changed_at=dates.now(),
        )
        for commune in communes for session in held for place in (1, 2)
    )  # fmt: skip


def is_founded():
    """Whether the city's people are there."""
    return Account.objects.filter(username=PEOPLE[0][0]).exists()


def read():
    """The City as it stands in the database."""
    area = units.at(CODE)
    communes = list(units.communes_of(area))
    offices = {office.area_id: office for office in Unit.objects.filter(area__in=communes, kind="council_office")}
    meetings = {}
    for meeting in Meeting.objects.filter(commune__in=communes).order_by("pk"):
        meetings.setdefault((meeting.commune_id, meeting.session_id), []).append(meeting)
    return recipe.City(
        area=area,
        communes=communes,
        offices=[offices[commune.pk] for commune in communes],
        office=_office(area),
        bodies={code: units.at(f"{CODE}.{code}") for code in words.bodies()},
        fields={field.code: field for field in Field.objects.all()},
        sessions=list(CouncilSession.objects.filter(council__area=area).order_by("number").select_related("council")),
        meetings=meetings,
        rule=law.rule(transfers.RULE, dates.today(), area),
    )


def actor(username):
    """One of the city's people, as signed in."""
    return acting.actor_for(Account.objects.get(username=username))


def _office(area):
    return units.at(f"{area.code}.VPHDND")


def _opened(number):
    """The day of a session; the last one opens in two weeks."""
    return dates.today() + datetime.timedelta(days=14 - APART * (SESSIONS - number))


def _ago(days):
    return dates.today() - datetime.timedelta(days=days)
