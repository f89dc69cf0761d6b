"""A voter follows a petition by the code on the slip: no account, no cookie, nothing that was not published."""

import pytest
from django.core.cache import cache

from hoidong.citizens.voters.models import Petition
from hoidong.kernel import publication
from hoidong.kernel.base.errors import NotAllowed
from hoidong.portal import pages

pytestmark = pytest.mark.django_db
CASE = "/cong/tra-cuu/{}/"
PAGES = ("/cong/", "/cong/tro-giup/", "/cong/tra-cuu/?ma=7F3K", "/cong/tra-cuu/CCCC-CCCC/")


@pytest.fixture(autouse=True)
def forgotten():
    """No wrong code was typed yet."""
    cache.clear()


def test_the_code_of_the_slip_leads_to_the_petition_without_an_account(client, write):
    petition = write("Đề nghị sửa cầu Đông gãy lan can.")[0]
    typed = petition.code.lower().replace("-", " ")
    page = client.get("/cong/tra-cuu/", {"ma": typed}, follow=True)
    assert page.status_code == 200
    words = page.content.decode()
    assert "Đề nghị sửa cầu Đông gãy lan can." in words
    assert petition.commune.name in words
    assert "Chưa được trả lời" in words


@pytest.mark.parametrize("address", [*PAGES, "known", "/cong/noi/00001/"])
def test_no_page_sets_a_cookie_or_loads_anything_from_elsewhere(client, write, address):
    import re

    code = write("Đề nghị sửa cầu Đông.")[0].code if address == "known" else ""
    page = client.get(CASE.format(code) if code else address)
    assert not page.cookies
    loaded = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', page.content.decode())
    assert not loaded
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "code", ["CCCC-CCCC", "AAAA-AAAA", "0000-0000", "7f3k94wd", "x", "a" * 300, "%00", "đơn-thư", "..", "' or 1=1 --"]
)
def test_wrong_codes_are_answered_alike(client, code):
    from urllib.parse import quote

    answer = client.get(CASE.format(quote(code, safe="")))
    assert answer.status_code == 404
    if len(code) < 20 and code.isprintable() and code != "%00":
        assert "Không có kiến nghị nào với mã" in answer.content.decode()


def test_withdrawn_and_unknown_are_the_same_page_but_for_the_code(client, write, actor):
    petition = write("Đề nghị sửa cầu Đông.")[0]
    publication.withdraw_many("voters.petition", [petition.pk], reason="Nhầm", by=actor("chuyenvien"))
    withdrawn = client.get(CASE.format(petition.code))
    unknown = client.get(CASE.format("CCCC-CCCC"))
    assert withdrawn.status_code == unknown.status_code == 404
    assert withdrawn.content.decode().replace(petition.code, "CCCC-CCCC") == unknown.content.decode()


