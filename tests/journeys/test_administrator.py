"""A commune's administrator and the people of the commune: added, given posts, their sessions, passwords and delegations."""

import datetime
import re

import pytest

from hoidong.kernel.base import dates

from .site import Visitor

pytest_plugins = ["tests.journeys.site"]

OWN = "tan-cay-da-dau-lang"


def _day(offset):
    return (dates.today() + datetime.timedelta(days=offset)).strftime("%d/%m/%Y")


@pytest.fixture(scope="module")
def administrator(chromium, site):
    """The administrator of the first commune."""
    visitor = Visitor(chromium, site).sign_in("quantrixa")
    yield visitor
    visitor.leave()


@pytest.fixture(scope="module")
def clerk(administrator):
    """A clerk who was just added: address of the page, user name, first password."""
    page = administrator.go("/quan-tri/nguoi-dung/").page
    page.click("text=Thêm người dùng")
    page.fill("input[name=full_name]", "Phan Thị Lụa")
    page.fill("input[name=username]", "Lụa Phan")
    _pick(administrator, "unit", "van phong", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã An Khánh")
    page.select_option("select[name=role]", "clerk")
    page.fill("input[name=title]", "Công chức văn phòng")
    page.fill("input[name=phone]", "0912 345 678")
    page.click("main button[type=submit]")
    page.wait_for_selector(".hd-errors")
    assert page.input_value("input[name=phone]") == "0912 345 678"
    assert "xã An Khánh" in page.inner_text(".ts-wrapper"), "what was chosen stays chosen"
    administrator.look("quan-tri-them-sai", phone=True)
    page.fill("input[name=username]", "luapt")
    page.click("main button[type=submit]")
    page.wait_for_selector("#mat-khau")
    administrator.look("quan-tri-phieu", phone=True)
    password = page.inner_text("#mat-khau")
    page.click("text=Xong")
    page.wait_for_url("**/quan-tri/nguoi-dung/*/")
    return page.url.removeprefix(administrator.site), "luapt", password


def _pick(visitor, name, words, label):
    visitor.settle()
    page = visitor.page
    page.locator(f"select[name={name}] + .ts-wrapper input").fill(words)
    page.locator(f".ts-dropdown .option:has-text('{label}') >> nth=0").click()


def _change_first_password(visitor, first):
    page = visitor.page
    page.fill("input[name=oldpassword]", first)
    page.fill("input[name=password1]", OWN)
    page.fill("input[name=password2]", OWN)
    page.click("main button[type=submit]")
    page.wait_for_url("**/ban-lam-viec/**")


def test_an_administrator_sees_and_touches_only_the_own_commune(administrator, visit):
    page = administrator.go("/quan-tri/nguoi-dung/?xem=tat-ca").page
    told = page.inner_text("main")
    assert "Nguyễn Thị Bích Hằng" in told
    assert "Trần Văn Thuận" not in told
    administrator.look("quan-tri-xa", phone=True)

    city = visit("quantri")
    elsewhere = city.go("/quan-tri/nguoi-dung/?q=Trần Văn Thuận").page.get_attribute("main tbody a", "href")
    assert page.goto(administrator.site + elsewhere).status == 404
    assert page.goto(f"{administrator.site}{elsewhere}chuc-vu/").status == 404
    administrator.complaints.clear()  # the browser calls 404 an error

    administrator.go("/quan-tri/nguoi-dung/moi/").settle()
    page.locator("select[name=unit] + .ts-wrapper input").fill("phường Ba Đình")
    page.wait_for_selector(".ts-dropdown .no-results")
    offered = page.locator("select[name=role] option").evaluate_all("all => all.map(one => one.value)")
    assert "clerk" in offered
    assert "system_admin" not in offered


def test_a_post_is_given_for_a_term_and_ended_with_its_reason(administrator, clerk):
    address, _name, _password = clerk
    page = administrator.go(address).page
    page.click("main a:has-text('Giao chức vụ')")
    _pick(administrator, "unit", "hội đồng nhân dân", "Hội đồng nhân dân xã An Khánh")
    page.select_option("select[name=role]", "deputy")
    page.fill("input[name=title]", "Đại biểu Hội đồng nhân dân xã")
    page.fill("input[name=term]", "2026–2031")
    page.fill("input[name=starts_on]", _day(0))
    page.fill("input[name=ends_on]", _day(-3))
    page.click("main button[type=submit]")
    page.wait_for_selector(".hd-errors")
    assert "không thể trước ngày bắt đầu" in page.inner_text(".hd-field:has([name=ends_on])"), "told at the place to mend"
    administrator.look("quan-tri-giao-chuc-sai", phone=True)
    page.fill("input[name=ends_on]", _day(400))
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{address}")
    assert f"{_day(0)} – {_day(400)}" in page.inner_text("main")
    assert "Đại biểu Hội đồng nhân dân xã, nhiệm kỳ 2026–2031" in page.inner_text("main")
    administrator.look("quan-tri-nguoi", phone=True)

    page.click("tr:has-text('Đại biểu Hội đồng nhân dân xã') >> text=Kết thúc")
    page.wait_for_selector("textarea[name=reason]")
    page.fill("textarea[name=reason]", "Thôi làm đại biểu theo Nghị quyết 12/NQ-HĐND")
    administrator.look("quan-tri-thoi-chuc")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{address}")
    assert f"{_day(0)} – {_day(0)}" in page.inner_text("main")
    assert "Nghị quyết 12/NQ-HĐND" in page.inner_text("aside")


def test_sessions_end_where_their_owner_says_and_when_the_password_is_given_anew(administrator, clerk, visit):
    address, name, first = clerk
    office = visit(None).sign_in(name, first)
    _change_first_password(office, first)
    phone = visit(None, width=360).sign_in(name, OWN)
    phone.go("/toi/").look("toi-hai-phien")
    page = office.go("/toi/").page
    page.click("tr:has(button:has-text('Kết thúc')) >> text=Kết thúc")
    page.wait_for_function("document.querySelectorAll('main tbody tr').length === 1")
    office.look("toi-mot-phien")
    phone.go("/ban-lam-viec/")
    assert "/tai-khoan/dang-nhap/" in phone.page.url, "the ended session is signed out at its next click"

    page = administrator.go(address).page
    page.click("main a:has-text('Cấp lại mật khẩu')")
    page.wait_for_selector("text=Mật khẩu cũ không dùng được nữa")
    administrator.look("quan-tri-cap-lai", phone=True)
    page.click("main button:has-text('Cấp mật khẩu mới')")
    second = page.inner_text("#mat-khau")
    office.go("/ban-lam-viec/")
    assert "/tai-khoan/dang-nhap/" in office.page.url
    office.sign_in(name, second)
    _change_first_password(office, second)


def test_work_is_delegated_to_a_colleague_for_some_days_and_taken_back(administrator, clerk, visit):
    _address, name, _first = clerk
    owner = visit(None).sign_in(name, OWN)
    page = owner.go("/toi/uy-quyen/").page
    page.select_option("select[name=to_person]", label="Nguyễn Thị Bích Hằng")
    page.fill("input[name=ends_on]", _day(3))
    page.fill("textarea[name=reason]", "Đi tập huấn ở tỉnh")
    owner.look("toi-uy-quyen", phone=True)
    page.click("main button[type=submit]")
    page.wait_for_url("**/toi/")
    owner.look("toi-da-uy-quyen", phone=True)

    colleague = visit("xa")
    assert re.search(r"Nhận “Công chức văn phòng” của Phan Thị Lụa", colleague.go("/toi/").page.inner_text("main"))
    colleague.look("toi-duoc-uy-quyen", phone=True)

    page.click("text=Rút lại")
    page.wait_for_selector("text=Rút lại", state="detached")
    colleague.go("/toi/")
    assert "được ủy quyền" not in colleague.page.inner_text("main")
