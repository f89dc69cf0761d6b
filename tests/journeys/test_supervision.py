"""A supervision team from its decision to the last recommendation carried out: office, deputy, body. One story."""

import datetime
import io

from pypdf import PdfReader

pytest_plugins = ["tests.journeys.site"]

TEAM = "Đoàn giám sát việc giải quyết kiến nghị về cầu, đường, thoát nước"
FINDING = "Đoàn đến tận nơi ngày 12: mới lập hồ sơ, chưa thi công; bà con chưa được báo lịch làm."
ASKED = "Thi công xong trước mùa mưa, báo lịch thi công cho bà con trước 10 ngày."


def _day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).strftime("%d/%m/%Y")


def _pick(page, name, words):
    """Choose in a select that searches."""
    page.wait_for_function("name => document.querySelector(`select[name=${name}]`).tomselect", arg=name)
    field = page.locator(f"select[name={name}] + .ts-wrapper input")
    field.click()
    field.fill(words)
    page.locator(f".ts-dropdown:visible .option:has-text('{words}') >> nth=0").click()
    page.keyboard.press("Escape")


def test_a_team_is_founded_finds_concludes_and_is_closed_when_the_body_reported(visit):
    _found_and_take_up(visit)
    _find_on_the_phone(visit)
    _conclude(visit)
    _report_and_close(visit)


def _found_and_take_up(visit):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go("/cu-tri/doan-giam-sat/").look("giam-sat-danh-sach")
    page.click("a:has-text('Lập đoàn giám sát') >> nth=0")
    page.wait_for_load_state("load")
    for name, words in (("name", TEAM), ("decision_number", "15/QĐ-HĐND"), ("decision_date", _day(0)),
                        ("starts_on", _day(0)), ("ends_on", _day(30))):  # fmt: skip
        page.fill(f"[name={name}]", words)
    _pick(page, "head", "Vũ Đình Khải")
    _pick(page, "members", "Ngô Thị Kim Oanh")
    officer.look("giam-sat-lap-doan")
    page.click("main button:has-text('Lập đoàn')")
    page.wait_for_selector("text=Chưa chọn kiến nghị nào")
    officer.go("/cu-tri/kien-nghi/?xem=sent")
    for place in range(2):
        page.check(f"tbody input[name=chon] >> nth={place}")
    page.click("button:has-text('Đưa vào đoàn giám sát')")
    page.wait_for_load_state("load")
    officer.look("giam-sat-chon")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    officer.go("/cu-tri/kien-nghi/?xem=answered")
    page.click("a:has-text('Giám sát danh sách này')")
    page.wait_for_load_state("load")
    officer.look("giam-sat-ca-danh-sach")
    page.click("main button:has-text('Đưa vào đoàn giám sát')")
    page.wait_for_selector(f"h1:has-text('{TEAM}')")
    assert page.locator(".mb-card").count() >= 3


def _find_on_the_phone(visit):
    deputy = visit("daibieu", width=360)
    page = deputy.page
    deputy.go("/ban-lam-viec/")
    page.click("main a:has-text('Kiến nghị đoàn giám sát chờ nhận xét')")
    page.wait_for_load_state("load")
    page.click(f"a:has-text('{TEAM}') >> nth=0")
    page.wait_for_load_state("load")
    page.click("a:has-text('Ghi nhận xét')")
    page.wait_for_load_state("load")
    for place in range(30):
        page.fill("textarea[name=words]", FINDING)
        page.select_option("select[name=seen]", "working" if place else "nothing")
        page.select_option("select[name=pace]", "late")
        if not place:
            deputy.look("giam-sat-nhan-xet")
        page.click("button:has-text('Lưu, sang kiến nghị sau')")
        page.wait_for_load_state("load")
        if not page.locator("textarea[name=words]").count():
            break
    deputy.look("giam-sat-dai-bieu-doan")
    assert page.locator("text=Chưa có nhận xét").count() == 0
    assert not page.locator("a:text-is('Kết luận')").count(), "a member leads nothing"


def _open(visitor, view):
    """The page of the team, through the list; its address."""
    visitor.go(f"/cu-tri/doan-giam-sat/?xem={view}")
    visitor.page.click(f"a:has-text('{TEAM}') >> nth=0")
    visitor.page.wait_for_load_state("load")
    return visitor.page.url.removeprefix(visitor.site)


def _conclude(visit):
    officer = visit("chuyenvien")
    page = officer.page
    team = _open(officer, "working")
    page.click("a:has-text('Thêm kiến nghị với cơ quan')")
    page.wait_for_load_state("load")
    _pick(page, "body", "Sở Xây dựng")
    for name, words in (("words", ASKED), ("person", "Giám đốc Sở"), ("due_on", _day(60))):
        page.fill(f"[name={name}]", words)
    page.click("main button:has-text('Lưu')")
    page.wait_for_load_state("load")
    page.click("a:text-is('Kết luận')")
    page.wait_for_load_state("load")
    page.fill("textarea[name=words]", "Các cơ quan trả lời đúng hạn.\nViệc thi công chậm so với lời hứa.")
    page.fill("input[name=number]", "03/KL-ĐGS")
    officer.look("giam-sat-ket-luan")
    page.click("main button:has-text('Kết luận')")
    page.wait_for_load_state("load")
    officer.go(team).look("giam-sat-doan")
    words = _words_of(page.request.get(page.eval_on_selector("a:has-text('Kết luận đã ban hành')", "link => link.href")).body())
    assert "03/KL-ĐGS" in words
    assert "Giám đốc Sở" in words


def _report_and_close(visit):
    _the_body_speaks(visit, "Gửi báo cáo", "Sở đã thi công một bên lan can.", "giam-sat-co-quan")
    _ask_why(visit)
    _the_body_speaks(visit, "Gửi giải trình", "Bên còn lại thiếu vốn, xong trong quý sau.", "giam-sat-giai-trinh")

    officer = visit("chuyenvien")
    page = officer.page
    team = _open(officer, "concluded")
    page.click("#kien-nghi-giam-sat .mb-card")
    page.wait_for_load_state("load")
    page.click("button:has-text('Đã thực hiện')")
    page.wait_for_load_state("load")
    officer.go(f"{team}viec/close_team/")
    page.click("main button:has-text('Kết thúc theo dõi')")
    page.wait_for_load_state("load")
    assert "Đã kết thúc" in page.inner_text("main, h1 ~ p")
    officer.go("/cu-tri/bao-cao/bieu/supervision/").look("giam-sat-phu-luc-6")
    assert FINDING in page.inner_text("main")


def _ask_why(visit):
    officer = visit("chuyenvien")
    _open(officer, "concluded")
    officer.page.click("#kien-nghi-giam-sat .mb-card")
    officer.page.wait_for_load_state("load")
    officer.page.fill("textarea[name=words]", "Còn một bên lan can chưa làm. Giải trình lý do.")
    officer.page.click("button:has-text('Yêu cầu giải trình')")
    officer.page.wait_for_load_state("load")
    assert "Chờ giải trình" in officer.page.inner_text("main")
    officer.leave()


def _the_body_speaks(visit, button, words, picture):
    body = visit("soxaydung", width=360)
    page = body.page
    body.go("/cu-tri/kien-nghi-giam-sat/?xem=all")
    page.click(f".mb-card:has-text('{ASKED[:30]}') >> nth=0")
    page.wait_for_load_state("load")
    page.fill("textarea[name=words]", words)
    body.look(picture)
    page.click(f"button:has-text('{button}')")
    page.wait_for_load_state("load")
    assert "Đã báo cáo, chờ xem xét" in page.inner_text("main")
    body.leave()


def _words_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
