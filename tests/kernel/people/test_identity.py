"""Sign-in by the national identity, against a real OpenID provider (npm oidc-provider) on loopback."""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from hoidong.kernel.people.models import Account

from .conftest import sign_in

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CALLBACK = "http://testserver/tai-khoan/oidc/dinh-danh/login/callback/"
START = "/tai-khoan/oidc/dinh-danh/login/?process="
SECRET = "only-for-tests-0123456789"
# What the provider vouches for. In the demo 999000000001 is the number of “xa”, 999000000011 of “quantri”.
PEOPLE = {
    "hang": {"name": "Nguyễn Thị Bích Hằng", "identity_number": "999000000001"},
    "duc": {"name": "Lý Minh Đức", "identity_number": "999000000011"},
    "la": {"name": "Người lạ", "identity_number": "999123456789"},
    "khong-so": {"name": "Không số"},
}


@pytest.fixture(scope="session")
def provider():
    """The address of the running provider."""
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [node, HERE / "identity_provider.mjs", str(port), CALLBACK, SECRET]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PEOPLE": json.dumps(PEOPLE)}
    )
    assert process.stdout.readline().strip().endswith(b"ready")
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def identity(provider, settings):
    """`identity(client, "hang")`: the whole way through the provider and back; the answer of our callback."""
    app = {"provider_id": "dinh-danh", "name": "VNeID", "client_id": "hoidong", "secret": SECRET,
           "settings": {"server_url": provider, "scope": ["openid", "profile"]}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

    def go(client, who, process="login"):
        requests.get(f"{provider}/next/{who}", timeout=5)
        at, elsewhere = client.post(f"{START}{process}").url, requests.Session()
        while at.startswith(provider):
            answer = elsewhere.get(at, allow_redirects=False, timeout=5)
            assert answer.status_code in (302, 303), answer.text
            at = requests.compat.urljoin(at, answer.headers["Location"])
        assert at.startswith(CALLBACK)
        return client.get(at.removeprefix("http://testserver"))

    return go


def test_the_button_stands_on_the_page_of_sign_in_only_where_it_is_set_up(client, identity, settings):
    assert "Đăng nhập bằng VNeID" in client.get("/tai-khoan/dang-nhap/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "VNeID" not in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_a_known_number_opens_the_account_of_its_person(client, identity, db):
    assert identity(client, "hang").url == "/ban-lam-viec/"
    assert "Nguyễn Thị Bích Hằng" in client.get("/toi/").content.decode()


def test_the_second_time_the_connection_itself_is_enough(client, machine, identity, person_of):
    identity(client, "hang")
    person = person_of("xa")
    person.identity_key = ""
    person.save()
    other = machine()
    assert identity(other, "hang").url == "/ban-lam-viec/"


@pytest.mark.parametrize("who", ["la", "khong-so"])
def test_a_stranger_gets_no_account_and_is_told_what_to_do(client, identity, db, who):
    before = Account.objects.count()
    answer = identity(client, who)
    assert answer.status_code == 403
    assert "Nhờ quản trị đơn vị ghi số định danh" in answer.content.decode()
    assert Account.objects.count() == before
    assert client.get("/toi/").status_code == 302


def test_who_says_no_at_the_provider_comes_back_to_a_page_that_says_so(client, identity, db):
    answer = identity(client, "refuse")
    assert answer.url == "/tai-khoan/dinh-danh/huy/"
    assert "Đã thôi đăng nhập" in client.get(answer.url).content.decode()


def test_a_locked_account_is_not_opened_by_an_identity(client, identity, db):
    Account.objects.filter(username="xa").update(is_active=False)
    identity(client, "hang")
    assert client.get("/toi/").status_code == 302


def test_an_identity_does_not_replace_the_second_factor(client, identity, settings, db):
    settings.SECOND_FACTOR_REQUIRED = True
    identity(client, "duc")
    assert client.get("/toi/").url.startswith("/tai-khoan/hai-lop/ung-dung/")


def test_nothing_the_provider_told_is_kept_but_its_own_name_for_the_person(client, machine, identity, db):
    identity(client, "hang")
    identity(machine(), "hang")
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("hang", {})


def test_somebody_signed_in_connects_only_the_own_identity(client, identity, db):
    sign_in(client, "xa")
    assert identity(client, "la", "connect").status_code == 403
    assert identity(client, "duc", "connect").status_code == 403
    assert identity(client, "hang", "connect").url == "/toi/"
    assert SocialAccount.objects.get().user.username == "xa"


def test_an_answer_nobody_asked_for_opens_nothing(client, identity, db):
    answer = client.get("/tai-khoan/oidc/dinh-danh/login/callback/?code=abc&state=xyz")
    assert "Chưa đăng nhập được bằng định danh" in answer.content.decode()
    assert client.get("/toi/").status_code == 302
