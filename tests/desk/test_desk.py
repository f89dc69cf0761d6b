"""The desk of each role: only what is one's own, and each number is that of the list behind its link."""

import datetime
import re

import pytest

from hoidong.citizens.voters import counting, queries
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel.base import dates
from hoidong.kernel.people.models import Post

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/"
WORKERS = ("xa", "xa2", "chuyenvien", "lanhdao", "thuongtruc", "soxaydung", "sonongnghiep", "phongxa")
IDLE = ("quantri", "quantrixa", "hethong")


def count_of(client, address):
    """How many petitions the list at an address holds, by its current tab; 0 for an empty list."""
    words = client.get(address).content.decode()
    current = re.search(r'aria-current="page">[^<]*<span class="hd-num[^"]*">([\d.]+)(\+?)</span>', words)
    return int(current.group(1).replace(".", ""))


@pytest.fixture
def due_soon(actor):
    """Of what the departments have, some is late and some due in three days."""
    sent = list(Petition.objects.filter(state__in=(S.SENT, S.TAKEN)).order_by("pk"))
    for place, petition in enumerate(sent):
        day = dates.today() + datetime.timedelta(days=3 if place % 2 else -3)
        Petition.objects.filter(pk=petition.pk).update(due_on=day)
    return sent


@pytest.mark.parametrize("username", WORKERS)
def test_each_number_of_the_desk_is_that_of_the_list_behind_it(due_soon, signed_in, username):
    client = signed_in(username)
    words = client.get(DESK).content.decode()
    lines = re.findall(r'<li><a href="([^"]+\?xem=[a-z_]+)"><b class="hd-num">\s*(?:<span[^>]*>)?([\d.]+)', words)
    if username in ("chuyenvien", "soxaydung", "xa"):
        assert lines
    for address, number in lines:
        assert count_of(client, address) == int(number.replace(".", "")), address


@pytest.mark.parametrize("username", WORKERS)
def test_what_is_late_and_due_is_of_ones_own_and_leads_to_lists_that_hold_it(due_soon, signed_in, actor, username):
    client, by = signed_in(username), actor(username)
    words = client.get(DESK).content.decode()
    shown = {int(key) for key in re.findall(r'class="hd-row-title" href="/cu-tri/kien-nghi/(\d+)/"', words)}
    assert shown <= set(queries.petitions_for(by).values_list("pk", flat=True))
    late, due = queries.late_rows(by, limit=1000), queries.due_rows(by, limit=1000)
    if username in ("chuyenvien", "soxaydung"):
        assert late
        assert due
    if late:
        assert count_of(client, "/cu-tri/kien-nghi/?xem=late") == len(late)
    if due:
        assert "?xem=soon" in words
        assert count_of(client, "/cu-tri/kien-nghi/?xem=soon") == len(due)


@pytest.mark.parametrize("username", ["chuyenvien", "soxaydung", "xa"])
def test_each_part_of_the_bar_is_as_long_as_the_list_behind_it(signed_in, username):
    client = signed_in(username)
    page = client.get(DESK)
    assert page.context["parts"]
    for part in page.context["parts"]:
        assert count_of(client, part.url) == part.value, part.label
    assert count_of(client, page.context["all_url"]) == page.context["split"]["total"]


@pytest.mark.parametrize("username", IDLE)
def test_people_without_petitions_find_no_number_and_no_door_to_them(signed_in, username):
    page = signed_in(username).get(DESK)
    words = page.content.decode()
    assert page.status_code == 200
    assert "/cu-tri/kien-nghi/" not in words
    assert "Không có việc nào chờ" in words


def test_counts_that_were_cut_say_that_there_are_more(signed_in, actor, monkeypatch, due_soon):
    monkeypatch.setattr(counting, "COUNT_CAP", 2)
    client = signed_in("chuyenvien")
    desk = client.get(DESK).content.decode()
    assert "2+ kiến nghị quá hạn" in " ".join(re.sub(r"<[^>]+>", "", desk).split())
    words = client.get("/cu-tri/kien-nghi/?xem=all").content.decode()
    assert "Xuất 2+ dòng" in words
    assert re.search(r"\d+ dòng trong 2\+", words)
    assert ">2+</span>" in words


def test_counts_that_are_whole_say_no_more(signed_in):
    words = signed_in("chuyenvien").get("/cu-tri/kien-nghi/?xem=all").content.decode()
    assert not re.search(r"Xuất [\d.]+\+ dòng|dòng trong [\d.]+\+", words)


def test_strangers_are_led_to_the_portal_and_officials_to_their_desk(client, signed_in, db):
    assert client.get("/").url == "/cong/"
    assert client.get(DESK).status_code == 302
    assert signed_in("xa").get("/").url == DESK


def test_the_server_says_that_it_is_well_to_anybody(client, db):
    answer = client.get("/khoe/")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_one_works_in_another_of_ones_own_posts_and_in_nobody_elses(signed_in, actor):
    second = Post.objects.create(
        person=actor("xa").person,
        unit=actor("soxaydung").unit,
        role="body_officer",
        title="Chuyên viên",
        starts_on=dates.today(),
    )
    client = signed_in("xa")
    assert client.post(f"{DESK}chuc-vu/", {"post": actor("chuyenvien").post.pk}).status_code == 404
    assert client.post(f"{DESK}chuc-vu/", {"post": "x"}).status_code == 404
    assert client.get(f"{DESK}chuc-vu/").status_code == 405
    assert client.post(f"{DESK}chuc-vu/", {"post": second.pk}).status_code == 302
    other = queries.petitions_for(actor("soxaydung")).first()
    assert client.get(f"/cu-tri/kien-nghi/{other.pk}/").status_code == 200


def test_a_post_that_ended_gives_no_desk_any_more(signed_in, actor):
    post = actor("xa").post
    client = signed_in("xa")
    assert "?xem=" in client.get(DESK).content.decode()
    post.ends_on = dates.today() - datetime.timedelta(days=1)
    post.starts_on = post.ends_on - datetime.timedelta(days=9)
    post.save()
    page = client.get(DESK)
    assert page.status_code == 200
    assert "/cu-tri/kien-nghi/" not in page.content.decode()
    assert client.get("/cu-tri/kien-nghi/").status_code == 404


def test_a_deputy_finds_the_constituency_and_each_number_is_that_of_its_list(due_soon, signed_in):
    client = signed_in("daibieu")
    words = client.get(DESK).content.decode()
    lines = re.findall(r'<li><a href="(/cu-tri/dai-bieu/\?xem=[a-z_]+)"><b class="hd-num">\s*(?:<span[^>]*>)?([\d.]+)', words)
    assert lines
    for address, number in lines:
        assert count_of(client, address) == int(number.replace(".", "")), address
    assert "/cu-tri/kien-nghi/" not in words


def test_who_holds_a_late_petition_urges_from_the_desk_and_the_commune_only_looks(due_soon, signed_in, actor):
    assert "/cu-tri/kien-nghi/viec/urge/?chon=" in signed_in("chuyenvien").get(DESK).content.decode()
    assert "/cu-tri/kien-nghi/viec/urge/?chon=" not in signed_in("xa").get(DESK).content.decode()
