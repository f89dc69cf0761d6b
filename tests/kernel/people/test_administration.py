"""Administrators manage the people of their own units and those below; nobody else is there for them."""

import datetime
import re

import pytest

from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.people import actions, queries
from hoidong.kernel.people.models import Account, Person, Post

from .conftest import sign_in

LIST = "/quan-tri/nguoi-dung/"
ACTS = ("", "lien-lac/", "chuc-vu/", "mat-khau/", "khoa/", "mo/", "hai-lop/")


def test_a_clerk_finds_no_page_on_people(signed_in):
    client = signed_in("xa")
    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}moi/").status_code == 404


def test_an_administrator_of_a_commune_sees_only_the_people_of_that_commune(signed_in, db):
    page = signed_in("quantrixa").get(f"{LIST}?xem=tat-ca&co=100").content.decode()
    assert "Nguyễn Thị Bích Hằng" in page
    assert "Trần Văn Thuận" not in page
    assert "Lê Hoàng Minh Châu" not in page


def test_an_administrator_of_the_city_sees_the_communes_too(signed_in, db):
    page = signed_in("quantri").get(f"{LIST}?xem=tat-ca&co=100").content.decode()
    assert "Trần Văn Thuận" in page
    assert "Lê Hoàng Minh Châu" in page


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_an_administrator_of_a_commune_people_of_another_are_not_there(signed_in, person_of, act, method):
    other = person_of("xa2")
    answer = getattr(signed_in("quantrixa"), method)(f"{LIST}{other.pk}/{act}", {"reason": "x"})
    assert answer.status_code in (404, 405)
    if method == "get":
        assert answer.status_code == 404
    assert Account.objects.get(username="xa2").is_active


def test_an_administrator_of_a_commune_cannot_end_a_post_elsewhere(signed_in, person_of):
    post = person_of("xa2").posts.get()
    answer = signed_in("quantrixa").post(f"{LIST}chuc-vu/{post.pk}/thoi/", {"ends_on": "22/11/2026", "reason": "x"})
    assert answer.status_code == 404
    assert Post.objects.get(pk=post.pk).ends_on is None


