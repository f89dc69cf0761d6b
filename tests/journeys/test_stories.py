"""The life of a petition as people live it, in a real browser; and every screen of every role, on desk and phone."""

import re

import pytest

pytest_plugins = ["tests.journeys.site"]

DESK_PAGES = {
    "ban-lam-viec": "/ban-lam-viec/", "kien-nghi": "/cu-tri/kien-nghi/?xem=all", "ghi-kien-nghi": "/cu-tri/kien-nghi/moi/",
    "hoi-nghi": "/cu-tri/hoi-nghi/", "van-ban-chuyen": "/cu-tri/van-ban-chuyen/", "bao-cao": "/cu-tri/bao-cao/",
    "nhap": "/du-lieu/", "tim": "/tim/?q=duong+truc+chinh", "thong-bao": "/thong-bao/", "toi": "/toi/", "ky-hop": "/hoi-dong/ky-hop/",
}  # fmt: skip
ADMIN_PAGES = {
    "nguoi-dung": "/quan-tri/nguoi-dung/", "them-nguoi": "/quan-tri/nguoi-dung/moi/", "don-vi": "/quan-tri/don-vi/",
    "quy-dinh": "/quan-tri/quy-dinh/", "so-van-ban": "/quan-tri/so-van-ban/", "mau-van-ban": "/quan-tri/mau-van-ban/",
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_the_office_sees_every_screen_at_desk_and_phone_width(visit, width):
    officer = visit("chuyenvien", width=width)
    for name, path in DESK_PAGES.items():
        officer.go(path).look(f"van-phong-{name}")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_body_and_the_administrator_see_their_screens(visit, width):
    body = visit("soxaydung", width=width)
    for name in ("ban-lam-viec", "kien-nghi", "van-ban-chuyen"):
        body.go(DESK_PAGES[name]).look(f"so-{name}")
    administrator = visit("quantri", width=width)
    for name, path in ADMIN_PAGES.items():
        administrator.go(path).look(f"quan-tri-{name}")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_stranger_sees_portal_help_and_sign_in(visit, width):
    stranger = visit(None, width=width)
    for name, path in {"cong": "/cong/", "tro-giup": "/cong/tro-giup/", "dang-nhap": "/tai-khoan/dang-nhap/"}.items():
        stranger.go(path).look(f"cong-{name}")


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(visit):
    stranger = visit(None)
    stranger.go("/tai-khoan/dang-nhap/")
    stranger.page.fill("input[name=login]", "xa")
    stranger.page.fill("input[name=password]", "khong-phai")
    stranger.page.click("main button[type=submit] >> nth=0")
    stranger.page.wait_for_load_state("load")
    assert stranger.page.input_value("input[name=login]") == "xa"
    assert stranger.page.locator(".hd-errors, .hd-error").count()


def test_the_line_from_the_meeting_to_the_voters_phone(visit):
    words = "Cầu gỗ đầu xóm Mới gãy hai nhịp, học sinh phải đi vòng ba cây số, đề nghị xây cầu bê tông."
    _clerk_writes_at_the_meeting(visit, words)
    number, code = _clerk_hands_up(visit, words)
    _office_classifies_and_sends(visit, number)
    _body_answers(visit, number)
    _office_judges(visit, number)
    _voter_follows(visit, code, words)


def _clerk_writes_at_the_meeting(visit, words):
    clerk = visit("xa")
    page = clerk.page
    clerk.go("/cu-tri/hoi-nghi/").look("xa-hoi-nghi")
    page.click("text=Đang ghi >> nth=0") if page.locator("table a:has-text('Đang ghi')").count() else page.click(
        "tbody a >> nth=0"
    )
    page.wait_for_load_state("load")
    clerk.look("xa-ghi-y-kien")
    row = page.locator("tr[data-place]").last
    row.locator("textarea[name^=text-]").fill(words)
    row.locator("[name^=hamlet-]").fill("Xóm Mới")
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=words)
    page.wait_for_function("words => !JSON.stringify(localStorage).includes(words)", arg=words)  # the server has it
    page.reload()
    assert words in page.locator("textarea[name^=text-]").evaluate_all("all => all.map(one => one.value).join('|')")
    page.click("button:has-text('Lập biên bản')")
    page.wait_for_load_state("load")
    clerk.look("xa-bien-ban")
    with page.expect_download() as paper:
        page.click("a:has-text('Biên bản DOCX')")
    assert paper.value.path().read_bytes()[:2] == b"PK"
    clerk.leave()


