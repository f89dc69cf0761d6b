"""People and deputies from a sheet: account and post for each, inside the administrator's units only."""

import re

import pytest

from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.people.models import Account, Person
from hoidong.kernel.roster.importer import RosterImporter, user_name_of
from hoidong.kernel.sheets import actions
from hoidong.kernel.units.models import Unit, UnitAlias
from hoidong.kernel.units.names import bare

HEADER = "Họ và tên;Chức vụ;Đơn vị;Vai trò;Tên đăng nhập;Email;Điện thoại"
DEPUTY = "Đại biểu Hội đồng nhân dân"


@pytest.fixture
def bring_in(actor):
    """`bring_in(rows)`: a lot of the commune's administrator from rows under the usual header."""

    def bring(rows, username="quantrixa", role="deputy", unit=None):
        by = actor(username)
        options = {"unit": (unit or by.unit).pk, "role": role, "starts_on": "2026-07-01"}
        content = "\n".join([HEADER, *rows]).encode("utf-8-sig")
        return actions.start(RosterImporter(), content=content, file_name="daibieu.csv", options=options, told=[], by=by)

    return bring


def errors_of(lot):
    return {row.number: row.errors for row in lot.rows.order_by("number") if row.errors}


def test_only_administrators_bring_people_in(actor):
    assert [name for name in ("xa", "chuyenvien", "quantrixa", "hethong") if RosterImporter().may(actor(name))] == [
        "quantrixa",
        "hethong",
    ]


def test_deputies_get_an_account_without_a_password_and_a_post(bring_in, actor):
    actions.take(
        bring_in(["Vi Thị Thắm;;;;;;", "Lò Văn Ín;Trưởng Ban Pháp chế;;Ban của Hội đồng nhân dân;ban.pc;in@example.vn;0912"]),
        by=actor("quantrixa"),
    )
    first, second = Person.objects.get(full_name="Vi Thị Thắm"), Person.objects.get(full_name="Lò Văn Ín")
    assert first.account.username == "thamvt"
    assert not first.account.has_usable_password()
    assert [(post.role, post.title) for post in first.posts.all()] == [("deputy", DEPUTY)]
    assert (second.account.username, second.account.email) == ("ban.pc", "in@example.vn")
    assert [(post.role, post.title) for post in second.posts.all()] == [("committee", "Trưởng Ban Pháp chế")]


def test_the_same_name_gets_another_user_name(bring_in, actor):
    actions.take(
        bring_in(["Vi Thị Thắm;Đại biểu;;;;;1", "Vũ Thu Thắm;Đại biểu;;;;;2", "Vi Thị Thắm;Ủy viên;;;;;3"]),
        by=actor("quantrixa"),
    )
    made = Account.objects.filter(username__startswith="thamv").order_by("username")
    assert [account.username for account in made] == ["thamvt", "thamvt2", "thamvt3"]


def test_a_unit_of_another_commune_is_refused_at_its_row(bring_in, actor):
    elsewhere = actor("xa2").unit.full_name
    own = actor("quantrixa").unit.full_name
    lot = bring_in([f"Vi Thị Thắm;Văn thư;{elsewhere};;;;", "Lò Văn Ín;;;;;;", f"Ma A;;{own};;;;"])
    assert list(errors_of(lot)) == [2]
    assert "unit" in errors_of(lot)[2]


@pytest.mark.parametrize(
    "written",
    [
        "Văn phòng HĐND và UBND {place}", "VP HĐND & UBND {place}", "Văn phòng HĐND và UBND", "VP. HĐND-UBND",
        "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ UỶ BAN NHÂN DÂN {place}", "{code}",
    ],
)  # fmt: skip
def test_the_office_of_a_commune_is_understood_as_officials_write_it(bring_in, actor, written):
    own = actor("quantrixa").unit
    lot = bring_in([f"Vi Thị Thắm;Văn thư;{written.format(place=own.area.name, code=own.code)};clerk;;;"])
    assert errors_of(lot) == {}
    assert lot.rows.get().values["unit_id"] == own.pk


def test_the_bodies_of_a_city_and_of_its_communes_are_understood_as_officials_write_them(bring_in, actor):
    commune = actor("xa").unit.area
    written = {
        "Văn phòng Đoàn ĐBQH và HĐND TP Hà Nội": "01.VPHDND",
        "TT HĐND thành phố Hà Nội": None,
        "Thường trực HĐND TP. Hà Nội": "01.TTHDND",
        "UBND TP Hà Nội": "01.UBND",
        f"Văn phòng HĐND và UBND {commune.name}": f"{commune.code}.VPHDND",
        f"Ủy ban MTTQ Việt Nam {commune.name}": f"{commune.code}.MTTQ",
        "Văn phòng HĐND và UBND": None,
    }
    lot = bring_in([f"Vi Thị Thắm;Chuyên viên;{name};;;;{place}" for place, name in enumerate(written)], username="hethong")
    found = dict(lot.rows.order_by("number").values_list("number", "values"))
    codes = dict(
        Unit.objects.filter(pk__in=[row["unit_id"] for row in found.values() if row["unit_id"]]).values_list("pk", "code")
    )
    assert {row["unit"]: codes.get(row["unit_id"]) for row in found.values()} == written


