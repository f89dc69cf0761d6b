"""The pages on the calendar: everybody who works with terms counts, administrators look, one administrator changes."""

import datetime

import pytest
from django.urls import reverse

from hoidong.kernel import audit, deadlines
from hoidong.kernel.deadlines.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db
CALCULATOR = reverse("deadlines:calculator")


def year_page(year=2026):
    return reverse("deadlines:calendar_year", args=[year])


def form_page(name, year=2026, *more):
    return reverse(f"deadlines:{name}", args=[year, *more])


FORMS = {
    "day": {"day": "25/11/2026", "kind": "holiday", "name": "Nghỉ bão", "basis": "CĐ 1", "reason": "CĐ 1"},
    "swap": {"off": "27/11/2026", "worked": "05/12/2026", "basis": "TB 1", "reason": "TB 1"},
    "confirm": {"note": "TB 1"},
    "open_year": {"tet": "13/02/2029", "ancestors": "23/04/2029"},
    "setting": {"choice": "keep", "reason": "Quy chế"},
}


@pytest.mark.parametrize("username", ["xa", "chuyenvien", "daibieu", "soxaydung", "lanhdao"])
def test_officials_count_but_do_not_see_the_calendar(signed_in, username):
    client = signed_in(username)
    assert client.get(CALCULATOR).status_code == 200
    assert client.get(year_page()).status_code == 404


@pytest.mark.parametrize("username", ["quantri", "quantrixa", "xa"])
@pytest.mark.parametrize("name", [*FORMS, "answer"])
def test_only_the_platforms_administrator_may_change(signed_in, username, name):
    year = 2029 if name == "open_year" else 2027 if name == "confirm" else 2026
    address = form_page(name, year, *(["2026-11-24"] if name == "answer" else []))
    client, days = signed_in(username), CalendarDay.objects.count()

    assert client.get(address).status_code == 404
    assert client.post(address, FORMS.get(name, {"is_off": "yes", "basis": "Luật"})).status_code == 404
    assert CalendarDay.objects.count() == days


def test_a_units_administrator_looks_and_finds_no_button(signed_in):
    html = signed_in("quantri").get(year_page()).content.decode()
    assert "Lịch chính thức" in html
    assert form_page("day") not in html
    assert form_page("day") in signed_in("hethong").get(year_page()).content.decode()


def test_what_is_not_announced_is_marked_and_the_open_question_asked(signed_in):
    client = signed_in("hethong")
    announced, lawful = client.get(year_page(2025)).content.decode(), client.get(year_page(2027)).content.decode()

    assert "chưa có thông báo chính thức" not in announced
    assert "Tính theo luật, chưa có thông báo chính thức" in lawful
    assert "chưa có căn cứ chính thức" in lawful
    assert "Ngày Văn hóa Việt Nam, <time" in lawful
    assert form_page("answer", 2027, "2027-11-24") in lawful
    assert "Ngày Văn hóa Việt Nam, 24/11/2026, có được nghỉ không?" in client.get(reverse("law:rules")).content.decode()


def test_a_year_that_is_not_loaded_says_so_and_offers_to_open_it(signed_in):
    html = signed_in("hethong").get(year_page(2031)).content.decode()
    assert "Năm này chưa có lịch nghỉ" in html
    assert form_page("open_year", 2031) in html