def test_after_thirty_wrong_codes_a_machine_waits_in_vietnamese_and_others_do_not(client, write):
    petition = write("Đề nghị sửa cầu Đông.")[0]
    for _turn in range(pages.MISSES_ALLOWED):
        assert client.get(CASE.format("CCCC-CCCC")).status_code == 404
    for code in ("CCCC-CCCC", petition.code):  # right or wrong, the answer is the same
        slow = client.get(CASE.format(code))
        assert slow.status_code == 429
        assert "Chờ mười phút" in slow.content.decode()
        assert "sửa cầu Đông" not in slow.content.decode()
    assert client.get(CASE.format(petition.code), REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.get("/cong/").status_code == 200


def test_right_codes_are_never_counted(client, write):
    petition = write("Đề nghị sửa cầu Đông.")[0]
    for _turn in range(pages.MISSES_ALLOWED + 3):
        assert client.get(CASE.format(petition.code)).status_code == 200


def test_the_count_ends_with_the_ten_minutes(client, monkeypatch):
    import datetime

    from django.utils import timezone

    from hoidong.kernel.base import dates

    for _turn in range(pages.MISSES_ALLOWED):
        client.get(CASE.format("CCCC-CCCC"))
    assert client.get(CASE.format("CCCC-CCCC")).status_code == 429
    later = timezone.now() + datetime.timedelta(minutes=11)
    monkeypatch.setattr(dates, "now", lambda: later)
    assert client.get(CASE.format("CCCC-CCCC")).status_code == 404


def test_codes_say_nothing_of_number_day_or_place_and_cannot_be_guessed(write):
    made = write(*(f"Đề nghị sửa cầu số {place}." for place in range(60)))
    codes = [petition.code.replace("-", "") for petition in made]
    assert codes != sorted(codes)
    assert all(publication.CODE.match(petition.code) for petition in made)
    # Each place of a code takes many letters: nothing in it stays the same or counts up with the number.
    assert all(len({code[place] for code in codes}) > 12 for place in range(8))
    letters = len(set("".join(publication.new_codes(400)).replace("-", "")))
    assert letters**8 > 5 * 10**10
    assert not {str(petition.number) for petition in made if petition.number > 99} & {code[:3] for code in codes}


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Gõ mã ghi trên giấy hẹn"), ("7F3K", "Mã có 8 chữ và số"), ("   ", "Gõ mã"), ("<b>x</b>", "&lt;b&gt;")],
)
def test_what_is_typed_wrongly_comes_back_with_what_to_mend(client, typed, words):
    answer = client.get("/cong/tra-cuu/", {"ma": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_petition_shows_no_name_hamlet_note_or_number_of_the_office(client, write):
    petition = write("Đề nghị sửa cầu Đông.", speaker="Bà Kínnằm", hamlet="Xóm Kínnằm", note="Ghi chú kín")[0]
    words = client.get(CASE.format(petition.code)).content.decode()
    assert "Kínnằm" not in words
    assert "Ghi chú kín" not in words
    assert f"/{petition.pk}/" not in words


def test_nothing_stands_in_a_public_list_unless_somebody_put_it_there(client, write):
    place = write("Đề nghị sửa cầu Đông.")[0].commune
    assert client.get(f"/cong/noi/{place.code}/").status_code == 404
    assert client.get("/cong/noi/khong-co/").status_code == 404


def test_the_list_of_a_place_holds_what_was_listed_newest_first_and_no_name(client, listed, write):
    write("Đề nghị sửa cầu Riêng Tư không đăng.")
    made = listed(3)
    words = client.get(f"/cong/noi/{made[0].commune.code}/").content.decode()
    places = [words.index(f"Quýtđấm số {number}") for number in (2, 1, 0)]
    assert places == sorted(places)
    assert "Riêng Tư" not in words
    assert "Kínnằm" not in words
    assert f"/cong/noi/{made[0].commune.code}/" in client.get(CASE.format(made[0].code)).content.decode()


def test_the_list_of_another_place_holds_none_of_it(client, listed, actor):
    listed(1)
    assert client.get(f"/cong/noi/{actor('xa2').unit.area.code}/").status_code == 404


def test_what_is_withdrawn_or_taken_out_leaves_the_list(client, listed, actor):
    from hoidong.citizens.voters.actions.listing import list_publicly

    first, second, third = listed(3)
    publication.withdraw_many("voters.petition", [first.pk], reason="Có tên người", by=actor("chuyenvien"))
    list_publicly(second, by=actor("chuyenvien"), listed=False)
    words = client.get(f"/cong/noi/{third.commune.code}/").content.decode()
    assert "Quýtđấm số 2" in words
    assert "Quýtđấm số 0" not in words
    assert "Quýtđấm số 1" not in words
    assert client.get(CASE.format(second.code)).status_code == 200


def test_a_listed_petition_stays_listed_when_it_moves_on(client, listed, actor):
    from hoidong.citizens.voters import actions

    petition = listed(1)[0]
    one = Petition.objects.filter(pk=petition.pk)
    actions.classify(one, by=actor("chuyenvien"), level="province", body=actor("soxaydung").unit)
    assert client.get(f"/cong/noi/{petition.commune.code}/").status_code == 200


def test_pages_of_the_list_follow_each_other_at_the_same_price(client, listed, django_assert_num_queries):
    import re

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs, seen, place = [], [], listed(1)[0].commune
    for more in (0, 2, 57):
        if more:
            listed(more)
        address = f"/cong/noi/{place.code}/"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        costs.append(len(captured))
    assert len(set(costs)) == 1
    assert costs[0] <= 6
    while address:
        words = client.get(address).content.decode()
        seen += re.findall(r'href="/cong/tra-cuu/([^/]+)/"', words)
        following = re.search(r'rel="next" href="([^"]+)"', words)
        address = f"/cong/noi/{place.code}/{following.group(1)}".replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 60
    part = client.get(f"/cong/noi/{place.code}/", HTTP_HX_REQUEST="true").content.decode().strip()
    assert part in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_petition_costs_the_same_whatever_stands_beside_it(client, write, django_assert_max_num_queries, count):
    made = write(*(f"Đề nghị sửa cầu số {place}." for place in range(count)))
    with django_assert_max_num_queries(5):
        assert client.get(CASE.format(made[0].code)).status_code == 200


@pytest.mark.parametrize("username", ["xa", "xa2", "soxaydung", "daibieu", "quantri", "hethong"])
def test_others_than_the_office_that_has_it_put_nothing_into_a_public_list(write, actor, signed_in, username):
    from hoidong.citizens.voters.actions.listing import list_publicly

    petition = write("Đề nghị sửa cầu Đông.")[0]
    with pytest.raises(NotAllowed):
        list_publicly(petition, by=actor(username))
    answer = signed_in(username).post(f"/cu-tri/kien-nghi/{petition.pk}/cong-khai/", {"lam": "dang"})
    assert answer.status_code == (302 if username == "xa" else 404)
    assert not publication.is_listed("voters.petition", petition.pk)


def test_the_office_lists_and_takes_out_from_the_record_and_it_is_written_down(write, signed_in):
    from hoidong.kernel.audit.models import AuditEntry

    petition, client = write("Đề nghị sửa cầu Đông.")[0], signed_in("chuyenvien")
    address = f"/cu-tri/kien-nghi/{petition.pk}/"
    assert "Đã đăng lên" in client.post(f"{address}cong-khai/", {"lam": "dang"}, follow=True).content.decode()
    assert publication.is_listed("voters.petition", petition.pk)
    client.post(f"{address}cong-khai/", {"lam": "dang"})
    client.post(f"{address}cong-khai/", {"lam": "go"})
    assert not publication.is_listed("voters.petition", petition.pk)
    entries = AuditEntry.objects.filter(subject_id=petition.pk, action__in=["publication.list", "publication.unlist"]).order_by(
        "pk"
    )
    assert [entry.action for entry in entries] == ["publication.list", "publication.unlist"]


def test_a_merged_petition_is_not_put_into_a_list(write, actor):
    from hoidong.citizens.voters import actions
    from hoidong.citizens.voters.actions.listing import list_publicly

    made = write("Đề nghị sửa cầu Đông.", "Cầu Đông hỏng, sửa giúp.")
    actions.merge(made[0], Petition.objects.filter(pk__in=[one.pk for one in made]), by=actor("chuyenvien"))
    with pytest.raises(NotAllowed, match="Đã gộp"):
        list_publicly(Petition.objects.get(pk=made[1].pk), by=actor("chuyenvien"))
