"""A reply letter as people meet it: brought in once, confirmed pair by pair by keyboard alone, left and gone on with, written."""

import re

from tests.citizens.voters.replies.letters import docx, pdf

pytest_plugins = ["tests.journeys.site"]

ANSWERS = (
    "Sở đang lập hồ sơ thiết kế; dự kiến hoàn thành trước ngày 30/6/{next}.",
    "Sở đã hoàn thành sửa chữa trong tháng 10 và bàn giao cho xã quản lý.",
    "Hiện nay thành phố chưa bố trí được kinh phí; Sở sẽ tham mưu khi có nguồn.",
)
STRANGE = "Đề nghị mở thêm lớp dạy bơi cho học sinh tiểu học trong dịp hè tại bể bơi cụm liên trường."


def _waiting(visitor, most=3):
    """Numbers and words of petitions that wait for this body."""
    found = {}
    for view in ("sent", "taken"):
        visitor.go(f"/cu-tri/kien-nghi/?xem={view}")
        addresses = visitor.page.eval_on_selector_all("a[data-open-row]", "links => links.map(one => one.getAttribute('href'))")
        for address in addresses[: most - len(found)]:
            page = visitor.go(address).page
            number = re.search(r"\d+/20\d\d", page.inner_text("h1")).group()
            found[number] = page.inner_text(".hd-said >> nth=0")
    return found


def _letter(asked):
    for place, (text, answer) in enumerate(
        zip([*asked.values(), STRANGE], [*ANSWERS, "Sở đã chuyển cơ quan khác."], strict=False), 1
    ):
        yield from (f"{place}. Kiến nghị số {place}", "Nội dung kiến nghị", text, "Kết quả giải quyết", answer)


def _bring(visitor, content, name):
    page = visitor.go("/cu-tri/thu-tra-loi/moi/").page
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("main form button[type=submit]")
    page.wait_for_load_state("load")
    return page


def _marked(page, side):
    """The words marked on one side of a pair."""
    return {word for mark in page.locator(f"{side} mark").all_inner_texts() for word in re.findall(r"\w+", mark.lower())}


def _settled(page):
    page.wait_for_load_state("load")
    page.wait_for_selector(".mc-pair")


def test_a_department_answers_its_petitions_with_one_letter_by_keyboard_alone(visit):
    body = visit("soxaydung")
    asked = _waiting(body)
    assert len(asked) == 3
    letter = docx(*_letter(asked))
    body.go("/cu-tri/thu-tra-loi/").look("thu-tra-loi-trong")
    page = _bring(body, letter, "tra-loi-cu-tri.docx")
    _settled(page)
    body.look("thu-khop")
    address = page.url.split("?")[0]
    said, meant = (_marked(page, side) for side in (".mc-letter", ".mc-ask"))
    assert meant, "the words both share are marked"
    assert meant <= said, "what is marked in the petition is marked in the letter too"
    assert "Máy đọc từ thư" in page.inner_text(".mc-take")

    phone = visit("soxaydung", width=360)
    phone.go(address.replace(phone.site, "")).look("thu-khop")

    page.keyboard.press("Enter")
    _settled(page)
    assert "Đã xem 1 trên 4 đoạn" in page.inner_text(".mc-progress")
    page.keyboard.press("x")
    _settled(page)
    assert "Máy không đủ chắc" in page.inner_text(".mc-ask"), "what was refused is not shown again"
    page.keyboard.press("k")
    page.wait_for_selector("#tim-kn")
    body.look("thu-chon")
    number = list(asked)[1]
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    page.focus(f"button:has-text('{number}')")
    page.keyboard.press("Enter")
    _settled(page)
    page.keyboard.press("Enter")
    _settled(page)

    # Left here, and gone on with by a colleague's screen: everything is kept.
    page = body.go(address.replace(body.site, "")).page
    assert "Đã xem 2 trên 4 đoạn" in page.inner_text(".mc-progress")
    page.keyboard.press("Enter")
    _settled(page)
    page.keyboard.press("0")
    _settled(page)
    assert "Đã xem hết" in page.inner_text(".mc-progress")
    page.keyboard.press("g")
    page.wait_for_selector("#con-lai")
    body.look("thu-ghi")
    assert "Đoạn không gắn kiến nghị nào" in page.inner_text("main")
    page.click("button:has-text('Ghi 3 trả lời')")
    page.wait_for_selector("text=Đã ghi trả lời cho 3 kiến nghị")
    body.look("thu-xong")
    phone.go(address.replace(phone.site, "")).look("thu-xong")

    page = _bring(body, letter, "ban-sao.docx")
    assert "Tệp này đã được đưa vào" in page.inner_text("main")
    body.look("thu-trung-tep")

    office = visit("chuyenvien")
    page = office.go("/cu-tri/kien-nghi/?xem=answered").page
    assert list(asked)[0] in page.inner_text("main")


def test_bounds_are_put_right_and_a_scan_is_refused_with_what_to_do(visit):
    office = visit("chuyenvien2")
    page = office.go("/cu-tri/thu-tra-loi/moi/").page
    office.look("thu-dua-vao")
    page = _bring(office, _scan(), "ban-quet.pdf")
    assert "bản quét" in page.inner_text("main")
    office.look("thu-ban-quet")
    page = _bring(office, b"MZ\x90\x00" + b"\0" * 200, "thu.pdf")
    assert "chương trình chạy được" in page.inner_text("main")

    lines = ["SỞ XÂY DỰNG", "Số: 51/SXD-VP", "Kính gửi: Thường trực Hội đồng nhân dân thành phố.",
             "1. Kiến nghị số 1", "Cử tri đề nghị sửa mặt đường liên xã đã hỏng nhiều năm nay.", "Trả lời: Sở đã vá xong ổ gà trên toàn tuyến.",
             "Cử tri khác đề nghị lắp gương cầu lồi ở ngã ba trước trạm y tế.", "Sở đã giao đơn vị quản lý đường bộ khảo sát."]  # fmt: skip
    page = _bring(office, pdf(*lines), "thu-hai-doan.pdf")
    _settled(page)
    page.keyboard.press("u")
    _settled(page)
    office.look("thu-sua-doan")
    before = page.locator(".mc-list ol > li").count()
    page.click("button:has-text('Tách từ đây') >> nth=-2")
    _settled(page)
    assert page.locator(".mc-list ol > li").count() == before + 1
    page.click("button:has-text('Lời hỏi') >> nth=0")
    _settled(page)
    assert page.get_attribute("button:has-text('Lời hỏi') >> nth=0", "aria-pressed") == "true"
    page.keyboard.press("u")
    _settled(page)
    office.look("thu-da-tach")


def _scan():
    """A PDF with a picture and no letter."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(out, "PDF")
    return out.getvalue()
