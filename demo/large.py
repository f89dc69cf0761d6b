"""The large demo: every commune of the city, one term of sessions, tens of thousands of petitions, through the actions."""

import random
import time

from django.db import transaction

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Field, Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.kernel import people as kernel_people
from hoidong.kernel.units import founding
from hoidong.kernel.units import queries as units

from . import people, story

BATCH = 500


def load(wanted, *, say):
    """Fill up to `wanted` petitions. A second run goes on where the first one ended."""
    system = kernel_people.Actor.system()
    city = units.at(people.CITY)
    communes = list(units.communes_of(city))
    founding.create_bodies_by_law([city, *communes], by=system, on=story.ago(400))
    session = story.current_session()
    fields = {field.code: field for field in Field.objects.all()}
    chance, started, there = random.Random(20), time.monotonic(), Petition.objects.count()
    while there < wanted:
        commune = communes[there // BATCH % len(communes)]
        _one_batch(commune, city, session, fields, min(BATCH, wanted - there), chance)
        there = Petition.objects.count()
        say(f"    {there} of {wanted} petitions, {time.monotonic() - started:.0f} s")


@transaction.atomic
def _one_batch(commune, city, session, fields, count, chance):
    """Petitions of one commune: recorded, most handed up, classified, transferred, answered."""
    words, clerk = story.texts()["large"], people.office_of(commune)
    officer = people.actor("chuyenvien")
    days = chance.randint(40, 160)
    topics = [chance.choice(words["topics"]) for _place in range(count)]
    drafts = [
        actions.Draft(
            text=f"{topic['text'].format(place=chance.choice(words['places']))}. {chance.choice(words['details'])}",
            voters=chance.choice((1, 1, 3, 8, 20, 45)), raised_on=story.ago(days + 2), field=fields.get(topic["field"]),
        )
        for topic in topics
    ]  # fmt: skip
    made = actions.record_petitions(
        drafts, office=commune, session=session, phase=chance.choice((Phase.BEFORE, Phase.AFTER)), source=Source.SHEET,
        received_on=story.ago(days), by=clerk,
    )  # fmt: skip
    up = made[: count * 9 // 10]
    actions.hand_up(_these(up), by=clerk, on=story.ago(days - 3))
    bodies = {}
    for petition, topic in zip(up[: count * 8 // 10], topics, strict=False):
        bodies.setdefault((topic["body"], topic["field"]), []).append(petition)
    for (body, field), part in bodies.items():
        actions.classify(
            _these(part), by=officer, field=fields.get(field), level="province", body=units.at(f"{city.code}.{body}")
        )
    _transfer(made[0].pk, made[-1].pk, days, chance, officer)


def _transfer(first, last, days, chance, officer):
    sent = Petition.objects.filter(pk__range=(first, last), state=S.CLASSIFIED)
    for body in sorted(set(sent.values_list("body", flat=True))):
        batch = sent.filter(body=body)
        keys = list(batch.values_list("pk", flat=True))
        actions.transfer(
            batch, issuer=officer.unit, issued_on=story.ago(days - 6), signer="Đỗ Thị Thanh Xuân", signer_title="PHÓ CHÁNH VĂN PHÒNG",
            by=officer, with_paper=False,
        )  # fmt: skip
        if chance.random() < 0.8:
            mine = Petition.objects.filter(pk__in=keys[: len(keys) * 7 // 8])
            words = chance.choice([one for one in story.texts()["answers"] if "days" not in one])
            answering = people.officer_of(units.get(body))
            actions.take(mine, by=answering)
            reply = actions.Reply(words=words["text"], result=words["result"])
            actions.answer(mine, reply=reply, by=answering, on=story.ago(days - 30))


def _these(petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])
