"""The small demo: six communes of one city and what their voters said, at every station of its way."""

import datetime
import random
from functools import cache
from pathlib import Path

import yaml
from django.db import transaction

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Field, Meeting, Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.council.meetings import actions as sessions
from hoidong.council.meetings import queries as session_queries
from hoidong.kernel import people as kernel_people
from hoidong.kernel.base import dates
from hoidong.kernel.units import founding
from hoidong.kernel.units import queries as units

from . import people, rounds

COMMUNES = 6
SESSIONS = 3


@cache
def texts():
    """The words of the demo."""
    return yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))


def ago(days):
    """The day so many days before today."""
    return dates.today() - datetime.timedelta(days=days)


@transaction.atomic
def load(count=SESSIONS):
    """Units, people, `count` sessions, petitions. Raises if something of it is there already."""
    system = kernel_people.Actor.system()
    city, communes = units.at(people.CITY), people.communes(COMMUNES)
    founding.create_bodies_by_law([city, *communes], by=system, on=ago(400))
    people.add_all(communes, by=system)
    session = open_sessions(units.body_of(city, "council"), count, by=system)
    fields = {field.code: field for field in Field.objects.all()}
    record_meetings(communes, session)
    rounds.load(communes, session)
    petitions = record_petitions(communes, session, fields)
    carry_on(petitions, fields, city)


def open_sessions(council, count, *, by):
    """The council's term with its sessions, the last one in two weeks; it is returned."""
    days = [(240, 1), (135, 2), (-15, 2)] if count == 3 else [(38 * (count - 1 - place) - 15, 1) for place in range(count)]
    first = days[0][0]
    term = sessions.open_term(
        council, number=17, first_year=ago(first).year, last_year=ago(first).year + 5, opens_on=ago(first), by=by
    )
    place = "Hội trường thành phố"
    for number, (opens, length) in enumerate(days, start=1):
        session = sessions.open_session(
            term, number=number, kind="regular", opens_on=ago(opens), closes_on=ago(opens - length), place=place, by=by
        )
    return session


def record_meetings(communes, session):
    """In the first commune a meeting with minutes, and one that is still being written."""
    clerk = people.actor("xa")
    opinions = texts()["opinions"]
    for held, taken in ((12, True), (1, False)):
        meeting = actions.open_meeting(
            Meeting(
                commune=communes[0], session=session, phase=Phase.BEFORE, held_on=ago(held), starts_at=datetime.time(8, 0),
                place="Nhà văn hóa thôn Đông", chair="Ông Nguyễn Văn Khoát, Chủ tịch Ủy ban MTTQ Việt Nam xã",
                secretary="Bà Nguyễn Thị Bích Hằng", deputies_present="Bà Ngô Thị Kim Oanh; Ông Vũ Đình Khải",
                voters_total=86, voters_women=41,
            ),
            by=clerk,
        )  # fmt: skip
        rows = [{"place": place, **row} for place, row in enumerate(opinions if taken else opinions[:2], start=1)]
        actions.save_opinions(meeting, rows, by=clerk)
        if taken:
            made = actions.make_minutes(meeting, by=clerk)
            keys = [petition.pk for petition in made if petition.level != "commune"]
            actions.hand_up(Petition.objects.filter(pk__in=keys), by=clerk, on=ago(10))


def record_petitions(communes, session, fields):
    """Each text of the demo in the first commune that takes it, some repeated elsewhere. Returns the petitions."""
    chance = random.Random(7)
    made = []
    for place, commune in enumerate(communes):
        rows = texts()["petitions"][place::COMMUNES] + (texts()["petitions"][:2] if place < 3 else [])
        drafts = [
            actions.Draft(
                text=row["text"], voters=row["voters"], hamlet=chance.choice(["Thôn Đông", "Thôn Đoài", "Thôn Thượng", ""]),
                raised_on=ago(131 - place), field=fields.get(row["field"]),
            )
            for row in rows
        ]  # fmt: skip
        made += actions.record_petitions(
            drafts, office=commune, session=session, phase=Phase.BEFORE, source=Source.LETTER, received_on=ago(130 - place),
            by=people.office_of(commune),
        )  # fmt: skip
    return made


def carry_on(petitions, fields, city):
    """Hand up, classify, transfer, answer, judge: each a part of what there was before, so that every desk has work."""
    officer, second = people.actor("chuyenvien"), people.actor("chuyenvien2")
    by_text = {row["text"]: row for row in texts()["petitions"]}
    handed = petitions[:-2]
    for commune in {petition.commune_id: petition.commune for petition in handed}.values():
        own = _these([one for one in handed if one.commune_id == commune.pk])
        actions.hand_up(own, by=people.office_of(commune), on=ago(120))
    classified = handed[: len(handed) * 4 // 5]
    for petition in classified:
        row = by_text[petition.text]
        body = units.at(f"{city.code}.{row['body']}")
        actions.classify(_these([petition]), by=officer, field=fields.get(row["field"]), level="province", body=body)
    repeats = [one for one in classified if "trục chính" in one.text]
    actions.merge(repeats[0], _these(repeats), by=officer)
    ready = list(_these(classified).filter(state=S.CLASSIFIED).order_by("pk"))
    _transfer_and_answer(ready[:-4], officer, second)


def _transfer_and_answer(petitions, officer, second):
    """The older batch is answered, judged and partly closed; of the newer one some answers are late, some still due."""
    older, newer = petitions[: len(petitions) * 2 // 3], petitions[len(petitions) * 2 // 3 :]
    for batch, days in ((older, 105), (newer, 20)):
        for body in sorted({one.body_id for one in batch}):
            part = _these([one for one in batch if one.body_id == body])
            actions.transfer(
                part,
                issuer=officer.unit,
                issued_on=ago(days),
                signer="Đỗ Thị Thanh Xuân",
                signer_title="TL. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHÁNH VĂN PHÒNG",
                by=officer,
            )
    for place, petition in enumerate(_these(older).select_related("body").order_by("pk")):
        if place % 4 == 3:
            continue  # nobody answered: it is late
        body = people.officer_of(petition.body)
        actions.take(_these([petition]), by=body)
        words = texts()["answers"][place % len(texts()["answers"])]
        promised = dates.today() + datetime.timedelta(days=words["days"]) if "days" in words else None
        reply = actions.Reply(
            words=words["text"],
            result=words["result"],
            promised_on=promised,
            letter_number=f"{1200 + place}/TL-VP",
            letter_date=ago(30),
        )
        actions.answer(_these([petition]), reply=reply, by=body, on=ago(30))
        if place % 3:
            actions.assess(_these([petition]), verdict="full", by=second, on=ago(20))
            if not words["result"].startswith("working"):
                actions.close(_these([petition]), by=second, on=ago(15))


def _these(petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])


def current_session():
    """The session the demo works for."""
    return session_queries.current_session(units.body_of(units.at(people.CITY), "council"))