def test_an_abbreviation_an_office_wrote_down_is_understood_and_a_former_name_is_only_said(bring_in, actor):
    own, body = actor("quantrixa").unit, actor("phongxa").unit
    UnitAlias.objects.create(unit=own, kind="abbreviation", name="VPX", key=bare("VPX"))
    UnitAlias.objects.create(unit=body, kind="former_body", name="Phòng Tổng hợp cũ", key=bare("Phòng Tổng hợp cũ"))
    lot = bring_in(
        ["Vi Thị Thắm;Văn thư;VPX;clerk;;;", "Lò Văn Ín;Văn thư;Phòng Tổng hợp cũ;clerk;;;", "Ma A;;Phòng Không Có;;;;"]
    )
    errors = errors_of(lot)
    assert list(errors) == [3, 4]
    assert body.full_name in errors[3]["unit"]
    assert body.code in errors[3]["unit"]
    assert "Ghi đúng tên kèm xã, tỉnh, hoặc mã" in errors[4]["unit"]


def test_a_role_the_administrator_may_not_give_is_refused_at_its_row(bring_in):
    assert "role" in errors_of(bring_in(["Vi Thị Thắm;;;Quản trị hệ thống;;;"]))[2]


def test_taken_names_and_wrong_mails_are_said_before_anything_is_written(bring_in):
    before = Person.objects.count()
    lot = bring_in(
        ["A B;;;;xa;;", "C D;;;;Có Dấu;;", "E F;;;;;khong-phai-thu;", "G H;;;;;g@example.vn;", "I K;;;;;g@example.vn;"]
    )
    assert {number: list(errors) for number, errors in errors_of(lot).items()} == {
        2: ["username"],
        3: ["username"],
        4: ["email"],
        6: ["email"],
    }
    assert Person.objects.count() == before


def test_a_lot_is_taken_back_while_nobody_signed_in(bring_in, actor):
    lot = actions.take(bring_in(["Vi Thị Thắm;;;;;;"]), by=actor("quantrixa"))
    actions.cancel(lot, reason="Nhầm tệp", by=actor("quantrixa"))
    assert not Account.objects.filter(username="thamvt").exists()
    assert not Person.objects.filter(full_name="Vi Thị Thắm").exists()


def test_a_lot_stays_when_somebody_of_it_signed_in(bring_in, actor):
    from django.utils import timezone

    lot = actions.take(bring_in(["Vi Thị Thắm;;;;;;"]), by=actor("quantrixa"))
    Account.objects.filter(username="thamvt").update(last_login=timezone.now())
    with pytest.raises(NotAllowed, match="đã đăng nhập"):
        actions.cancel(lot, reason="Nhầm tệp", by=actor("quantrixa"))


def test_slips_are_printed_for_those_who_never_signed_in_and_work(bring_in, actor, signed_in, client):
    from django.test import Client

    actions.take(bring_in(["Vi Thị Thắm;;;;;;"]), by=actor("quantrixa"))
    new, old, elsewhere = (Person.objects.get(account__username=name) for name in ("thamvt", "xa", "xa2"))
    Account.objects.filter(username="xa").update(last_login="2026-11-01T00:00Z")
    page = signed_in("quantrixa").post("/quan-tri/nguoi-dung/phieu/", {"chon": [new.pk, old.pk, elsewhere.pk]}).content.decode()
    passwords = re.findall(r'hd-secret"[^>]*>([^<]+)<', page)
    assert len(passwords) == 1
    assert "Nguyễn Thị Bích Hằng (đã đăng nhập" in page
    assert "Trần Văn Thuận" not in page
    other = Client()
    answer = other.post("/tai-khoan/dang-nhap/", {"login": "thamvt", "password": passwords[0]})
    assert answer.status_code == 302
    assert other.get("/toi/").url.startswith("/tai-khoan/mat-khau/doi/")


@pytest.mark.parametrize(
    ("name", "made"),
    [("Nguyễn Thị Bích Hằng", "hangntb"), ("Đỗ Ân", "and"), ("H'Yim Kđoh", "kdohhy"), ("Ma", "ma"), ("…", "nguoidung")],
)
def test_user_names_are_made_of_given_name_and_initials(name, made):
    assert user_name_of(name) == made
