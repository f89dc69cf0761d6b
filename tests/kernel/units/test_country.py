"""The whole map: 34 provinces, 3,321 communes, and the ways people still write the places of before."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hoidong.kernel.people import Actor
from hoidong.kernel.units import founding, queries
from hoidong.kernel.units.models import Unit, UnitAlias, UnitName

# Code: wards, communes, special zones on 25 July 2026.
MAP = """
01 51 75 0|04 3 53 0|08 7 117 0|11 3 42 0|12 2 36 0|14 8 67 0|15 10 89 0|19 15 77 0|20 4 61 0|22 30 22 2|24 33 66 0|25 15 133 0
31 45 67 2|33 11 93 0|37 32 97 0|38 19 147 0|40 11 119 0|42 9 60 0|44 8 69 1|46 21 19 0|48 23 70 1|51 9 86 1|52 25 110 0|56 16 48 1
66 14 88 0|68 20 103 1|75 33 62 0|79 113 54 1|80 14 82 0|82 20 82 0|86 19 105 0|91 14 85 3|92 31 72 0|96 9 55 0
"""


@pytest.fixture(scope="module", autouse=True)
def country(django_db_setup, django_db_blocker):
    """Everything is loaded once for this file and rolled back behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_units", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def found(text, **options):
    return [(match.unit.code, match.confidence) for match in queries.find(text, **options)]


def first(text):
    return found(text)[0][0]


def test_the_country_has_its_34_provinces_and_3321_communes():
    kinds = Counter(Unit.objects.areas().values_list("kind", flat=True))
    assert kinds == {"province": 25, "city": 9, "commune": 2611, "ward": 697, "special_zone": 13}


@pytest.mark.parametrize("row", [row.strip() for line in MAP.strip().splitlines() for row in line.split("|")])
def test_a_province_has_its_wards_communes_and_special_zones(row):
    code, *counts = row.split()
    kinds = Counter(queries.communes_of(queries.at(code)).values_list("kind", flat=True))
    assert [kinds["ward"], kinds["commune"], kinds["special_zone"]] == [int(count) for count in counts]


def test_provinces_stand_in_the_order_of_the_vietnamese_alphabet():
    names = [unit.short_name for unit in queries.provinces()]
    assert names[:8] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên"]
    assert names.index("Hà Tĩnh") < names.index("Hải Phòng") < names.index("Hồ Chí Minh") < names.index("Huế")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hà Giang", "08"), ("tỉnh Quảng Nam", "48"), ("Bến Tre", "86"), ("Thừa Thiên Huế", "46"), ("Bình Dương", "79"),
        ("Bà Rịa - Vũng Tàu", "79"), ("Hải Dương", "31"), ("Thanh Hoá", "38"), ("khanh hoa", "56"), ("Dak Lak", "66"),
        ("TP.HCM", "79"), ("Sài Gòn", "79"), ("TT Huế", "46"), ("Tỉnh Đồng Nai", "75"), ("tỉnh Bắc Ninh", "24"),
        ("huyện Gia Lâm, Hà Nội", "01"), ("thanh pho Thu Duc", "79"), ("thị xã Sơn Tây", "01"), ("Quận 1, TP.HCM", "79"),
        ("phường Bến Nghé, quận 1", "26740"), ("xa hoa phong, hoa vang, da nang", "20320"),
        ("P. Hoà Khánh Bắc, Liên Chiểu", "20197"), ("Xa Bat Trang", "00577"), ("Phường Hoàn Kiêm", "00070"),
        ("Phuong Hoan Kiem, Ha Noi", "00070"), ("Xã Ba Chẽ, Quảng Ninh", "06970"), ("Trường Sa", "22736"),
    ],
)  # fmt: skip
def test_what_people_write_leads_to_the_unit_of_today(written, code):
    assert first(written) == code


def test_a_misspelt_name_is_less_sure_than_a_right_one_and_says_why():
    right, wrong = queries.find("Phường Hoàn Kiếm")[0], queries.find("Phường Hoàn Kiêmm")[0]
    assert (right.unit.code, wrong.unit.code) == ("00070", "00070")
    assert wrong.confidence < right.confidence
    assert "gần giống" in str(wrong.why)


def test_a_name_that_many_places_have_is_not_sure():
    found_ones = found("xã Tân Lập")
    assert len(found_ones) > 3
    assert all(confidence < 0.8 for _code, confidence in found_ones)
    assert found("Việt Nam") == []
    assert found("") == []
    assert found("xyz qwe rty") == [] or found("xyz qwe rty")[0][1] < 0.8


def test_an_old_district_is_told_as_the_reason():
    match = queries.find("huyện Gia Lâm, Hà Nội")[0]
    assert match.why == "huyện cũ: Huyện Gia Lâm, Thành phố Hà Nội"


