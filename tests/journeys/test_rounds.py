"""A round of voter contact as people live it: planned by keyboard, published, changed, held, urged, followed on the phone."""

import datetime
import re

import pytest

pytest_plugins = ["tests.journeys.site"]


def _day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).strftime("%d/%m/%Y")


def _address(page, words):
    """Where the round leads whose line says so."""
    return page.get_attribute(f"tbody tr:has-text('{words}') th a >> nth=0", "href")


@pytest.mark.parametrize("width", [1280, 360])
def test_everybody_sees_their_screens_of_a_round(visit, width):
    officer = visit("chuyenvien", width=width)
    officer.go("/cu-tri/dot-tiep-xuc/").look("dot-danh-sach")
    draft, published = _address(officer.page, "Đang soạn"), _address(officer.page, "118/KH-HĐND")
    officer.go(draft).look("dot-soan")
    officer.go(f"{draft}dan/").look("dot-dan")
    officer.go(published).look("dot-tong-quan")
    officer.go(f"{published}?xem=missing").look("dot-thieu-bien-ban")
    officer.go(f"{published}them/").look("dot-them-hoi-nghi")
    officer.go("/cu-tri/to-dai-bieu/").look("dot-to-dai-bieu")
    clerk = visit("xa2", width=width)
    clerk.go(published).look("xa-dot")
    deputy = visit("daibieu", width=width)
    deputy.go("/cu-tri/lich-cua-toi/").look("dai-bieu-lich")
    stranger = visit(None, width=width)
    stranger.go("/cong/lich-tiep-xuc/").look("cong-lich")
    stranger.go("/cong/lich-tiep-xuc/?xem=qua").look("cong-lich-da-qua")


def test_a_round_from_the_first_row_to_the_deputys_phone(visit):
    address = _office_types_a_plan(visit)
    _office_mends_what_does_not_fit(visit, address)
    _office_publishes(visit, address)
    calendar = _deputy_subscribes(visit)
    _office_moves_a_meeting(visit, address)
    _everybody_sees_the_change(visit, calendar)
    _office_withdraws(visit, address)


def _office_types_a_plan(visit):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go("/cu-tri/dot-tiep-xuc/moi/").look("dot-lap")
    page.fill("input[name=starts_on]", _day(30))
    page.fill("input[name=ends_on]", _day(45))
    page.click("button:has-text('Lưu và soạn lịch')")
    page.wait_for_load_state("load")
    assert page.locator("input[name=commune-1]").count()
    page.focus("input[name=group-1]")
    _write(page, "tổ 1", "An Khánh", _day(31)[:5], "8h", "Nhà văn hóa thôn Nội")
    page.keyboard.press("Enter")
    _write(page, "tổ 1", "xã Không Có Thật", _day(31)[:5], "9h", "Hội trường xã")
    page.wait_for_selector("#o-commune-2-loi:not([hidden])")
    assert "Không thấy xã, phường" in page.inner_text("#o-commune-2-loi")
    assert page.input_value("input[name=commune-1]") == "Xã An Khánh"
    assert "Ngô Thị Kim Oanh" in page.input_value("textarea[name=deputies-1]")
    page.focus("input[name=group-3]")
    _paste(
        page,
        f"Tổ 2\tPhường Bạch Mai\t{_day(32)}\t14h00\tTrung tâm văn hóa\nTổ 2\tXã Bát Tràng\t{_day(33)}\t8h30\tNhà văn hóa xóm 3\n",
    )
    page.wait_for_selector("[data-count=all]:text-is('4')")
    officer.look("dot-dang-go")
    address = page.url.removeprefix(officer.site)
    page.reload()
    assert page.input_value("textarea[name=venue-4]") == "Nhà văn hóa xóm 3"
    assert page.input_value("input[name=commune-2]") == "xã Không Có Thật"
    officer.leave()
    return address


def _write(page, *cells):
    """Type cells one after the other, with the Tab key alone between them."""
    for place, words in enumerate(cells):
        if place:
            page.keyboard.press("Tab")
        page.keyboard.type(words)


