"""A petition in any state, people of any role, and what a page or an export says."""

import datetime
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo import people
from hoidong.citizens.voters import actions, mirrors
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import Phase, S, Source
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates
from tests.kernel.outbox.real import office_place, place  # noqa: F401

LONG_AGO = dates.today() - datetime.timedelta(days=40)  # late: urging is open too


def _write(*texts, at="xa", **more):
    clerk = people.actor(at)
    return actions.record_petitions(
        [actions.Draft(text=text, **more) for text in texts], office=clerk.unit.area, session=sessions.current_session(clerk),
        phase=Phase.BEFORE, source=Source.LETTER, by=clerk,
    )  # fmt: skip


def _these(petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])


def _hand_up(petitions, *, body="soxaydung", classified=True, at="xa"):
    actions.hand_up(_these(petitions), by=people.actor(at))
    if classified:
        field = Petition.objects.exclude(field=None).first().field
        actions.classify(
            _these(petitions), by=people.actor("chuyenvien"), field=field, level="province", body=people.actor(body).unit
        )
    return _these(petitions)


def _send(petitions, by="chuyenvien", **more):
    return actions.transfer(
        _these(petitions), issuer=people.actor(by).unit, issued_on=dates.today(), signer="Đỗ Thị Thanh Xuân",
        signer_title="PHÓ CHÁNH VĂN PHÒNG", by=people.actor(by), **more,
    )  # fmt: skip


@pytest.fixture
def write(db):
    """`write("words", …)`: petitions written down by a commune's clerk; `at="xa2"` by another one's."""
    return _write


@pytest.fixture
def these():
    """`these(petitions)`: the same as a queryset, as actions take them."""
    return _these


@pytest.fixture
def hand_up(db):
    """`hand_up(petitions)`: up to the city, classified for the department of construction."""
    return _hand_up


@pytest.fixture
def send(db):
    """`send(petitions)`: out to their body with a letter, signed today."""
    return _send


@pytest.fixture(scope="module")
def sent_story(shared_office):
    """`sent_story("words", speaker=…)`: (petition, its letter), gone out to the department of construction, for all tests of a file."""

    def tell(text, **more):
        petition = _write(text, **more)[0]
        _hand_up([petition])
        return petition, _send([petition])

    return tell


@pytest.fixture
def put(write, actor):
    """`put("sent")`: a petition of the first commune in this state, for the department of construction, by SQL: tests only.

    The state is written past the moves, with the word the trigger waits for, and everything a petition there has with it.
    """
    petition = write("Đề nghị sửa cầu Đông bắc qua kênh đã gãy lan can từ năm ngoái.")[0]
    body, city = actor("soxaydung").unit, actor("chuyenvien").unit.area

    def into(state):
        master = Petition.objects.exclude(pk=petition.pk).filter(state=S.CLASSIFIED).first()
        judged, gone = state in (S.ANSWERED, S.CARRIED, S.CLOSED), state in (S.SENT, S.TAKEN, S.ANSWERED, S.CARRIED, S.CLOSED)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
            Petition.objects.filter(pk=petition.pk).update(
                state=state, body=body, field=master.field, office=actor("xa").unit.area if state == S.NEW else city,
                handed_up_on=None if state == S.NEW else dates.today(), sent_on=LONG_AGO if gone else None, due_on=LONG_AGO if gone else None,
                merged_into=master if state == S.MERGED else None,
                verdict="full" if judged else "", result="explained" if judged else "",
            )  # fmt: skip
            cursor.execute("SELECT set_config('hoidong.move', '', true)")
        mirrors.refresh([petition.pk], by=actor("chuyenvien"))
        return Petition.objects.get(pk=petition.pk)

    return into


@pytest.fixture
def give_post(actor):
    """`give_post("daibieu", unit, "committee")`: this person works in this role at this unit and nowhere else."""

    def give(username, unit, role):
        post = actor(username).post
        post.unit, post.role = unit, role
        post.save()
        return actor(username)

    return give


@pytest.fixture
def cost():
    """`cost(client, address)`: how many statements a page takes, once session and calendar are warm."""

    def cost(client, address, **more):
        client.get(address, **more)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, **more).status_code == 200
        return len(captured)

    return cost


def said(content):
    """All the words of an answer; a packed file (XLSX, DOCX) is opened."""
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
