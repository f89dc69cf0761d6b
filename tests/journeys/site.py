"""A whole site for the stories: started the way `make start` starts it, in a folder of its own, and stopped by SIGTERM."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "journeys"
PASSWORD = "hoidong-thu-2026"
# Chromium asks its maker's servers at every start otherwise; here it has only this site.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

_STANDS_STILL = """() => document.readyState === "complete" && document.fonts.status === "loaded"
  && [...document.images].every((image) => image.complete)
  && [...document.querySelectorAll("select[data-suggest]")].every((select) => select.tomselect)
  && !document.querySelector(".htmx-request, .htmx-settling")
  && !document.getAnimations().some((one) => one.playState === "running" && one.effect.getTiming().iterations !== Infinity)"""


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(demo, **environment):
    """The address of a site with this demo, in a folder of its own; it ends cleanly with the block, or the test fails."""
    home = tempfile.mkdtemp(prefix="hoidong-journeys-")
    port = free_port()
    ours = ("HD_", "DATABASE_", "SECOND_FACTOR")
    keep = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    log = Path(home) / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.start", "--port", str(port), "--demo", demo], cwd=ROOT, stdout=out, stderr=out,
            env={**keep, "HD_VAR": home, "WEB_PROCESSES": "1", "EMAIL_PORT": str(free_port()), **environment},
        )  # fmt: skip
    try:
        _wait(process, f"http://127.0.0.1:{port}/khoe/", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()[-3000:]
        _forget(home)


@pytest.fixture(scope="session")
def site():
    """The address of a running site with the small demo."""
    with running("small") as address:
        yield address


def _wait(process, address, log):
    for _second in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
            if "Ctrl+C" in log.read_text():
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"The site did not come up:\n{log.read_text()[-4000:]}")


def _forget(home):
    """The folder and, where the server ran under its own user, its data."""
    sys.path.insert(0, str(ROOT))
    from config.private_postgres import PrivateServer

    shutil.rmtree(PrivateServer(home).data.parent, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def browser_path():
    """Debian's Chromium, or another one of the machine."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    assert found, "No Chromium on this machine: apt install chromium"
    return found


@pytest.fixture(scope="module")
def chromium():
    """The real browser, one for the stories of a file; its event loop must not outlive them beside Django's tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody before a screen: walks, looks, and notes what the browser complains of."""

    def __init__(self, chromium, site, *, width=1280):
        self.site, self.width, self.complaints = site, width, []
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", accept_downloads=True)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        # 422 is how a form that was refused comes back with what was typed; the browser calls that an error too.
        if message.type == "error" and "422" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, name, password=PASSWORD):
        """Sign in by name; the demo asks for no second factor."""
        self.go("/tai-khoan/dang-nhap/")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", password)
        self.page.click("main button[type=submit] >> nth=0")
        self.page.wait_for_url(lambda address: "/tai-khoan/dang-nhap/" not in address)
        return self

    def go(self, path):
        """Open an address of the site."""
        self.page.goto(self.site + path)
        self.page.wait_for_load_state("load")
        return self

    def settle(self):
        """Wait until the page stands still: fonts, pictures, selects dressed with search, nothing asked of the server, nothing moving."""
        self.page.wait_for_function(_STANDS_STILL, polling=50)
        return self

    def look(self, name, *, phone=False):
        """Keep a picture, and ask axe whether everybody can use the page. No complaint of the browser is let pass.

        `phone`: look a second time at the width of a phone, without asking the server again.
        """
        self._look(name, self.width)
        if phone:
            self.page.set_viewport_size({"width": 360, "height": 900})
            self._look(name, 360)
            self.page.set_viewport_size({"width": self.width, "height": 900})
        return self

    def _look(self, name, width):
        from axe_playwright_python.sync_playwright import Axe

        PICTURES.mkdir(parents=True, exist_ok=True)
        self.settle()
        self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px wider than the screen of {width} px"
        found = Axe().run(self.page).response["violations"]
        told = [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]
        assert not told, f"{name} at {width} px: {told}"
        assert not self.complaints, f"{name}: {self.complaints}"

    def leave(self):
        """Close everything."""
        self.context.close()


@pytest.fixture
def visit(chromium, site):
    """`visit("xa")`: somebody signed in; `visit(None, width=360)`: a stranger on a phone."""
    visitors = []

    def open_one(name=None, *, width=1280):
        visitor = Visitor(chromium, site, width=width)
        visitors.append(visitor)
        return visitor.sign_in(name) if name else visitor

    yield open_one
    for visitor in visitors:
        visitor.leave()
