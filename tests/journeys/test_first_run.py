"""The first hour of an office: an empty platform is founded from the machine itself, once, and its people come from Excel."""

import re

import pytest

from tests.kernel.people.conftest import code_of
from tests.kernel.sheets.test_old_letters import workbook

from .site import Visitor, running

pytest_plugins = ["tests.journeys.site"]

SECRET = "con-suoi-nho-xanh"
PEOPLE = workbook(
    ["TT", "Họ và tên", "Chức vụ", "Cơ quan", "Vai trò", "Điện thoại"],
    [
        1,
        "Nguyễn Thị Bích Hằng",
        "Chuyên viên",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
        "Văn thư, công chức cấp xã",
        "0912000001",
    ],
    [2, "Đặng Văn Hưng", "Đại biểu Hội đồng nhân dân", "", "", "0912000002"],
    [3, "Ngô Thị Kim Oanh", "Đại biểu Hội đồng nhân dân", "", "", ""],
)


@pytest.fixture(scope="module")
def site():
    """An installation nobody founded yet."""
    with running("none") as address:
        yield address


def test_an_office_is_founded_once_from_its_own_machine_and_filled_from_excel(chromium, site):
    _from_elsewhere_it_stays_closed(chromium, site)
    keeper = Visitor(chromium, site)
    _place_and_administrator(keeper)
    secret = _second_factor(keeper)
    _people_from_excel(keeper)
    name, password = _slips(keeper)
    _afterwards_the_page_is_gone(chromium, site)
    _a_deputy_comes_in(chromium, site, name, password)
    keeper.leave()
    _the_administrator_comes_back_with_the_code(chromium, site, secret)


def _from_elsewhere_it_stays_closed(chromium, site):
    stranger = Visitor(chromium, site, width=360)
    stranger.context.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
    assert stranger.page.goto(f"{site}/cong/").status == 403
    assert "trên chính máy chủ" in stranger.page.inner_text("main")
    stranger.complaints.clear()  # the browser calls 403 an error
    stranger.look("lan-dau-noi-khac").leave()


def _place_and_administrator(keeper):
    page = keeper.go("/ban-lam-viec/").page
    assert page.url.endswith("/bat-dau/")
    keeper.look("lan-dau-noi", phone=True)
    for words, found in (("ha noi", "Thành phố Hà Nội"), ("hoan kiem", "Phường Hoàn Kiếm")):
        page.fill("input[name=q]", words)
        page.press("input[name=q]", "Enter")
        page.wait_for_url(f"**/bat-dau/?q={words.replace(' ', '+')}")
        page.wait_for_selector(f".hd-choose a:has-text('{found}')")
    keeper.look("lan-dau-tim", phone=True)
    page.click(".hd-choose a:has-text('Phường Hoàn Kiếm') >> nth=0")
    page.wait_for_url("**/bat-dau/?noi=*")
    page.click("summary")
    bodies = page.inner_text(".hd-why")
    for body in ("Hội đồng nhân dân", "Ban Kinh tế - Ngân sách", "Ủy ban nhân dân", "Văn phòng", "Ủy ban Mặt trận Tổ quốc"):
        assert body in bodies
    keeper.look("lan-dau-quan-tri", phone=True)
    page.fill("input[name=full_name]", "Trần Thị Hòa")
    page.fill("input[name=password]", SECRET)
    page.fill("input[name=again]", f"{SECRET}-khac")
    page.click("main button[type=submit]")
    page.wait_for_selector(".hd-errors")
    assert page.input_value("input[name=full_name]") == "Trần Thị Hòa", "nothing typed is lost but the passwords"
    keeper.look("lan-dau-quan-tri-sai", phone=True)
    page.fill("input[name=password]", SECRET)
    page.fill("input[name=again]", SECRET)
    page.click("main button[type=submit]")
    page.wait_for_url("**/tai-khoan/hai-lop/ung-dung/**")


