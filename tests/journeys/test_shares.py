"""Petitions for several bodies: many classified at once, one body leads, others give their part or return it. One story."""

import io
import re

from pypdf import PdfWriter

pytest_plugins = ["tests.journeys.site"]

# Words of no petition of the demo; the petitions are the story's own.
WORDS = (
    "Mặt đường nhựa tỉnh lộ từ chợ Phủ đến cầu Vạn Phúc hư hỏng nặng, nhiều ổ gà, đề nghị Sở Xây dựng sửa chữa.",
    "Kênh tiêu dọc tỉnh lộ qua chợ Phủ bồi lắng, cứ mưa là ngập mặt đường, đề nghị Sở Xây dựng nạo vét và làm lại cống.",
)
ASKED = "Đề nghị Sở cho ý kiến về hiện trạng kênh tiêu, phạm vi bảo vệ công trình thủy lợi và khả năng bố trí kinh phí nạo vét."
OPINION = "Sở đã kiểm tra thực địa: kênh bồi lắng 0,6 m trên 1,2 km, đề nghị đưa vào kế hoạch nạo vét quý I/2027."
REASON = "Tuyến đường này không nằm trong phạm vi bảo vệ công trình thủy lợi do Sở quản lý."


def test_two_petitions_are_classified_at_once_shared_answered_and_one_part_comes_back(visit):
    office = visit("chuyenvien")
    petitions = _write_down(office)
    _classify_by_keyboard(office, petitions)
    _send(office, petitions)
    _ask_for_both(office, petitions)

    coordinating = visit("sonongnghiep")
    _give_an_opinion(coordinating, petitions[1])
    _return_the_other_part(coordinating, petitions[0])

    _the_lead_body_reads_and_answers(visit("soxaydung"), petitions)

    office.go(petitions[1]).look("phoi-hop-van-phong-ho-so", phone=True)
    assert OPINION in office.page.inner_text("#phoi-hop")
    assert office.page.locator("#phoi-hop a:has-text('Rút lời đề nghị')").count() == 0, "nothing is left to take back"


def _settled(page):
    page.wait_for_load_state("load")


def _pick(page, name, words):
    """Choose in a select that searches."""
    page.wait_for_function("name => document.querySelector(`select[name=${name}]`).tomselect", arg=name)
    field = page.locator(f"select[name={name}] + .ts-wrapper input")
    field.click()
    field.fill(words)
    page.locator(f".ts-dropdown:visible .option:has-text('{words}') >> nth=0").click()
    page.keyboard.press("Escape")


def _write_down(office):
    """The city's office writes two petitions down that came by letter. Returns their addresses."""
    page, found = office.page, []
    for words in WORDS:
        office.go("/cu-tri/kien-nghi/moi/")
        page.fill("textarea[name=text]", words)
        _pick(page, "commune", "An Khánh")
        page.click("main form button:has-text('Ghi') >> nth=0")
        page.wait_for_url(re.compile(r"/cu-tri/kien-nghi/\d+/"))
        found.append(page.url.removeprefix(office.site))
    return found


def _keys(petitions):
    return "&".join(f"chon={address.split('/')[-2]}" for address in petitions)