def _paste(page, text):
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }""",
        text,
    )


def _office_mends_what_does_not_fit(visit, address):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go(f"{address}cong-bo/").look("dot-chua-cong-bo-duoc")
    assert page.locator("button:has-text('Công bố lịch')").is_disabled()
    officer.go(address)
    page.fill("input[name=commune-2]", "Phường Ba Đình")
    page.wait_for_selector("tr[data-place='2'] [data-told] .is-late")
    assert "cùng lúc ở Xã An Khánh" in page.inner_text("tr[data-place='2'] [data-told]")
    officer.look("dot-trung-lich")
    page.fill("input[name=starts_at-2]", "14h")
    page.wait_for_selector("tr[data-place='2'] [data-told] .is-late", state="detached")
    officer.leave()


def _office_publishes(visit, address):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go(f"{address}cong-bo/").look("dot-cong-bo")
    page.click("button:has-text('Công bố lịch')")
    page.wait_for_load_state("load")
    officer.look("dot-da-cong-bo")
    for kind, sign in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert page.request.get(f"{officer.site}{address}ke-hoach/{kind}/").body().startswith(sign), kind
    officer.leave()


def _deputy_subscribes(visit):
    deputy = visit("daibieu", width=360)
    page = deputy.page
    deputy.go("/cu-tri/lich-cua-toi/")
    assert "Nhà văn hóa thôn Nội" in page.inner_text("main")
    page.click("button:has-text('Lập liên kết lịch')")
    page.wait_for_load_state("load")
    address = page.input_value("#lien-ket")
    # The picture shows an address that works no more when it is looked at: a new one is made right after.
    page.click("button:has-text('Lập liên kết mới')")
    page.wait_for_load_state("load")
    fresh = page.input_value("#lien-ket")
    assert page.request.get(_here(deputy, address)).status == 404
    deputy.go("/cu-tri/lich-cua-toi/").look("dai-bieu-lich-co-lien-ket")
    assert "/lich/" not in page.inner_text("main")
    told = page.request.get(_here(deputy, fresh)).text()
    assert "BEGIN:VCALENDAR" in told
    assert "Nhà văn hóa thôn Nội" in _unfolded(told)
    deputy.leave()
    return fresh


def _here(visitor, address):
    """The address on the port of this site; settings name the one people type."""
    return visitor.site + "/" + address.split("/", 3)[3]


def _unfolded(text):
    return text.replace("\r\n ", "").replace("\\,", ",")


def _office_moves_a_meeting(visit, address):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go(address)
    page.click("tbody a:has-text('Xã An Khánh') >> nth=0")
    page.wait_for_load_state("load")
    page.click("a:has-text('Đổi lịch')")
    page.wait_for_load_state("load")
    page.fill("input[name=venue]", "Nhà thi đấu xã")
    page.fill("input[name=reason]", "Nhà văn hóa đang sửa mái")
    officer.look("dot-doi-lich")
    page.click("button:has-text('Đổi và báo')")
    page.wait_for_load_state("load")
    officer.look("dot-da-doi-lich")
    assert "Nhà văn hóa thôn Nội" in page.inner_text("main del")
    officer.leave()


def _everybody_sees_the_change(visit, calendar):
    clerk = visit("xa")
    page = clerk.page
    for _second in range(60):
        clerk.go("/thong-bao/")
        if "Nhà thi đấu xã" in page.inner_text("main"):
            break
        page.wait_for_timeout(500)
    assert "Nhà văn hóa thôn Nội → Nhà thi đấu xã" in page.inner_text("main")
    voter = visit(None, width=360)
    voter.go("/cong/lich-tiep-xuc/")
    voter.page.select_option("#noi", label="Xã An Khánh")
    voter.page.click("button:has-text('Xem lịch')")
    voter.page.wait_for_load_state("load")
    voter.look("cong-lich-xa-da-doi")
    told = voter.page.inner_text("main")
    assert "Nhà văn hóa thôn Nội" in told
    assert "Nhà văn hóa đang sửa mái" in told
    events = _unfolded(voter.page.request.get(_here(voter, calendar)).text()).split("BEGIN:VEVENT")
    moved = next(event for event in events if "Nhà thi đấu xã" in event)
    assert "SEQUENCE:1" in moved
    clerk.leave()
    voter.leave()


def _office_withdraws(visit, address):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go(f"{address}viec/withdraw_round/").look("dot-thu-hoi")
    page.fill("textarea[name=reason]", "Kỳ họp lùi sang tháng sau")
    page.click("button:has-text('Thu hồi')")
    page.wait_for_load_state("load")
    assert "Đã thu hồi" in page.inner_text("main")
    voter = visit(None)
    voter.go("/cong/lich-tiep-xuc/")
    assert "Kỳ họp lùi sang tháng sau" in voter.page.inner_text("main")
    officer.leave()
    voter.leave()


def test_a_commune_writes_a_planned_meeting_down_and_the_office_urges_the_rest(visit):
    officer = visit("chuyenvien")
    page = officer.page
    officer.go("/cu-tri/dot-tiep-xuc/")
    address = _address(page, "118/KH-HĐND")
    officer.go(address)
    before = _figure(page, "thiếu biên bản")
    page.click("button:has-text('Đôn đốc')")
    page.wait_for_load_state("load")
    officer.look("dot-da-don-doc")

    clerk = visit("xa2")
    clerk.go(f"{address}?xem=missing")
    clerk.page.click("tbody a:has-text('Phường Ba Đình') >> nth=0")
    clerk.page.wait_for_load_state("load")
    clerk.look("xa-hoi-nghi-theo-ke-hoach")
    assert "Đôn đốc biên bản lần 2" in clerk.page.inner_text("main")
    clerk.page.click("a:has-text('Ghi hội nghị')")
    clerk.page.wait_for_load_state("load")
    assert clerk.page.input_value("input[name=place]") == "Hội trường Ủy ban nhân dân"
    clerk.page.fill("input[name=voters_total]", "70")
    clerk.page.fill("input[name=voters_women]", "30")
    clerk.page.click("button:has-text('Lưu và ghi ý kiến')")
    clerk.page.wait_for_load_state("load")
    clerk.page.fill("textarea[name=text-1]", "Đề nghị lắp đèn chiếu sáng ngõ 12, hai năm nay tối om.")
    clerk.page.click("button:has-text('Lập biên bản')")
    clerk.page.wait_for_load_state("load")

    officer.go(address)
    assert _figure(page, "thiếu biên bản") == before - 1
    assert not re.search(r"Phường Ba Đình.*Thiếu", page.inner_text(".rd-communes"))
    officer.leave()
    clerk.leave()


def _figure(page, label):
    return int(page.inner_text(f".hd-stat:has-text('{label}') b >> nth=0"))