def _second_factor(keeper):
    page = keeper.page
    keeper.look("lan-dau-lop-thu-hai", phone=True)
    keeper.go("/quan-tri/nguoi-dung/")
    assert "/tai-khoan/hai-lop/ung-dung/" in page.url, "nothing opens before the second factor stands"
    secret = page.inner_text("main .hd-secret")
    page.fill("input[name=code]", code_of(secret))
    page.click("main button:has-text('Bật')")
    page.wait_for_selector(".hd-codes li")
    assert page.locator(".hd-codes li").count() == 10
    keeper.look("lan-dau-ma-du-phong", phone=True)
    page.click("text=Đã cất, vào làm việc")
    page.wait_for_url("**/ban-lam-viec/")
    keeper.look("lan-dau-ban-lam-viec", phone=True)
    return secret


def _people_from_excel(keeper):
    page = keeper.go("/quan-tri/nguoi-dung/").page
    keeper.look("lan-dau-nguoi-dung", phone=True)
    page.click("text=Nhập từ Excel >> nth=0")
    page.wait_for_selector("input[type=file]")
    page.set_input_files("input[type=file]", {"name": "nguoi-dung.xlsx", "mimeType": "application/zip", "buffer": PEOPLE})
    keeper.settle()
    page.locator("select[name=unit] + .ts-wrapper input").fill("hội đồng nhân dân")
    page.locator(".ts-dropdown .option:has-text('Hội đồng nhân dân phường Hoàn Kiếm') >> nth=0").click()
    page.select_option("select[name=role]", label="Đại biểu Hội đồng nhân dân")
    keeper.look("lan-dau-nhap", phone=True)
    page.click("button:has-text('Đọc và kiểm tra')")
    page.click("button:has-text('Nhận 3 dòng')", timeout=20000)
    page.wait_for_selector("text=Đã nhận 3 dòng")
    keeper.look("lan-dau-da-nhap", phone=True)


def _slips(keeper):
    page = keeper.go("/quan-tri/nguoi-dung/?xem=chua-vao").page
    keeper.look("lan-dau-chua-vao", phone=True)
    page.check("main thead input[type=checkbox]")
    page.click("button:has-text('Cấp mật khẩu, in phiếu')")
    page.wait_for_selector(".hd-slip")
    keeper.look("lan-dau-phieu", phone=True)
    slips = [re.split(r"\n+", text) for text in page.locator(".hd-slip").all_inner_texts()]
    assert len(slips) == 3
    assert "SITE_URL" in page.inner_text("main"), "nobody else can open the address of this machine"
    return next((slip[3], slip[5]) for slip in slips if "Ngô Thị Kim Oanh" in slip)


def _afterwards_the_page_is_gone(chromium, site):
    stranger = Visitor(chromium, site)
    assert stranger.page.goto(f"{site}/bat-dau/").status == 404
    assert stranger.page.goto(f"{site}/bat-dau/?noi=01").status == 404
    assert stranger.page.goto(f"{site}/").status == 200
    stranger.leave()


def _a_deputy_comes_in(chromium, site, name, password):
    deputy = Visitor(chromium, site, width=360).sign_in(name, password)
    page = deputy.page
    page.wait_for_selector("input[name=password1]")
    deputy.look("lan-dau-doi-mat-khau")
    page.fill("input[name=oldpassword]", password)
    page.fill("input[name=password1]", "hang-cay-truoc-ngo")
    page.fill("input[name=password2]", "hang-cay-truoc-ngo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/ban-lam-viec/**")
    deputy.look("lan-dau-dai-bieu").leave()


def _the_administrator_comes_back_with_the_code(chromium, site, secret):
    keeper = Visitor(chromium, site, width=360).sign_in("quantri", SECRET)
    page = keeper.page
    page.wait_for_selector("input[name=code]")
    keeper.look("lan-dau-hoi-ma")
    page.fill("input[name=code]", code_of(secret, steps=1))
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url("**/ban-lam-viec/**")
    keeper.leave()