def _classify_by_keyboard(office, petitions):
    page = office.page
    office.go(f"/cu-tri/kien-nghi/viec/classify/?{_keys(petitions)}").look("phan-loai-nhieu", phone=True)
    assert page.locator("input[name=nhan]:checked").count() == 0, "nothing is taken over before somebody chooses"
    page.click("button[name=lam]")
    _settled(page)
    assert "đánh dấu đề xuất" in page.inner_text("main .hd-errors")
    office.look("phan-loai-nhieu-chua-chon", phone=True)
    for place in range(page.locator("input[name=nhan]").count()):
        page.focus(f"input[name=nhan] >> nth={place}")
        page.keyboard.press("Space")
    office.look("phan-loai-nhieu-da-chon", phone=True)
    # What is not proposed is said for both; what was ticked stays as it was proposed.
    page.select_option("select[name=level]", "province")
    page.focus("button[name=lam]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "viec/classify" not in address)
    office.go(f"/cu-tri/kien-nghi/viec/classify/?{_keys(petitions)}")
    page.select_option("select[name=field]", label="Giao thông, hạ tầng")
    page.select_option("select[name=level]", "province")
    _pick(page, "body", "Sở Xây dựng")
    page.click("button[name=lam]")
    _settled(page)
    for address in petitions:
        office.go(address)
        assert "Sở Xây dựng" in page.inner_text("main .hd-facts >> nth=0")


def _send(office, petitions):
    page = office.page
    office.go(f"/cu-tri/kien-nghi/viec/send/?{_keys(petitions)}")
    page.fill("input[name=signer]", "Đỗ Thị Thanh Xuân")
    page.click("button[name=lam]")
    _settled(page)
    assert "Đã chuyển, chưa tiếp nhận" in office.go(petitions[0]).page.inner_text("main")


def _ask_for_both(office, petitions):
    page = office.page
    numbers = [address.split("/")[-2] for address in petitions]
    office.go("/cu-tri/kien-nghi/?xem=sent&dong=100")
    for number in numbers:
        page.check(f"tbody input[name=chon][value='{number}']")
    page.click("button:has-text('Hỏi cơ quan phối hợp')")
    _settled(page)
    office.look("phoi-hop-hoi", phone=True)
    _pick(page, "body_1", "Sở Xây dựng")
    page.fill("textarea[name=asked_for]", ASKED)
    page.click("button[name=lam]")
    _settled(page)
    assert "đang chủ trì" in page.inner_text("main .hd-errors"), "the lead body is not asked beside itself"
    assert page.input_value("textarea[name=asked_for]") == ASKED
    office.look("phoi-hop-hoi-chu-tri", phone=True)
    _pick(page, "body_1", "Sở Nông nghiệp")
    page.click("button[name=lam]")
    _settled(page)
    office.go(petitions[0])
    assert "Chờ ý kiến" in page.inner_text("#phoi-hop")


def _open_part(body, petition):
    """The part of this body in a petition, through its list."""
    number = petition.split("/")[-2]
    body.go("/cu-tri/phoi-hop/")
    body.page.click(f".mb-card:has(b:text-matches('^{number}/')) >> nth=0")
    _settled(body.page)


def _give_an_opinion(body, petition):
    page = body.page
    body.go("/ban-lam-viec/")
    page.click("main a:has-text('Kiến nghị chờ ý kiến phối hợp')")
    _settled(page)
    body.look("phoi-hop-danh-sach", phone=True)
    _open_part(body, petition)
    body.look("phoi-hop-phan-viec", phone=True)
    page.evaluate("document.querySelectorAll('main form').forEach((form) => { form.noValidate = true; })")
    page.click("button:has-text('Gửi ý kiến')")
    _settled(page)
    body.look("phoi-hop-thieu-y-kien", phone=True)
    page.fill("textarea[name=words]", OPINION)
    name = "y-kien-phoi-hop-ve-hien-trang-kenh-tieu-doc-tinh-lo-ban-ky-so.pdf"
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/pdf", "buffer": _paper()})
    page.click("button:has-text('Gửi ý kiến')")
    _settled(page)
    page.wait_for_selector(f"a:has-text('{name}')")
    body.look("phoi-hop-da-cho-y-kien", phone=True)


def _return_the_other_part(body, petition):
    page = body.page
    _open_part(body, petition)
    page.focus("main .sh-back summary")
    page.keyboard.press("Enter")
    page.fill("textarea[name=tra-reason]", REASON)
    body.look("phoi-hop-tra-lai", phone=True)
    page.click("button:has-text('Trả lại phần việc')")
    _settled(page)
    assert REASON in page.inner_text("main")
    body.go("/cu-tri/phoi-hop/?xem=all").look("phoi-hop-tat-ca", phone=True)


def _the_lead_body_reads_and_answers(lead, petitions):
    page = lead.page
    lead.go(petitions[0])
    assert REASON in page.inner_text("#phoi-hop")
    assert "Tiếp nhận kiến nghị trước" in page.inner_text("main"), "a closed door says why"
    lead.go(petitions[1]).look("phoi-hop-chu-tri", phone=True)
    assert OPINION in page.inner_text("#phoi-hop")
    paper = page.request.get(lead.site + page.get_attribute("#phoi-hop a[href*='.pdf'], #phoi-hop .hd-file a", "href"))
    assert paper.body().startswith(b"%PDF")
    for move in ("Tiếp nhận", "Trả lời"):
        page.click(f"main a:has-text('{move}') >> nth=0")
        _settled(page)
        if move == "Trả lời":
            page.fill(
                "textarea[name=words]", "Sở phối hợp Sở Nông nghiệp và Môi trường nạo vét kênh, làm lại cống trong quý I/2027."
            )
            page.select_option("select[name=result]", "explained")
        page.click("button[name=lam]")
        _settled(page)
    assert "Đã trả lời" in page.inner_text("main")


def _paper():
    """A small real PDF."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
