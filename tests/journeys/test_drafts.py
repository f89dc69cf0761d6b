"""Nothing typed is lost: the sign-in ended, the server was away, the line dropped in the middle of a meeting."""

import uuid

import pytest

from .site import Visitor

pytest_plugins = ["tests.journeys.site"]

WORDS = "Đường vào trường tiểu học thôn Trung hỏng, mưa là trẻ không đi học được, đề nghị sửa trước năm học mới."
FORM = "/cu-tri/kien-nghi/moi/"


def _type_half(visitor, words=WORDS):
    page = visitor.go(FORM).page
    visitor.settle()
    page.fill("textarea[name=text]", words)
    page.fill("input[name=hamlet]", "Thôn Trung")
    page.fill("input[name=voters]", "7")
    page.locator("select[name=body] + .ts-wrapper input").fill("Sở Giáo dục")
    page.locator(".ts-dropdown .option:has-text('Sở Giáo dục') >> nth=0").click()
    return page


def _typed(page):
    body = page.evaluate("document.querySelector('select[name=body]').selectedOptions[0]?.text")
    return page.input_value("textarea[name=text]"), page.input_value("input[name=hamlet]"), page.input_value("input[name=voters]"), body  # fmt: skip


def _restored(visitor):
    """The form after the draft was taken back, as somebody does it."""
    page = visitor.page
    page.wait_for_selector("text=Có bản nháp chưa gửi")
    visitor.settle()
    page.click("button:has-text('Khôi phục')")
    return _typed(page)


EVERYTHING = (WORDS, "Thôn Trung", "7", "Sở Giáo dục và Đào tạo thành phố Hà Nội")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_form_half_typed_outlives_the_sign_in_that_ended_meanwhile(visit, width):
    clerk = visit("xa", width=width)
    page = _type_half(clerk)
    assert _typed(page) == EVERYTHING
    clerk.context.clear_cookies(name="sessionid")
    page.click("button:has-text('Ghi') >> nth=0")
    page.wait_for_url("**/tai-khoan/dang-nhap/**")
    page.fill("input[name=login]", "xa")
    page.fill("input[name=password]", "hoidong-thu-2026")
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url(f"**{FORM}")
    page.wait_for_selector("text=Có bản nháp chưa gửi")
    clerk.look("nhap-lieu-con-nhap")
    assert _restored(clerk) == EVERYTHING
    clerk.look("nhap-lieu-khoi-phuc")


def test_what_the_server_took_is_offered_no_more_and_what_it_could_not_take_is(visit):
    clerk = visit("xa2")
    page = _type_half(clerk, WORDS)
    page.route(f"**{FORM}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.click("button:has-text('Ghi') >> nth=0")
    page.wait_for_url("chrome-error://**")
    page.unroute(f"**{FORM}")
    clerk.go(FORM)
    assert _restored(clerk) == EVERYTHING
    page.click("button:has-text('Ghi') >> nth=0")
    page.wait_for_url("**/cu-tri/kien-nghi/*/")
    assert WORDS in page.inner_text("main")
    clerk.go(FORM).settle()
    assert not page.is_visible("text=Có bản nháp chưa gửi")


def test_a_draft_is_not_shown_to_the_next_person_at_the_same_machine(visit):
    clerk = visit("xa")
    page = _type_half(clerk)
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=WORDS)
    clerk.context.clear_cookies(name="sessionid")
    clerk.sign_in("chuyenvien").go(FORM).settle()
    assert not page.is_visible("text=Có bản nháp chưa gửi")
    clerk.context.clear_cookies(name="sessionid")
    clerk.sign_in("xa").go(FORM)
    assert _restored(clerk) == EVERYTHING
    page.evaluate("localStorage.clear()")


