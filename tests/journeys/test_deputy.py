"""A deputy with a phone: the constituency's petitions, one followed, words added that the office reads, told when it moves."""

import re

pytest_plugins = ["tests.journeys.site"]

WORDS = "Tôi đã đến tận nơi chiều hôm qua: bà con chờ đã hai năm, đề nghị ưu tiên trước mùa mưa."


def test_a_deputy_follows_a_petition_adds_words_and_is_told_when_it_moves(visit):
    deputy = visit("daibieu", width=360)
    page = deputy.page
    deputy.go("/ban-lam-viec/")
    page.click("main a[href*='/cu-tri/dai-bieu/?xem='] >> nth=0")
    page.wait_for_load_state("load")
    deputy.go("/cu-tri/dai-bieu/?xem=open").look("dai-bieu-kien-nghi")
    page.click(".mb-card:has-text('Đã phân loại, chờ chuyển') >> nth=0")
    page.wait_for_load_state("load")
    number = re.search(r"\d+/20\d\d", page.inner_text("h1")).group()
    page.click("button:has-text('Theo dõi')")
    page.wait_for_selector("button:has-text('Bỏ theo dõi')")
    page.fill("textarea[name=words]", WORDS)
    page.click("button:has-text('Gửi văn phòng')")
    page.wait_for_selector(f"#loi .hd-quote:has-text('{WORDS[:30]}')")
    deputy.look("dai-bieu-mot-kien-nghi")
    deputy.go("/cu-tri/dai-bieu/?xem=followed")
    assert number in page.inner_text("main")

    _office_reads_the_words_and_sends(visit, number)

    deputy.go("/thong-bao/")
    told = re.compile(rf"{number}: Đã chuyển, chưa tiếp nhận")
    for _time in range(60):
        if told.search(page.inner_text("main")):
            break
        page.wait_for_timeout(250)
        page.reload()
    assert told.search(page.inner_text("main"))
    page.click(f"main a:has-text('{number}') >> nth=0")
    page.wait_for_load_state("load")
    assert "/cu-tri/dai-bieu/" in page.url
    assert "Đã chuyển, chưa tiếp nhận" in page.inner_text("main")


def _office_reads_the_words_and_sends(visit, number):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go("/cu-tri/kien-nghi/?xem=classified&dong=100")
    page.click(f"tbody a:has-text('{number}')")
    page.wait_for_load_state("load")
    assert WORDS in page.inner_text("main")
    page.click("main a:has-text('Chuyển cơ quan') >> nth=0")
    page.wait_for_load_state("load")
    page.fill("input[name=signer]", "Đỗ Thị Thanh Xuân")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    officer.leave()


def test_a_deputy_sees_no_petition_of_another_constituency_and_nothing_of_the_office(visit):
    deputy = visit("daibieu", width=360)
    page = deputy.page
    deputy.go("/cu-tri/dai-bieu/?xem=all")
    assert "Bạch Mai" not in page.inner_text("main")
    for path in ("/cu-tri/bao-cao/", "/cu-tri/van-ban-chuyen/9/", "/cu-tri/doan-giam-sat/moi/"):
        assert page.request.get(deputy.site + path).status == 404, path
