"""The bell of a page in a real browser: it counts up by itself, and rests while nobody looks."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.site import browser_path
from tests.kernel.outbox.real import wait_for

from .test_server import Server, server, signed_in_as  # noqa: F401

pytestmark = pytest.mark.django_db
TOLD = """
from hoidong.kernel import notices
notices.register(notices.Kind("tests.live", "Việc mới"))
notices.tell([{account}], kind="tests.live", text="Việc mới", url="/thong-bao/")
"""
LISTENING = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"


@pytest.fixture
def page(server, signed_in_as):  # noqa: F811
    _account, session = signed_in_as("an")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}")
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{server.port}"}])
        yield context.new_page()
        browser.close()


def test_the_bell_counts_up_without_a_reload(place, page, signed_in_as):  # noqa: F811
    account, _session = signed_in_as("an")
    page.goto("/thong-bao/")
    expect(page.locator("#chuong .hd-count")).to_have_count(0)
    wait_for(lambda: place.rows(LISTENING))

    place.python(TOLD.format(account=account))
    expect(page.locator("#chuong .hd-count")).to_have_text("1")

    place.python(TOLD.format(account=account))
    expect(page.locator("#chuong .hd-count")).to_have_text("2")


def test_a_page_nobody_looks_at_lets_its_stream_go_and_asks_when_it_is_seen_again(place, page, signed_in_as):  # noqa: F811
    account, _session = signed_in_as("an")
    page.goto("/thong-bao/")
    wait_for(lambda: place.rows(LISTENING))
    before = page.locator("#chuong .hd-count").inner_text()

    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    wait_for(lambda: not place.rows(LISTENING))
    place.python(TOLD.format(account=account))
    page.wait_for_timeout(500)
    assert page.locator("#chuong .hd-count").inner_text() == before

    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: false, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(page.locator("#chuong .hd-count")).to_have_text(str(int(before) + 1))
