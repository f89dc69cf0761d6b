"""The first run: once, from the server itself, and everything leads there until it is done."""

import re

import pytest

from hoidong.kernel.people import middleware
from hoidong.kernel.people.models import Account, Delegation, Person, Post
from hoidong.kernel.units.models import Unit

from .conftest import code_of

GIVEN = {
    "full_name": "Trần Thị Hòa", "username": "quantri", "email": "", "password": "con-suoi-nho-xanh", "again": "con-suoi-nho-xanh",
}  # fmt: skip


@pytest.fixture
def empty(db, settings, monkeypatch):
    """A platform nobody founded yet."""
    from django.db import connection

    settings.FIRST_RUN = settings.SECOND_FACTOR_REQUIRED = True
    monkeypatch.setattr(middleware._Founded, "known", False)
    Delegation.objects.all().delete()
    with connection.cursor() as cursor:  # what stands on people in the demo goes with them, undone with the test
        tables = ", ".join(f'"{model._meta.db_table}"' for model in (Post, Person, Account))
        cursor.execute(f"SET LOCAL session_replication_role = replica; DELETE FROM {tables.replace(', ', '; DELETE FROM ')}")
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def here(client):
    client.defaults |= {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"}
    return client


@pytest.fixture
def commune(db):
    return Unit.objects.filter(kind="ward", parent__code="01").order_by("code").last()


@pytest.mark.parametrize("address", ["/", "/cong/", "/tai-khoan/dang-nhap/", "/ban-lam-viec/", "/quan-tri/nguoi-dung/"])
def test_until_it_is_done_everything_leads_there(empty, here, address):
    assert here.get(address).url == "/bat-dau/"


def test_where_there_is_an_account_the_page_is_gone(db, here, settings):
    settings.FIRST_RUN = True
    assert here.get("/bat-dau/").status_code == 404
    assert here.post("/bat-dau/?noi=01", GIVEN).status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "10.1.2.3"}, {"HTTP_X_FORWARDED_FOR": "10.1.2.3"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_VIA": "1.1 x"},
        {"HTTP_HOST": "testserver"},
    ],
)  # fmt: skip
def test_from_elsewhere_or_through_a_proxy_nobody_founds_it(empty, here, elsewhere):
    assert here.get("/bat-dau/", **elsewhere).status_code == 403
    assert here.post("/bat-dau/?noi=01", GIVEN, **elsewhere).status_code == 403
    assert not Account.objects.exists()


def test_the_place_is_found_by_typing_without_accents(empty, here):
    assert "Thành phố Hà Nội" in here.get("/bat-dau/?q=ha noi").content.decode()


def test_it_makes_the_bodies_and_the_administrator_and_leads_to_the_second_factor(empty, here, commune):
    answer = here.post(f"/bat-dau/?noi={commune.code}", GIVEN)
    assert answer.url == "/tai-khoan/hai-lop/ung-dung/"
    assert set(Unit.objects.filter(area=commune).values_list("kind", flat=True)) >= {
        "council",
        "peoples_committee",
        "committee",
    }
    assert set(Post.objects.values_list("role", flat=True)) == {"system_admin", "unit_admin"}
    assert here.get("/ban-lam-viec/").url.startswith("/tai-khoan/hai-lop/ung-dung/")
    secret = re.search(r'hd-secret">(\w+)<', here.get(answer.url).content.decode())[1]
    codes = here.post(answer.url, {"code": code_of(secret)}, follow=True).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert here.get("/quan-tri/nguoi-dung/").status_code == 200


def test_it_is_done_once(empty, here, machine, commune):
    from hoidong.kernel.base.errors import NotAllowed
    from hoidong.kernel.people import founding

    here.post(f"/bat-dau/?noi={commune.code}", GIVEN)
    again = machine(HTTP_HOST="127.0.0.1:8000", REMOTE_ADDR="127.0.0.1")
    assert again.post(f"/bat-dau/?noi={commune.code}", GIVEN | {"username": "khac"}).status_code == 404
    with pytest.raises(NotAllowed):
        founding.found(commune, full_name="Khác", username="khac", password="con-suoi-nho-xanh")


def test_a_weak_password_founds_nothing(empty, here, commune):
    answer = here.post(f"/bat-dau/?noi={commune.code}", GIVEN | {"password": "123", "again": "123"})
    assert answer.status_code == 422
    assert not Account.objects.exists()
