"""A body is late: one click on the row of the desk, a numbered letter as proof; then its answer comes on paper."""

import io
import re

import pytest
from pypdf import PdfReader, PdfWriter

pytest_plugins = ["tests.journeys.site"]


@pytest.fixture
def officer(visit):
    """Somebody of the city's office."""
    return visit("chuyenvien")


def test_the_office_urges_from_the_overdue_row_and_the_body_has_the_numbered_letter(officer, visit):
    page = officer.page
    officer.go("/ban-lam-viec/")
    row = page.locator("#qua-han li >> nth=0")
    address = row.locator(".hd-row-title").get_attribute("href")
    row.locator("a:has-text('Đôn đốc')").click()
    page.wait_for_load_state("load")
    officer.look("don-doc")
    page.fill("input[name=signer]", "Đỗ Thị Thanh Xuân")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")

    officer.go(address).look("don-doc-ho-so")
    told = page.inner_text("main")
    assert "lần 1" in told
    symbol = re.search(r"\d+/HĐND-VP", page.inner_text(".hd-facts div:has-text('Đôn đốc')")).group()
    page.click(f"main a:text-is('{symbol}') >> nth=-1")
    page.wait_for_load_state("load")
    officer.look("don-doc-van-ban")
    letter = page.request.get(officer.site + page.get_attribute("a[href$='/pdf/']", "href")).body()
    words = " ".join(PdfReader(io.BytesIO(letter)).pages[0].extract_text().split())
    assert symbol in words
    assert "lần 1" in words

    officer.go(address)
    page.click("main a:has-text('Đôn đốc') >> nth=0")
    page.wait_for_load_state("load")
    page.fill("input[name=signer]", "Đỗ Thị Thanh Xuân")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert "hạn trả lời" in page.inner_text("main .hd-errors"), "not urged again before its day has passed"

    _the_body_sees_the_letter(visit, symbol)


def _the_body_sees_the_letter(visit, symbol):
    body = visit("soxaydung")
    body.go("/cu-tri/don-doc/").look("so-don-doc")
    assert symbol in body.page.inner_text("main")
    body.leave()


def test_an_answer_that_comes_on_paper_is_written_down_by_the_office_for_the_body(officer):
    page = officer.page
    officer.go("/cu-tri/kien-nghi/?xem=sent&dong=100")
    page.click("tbody a[data-open-row] >> nth=-1")
    page.wait_for_load_state("load")
    page.click("main a:has-text('Ghi trả lời nhận bằng văn bản')")
    page.wait_for_load_state("load")
    page.fill("input[name=letter_number]", "6180/SXD-VP")
    page.fill("textarea[name=words]", "Khu đất đã được điều chỉnh quy hoạch, người dân được cấp phép sửa chữa từ tháng này.")
    page.select_option("select[name=result]", "solved.done")
    page.set_input_files("input[name=file]", {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": _scan()})
    officer.look("tra-loi-giay")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    officer.look("tra-loi-giay-ho-so")
    told = page.inner_text("main")
    assert "văn phòng ghi theo văn bản giấy" in told
    assert "6180/SXD-VP" in told


def _scan():
    """A small real PDF."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
