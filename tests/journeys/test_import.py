"""A commune's clerk brings in a dirty sheet: looks at the dry run, mends a row in its place, takes it in, and takes it all back."""

import unicodedata

import pytest

from tests.kernel.sheets.test_old_letters import workbook

from .site import Visitor

pytest_plugins = ["tests.journeys.site"]

BRIDGE = "Đề nghị sửa cầu tràn thôn Thượng, mùa mưa nước ngập không qua được."
LAMPS = "Đề nghị lắp đèn chiếu sáng đường ra nghĩa trang nhân dân."
CANAL = "Kênh cấp hai qua xóm Chùa bồi lắng, đề nghị nạo vét trước vụ xuân."


def _decomposed(*texts):
    """Letters and their accents one by one, the way some machines write them."""
    return [unicodedata.normalize("NFD", text) for text in texts]


DIRTY = workbook(
    ["ỦY BAN NHÂN DÂN XÃ"],
    [],
    ["TỔNG HỢP Ý KIẾN CỬ TRI"],
    [*_decomposed("TT", "Nội dung kiến nghị", "Thôn", "Số cử tri", "Ngày nêu", "Lĩnh vực"), "Màu phiếu"],
    [1, *_decomposed(BRIDGE, "Thôn Thượng"), 12, "05/10/2026", *_decomposed("Giao thông, hạ tầng"), "vàng"],
    [2, LAMPS, "Thôn Hạ", "hơn chục", "31/02/2026", "", "xanh"],
    [3, f"- {CANAL}", "Xóm Chùa", "", "", "thủy lợi lạ", ""],
)
STRANGE = workbook(["Họ và tên", "Ngày sinh", "Quê quán"], ["Nguyễn Văn A", "1/2/1990", "Hà Nội"])


@pytest.fixture(scope="module")
def clerk(chromium, site):
    """The clerk of the first commune."""
    visitor = Visitor(chromium, site).sign_in("xa")
    yield visitor
    visitor.leave()


def _send(clerk, name, content):
    page = clerk.go("/du-lieu/voters.petitions/").page
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/zip", "buffer": content})
    page.click("main button:has-text('Đọc và kiểm tra')")


def test_a_sheet_without_the_column_of_words_is_refused_with_what_to_do(clerk):
    _send(clerk, "danh-sach.xlsx", STRANGE)
    clerk.page.wait_for_selector(".hd-errors")
    told = clerk.page.inner_text(".hd-errors")
    assert "Nội dung kiến nghị" in told
    clerk.look("nhap-sai-cot", phone=True)
    page = clerk.go("/du-lieu/").page
    assert "danh-sach.xlsx" not in page.inner_text("main"), "a file that was refused makes no lot"


def test_a_dirty_sheet_is_looked_at_mended_taken_in_and_taken_back(clerk):
    address = _dry_run(clerk)
    _mend(clerk)
    record = _take(clerk)
    _cancel(clerk, address, record)


def _dry_run(clerk):
    page = clerk.page
    _send(clerk, "tong-hop.xlsx", DIRTY)
    page.wait_for_url("**/du-lieu/lo/*/")
    told = page.inner_text("main")
    assert "1 dòng cần sửa" in told
    clerk.look("nhap-xem-truoc", phone=True)
    row = page.locator("#dong-6")
    assert "không phải là số" in row.locator(".sh-bad[data-label='Số cử tri cùng nêu'] .hd-error").inner_text()
    assert "Không có ngày 31/02/2026" in row.locator(".sh-bad[data-label='Ngày nêu'] .hd-error").inner_text()
    assert page.locator("tbody tr").count() == 1, "what needs mending stands first"
    page.click("text=Bảng được hiểu thế nào")
    assert "Màu phiếu" in page.inner_text("details:has-text('Bảng được hiểu thế nào')")
    page.click("#danh-sach a:has-text('Tất cả')")
    page.wait_for_selector("#dong-5")
    assert BRIDGE in page.inner_text("#dong-5"), "the letters came together again"
    assert "thủy lợi lạ" in page.inner_text("#dong-7")
    clerk.look("nhap-tat-ca", phone=True)
    return page.url.split("?")[0].removeprefix(clerk.site)


def _mend(clerk):
    page = clerk.page
    page.click("#dong-6 .sh-mend")
    page.wait_for_selector("#dong-6 input[name=voters]")
    assert page.input_value("#dong-6 input[name=voters]") == "hơn chục"
    page.fill("#dong-6 input[name=voters]", "12")
    clerk.look("nhap-sua-dong", phone=True)
    page.click("#dong-6 button[type=submit]")
    page.wait_for_selector("#dong-6:not(.sh-open) .sh-bad")
    assert page.locator("#dong-6 .sh-bad").count() == 1, "one of two is mended"
    page.click("#dong-6 .sh-mend")
    page.fill("#dong-6 input[name=raised_on]", "01/10/2026")
    page.click("#dong-6 button[type=submit]")
    page.wait_for_selector("#dong-6:not(:has(.sh-bad)):not(.sh-open)")
    page.wait_for_selector("button:has-text('Nhận 3 dòng')")


def _take(clerk):
    page = clerk.page
    page.click("button:has-text('Nhận 3 dòng')")
    page.wait_for_selector("text=Đã nhận 3 dòng")
    clerk.look("nhap-da-nhan", phone=True)
    page.click("#dong-5 >> text=Mở mục đã nhận")
    page.wait_for_url("**/cu-tri/kien-nghi/*/")
    told = page.inner_text("main")
    assert BRIDGE in told
    assert "Thôn Thượng" in told
    return page.url.removeprefix(clerk.site)


def _cancel(clerk, address, record):
    page = clerk.go(address).page
    page.click("text=Hủy lô")
    page.wait_for_selector("textarea[name=reason][required]")
    page.fill("textarea[name=reason]", "Gửi nhầm bảng của đợt trước")
    clerk.look("nhap-huy", phone=True)
    page.click("main button:has-text('Hủy lô')")
    page.wait_for_selector("text=Đã hủy lô")
    clerk.look("nhap-cac-lo", phone=True)
    told = clerk.go(address).page.inner_text("main")
    assert "Lô đã hủy" in told
    assert "Gửi nhầm bảng của đợt trước" in page.text_content("main")
    assert "Đã hủy theo lô nhập" in clerk.go(record).page.inner_text("main")