def test_the_actions_refuse_the_same_without_any_page(actor, person_of):
    other, admin = person_of("xa2"), actor("quantrixa")
    for act in (
        lambda: actions.reset_password(other, by=admin),
        lambda: actions.lock(other, reason="x", by=admin),
        lambda: actions.unlock(other, by=admin),
        lambda: actions.forget_factors(other, reason="x", by=admin),
        lambda: actions.set_contacts(other, phone="1", by=admin),
        lambda: actions.end_post(other.posts.get(), on=dates.today(), by=admin),
        lambda: actions.give_post(other, unit=other.posts.get().unit, role="clerk", title="x", by=admin),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_clerk_makes_nobody(actor, person_of):
    with pytest.raises(NotAllowed):
        actions.add_person(full_name="Ai đó", by=actor("xa"))
    with pytest.raises(NotAllowed):
        actions.reset_password(person_of("xa2"), by=actor("xa"))


def test_a_unit_administrator_cannot_make_a_system_administrator(actor, person_of):
    admin = actor("quantri")
    with pytest.raises(NotAllowed):
        actions.give_post(person_of("xa"), unit=admin.unit, role="system_admin", title="x", by=admin)


def test_a_unit_administrator_cannot_take_over_the_system_administrators_account(actor, person_of):
    with pytest.raises(NotAllowed):
        actions.reset_password(person_of("hethong"), by=actor("quantri"))


def test_who_also_works_elsewhere_keeps_an_account_the_commune_cannot_open(actor, person_of):
    clerk, city = person_of("xa"), actor("chuyenvien").unit
    actions.give_post(clerk, unit=city, role="council_officer", title="Biệt phái", by=actor("quantri"))
    with pytest.raises(NotAllowed, match="cấp trên của cả hai"):
        actions.reset_password(clerk, by=actor("quantrixa"))
    assert actions.reset_password(clerk, by=actor("quantri"))


def test_a_new_person_gets_account_post_and_a_password_that_is_shown_once(signed_in, machine, actor, person_of):
    unit = actor("quantrixa").unit
    client = signed_in("quantrixa")
    data = {
        "full_name": "Phan Thị Mơ",
        "username": "PTMo",
        "unit": unit.pk,
        "role": "clerk",
        "title": "Văn thư",
        "starts_on": "01/11/2026",
    }
    slip = client.post(f"{LIST}moi/", data)
    password = re.search(r'id="mat-khau">([a-z2-9-]+)<', slip.content.decode())[1]
    assert slip.headers["Cache-Control"] == "no-store"
    made = person_of("ptmo")
    assert password not in client.get(f"{LIST}{made.pk}/").content.decode()
    other = machine()
    sign_in(other, "ptmo", password)
    assert other.get("/toi/").url.startswith("/tai-khoan/mat-khau/doi/")


def test_a_unit_elsewhere_cannot_be_chosen_for_a_post(signed_in, actor):
    unit = actor("xa2").unit
    data = {
        "full_name": "Phan Thị Mơ",
        "username": "ptmo",
        "unit": unit.pk,
        "role": "clerk",
        "title": "Văn thư",
        "starts_on": "01/11/2026",
    }
    answer = signed_in("quantrixa").post(f"{LIST}moi/", data)
    assert answer.status_code == 422
    assert not Account.objects.filter(username="ptmo").exists()


def test_a_taken_user_name_is_said_at_its_field_and_nobody_is_half_made(signed_in, actor):
    before = Person.objects.count()
    data = {"full_name": "Phan Thị Mơ", "username": "xa", "unit": actor("quantrixa").unit.pk, "role": "clerk", "title": "Văn thư",
            "starts_on": "01/11/2026"}  # fmt: skip
    answer = signed_in("quantrixa").post(f"{LIST}moi/", data)
    assert answer.status_code == 422
    assert "đã có người dùng" in answer.content.decode()
    assert Person.objects.count() == before


def test_an_identity_number_is_kept_as_a_hash_only_and_belongs_to_one(actor, db):
    admin = actor("quantri")
    person = actions.add_person(full_name="Phan Thị Mơ", identity_number="999 888 777 666", by=admin)
    assert "999888777666" not in str(Person.objects.filter(pk=person.pk).values())
    assert person.identity_tail == "666"
    with pytest.raises(Invalid):
        actions.add_person(full_name="Người khác", identity_number="999888777666", by=admin)
    with pytest.raises(Invalid, match="12 chữ số"):
        actions.add_person(full_name="Người khác", identity_number="12345", by=admin)


def test_a_new_password_ends_every_session_of_its_owner(machine, actor, person_of):
    client = machine()
    sign_in(client, "xa")
    actions.reset_password(person_of("xa"), by=actor("quantrixa"))
    assert client.get("/toi/").status_code == 302


def test_a_lock_ends_every_session_and_says_why_in_the_log(machine, actor, person_of):
    from hoidong.kernel.audit import entries_about

    client = machine()
    sign_in(client, "xa")
    actions.lock(person_of("xa"), reason="Nghỉ việc từ 22/11", by=actor("quantrixa"))
    assert client.get("/toi/").status_code == 302
    assert list(entries_about(person_of("xa")))[-1].reason == "Nghỉ việc từ 22/11"


def test_an_administrator_locks_neither_himself_nor_his_own_post(actor, person_of):
    admin = actor("quantrixa")
    with pytest.raises(Invalid):
        actions.lock(person_of("quantrixa"), reason="x", by=admin)
    with pytest.raises(Invalid):
        actions.end_post(admin.post, on=dates.today(), by=admin)


def test_an_ended_post_gives_no_rights_the_day_after(actor, person_of):
    from hoidong.kernel.people.actors import actor_for

    yesterday = dates.today() - datetime.timedelta(days=1)
    actions.end_post(person_of("xa").posts.get(), on=yesterday, by=actor("quantrixa"), reason="Chuyển công tác")
    assert actor_for(Account.objects.get(username="xa")).post is None


def test_phone_and_mail_are_masked_and_looking_is_written_down(signed_in, actor, person_of):
    from hoidong.kernel.audit.models import AuditEntry

    person = person_of("xa")
    actions.set_contacts(person, email="hang@example.vn", phone="0912345678", by=actor("quantri"))
    client = signed_in("quantrixa")
    page = client.get(f"{LIST}{person.pk}/").content.decode()
    assert "0912345678" not in page
    assert "hang@example.vn" not in page
    assert "0912345678" in client.post(f"{LIST}{person.pk}/xem-lien-lac/").content.decode()
    assert AuditEntry.objects.filter(action="audit.looked", subject_id=person.pk).exists()


def test_the_list_finds_names_without_accents_and_knows_the_states(actor, person_of):
    admin = actor("quantrixa")
    assert [str(person) for person in queries.people_in(admin, words="bich hang")] == ["Nguyễn Thị Bích Hằng"]
    actions.lock(person_of("xa"), reason="x", by=admin)
    assert person_of("xa") not in queries.people_in(admin)
    assert list(queries.people_in(admin, "khoa")) == [person_of("xa")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_statements_for_one_and_for_three(count, signed_in, actor, django_assert_num_queries):
    client, admin = signed_in("quantrixa"), actor("quantrixa")
    for place in range(count):
        actions.add_member(
            full_name=f"Mới {place}", username=f"moi{place}", unit=admin.unit, role="clerk", title="Văn thư", by=admin
        )
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(f"{LIST}?q=Moi")


@pytest.mark.parametrize(
    ("site_url", "host", "told"),
    [
        ("https://hoidong.example.gov.vn", "127.0.0.1:8000", "https://hoidong.example.gov.vn"),
        ("http://127.0.0.1:8000", "testserver", "http://testserver"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", None),
        ("http://localhost:8000", "[::1]:8000", None),
    ],
)
def test_a_slip_tells_an_address_that_others_can_open_or_none(signed_in, person_of, settings, site_url, host, told):
    settings.SITE_URL, settings.ALLOWED_HOSTS = site_url, ["*"]
    words = signed_in("quantrixa").post(f"{LIST}{person_of('xa').pk}/mat-khau/", HTTP_HOST=host).content.decode()
    slip = words.partition('<dl class="hd-slip">')[2].partition("</dl>")[0]
    assert "Mật khẩu" in slip
    assert ("Địa chỉ" in slip) is (told is not None)
    assert ("SITE_URL" in words) is (told is None)
    assert told is None or f"<dd>{told}</dd>" in slip
    assert "127.0.0.1" not in slip