def _clerk_hands_up(visit, words):
    clerk = visit("xa")
    page = clerk.page
    clerk.go("/cu-tri/kien-nghi/?xem=new&tu-khoa=xóm Mới")
    page.click("tbody a >> nth=0")
    page.wait_for_load_state("load")
    assert words in page.content()
    clerk.look("xa-kien-nghi-moi")
    number = re.search(r"(\d+/\d{4})", page.inner_text("h1"))[1]
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page.inner_text("main"))[0]
    clerk.go(page.url.removeprefix(clerk.site) + "giay-hen/").look("xa-giay-hen")
    page.go_back()
    page.click("a:has-text('Chuyển lên'), button:has-text('Chuyển lên')")
    page.wait_for_load_state("load")
    clerk.look("xa-chuyen-len")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert "Chờ phân loại" in page.inner_text("main")
    clerk.leave()
    return number, code


def _open(visitor, view, number):
    """The record with this number, through the worklist."""
    visitor.go(f"/cu-tri/kien-nghi/?xem={view}&dong=100")
    visitor.page.click(f"tbody a:has-text('{number}')")
    visitor.page.wait_for_load_state("load")


def _press(visitor, label):
    """The button of a move, and the page it leads to."""
    visitor.page.click(f"main a:has-text('{label}') >> nth=0")
    visitor.page.wait_for_load_state("load")


def _office_classifies_and_sends(visit, number):
    officer = visit("chuyenvien")
    page = officer.page
    _open(officer, "handed_up", number)
    _press(officer, "Phân loại")
    officer.look("van-phong-phan-loai")
    page.select_option("select[name=level]", "province") if page.locator("select[name=level]").count() else page.check(
        "input[name=level][value=province]"
    )
    _choose(page, "field", "Giao thông")
    _choose(page, "body", "Sở Xây dựng")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert "Đã phân loại" in page.inner_text("main")
    _press(officer, "Chuyển cơ quan")
    officer.look("van-phong-chuyen")
    page.fill("input[name=signer]", "Đỗ Thị Thanh Xuân")
    page.fill("input[name=signer_title]", "PHÓ CHÁNH VĂN PHÒNG")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    officer.look("van-phong-da-chuyen")
    page.click("main a[href*='van-ban-chuyen/']")
    page.wait_for_load_state("load")
    officer.look("van-phong-van-ban")
    for kind, sign in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = page.request.get(officer.site + page.get_attribute(f"a[href$='/{kind}/']", "href"))
        assert answer.body().startswith(sign), kind
    officer.leave()


def _choose(page, name, words):
    """Choose in a select, searching in it where it offers that."""
    select = page.locator(f"select[name={name}]")
    if select.get_attribute("data-suggest") is None:
        value = select.locator(f"option:has-text('{words}') >> nth=0").get_attribute("value")
        select.select_option(value)
        return
    # The library that searches comes after the page: before it is there, a select that asks the server has no choices.
    page.wait_for_function("name => document.querySelector(`select[name=${name}]`).tomselect", arg=name)
    field = page.locator(f"select[name={name}] + .ts-wrapper input")
    field.click()
    field.fill(words)
    page.locator(f".ts-dropdown .option:has-text('{words}') >> nth=0").click()


def _body_answers(visit, number):
    body = visit("soxaydung")
    page = body.page
    _open(body, "sent", number)
    _press(body, "Tiếp nhận")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    _press(body, "Trả lời")
    body.look("so-tra-loi")
    page.fill("textarea[name=words]", "Sở đã khảo sát cùng xã; cầu mới đưa vào kế hoạch, trước mắt gia cố cầu tạm.")
    page.select_option("select[name=result]", "working.road_map")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert page.locator(".hd-errors").count(), "a road map without a date must be refused"
    assert "khảo sát cùng xã" in page.input_value("textarea[name=words]")
    body.look("so-tra-loi-thieu-ngay")
    page.fill("input[name=promised_on]", "30/06/2027")
    page.set_input_files("input[name=file]", {"name": "tra-loi.pdf", "mimeType": "application/pdf", "buffer": _pdf()})
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    body.look("so-da-tra-loi")
    assert "30/06/2027" in page.inner_text("main")
    body.leave()


def _pdf():
    """A small real PDF."""
    import io

    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def _office_judges(visit, number):
    officer = visit("chuyenvien")
    page = officer.page
    _open(officer, "answered", number)
    officer.look("van-phong-ho-so")
    _press(officer, "Đánh giá trả lời")
    page.check("input[name=verdict][value=full]")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    _press(officer, "Chuyển kỳ họp sau")
    page.click("button[name=lam]")
    page.wait_for_load_state("load")
    assert "Chuyển kỳ họp sau" in page.inner_text("main")
    officer.leave()


def _voter_follows(visit, code, words):
    voter = visit(None, width=360)
    page = voter.page
    voter.go("/cong/")
    page.fill("input[name=ma]", code.lower().replace("-", " "))
    page.click("button:has-text('Xem')")
    page.wait_for_load_state("load")
    voter.look("cu-tri-theo-doi")
    told = page.inner_text("main")
    assert "Đã được trả lời" in told
    assert "Chưa giải quyết xong" in told
    assert "30/06/2027" in told
    assert words in told
