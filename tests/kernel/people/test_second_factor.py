"""The second factor: who must have one, setting it up with a real code, signing in with it, and losing it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from hoidong.kernel.people import actions, roles

from .conftest import code_of, sign_in

ACTIVATE = "/tai-khoan/hai-lop/ung-dung/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def set_up(client, username):
    """Sign in and set the application up; returns its secret and the recovery codes."""
    sign_in(client, username)
    page = client.get(ACTIVATE).content.decode()
    secret = re.search(r'hd-secret">(\w+)<', page)[1]
    shown = client.post(ACTIVATE, {"code": code_of(secret)}, follow=True).content.decode()
    return secret, re.findall(r"<li>(\d{8})</li>", shown)


def test_an_administrator_sets_up_a_second_factor_before_anything_else(client, db):
    sign_in(client, "quantri")
    assert client.get("/quan-tri/nguoi-dung/").url.startswith(ACTIVATE)


@pytest.mark.parametrize("username", ["chuyenvien", "lanhdao", "thuongtruc", "quantri", "quantrixa", "hethong"])
def test_who_reads_a_provinces_names_decides_or_administers_needs_one(client, db, username):
    sign_in(client, username)
    assert client.get("/toi/").url.startswith(ACTIVATE)


@pytest.mark.parametrize("username", ["xa", "soxaydung", "phongxa", "daibieu"])
def test_who_reads_one_commune_or_what_was_transferred_needs_none(client, db, username):
    sign_in(client, username)
    assert client.get("/toi/").status_code == 200


@pytest.mark.parametrize("role", ["clerk", "committee"])
def test_the_same_role_needs_one_at_the_province_and_none_in_a_commune(actor, role):
    province, commune = actor("chuyenvien").unit, actor("xa").unit
    assert roles.ROLES[role].asks_factor_at(province)
    assert not roles.ROLES[role].asks_factor_at(commune)


def test_where_it_is_switched_off_an_administrator_needs_none(client, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, "quantri")
    assert client.get("/quan-tri/nguoi-dung/").status_code == 200


def test_who_got_an_administrators_work_needs_one_too(client, actor, person_of):
    import datetime

    from hoidong.kernel.base import dates

    post = actor("quantrixa").post
    until = dates.today() + datetime.timedelta(days=2)
    actions.delegate(
        post, to_person=person_of("xa"), starts_on=dates.today(), ends_on=until, reason="Nghỉ phép", by=actor("quantrixa")
    )
    sign_in(client, "xa")
    assert client.get("/toi/").url.startswith(ACTIVATE)


def test_the_page_holds_the_picture_itself_without_styles_or_scripts(client, db):
    sign_in(client, "quantri")
    page = client.get(ACTIVATE).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_a_wrong_code_does_not_set_it_up(client, db):
    sign_in(client, "quantri")
    secret = re.search(r'hd-secret">(\w+)<', client.get(ACTIVATE).content.decode())[1]
    wrong = "000000" if code_of(secret) != "000000" else "000001"
    assert "Mã không đúng" in client.post(ACTIVATE, {"code": wrong}).content.decode()
    assert client.get("/quan-tri/nguoi-dung/").url.startswith(ACTIVATE)


def test_afterwards_signing_in_takes_password_and_code(client, machine, db):
    secret, codes = set_up(client, "quantri")
    assert len(codes) == 10
    assert client.get("/quan-tri/nguoi-dung/").status_code == 200
    other = machine()
    asked = sign_in(other, "quantri")
    assert asked.url == "/tai-khoan/hai-lop/dang-nhap/"
    assert other.get("/toi/").status_code == 302
    assert other.post(asked.url, {"code": code_of(secret, steps=1)}).url == "/ban-lam-viec/"
    assert other.get("/toi/").status_code == 200


def test_a_mail_address_nobody_confirmed_does_not_stand_in_the_way(client, db, actor, person_of):
    actions.set_contacts(person_of("quantri"), email="duc@example.vn", by=actor("hethong"))
    client.post("/tai-khoan/mat-khau/quen/", {"email": "duc@example.vn"})
    _secret, codes = set_up(client, "quantri")
    assert codes
    assert client.get("/tai-khoan/khoa/them/").status_code == 200


def test_a_code_of_yesterday_does_not_open(client, machine, db):
    secret, _codes = set_up(client, "quantri")
    other = machine()
    asked = sign_in(other, "quantri")
    assert "Mã không đúng" in other.post(asked.url, {"code": code_of(secret, steps=-2880)}).content.decode()
    assert other.get("/toi/").status_code == 302


def test_a_recovery_code_opens_once(client, machine, db):
    _secret, codes = set_up(client, "quantri")
    first, second = machine(), machine()
    assert first.post(sign_in(first, "quantri").url, {"code": codes[0]}).url == "/ban-lam-viec/"
    second.post(sign_in(second, "quantri").url, {"code": codes[0]})
    assert second.get("/toi/").status_code == 302


def test_the_secret_lies_sealed_in_the_database(client, db):
    from allauth.mfa.models import Authenticator

    secret, codes = set_up(client, "quantri")
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not [code for code in codes if code in stored]


def test_who_must_have_one_cannot_give_up_the_last_one(client, db):
    set_up(client, "quantri")
    answer = client.post("/tai-khoan/hai-lop/ung-dung/tat/")
    assert "bắt buộc có lớp thứ hai" in answer.content.decode()
    assert client.get("/quan-tri/nguoi-dung/").status_code == 200


def test_who_lost_the_phone_begins_anew_after_the_administrator_said_why(client, machine, actor, person_of):
    from hoidong.kernel.base.errors import Invalid

    set_up(client, "quantri")
    with pytest.raises(Invalid):
        actions.forget_factors(person_of("quantri"), reason=" ", by=actor("hethong"))
    actions.forget_factors(person_of("quantri"), reason="Mất điện thoại, đã gặp trực tiếp", by=actor("hethong"))
    assert client.get("/toi/").status_code == 302
    other = machine()
    sign_in(other, "quantri")
    assert other.get("/toi/").url.startswith(ACTIVATE)


def signs_in(username, secret):
    """Whether a code of this application opens the desk, on a machine nobody signed in on."""
    client = Client()
    sign_in(client, username)
    cache.clear()
    client.post("/tai-khoan/hai-lop/dang-nhap/", {"code": code_of(secret)})
    return "_auth_user_id" in client.session


def test_a_new_key_opens_what_the_old_one_sealed_and_after_resealing_does_without_it(client, db, settings, capsys):
    secret, _codes = set_up(client, "quantri")
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-fifty-letters-that-is-not-the-first-one"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert signs_in("quantri", secret)

    call_command("reseal_factors")

    assert "Sealed anew: 2 second factors." in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    cache.clear()
    assert signs_in("quantri", secret)


def test_with_a_key_that_is_lost_no_code_fits_the_page_stands_and_the_log_says_why(client, db, settings, caplog):
    secret, codes = set_up(client, "quantri")
    settings.SECRET_KEY = "another-key-of-fifty-letters-that-is-not-the-first-one"
    assert not signs_in("quantri", secret)
    assert "SECRET_KEY was changed" in caplog.text
    with pytest.raises(CommandError, match="2 second factors open with neither"):
        call_command("reseal_factors")