def test_names_stay_inside_the_place_they_are_asked_in():
    danang = queries.at("48")
    codes = [code for code, _sure in found("xã Hòa Phong", within=danang)]
    assert codes
    assert all(queries.at(code).parent_id == danang.pk for code in codes)


def test_codes_of_both_lists_lead_to_the_same_commune():
    assert queries.at("06978") == queries.at("06970")
    assert queries.at("99999") is None


def test_a_province_that_became_a_city_was_a_province_before():
    dongnai = queries.at("75")
    assert dongnai.name == "Thành phố Đồng Nai"
    assert queries.name_on(dongnai, datetime.date(2026, 4, 29)).name == "Tỉnh Đồng Nai"
    assert queries.name_on(dongnai, datetime.date(2026, 4, 30)).name == "Thành phố Đồng Nai"
    assert queries.name_on(dongnai, datetime.date(1999, 1, 1)).name == "Tỉnh Đồng Nai"


def test_a_change_whose_paper_nobody_read_waits_for_it_and_says_so():
    waiting = UnitName.objects.filter(verified=False)
    assert set(waiting.values_list("unit__code", flat=True)) == {"22", "24"}
    assert all(name.note for name in waiting)


def test_special_zones_with_few_people_have_no_council_and_get_no_bodies_of_one():
    without = Unit.objects.filter(kind="special_zone", has_council=False)
    assert set(without.values_list("code", flat=True)) == {"11948", "19742", "20333", "22736"}
    assert not Unit.objects.areas().exclude(kind="special_zone").filter(has_council=False).exists()

    bodies = founding.create_bodies_by_law(queries.at("22736"), by=Actor.system())

    kinds = {body.kind for body in bodies}
    assert "peoples_committee" in kinds
    assert not kinds & {"council", "standing_committee", "committee", "council_office"}


def test_the_bodies_of_the_nation_are_there_once_with_their_old_names():
    central = Unit.objects.filter(level="central").exclude(kind="nation")
    codes = set(central.values_list("code", flat=True))
    assert central.filter(kind="ministry").count() == 17
    assert {
        "QH",
        "QH.UBTVQH",
        "QH.UBDNGS",
        "QH.UBPLTP",
        "CP",
        "CP.BNV",
        "CP.BNNMT",
        "CP.TTCP",
        "TANDTC",
        "VKSNDTC",
        "KTNN",
        "MTTQ",
    } <= codes
    old = {
        "Bộ Kế hoạch và Đầu tư": "CP.BTC", "Bộ Giao thông vận tải": "CP.BXD", "Bộ Tài nguyên và Môi trường": "CP.BNNMT",
        "Bộ Thông tin và Truyền thông": "CP.BKHCN", "Ủy ban Dân tộc": "CP.BDTTG", "Ban Dân nguyện": "QH.UBDNGS",
        "Bộ LĐTBXH": "CP.BNV", "Ủy ban Tư pháp": "QH.UBPLTP",
    }  # fmt: skip
    assert {name: queries.search(name)[0].unit.code for name in old} == old


def test_many_addresses_cost_as_many_statements_as_one():
    one, many = (
        ["phường Bến Nghé, quận 1"],
        [f"xã Tân Lập, huyện {name}" for name in ("Đan Phượng", "Mộc Châu", "Bắc Tân Uyên")],
    )
    with CaptureQueriesContext(connection) as single:
        queries.find_many(one)
    with CaptureQueriesContext(connection) as several:
        queries.find_many(one + many + ["Hà Giang", "Quận 3, TP.HCM"])
    assert len(several) == len(single) == 2


def test_searching_finds_by_pieces_of_name_place_and_code():
    codes = [match.unit.code for match in queries.search("hoan kiem ha noi", kinds=("ward",))]
    assert codes[0] == "00070"
    assert queries.search("00070")[0].unit.code == "00070"
    with CaptureQueriesContext(connection) as captured:
        queries.search("tan lap", kinds=("commune", "ward"))
    assert len(captured) <= 6


# The last one: its mark has the database made, and its end closes the connection.
@pytest.mark.django_db
def test_loading_again_adds_nothing_and_keeps_what_was_changed():
    before = (Unit.objects.count(), UnitName.objects.count(), UnitAlias.objects.count())
    Unit.objects.filter(code="00070").update(position=7)
    out = StringIO()

    call_command("load_units", stdout=out)

    assert out.getvalue().startswith("0 units, 0 changes of name, 0 other names")
    assert (Unit.objects.count(), UnitName.objects.count(), UnitAlias.objects.count()) == before
    assert queries.at("00070").position == 7
    with pytest.raises(CommandError, match="No province has the code 999"):
        call_command("load_units", province="999", stdout=out)
