"""What happens to units: new ones, new names, mergers, splits, and cases that stay with the unit they were with."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoidong.citizens.voters.models import Petition
from hoidong.kernel import audit
from hoidong.kernel.base import subjects
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.people import Actor
from hoidong.kernel.units import actions, history, queries
from hoidong.kernel.units.models import Unit, UnitName

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
BASIS = "Nghị quyết 1/NQ-UBTVQH16"
ON = datetime.date(2026, 11, 1)


@pytest.fixture
def city():
    return queries.at("01")


@pytest.fixture
def communes(city):
    return list(queries.communes_of(city)[:3])


def bodies(area):
    return {unit.code.removeprefix(f"{area.code}.") for unit in queries.bodies_of(area)}


def test_a_city_and_a_commune_have_the_bodies_of_the_law(city, communes):
    assert {
        "HDND",
        "TTHDND",
        "BPC",
        "BKTNS",
        "BVHXH",
        "BDTHI",
        "VPHDND",
        "DDBQH",
        "UBND",
        "SNV",
        "SXD",
        "TT",
        "MTTQ",
    } <= bodies(city)
    assert {"HDND", "TTHDND", "BKTNS", "BVHXH", "VPHDND", "UBND", "PVHXH", "TTPVHCC", "MTTQ"} <= bodies(communes[0])
    assert not {"BPC", "SNV", "DDBQH", "BDTOC"} & bodies(communes[0])
    assert queries.body_of(city, "council").full_name == "Hội đồng nhân dân thành phố Hà Nội"
    assert queries.at("01.TTHDND").parent.code == "01.HDND"


def test_bodies_are_made_once(city):
    assert actions.create_bodies_by_law(city, by=SYSTEM) == []


def test_hamlets_are_added_in_their_order_with_codes_of_their_own(communes, actor):
    admin = actor("quantrixa")
    made = actions.add_units(communes[0], "hamlet", ["Thôn 10", "Thôn 2", "Thôn Đông"], by=admin, on=ON, basis="NQ xã")

    assert [unit.code for unit in made] == [f"{communes[0].code}.T{place:03d}" for place in (1, 2, 3)]
    assert [unit.name for unit in queries.neighbourhoods_of(communes[0])] == ["Thôn 2", "Thôn 10", "Thôn Đông"]
    assert audit.entries_about(made[0]).get().data["basis"] == "NQ xã"
    with pytest.raises(Invalid, match="Đã có “Thôn 2"):
        actions.add_unit(communes[0], "hamlet", "Thôn 2", by=admin)
    for names in (["Thôn A", "thôn a"], [""], ["  "]):
        with pytest.raises(Invalid):
            actions.add_units(communes[0], "hamlet", names, by=admin)


def test_an_administrator_changes_the_own_area_only_and_no_area_at_all(city, communes, actor):
    with pytest.raises(NotAllowed):
        actions.add_unit(communes[1], "hamlet", "Thôn Tây", by=actor("quantrixa"))
    with pytest.raises(NotAllowed):
        actions.add_unit(communes[0], "hamlet", "Thôn Tây", by=actor("xa"))
    for username in ("quantri", "quantrixa"):
        with pytest.raises(NotAllowed):
            actions.rename(communes[0], by=actor(username), on=ON, basis=BASIS, name="Phường Mới")
    with pytest.raises(Invalid):
        actions.add_unit(city, "commune", "Xã Mới", by=actor("hethong"))


def test_a_new_name_begins_on_its_day_and_old_papers_keep_the_old_one(communes):
    unit, old = communes[0], communes[0].name
    actions.rename(unit, by=SYSTEM, on=ON, basis=BASIS, name="Phường Đổi Tên", kind="ward")

    unit = queries.get(unit.pk)
    assert (unit.name, unit.kind) == ("Phường Đổi Tên", "ward")
    assert queries.name_on(unit, ON - datetime.timedelta(days=1)).name == old
    assert queries.name_on(unit, ON).name == "Phường Đổi Tên"
    assert queries.find("phường Đổi Tên")[0].unit == unit
    assert unit in [match.unit for match in queries.find(f"{old}, Hà Nội")]
    assert "doi ten" in queries.at(f"{unit.code}.HDND").search_words


def test_a_change_ahead_of_its_day_waits_for_it(communes):
    unit, day = communes[0], datetime.date(2027, 1, 1)
    actions.rename(unit, by=SYSTEM, on=day, basis=BASIS, name="Phường Năm Sau")
    assert queries.get(unit.pk).name == communes[0].name

    assert history.follow(day) == 1
    assert queries.get(unit.pk).name == "Phường Năm Sau"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"basis": " "}, "basis"), ({"name": None}, "name"), ({"on": datetime.date(2020, 1, 1)}, "on")],
)
def test_a_change_that_does_not_fit_is_refused_at_its_field(communes, change, field):
    given = {"by": SYSTEM, "on": ON, "basis": BASIS, "name": "Phường Khác"} | change
    with pytest.raises(Invalid) as refusal:
        actions.rename(communes[0], **given)
    assert refusal.value.field == field


def test_a_merger_keeps_the_old_cases_leads_to_the_successor_and_ends_the_bodies(communes, actor):
    old, into, _third = communes
    hamlet = actions.add_unit(old, "hamlet", "Thôn Ở Lại", by=SYSTEM, on=datetime.date(2025, 7, 1))
    case = Petition.objects.filter(commune=old).first()
    assert case

    actions.merge([old], into, by=actor("hethong"), on=ON, basis=BASIS)

    case.refresh_from_db()
    old, hamlet = queries.get(old.pk), queries.get(hamlet.pk)
    assert case.commune_id == old.pk
    assert old.valid_to == ON - datetime.timedelta(days=1)
    assert queries.successors_of(old, ON) == [into]
    assert queries.line_of(into, ON) == [into.pk, old.pk]
    assert hamlet.parent_id == into.pk
    assert hamlet.path.startswith(f"{into.path}.")
    assert hamlet.area_id == into.pk
    assert not queries.bodies_of(old, on=ON).exists()
    assert into in [match.unit for match in queries.find(old.name)]
    assert queries.name_on(hamlet, ON - datetime.timedelta(days=1)).parent_id == old.pk


def test_successors_are_followed_through_to_those_that_exist(communes):
    first, second, third = communes
    actions.merge([first], second, by=SYSTEM, on=datetime.date(2026, 3, 1), basis=BASIS)
    actions.merge([second], third, by=SYSTEM, on=datetime.date(2026, 9, 1), basis=BASIS)

    assert queries.successors_of(first, datetime.date(2026, 6, 1)) == [second]
    assert queries.successors_of(first, ON) == [third]
    assert sorted(queries.line_of(third, ON)) == sorted(unit.pk for unit in communes)


def test_a_unit_does_not_merge_into_itself_nor_into_one_that_is_gone(communes):
    first, second, third = communes
    with pytest.raises(Invalid):
        actions.merge([first], first, by=SYSTEM, on=ON, basis=BASIS)
    actions.merge([second], third, by=SYSTEM, on=datetime.date(2026, 9, 1), basis=BASIS)
    with pytest.raises(Invalid, match="không hoạt động"):
        actions.merge([first], queries.get(second.pk), by=SYSTEM, on=ON, basis=BASIS)


def test_a_commune_is_split_with_official_codes_and_both_parts_follow_it(communes):
    unit = communes[0]
    with pytest.raises(Invalid):
        actions.split(unit, ["Xã Một", "Xã Hai"], by=SYSTEM, on=ON, basis=BASIS)

    parts = actions.split(unit, ["Xã Một", "Xã Hai"], by=SYSTEM, on=ON, basis=BASIS, codes=["99901", "99902"])

    assert [part.code for part in parts] == ["99901", "99902"]
    assert set(queries.successors_of(unit, ON)) == set(parts)
    assert not queries.get(unit.pk).exists_on(ON)


def test_a_unit_with_places_under_it_is_not_ended(communes, city):
    actions.add_unit(communes[0], "hamlet", "Thôn Đông", by=SYSTEM, on=datetime.date(2025, 7, 1))
    with pytest.raises(Invalid, match="Còn đơn vị trực thuộc"):
        actions.end(communes[0], by=SYSTEM, on=ON, basis=BASIS)


def test_only_a_special_zone_may_be_without_council(communes):
    with pytest.raises(Invalid, match="Chỉ đặc khu"):
        actions.set_council(communes[0], False, by=SYSTEM, basis=BASIS)


def test_a_unit_has_one_name_a_day_whoever_writes_it(communes):
    name = UnitName.objects.get(unit=communes[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=communes[0], kind=name.kind, name="Hai tên", key="haiten", valid_from=ON)


def test_the_pages_show_units_to_officials_and_add_only_for_their_administrator(signed_in, communes, client):
    page, add = (reverse(f"units:{name}", args=[communes[0].pk]) for name in ("unit", "add"))
    assert client.get(page).status_code == 302
    for username, status in (("xa", 404), ("quantri", 404), ("quantrixa", 200), ("hethong", 200)):
        session = signed_in(username)
        assert session.get(page).status_code == 200
        assert session.get(add).status_code == status
    data = {"kind": "hamlet", "names": "Thôn Đông\n\n Thôn <b>Tây</b> \n", "basis": "NQ 1"}
    assert signed_in("xa").post(add, data).status_code == 404
    assert signed_in("quantrixa").post(add, data).status_code == 302
    html = signed_in("quantrixa").get(page).content.decode()
    assert "Thôn &lt;b&gt;Tây&lt;/b&gt;" in html
    again = signed_in("quantrixa").post(add, data)
    assert again.status_code == 422
    assert "Đã có “Thôn Đông" in again.content.decode()


def test_a_link_from_anywhere_leads_to_the_page_of_the_unit(communes):
    assert subjects.url_of("kernel.unit", communes[0].pk) == reverse("units:unit", args=[communes[0].pk])


def test_the_list_costs_the_same_for_many_units(signed_in, communes):
    client, address = signed_in("quantrixa"), reverse("units:list")
    client.get(address)

    def cost(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    before, searched = cost(address), cost(f"{address}?q=thon")
    actions.add_units(communes[0], "hamlet", [f"Thôn {number}" for number in range(1, 46)], by=SYSTEM)
    assert cost(address) == before
    assert cost(f"{address}?q=thon") <= searched


def test_the_picker_answers_old_names_as_data_and_never_fails(signed_in, client):
    address = reverse("units:suggest")
    assert client.get(address).status_code == 302
    session = signed_in("xa")
    results = session.get(address, {"q": "so giao thong van tai"}).json()["results"]
    assert any("Sở Xây dựng" in result["text"] for result in results)
    for query in (
        {"q": "'\"<script>%_\\"},
        {"q": "x" * 5000},
        {"q": "a", "kinds": "no", "within": "9999999999999999999999"},
        {},
    ):
        assert session.get(address, query).status_code == 200


def test_paths_follow_a_unit_that_hangs_elsewhere(communes):
    hamlet = actions.add_unit(communes[0], "hamlet", "Thôn Đông", by=SYSTEM, on=datetime.date(2025, 7, 1))
    actions.move(hamlet, communes[1], by=SYSTEM, on=ON, basis=BASIS)

    hamlet = Unit.objects.get(pk=hamlet.pk)
    assert (hamlet.parent_id, hamlet.area_id) == (communes[1].pk, communes[1].pk)
    assert hamlet in Unit.objects.under(communes[1])
    with pytest.raises(Invalid):
        actions.move(communes[0], queries.at(f"{communes[0].code}.UBND"), by=SYSTEM, on=ON, basis=BASIS)