def test_a_day_off_is_written_and_taken_away_again(signed_in, actor):
    client = signed_in("hethong")
    assert client.post(form_page("day"), FORMS["day"]).status_code == 303
    assert deadlines.due_on(datetime.date(2026, 11, 24), 1, "wd") == datetime.date(2026, 11, 26)
    row = CalendarDay.objects.get(date="2026-11-25")
    assert audit.entries_about(row).get().actor == actor("hethong").name
    assert "Nghỉ bão" in client.get(year_page()).content.decode()

    assert client.post(form_page("day"), FORMS["day"] | {"kind": "clear", "name": ""}).status_code == 303

    assert deadlines.due_on(datetime.date(2026, 11, 24), 1, "wd") == datetime.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("day", {"name": ""}, "Ghi tên ngày nghỉ"),
        ("day", {"day": "31/02/2026"}, "Không có ngày 31/02/2026"),
        ("day", {"day": "03/01/2035"}, "Lịch năm 2035 chưa có"),
        ("day", {"kind": "clear", "day": "25/11/2026"}, "không có trong lịch nghỉ"),
        ("swap", {"off": "28/11/2026"}, "vốn đã nghỉ"),
        ("swap", {"worked": "04/12/2026"}, "phải là thứ Bảy hoặc Chủ nhật"),
        ("open_year", {"tet": "13/03/2029"}, "Mùng Một Tết rơi từ 20/01 đến 21/02"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_stays(signed_in, name, change, words):
    data = FORMS[name] | change
    answer = signed_in("hethong").post(form_page(name, 2029 if name == "open_year" else 2026), data)
    html = answer.content.decode()

    assert answer.status_code == 422
    assert words in html
    for value in (data.get("day"), data.get("off"), data.get("worked"), data.get("tet")):
        assert value is None or f'value="{value}"' in html


@pytest.mark.parametrize(
    ("name", "year"), [("confirm", 2040), ("open_year", 0), ("open_year", 30000), ("day", 2040), ("setting", 2040)]
)
def test_addresses_typed_by_hand_never_fail(signed_in, name, year):
    client = signed_in("hethong")
    assert client.get(form_page(name, year)).status_code == 200
    assert client.post(form_page(name, year), FORMS[name]).status_code in (303, 422)
    assert client.get(form_page("answer", 2026, "2026-13-45")).status_code == 404
    assert client.get(f"{form_page('day')}?ngay=khong").status_code == 200
    assert not CalendarYear.objects.filter(year__in=(0, 2040, 30000)).exists()


def test_an_answer_is_written_with_its_basis(signed_in):
    client = signed_in("hethong")
    address = form_page("answer", 2026, "2026-11-24")
    assert client.post(address, {"is_off": "yes", "basis": ""}).status_code == 422
    assert client.post(address, {"is_off": "yes", "basis": "Luật 1/2026", "later_years": "on"}).status_code == 303
    assert client.get(address).status_code == 404
    assert set(CalendarDay.objects.filter(date__month=11).values_list("kind", flat=True)) == {"holiday"}


def test_the_calculator_tells_the_last_day_and_why(signed_in):
    client = signed_in("xa")
    html = client.get(CALCULATOR, {"start": "28/08/2026", "days": "7", "unit": "wd"}).content.decode()

    assert '<time class="hd-num" datetime="2026-09-11">11/09/2026</time>' in html
    assert "02/09 (Quốc khánh)" in html
    unsure = client.get(CALCULATOR, {"start": "20/11/2026", "days": "5", "unit": "wd"}).content.decode()
    assert "chưa được xác nhận là ngày nghỉ" in unsure


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"start": "05/05/2031", "days": "7", "unit": "wd"}, "lịch nghỉ năm 2031 chưa có"),
        ({"start": "hôm qua", "days": "7", "unit": "wd"}, "Không hiểu ngày “hôm qua”"),
        ({"start": "01/09/2026", "days": "99999", "unit": "wd"}, "3650"),
        ({"start": "01/09/2026", "days": "-1", "unit": "wd"}, "0"),
    ],
)
def test_the_calculator_refuses_with_words_and_gives_no_date(signed_in, query, words):
    answer = signed_in("xa").get(CALCULATOR, query)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "hd-due-big" not in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(client):
    for address in (CALCULATOR, year_page(), form_page("day")):
        assert client.get(address).status_code == 302


@pytest.fixture
def stuck(actor, petition_in):
    """A petition whose clock a new rule pushed past the last loaded year."""
    from hoidong.kernel import law
    from hoidong.kernel.outbox import draining
    from hoidong.kernel.people import Actor

    petition = petition_in("sent")
    [running] = [one for one in deadlines.of(petition) if one.closed_on is None]
    type(running).objects.filter(pk=running.pk).update(starts_on=datetime.date(2028, 12, 1), due_on=datetime.date(2028, 12, 31))
    rule = law.rule(running.rule_code, datetime.date(2028, 12, 1))
    law.change(rule, value=50, starts_on=datetime.date(2028, 12, 1), reason="NQ mới", by=Actor.system())
    draining.drain()
    return petition


def test_the_administrator_is_asked_to_load_the_year_that_running_clocks_wait_for(signed_in, stuck):
    client = signed_in("hethong")
    for address in (reverse("law:rules"), year_page(2026)):
        html = client.get(address).content.decode()
        assert "Chưa có lịch nghỉ năm 2029." in html
        assert form_page("open_year", 2029) in html
    assert "1 hạn đang chạy chưa tính lại được" in client.get(year_page(2029)).content.decode()
    assert "Chưa có lịch nghỉ năm 2029." not in signed_in("quantri").get(reverse("law:rules")).content.decode()


def test_the_record_says_that_its_last_day_could_not_be_counted_and_what_to_do(signed_in, stuck):
    html = signed_in("chuyenvien").get(reverse("voters:petition", args=[stuck.pk])).content.decode()
    assert "Chưa tính lại được hạn: lịch nghỉ năm 2029 chưa có. Ngày 31/12/2028 là hạn tính trước đó." in html
    assert "Nhờ quản trị hệ thống mở lịch năm 2029" in html
