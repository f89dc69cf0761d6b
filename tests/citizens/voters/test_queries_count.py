"""Lists cost the same number of statements with one row and with many, and htmx gets the same part as the whole page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.citizens.voters import actions, counting, queries
from hoidong.citizens.voters.models import Meeting, Petition
from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates

MARK = "Quýtđấm"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.mark.parametrize(("username", "most"), [("xa", 18), ("chuyenvien", 18), ("soxaydung", 17)])
def test_the_worklist_costs_the_same_for_one_row_and_for_three(write, hand_up, send, signed_in, cost, username, most):
    made = write(*(f"Đề nghị sửa đường {MARK}{place} đã hỏng nhiều năm." for place in range(3)))
    hand_up(made)
    send(made)
    client = signed_in(username)
    one, three = (cost(client, f"/cu-tri/kien-nghi/?xem=all&tu-khoa={MARK}{only}") for only in ("1", ""))
    assert one == three <= most


def test_the_worklist_costs_the_same_for_25_50_and_100_rows(write, signed_in, cost):
    write(*(f"Đề nghị sửa đường {MARK} số {place} đã hỏng." for place in range(110)))
    client = signed_in("xa")
    costs = set()
    for size in ("25", "50", "100"):
        address = f"/cu-tri/kien-nghi/?xem=new&dong={size}&tu-khoa={MARK}"
        costs.add(cost(client, address))
        assert client.get(address).content.decode().count("data-row") == int(size)
    assert len(costs) == 1


def test_pages_follow_each_other_without_gap_or_repeat(write, signed_in):
    import re

    made = write(*(f"Đề nghị sửa đường {MARK} số {place} đã hỏng." for place in range(60)))
    client, address, seen = signed_in("xa"), f"/cu-tri/kien-nghi/?xem=new&tu-khoa={MARK}", []
    while address:
        page = client.get(address).content.decode()
        seen += [int(key) for key in re.findall(r'href="/cu-tri/kien-nghi/(\d+)/" data-open-row', page)]
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/cu-tri/kien-nghi/{following.group(1)}".replace("&amp;", "&") if following else ""
    assert seen == sorted((petition.pk for petition in made), reverse=True)


@pytest.mark.parametrize("username", ["chuyenvien", "soxaydung", "xa"])
def test_the_desk_costs_the_same_for_one_late_petition_and_for_three(
    write, hand_up, send, actor, these, signed_in, cost, username
):
    client, costs = signed_in(username), []
    Petition.objects.filter(due_on__lt=dates.today()).update(due_on=None)
    made = write(*(f"Đề nghị sửa đường {MARK} số {place}." for place in range(3)))
    hand_up(made)
    send(made)
    for count in (1, 3):
        these(made[:count]).update(due_on=dates.today() - datetime.timedelta(days=9))
        costs.append(cost(client, "/ban-lam-viec/"))
        assert client.get("/ban-lam-viec/").content.decode().count("hd-row-title") >= count
    assert costs[0] == costs[1] <= 20


def test_a_record_costs_the_same_with_one_place_and_with_three(write, hand_up, send, actor, these, signed_in, cost):
    made = write(*(f"Đề nghị sửa đường {MARK} số {place}." for place in range(4)), speaker="Ông Thử")
    hand_up(made, classified=False)
    client, costs = signed_in("chuyenvien"), []
    for repeats in (made[1:2], made[1:]):
        actions.merge(made[0], these(repeats).filter(state="handed_up"), by=actor("chuyenvien"))
        costs.append(cost(client, f"/cu-tri/kien-nghi/{made[0].pk}/"))
    assert costs[0] == costs[1] <= 30


def test_letters_and_a_letter_cost_the_same_for_one_row_and_for_three(write, hand_up, send, signed_in, cost):
    client, costs = signed_in("soxaydung"), {"list": [], "one": []}
    from hoidong.citizens.voters.models import TransferItem, TransferLetter

    TransferItem.objects.all().delete()
    TransferLetter.objects.all().delete()
    for count, letters in ((1, 1), (3, 2)):
        for _letter in range(letters):
            made = write(*(f"Đề nghị sửa đường {MARK} số {place}." for place in range(count)))
            hand_up(made)
            letter = send(made, with_paper=False)
        costs["list"].append(cost(client, "/cu-tri/van-ban-chuyen/"))
        costs["one"].append(cost(client, f"/cu-tri/van-ban-chuyen/{letter.pk}/"))
    assert TransferLetter.objects.count() == 3
    assert costs["list"][0] == costs["list"][1] <= 11
    assert costs["one"][0] == costs["one"][1] <= 16


def test_meetings_and_a_meeting_cost_the_same_for_one_row_and_for_three(actor, signed_in, cost):
    clerk, client, costs = actor("xa2"), signed_in("xa2"), {"list": [], "one": []}
    for count, rows in ((1, 1), (2, 3)):
        for _meeting in range(count):
            meeting = actions.open_meeting(
                Meeting(
                    commune=clerk.unit.area, session=sessions.current_session(clerk), held_on=dates.today(), place="Nhà văn hóa"
                ),
                by=clerk,
            )
        actions.save_opinions(meeting, [{"place": place, "text": "Ý kiến"} for place in range(1, rows + 1)], by=clerk)
        costs["list"].append(cost(client, "/cu-tri/hoi-nghi/"))
        costs["one"].append(cost(client, f"/cu-tri/hoi-nghi/{meeting.pk}/"))
    assert Meeting.objects.filter(commune=clerk.unit.area).count() == 3
    assert costs["list"][0] == costs["list"][1] <= 11
    assert costs["one"][0] == costs["one"][1] <= 11


def test_search_costs_the_same_for_one_hit_and_for_three(write, signed_in, cost):
    write(*(f"Đề nghị sửa đường {MARK} lần{place}." for place in range(3)))
    client = signed_in("xa")
    one, three = cost(client, f"/tim/?q={MARK} lần1"), cost(client, f"/tim/?q={MARK}")
    assert one == three <= 13


def test_the_report_costs_the_same_for_one_petition_and_for_three(actor, write, hand_up, send, these, signed_in, cost):
    from hoidong.citizens.voters.models import Field

    client, costs = signed_in("chuyenvien"), []
    made = write(*(f"Đề nghị sửa đường {MARK} số {place}." for place in range(3)))
    hand_up(made)
    session, old = sessions.current_session(actor("xa")), sessions.sessions_for(actor("xa")).last()
    Petition.objects.update(session=old)
    for place, petition in enumerate(made):
        these([petition]).update(field=Field.objects.order_by("pk")[place])
    for count in (1, 3):
        these(made[:count]).update(session=session)
        costs.append(cost(client, f"/cu-tri/bao-cao/?ky-hop={session.pk}"))
    assert costs[0] == costs[1] <= 16


def test_an_export_costs_the_same_for_one_row_and_for_three(write, signed_in, cost):
    write(*(f"Đề nghị sửa đường {MARK}{place}." for place in range(3)))
    client = signed_in("xa")
    one, three = (cost(client, f"/cu-tri/kien-nghi/xuat/?xem=all&tu-khoa={MARK}{only}") for only in ("1", ""))
    assert one == three <= 12


def test_moving_three_petitions_takes_as_many_statements_as_moving_one(write, actor, these):
    costs = []
    for count in (1, 3):
        made = write(*(f"Đề nghị sửa đường {MARK} số {place}." for place in range(count)))
        with CaptureQueriesContext(connection) as captured:
            actions.hand_up(these(made), by=actor("xa"))
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_every_view_of_the_worklist_is_counted_in_one_statement(actor):
    petitions, views = queries.petitions_for(actor("chuyenvien")), queries.views_for(actor("chuyenvien"), dates.today())
    with CaptureQueriesContext(connection) as captured:
        counting.counts_of(petitions, views)
    assert len(captured) == 1


@pytest.mark.parametrize(("username", "address"), [
    ("chuyenvien", "/cu-tri/kien-nghi/?xem=all"), ("chuyenvien", "/cu-tri/kien-nghi/?xem=late"), ("xa", "/cu-tri/kien-nghi/?xem=new&tu-khoa=khongcogi"),
    ("soxaydung", "/cu-tri/kien-nghi/?xem=taken"), ("xa", "/cu-tri/hoi-nghi/"), ("xa2", "/cu-tri/hoi-nghi/"),
    ("soxaydung", "/cu-tri/van-ban-chuyen/"), ("chuyenvien", "/hoi-dong/ky-hop/"), ("chuyenvien", "/tim/?q=đường"),
])  # fmt: skip
def test_what_htmx_gets_is_that_part_of_the_whole_page(signed_in, username, address):
    client = signed_in(username)
    part = client.get(address, **HTMX).content.decode().strip()
    whole = client.get(address).content.decode()
    assert part.startswith("<div id=")
    assert part in whole


def test_a_letter_by_htmx_is_that_part_of_its_page(signed_in, actor):
    client = signed_in("soxaydung")
    address = f"/cu-tri/van-ban-chuyen/{queries.letters_for(actor('soxaydung')).first().pk}/"
    assert client.get(address, **HTMX).content.decode().strip() in client.get(address).content.decode()


@pytest.mark.parametrize("asked", [
    "trang=%00", "trang=WyJuIiwieCJd", "trang=WyJuIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0", "tu-khoa=%00", "noi-neu=²", "ky-hop=²", "noi-neu=99999999999999999999",
    "linh-vuc=9999999999999999999999", "xem=zzz", "dong=-1", "dong=²", "ket-qua=zzz", "tinh-trang='", "co-quan=0", "trang=////", "trang=đđđ",
])  # fmt: skip
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(signed_in, asked):
    client = signed_in("chuyenvien")
    assert client.get(f"/cu-tri/kien-nghi/?{asked}").status_code == 200
    assert client.get(f"/cu-tri/kien-nghi/xuat/?xem=late&{asked}").status_code == 200
    assert client.get(f"/cu-tri/hoi-nghi/?{asked}").status_code == 200
    assert client.get(f"/cu-tri/van-ban-chuyen/?{asked}").status_code == 200


@pytest.mark.parametrize("chosen", ["²", "99999999999999999999999", "x", ""])
def test_a_choice_that_makes_no_sense_is_not_there(signed_in, chosen):
    assert signed_in("chuyenvien").get("/cu-tri/kien-nghi/viec/classify/", {"chon": chosen}).status_code == 404
    assert signed_in("chuyenvien").get(f"/cu-tri/bao-cao/?ky-hop={chosen}").status_code in (200, 404)


def test_a_place_that_raised_a_petition_twice_counts_it_once(write, hand_up, actor, these, signed_in):
    from hoidong.citizens.voters.pages import filters

    made = write(f"Đề nghị sửa đường {MARK}.", f"Đường {MARK} hỏng, đề nghị sửa.")
    hand_up(made, classified=False)
    actions.merge(made[0], these(made), by=actor("chuyenvien"))
    by = actor("chuyenvien")
    condition, _chips = filters.read({"noi-neu": str(actor("xa").unit.area_id), "tu-khoa": MARK}, by)
    views = queries.views_for(by, dates.today())
    found = queries.petitions_for(by).filter(condition)
    assert counting.counts_of(found, views)["all"] == 1
    assert len(queries.worklist(by, view=views[-1], filters=condition)) == 1
