"""A voter on the portal, with the code alone: rates the answer, says whether the promise was kept; the office reads it."""

import datetime
import re

pytest_plugins = ["tests.journeys.site"]

WORDS = "Mới phát tờ khai, chưa ai đến đo đạc cả."


def test_a_voter_rates_an_answer_and_says_whether_the_promise_was_kept(visit):
    address = _a_body_answers_with_a_promise_for_today(visit)
    officer = visit("chuyenvien").go(address)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", officer.page.inner_text("main")).group()

    voter = visit(None, width=360)
    page = voter.page
    voter.go("/cong/")
    page.fill("input[name=ma]", code)
    page.click("button:has-text('Xem')")
    page.wait_for_load_state("load")
    reply, promise = (f"form.pt-rate:has(input[name=about][value={about}])" for about in ("reply", "promise"))
    page.click(f"{reply} label:has(input[value=partly])")
    page.click(f"{reply} button")
    page.wait_for_load_state("load")
    page.click(f"{promise} label:has(input[value=bad])")
    page.click(f"{promise} summary")
    page.fill(f"{promise} textarea", WORDS)
    page.click(f"{promise} button")
    page.wait_for_load_state("load")
    told = page.inner_text("#danh-gia")
    assert told.count("Cảm ơn Ông/Bà.") == 2
    assert page.is_checked(f"{promise} input[value=bad]")
    voter.go(f"/cong/tra-cuu/{code}/").look("cu-tri-da-danh-gia")

    officer.go(address).look("van-phong-danh-gia-cua-cu-tri")
    read = officer.page.inner_text("main")
    assert WORDS in read
    assert "Việc giữ lời hứa" in read


def _a_body_answers_with_a_promise_for_today(visit):
    body = visit("sonongnghiep")
    page = body.page
    body.go("/cu-tri/kien-nghi/?xem=sent")
    page.click("tbody a[data-open-row] >> nth=0")
    page.wait_for_load_state("load")
    address = page.url.removeprefix(body.site)
    page.click("main a:has-text('Tiếp nhận') >> nth=0")
    page.wait_for_load_state("load")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    page.click("main a:has-text('Trả lời') >> nth=0")
    page.wait_for_load_state("load")
    page.fill("textarea[name=words]", "Sở đã giao chi nhánh đo đạc lại bản đồ, cấp giấy chứng nhận cho các hộ đủ điều kiện.")
    page.select_option("select[name=result]", "working.road_map")
    page.fill("input[name=promised_on]", datetime.date.today().strftime("%d/%m/%Y"))
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert "Đã trả lời, chờ đánh giá" in page.inner_text("main")
    body.leave()
    return address
