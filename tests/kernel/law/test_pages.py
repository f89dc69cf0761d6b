"""The pages on rules: who sees them, who may change what, and what is left in the log."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoidong.kernel import audit, law
from hoidong.kernel.law.models import Rule
from hoidong.kernel.people import Actor
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
NOW = datetime.date(2026, 11, 22)
LIST = reverse("law:rules")
CONFIG, LAWFUL = "KNCT.ANSWER_COUNCIL", "KN.ACCEPT"


def page(name, code, unit=None):
    return reverse(f"law:{name}", args=[law.rule(code, NOW, unit).pk])


def new_value(**more):
    return {
        "value": "20", "unit": "cd", "starts_on": "01/12/2026", "basis": "Nghị quyết 12/NQ-HĐND", "reason": "Nghị quyết mới",
        "variant_complex": "40",
    } | more  # fmt: skip


@pytest.mark.parametrize("username", ["xa", "chuyenvien", "lanhdao", "daibieu", "soxaydung", "thuongtruc"])
def test_nobody_but_administrators_sees_the_pages(signed_in, username):
    client = signed_in(username)
    for address in (LIST, page("rule", CONFIG), page("change", CONFIG), page("verify", CONFIG)):
        assert client.get(address).status_code == 404
    assert client.post(page("change", CONFIG), new_value()).status_code == 404
    assert client.post(page("verify", CONFIG), {"note": "Đã đọc"}).status_code == 404
    assert law.rule(CONFIG, datetime.date(2027, 1, 1)).value == 30


def test_numbers_nobody_compared_come_first_and_say_so(signed_in):
    html = signed_in("hethong").get(f"{LIST}?co=100").content.decode()

    assert "Chưa đối chiếu văn bản gốc" in html
    assert html.index("KNCT.ANSWER_COUNCIL") < html.index("KN.TIME_BAR")
    shown = signed_in("hethong").get(page("rule", CONFIG)).content.decode()
    assert "Số 30 ngày chưa được đối chiếu với văn bản gốc." in shown
    assert "chưa được đối chiếu" not in signed_in("hethong").get(page("rule", LAWFUL)).content.decode()


def test_rules_are_found_without_accents_and_by_their_basis(signed_in):
    client = signed_in("hethong")

    assert "KN.TIME_BAR" in client.get(LIST, {"q": "thoi hieu"}).content.decode()
    assert "DLCN.SUBJECT_REQUEST" in client.get(LIST, {"q": "356/2025"}).content.decode()
    assert "Không thấy quy định nào" in client.get(LIST, {"q": "<b>xyz"}).content.decode()


def test_the_list_costs_the_same_for_many_rules(signed_in):
    client = signed_in("hethong")
    client.get(LIST)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{LIST}?co=100").status_code == 200
        return len(captured)

    before = cost()
    Rule.objects.bulk_create(
        Rule(code=f"TEST.{number:03d}", title="Việc", value=1, unit="wd", basis="x", confidence="CFG") for number in range(60)
    )
    assert cost() == before


def test_the_platforms_administrator_changes_the_national_number(signed_in, actor):
    answer = signed_in("hethong").post(page("change", CONFIG), new_value())

    assert answer.status_code == 303
    day = datetime.date(2026, 12, 1)
    new = law.rule(CONFIG, day)
    assert (new.value, new.variants, new.scope, new.basis) == (20, {"complex": 40}, None, "Nghị quyết 12/NQ-HĐND")
    assert law.value(CONFIG, NOW) == 30
    entry = audit.entries_about(new).get()
    assert (entry.action, entry.reason, entry.actor) == ("law.changed", "Nghị quyết mới", actor("hethong").name)
    assert (entry.data["before"], entry.data["after"]) == ("30 ngày", "20 ngày")


def test_an_office_sets_the_number_of_its_own_area_where_the_law_is_silent(signed_in):
    city = units.at("01")
    commune = units.communes_of(city)[0]
    day = datetime.date(2026, 12, 1)

    assert signed_in("quantrixa").post(page("change", CONFIG), new_value(value="10")).status_code == 303
    assert law.value(CONFIG, day, unit=commune) == 10
    assert law.value(CONFIG, day, unit=city) == 30

    assert signed_in("quantri").post(page("change", CONFIG), new_value(value="12")).status_code == 303
    assert law.value(CONFIG, day, unit=city) == 12
    assert law.value(CONFIG, day, unit=commune) == 10
    assert law.value(CONFIG, day) == 30


def test_an_office_changes_its_own_number_a_second_time(signed_in):
    commune = units.communes_of(units.at("01"))[0]
    client = signed_in("quantrixa")
    client.post(page("change", CONFIG), new_value(value="10"))

    answer = client.post(page("change", CONFIG), new_value(value="8", starts_on="15/12/2026"))

    assert answer.status_code == 303
    assert law.value(CONFIG, datetime.date(2026, 12, 14), unit=commune) == 10
    assert law.value(CONFIG, datetime.date(2026, 12, 15), unit=commune) == 8


def test_a_number_of_the_law_is_not_for_offices_to_change_and_the_page_says_why(signed_in):
    client = signed_in("quantri")
    assert client.post(page("change", LAWFUL), new_value()).status_code == 303
    assert law.value(LAWFUL, datetime.date(2027, 1, 1), unit=units.at("01")) == 7
    shown = client.get(page("rule", LAWFUL)).content.decode()
    assert "Số này do luật định, dùng chung cả nước." in shown


def test_an_office_neither_changes_nor_vouches_for_the_number_of_another(signed_in):
    commune = units.communes_of(units.at("01"))[0]
    signed_in("quantrixa").post(page("change", CONFIG), new_value(value="10"))
    own = Rule.objects.get(code=CONFIG, scope=commune)
    address = reverse("law:change", args=[own.pk])

    city_admin = signed_in("quantri")
    assert city_admin.post(address, new_value(starts_on="15/12/2026")).status_code == 303
    assert city_admin.post(reverse("law:verify", args=[own.pk]), {"note": "Đã đọc"}).status_code == 303

    own.refresh_from_db()
    assert (own.valid_to, own.verified_at) == (None, None)
    other_office = units.at(f"{units.communes_of(units.at('01'))[1].code}.VPHDND")
    assert own not in _rules_of_admin_at(other_office)


def _rules_of_admin_at(unit):
    from hoidong.kernel.law import access
    from hoidong.kernel.people.models import Post

    return list(access.rules_for(Actor(name="Quản trị khác", post=Post(unit=unit, role="unit_admin", title="Quản trị"))))


def test_a_form_that_does_not_fit_keeps_what_was_typed_and_says_where(signed_in):
    answer = signed_in("hethong").post(
        page("change", CONFIG), new_value(starts_on="31/02/2026", variant_complex="bốn mươi", reason="")
    )
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "Có 3 chỗ cần sửa" in html
    assert 'value="31/02/2026"' in html
    assert 'value="bốn mươi"' in html
    assert "Ghi một số nguyên, ví dụ 45." in html
    assert law.value(CONFIG, datetime.date(2027, 1, 1)) == 30


def test_a_vouched_number_names_who_where_and_when_and_stands_in_the_log(signed_in, actor):
    client = signed_in("hethong")
    assert client.post(page("verify", CONFIG), {"note": " "}).status_code == 422
    assert client.post(page("verify", CONFIG), {"note": "Nghị quyết liên tịch 72, Điều 46"}).status_code == 303

    rule = law.rule(CONFIG, NOW)
    assert rule.is_verified
    assert rule.verified_by == actor("hethong").account
    entry = audit.entries_about(rule).get()
    assert (entry.action, entry.reason) == ("law.verified", "Nghị quyết liên tịch 72, Điều 46")
    html = client.get(page("rule", CONFIG)).content.decode()
    assert "chưa được đối chiếu" not in html
    assert "Nghị quyết liên tịch 72, Điều 46" in html


def test_an_office_does_not_vouch_for_a_national_number(signed_in):
    assert signed_in("quantri").post(page("verify", CONFIG), {"note": "Đã đọc"}).status_code == 303
    assert not law.rule(CONFIG, NOW).is_verified


def test_an_ended_rule_shows_its_days_and_cannot_be_changed(signed_in):
    old = law.rule(LAWFUL, datetime.date(2026, 6, 30))
    client = signed_in("hethong")

    html = client.get(reverse("law:rule", args=[old.pk])).content.decode()
    assert "Quy định này đã hết hiệu lực ngày 30/06/2026." in html
    answer = client.post(reverse("law:change", args=[old.pk]), new_value())
    assert answer.status_code == 422
    assert "KN.ACCEPT" in client.get(f"{LIST}?xem=het").content.decode()