def test_an_identity_number_is_never_kept_in_a_draft(visit):
    form = "/quan-tri/nguoi-dung/moi/"
    keeper = visit("quantrixa")
    page = keeper.go(form).page
    keeper.settle()
    page.fill("input[name=identity_number]", "001199000111")
    page.fill("input[name=full_name]", "Đinh Văn Nháp")
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg="Đinh Văn Nháp")
    assert "001199000111" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    keeper.go(form).settle()
    page.click("button:has-text('Khôi phục')")
    assert page.input_value("input[name=full_name]") == "Đinh Văn Nháp"
    assert page.input_value("input[name=identity_number]") == ""
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("failure", ["offline", 429, 500])
def test_a_search_for_a_choice_that_failed_is_asked_again_and_says_nothing_wrong(visit, failure):
    clerk = visit("xa")
    page = clerk.go(FORM).page
    clerk.settle()
    field, asked = page.locator("select[name=body] + .ts-wrapper input"), []

    def fail(route):
        asked.append(route.request.url)
        route.abort() if failure == "offline" else route.fulfill(status=failure, body="…")

    field.press_sequentially("Sở Y")
    page.wait_for_selector(".ts-dropdown .option:has-text('Sở Y tế')")
    page.route("**/*q=*", fail)
    field.press_sequentially(" tế")
    page.wait_for_selector(".ts-dropdown .no-results")
    assert "Chưa tìm được" in page.inner_text(".ts-dropdown")
    assert "Không thấy" not in page.inner_text(".ts-dropdown")
    assert page.locator(".ts-dropdown .option").count() == 0, "choices of other words are not those of these"
    page.unroute("**/*q=*")
    field.press("Backspace")
    field.press_sequentially("ế")
    page.wait_for_selector(".ts-dropdown .option:has-text('Sở Y tế')")
    assert asked
    clerk.complaints.clear()  # the browser calls a failed request an error


@pytest.fixture(scope="module")
def meeting(chromium, site):
    """The address of a meeting that is being written down."""
    clerk = Visitor(chromium, site).sign_in("xa")
    page = clerk.go("/cu-tri/hoi-nghi/moi/").page
    page.fill("input[name=place]", "Nhà văn hóa thôn Trung")
    page.fill("input[name=chair]", "Chủ tịch Ủy ban MTTQ Việt Nam xã")
    page.fill("input[name=secretary]", "Công chức văn phòng xã")
    page.fill("input[name=voters_total]", "54")
    page.fill("input[name=voters_women]", "26")
    page.click("button:has-text('Lưu và ghi ý kiến')")
    page.wait_for_selector("[data-grid]")
    yield page.url.removeprefix(site)
    clerk.leave()


@pytest.mark.parametrize("width", [1280, 360])
def test_rows_of_a_meeting_typed_without_a_line_are_kept_and_saved_when_it_is_back(visit, meeting, width):
    clerk = visit("xa", width=width)
    page = clerk.go(meeting).page
    clerk.context.set_offline(True)
    said = [f"Loa truyền thanh xóm {place} hỏng, đề nghị sửa ({uuid.uuid4().hex[:6]})." for place in ("Bến", "Chợ")]
    for words in said:
        place = page.locator("tr[data-place]").last.get_attribute("data-place")
        page.fill(f"textarea[name=text-{place}]", words)
        page.fill(f"input[name=hamlet-{place}]", "Xóm Bến")
    page.wait_for_selector("[data-grid-offline]:not([hidden])")
    clerk.complaints.clear()  # the browser calls every request without a line an error
    clerk.look("hoi-nghi-mat-mang")
    assert all(words in page.evaluate("JSON.stringify(localStorage)") for words in said)

    clerk.complaints.clear()
    clerk.context.set_offline(False)
    page.wait_for_function("words => !JSON.stringify(localStorage).includes(words)", arg=said[1])
    page.wait_for_selector("[data-grid-offline]", state="hidden")
    page.reload()
    kept = page.locator("textarea[name^=text-]").evaluate_all("all => all.map(one => one.value)")
    assert [kept.count(words) for words in said] == [1, 1], "each row once, none lost"


def test_rows_typed_without_a_line_outlive_the_page_itself(visit, meeting):
    clerk = visit("xa")
    page = clerk.go(meeting).page
    clerk.context.set_offline(True)
    words = "Giếng làng bị lấn, đề nghị cắm mốc giữ đất công."
    page.locator("tr[data-place] textarea[name^=text-]").last.fill(words)
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=words)
    page.goto("about:blank")
    clerk.context.set_offline(False)
    clerk.go(meeting)
    page.wait_for_function("words => !JSON.stringify(localStorage).includes(words)", arg=words)
    page.reload()
    assert words in page.locator("textarea[name^=text-]").evaluate_all("all => all.map(one => one.value)")
