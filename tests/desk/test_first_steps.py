"""The desk of a new office says what comes first, to each role what is its own; it says so no longer when that is done."""

import datetime
import re

import pytest
from django.db import connection

from hoidong.council.meetings.models import CouncilSession
from hoidong.desk import first_steps
from hoidong.kernel.base import dates
from hoidong.kernel.people import Actor, actions
from hoidong.kernel.units import founding
from hoidong.kernel.units import queries as units
from hoidong.kernel.units.models import Unit

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/"


@pytest.fixture
def ward():
    """A ward whose office has just been founded: bodies by law, nobody in them."""
    ward = Unit.objects.filter(kind="ward", parent__code="01", has_council=True).order_by("code").last()
    founding.create_bodies_by_law(ward, by=Actor.system())
    return ward


@pytest.fixture
def newcomer(ward, signed_in):
    """`newcomer("clerk", "council_office")`: the client of somebody with a first post there."""

    def come(role, kind):
        by = Actor.system()
        person = actions.add_person(full_name="Đinh Thị Mới", by=by)
        actions.create_account(person, username=f"moi{role}", password="con-suoi-nho-xanh", must_change=False, by=by)
        start = dates.today() - datetime.timedelta(days=1)
        actions.give_post(person, unit=units.body_of(ward, kind), role=role, title="Chuyên viên", starts_on=start, by=by)
        return signed_in(f"moi{role}")

    return come


def steps_of(client):
    """{title: (done, addresses)} as the desk shows them; each address opens."""
    found = {}
    page = client.get(DESK).content.decode().partition('<ol class="dk-steps">')[2].partition("</ol>")[0]
    for item in page.split("<li")[1:]:
        title = re.sub(r"<[^>]+>", "", re.search(r"<h3>(.*?)</h3>", item)[1]).strip()
        addresses = re.findall(r'<a [^>]*href="([^"]+)"', item)
        assert {client.get(address).status_code for address in addresses} <= {200}, addresses
        found[title.removeprefix("Đã xong: ")] = ("is-done" in item, addresses)
    return found


def test_a_new_administrator_is_led_to_the_people(newcomer):
    steps = steps_of(newcomer("unit_admin", "council_office"))
    assert steps == {
        "Thêm người dùng": (False, ["/du-lieu/people.roster/", "/quan-tri/nguoi-dung/moi/"]),
        "Lập kỳ họp": (True, []),
    }


def test_a_new_clerk_is_led_to_plan_meetings_and_petitions(newcomer):
    steps = steps_of(newcomer("clerk", "council_office"))
    assert list(steps) == ["Lập kỳ họp", "Lập kế hoạch tiếp xúc cử tri", "Đưa kiến nghị vào"]
    assert steps["Đưa kiến nghị vào"] == (False, ["/du-lieu/", "/cu-tri/hoi-nghi/moi/", "/cu-tri/kien-nghi/moi/"])


def test_without_any_session_that_comes_first(newcomer):
    with connection.cursor() as cursor:  # what stands on sessions in the demo goes with them, undone with the test
        cursor.execute(f"SET LOCAL session_replication_role = replica; DELETE FROM {CouncilSession._meta.db_table}")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert steps_of(newcomer("clerk", "council_office"))["Lập kỳ họp"] == (False, ["/hoi-dong/ky-hop/"])


@pytest.mark.parametrize(
    ("role", "kind", "addresses"),
    [("deputy", "council", ["/thong-bao/tuy-chon/", "/cu-tri/lich-cua-toi/"]), ("body_officer", "peoples_committee", ["/thong-bao/tuy-chon/"])],
)  # fmt: skip
def test_who_is_only_told_of_things_is_led_to_how(newcomer, role, kind, addresses):
    assert steps_of(newcomer(role, kind)) == {"Chọn cách được báo": (False, addresses)}


@pytest.mark.parametrize("username", ["chuyenvien", "xa", "soxaydung", "daibieu", "quantri", "quantrixa", "hethong"])
def test_an_office_at_work_is_told_nothing_of_a_beginning(signed_in, actor, username):
    assert steps_of(signed_in(username)) == {}
    assert first_steps.steps(actor(username)) == []
