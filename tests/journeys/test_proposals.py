"""Proposals as people meet them: shown while one types, taken with a click or a key, undone with the same."""

import pytest

pytest_plugins = ["tests.journeys.site"]

WORDS = "Tuyến đường trục chính qua xóm Đông xuống cấp, nhiều ổ gà, mưa là ngập, đề nghị Sở Xây dựng sửa chữa mặt đường."


def _body(page):
    return page.evaluate("document.querySelector('[name=body]').selectedOptions[0]?.text || ''")


def _proposed(page):
    page.wait_for_selector(".vt-pr-list [data-take]")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_clerk_takes_a_proposal_over_and_takes_it_back(visit, width):
    clerk = visit("xa", width=width)
    page = clerk.go("/cu-tri/kien-nghi/moi/").page
    page.fill("textarea[name=text]", WORDS)
    _proposed(page)
    assert "Giao thông, hạ tầng" in page.inner_text(".vt-pr-list")
    assert "Sở Xây dựng" in page.inner_text(".vt-pr")
    assert page.input_value("select[name=field]") == "", "nothing is filled in before somebody chooses"
    clerk.look("de-xuat-ghi")
    page.click("[data-take=field]")
    assert page.evaluate("document.querySelector('[name=field]').selectedOptions[0].text") == "Giao thông, hạ tầng"
    page.click("[data-take=field]")
    assert page.input_value("select[name=field]") == ""


def test_a_key_takes_all_and_the_petition_keeps_what_was_taken(visit):
    clerk = visit("xa")
    page = clerk.go("/cu-tri/kien-nghi/moi/").page
    page.fill("textarea[name=text]", WORDS)
    _proposed(page)
    page.keyboard.press("Alt+d")
    assert "Sở Xây dựng" in _body(page)
    page.keyboard.press("Alt+d")
    assert _body(page) in ("", "Chưa rõ")
    page.keyboard.press("Alt+d")
    clerk.look("de-xuat-da-dung")
    page.click("button:has-text('Ghi') >> nth=0")
    page.wait_for_load_state("load")
    said = page.inner_text("main")
    assert "Giao thông, hạ tầng" in said
    assert "Sở Xây dựng" in said


def test_the_office_sees_words_reason_and_earlier_petitions_side_by_side(visit):
    officer = visit("chuyenvien")
    page = officer.go("/cu-tri/kien-nghi/?xem=handed_up").page
    page.click("tbody a >> nth=0")
    page.wait_for_load_state("load")
    page.click("main a:has-text('Phân loại') >> nth=0")
    page.wait_for_load_state("load")
    page.wait_for_selector(".vt-pr")
    officer.look("de-xuat-phan-loai")
    assert page.locator(".vt-pr small").count()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_row_of_the_grid_keeps_what_was_taken_over(visit, width):
    clerk = visit("xa", width=width)
    page = clerk.go("/cu-tri/hoi-nghi/").page
    page.click("tbody a >> nth=0")
    page.wait_for_load_state("load")
    row = page.locator("tr[data-place]").last
    place = row.get_attribute("data-place")
    row.locator("textarea[name^=text-]").fill(f"{WORDS} Lần {width}.")
    _proposed(page)
    clerk.look("de-xuat-hoi-nghi")
    page.click("[data-take=field]")
    page.wait_for_timeout(1800)
    page.reload()
    assert page.input_value(f"[name=field-{place}]", strict=True) != ""
