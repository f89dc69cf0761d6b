"""The pages: own notices only, counted statements, choices kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoidong.kernel import notices
from hoidong.kernel.notices.models import Choice, QuietHours

pytestmark = pytest.mark.django_db
LIST = "/thong-bao/"


def tell(*people, text="Kiến nghị số 12 được chuyển đến", count=1):
    for _time in range(count):
        notices.tell(people, kind="tests.app", text=text, url="/ban-lam-viec/")


def test_a_person_sees_own_notices_only(actor, signed_in):
    tell(actor("xa"), text="Của tôi")
    tell(actor("xa2"), text="Của người khác")

    page = signed_in("xa").get(LIST).content.decode()

    assert "Của tôi" in page
    assert "Của người khác" not in page


def test_another_persons_notice_is_not_found(actor, signed_in):
    [theirs] = notices.tell([actor("xa2")], kind="tests.app", text="Việc", url="/ban-lam-viec/")

    assert signed_in("xa").get(reverse("notices:open", args=[theirs.pk])).status_code == 404
    assert notices.unread_count(actor("xa2")) == 1


def test_opening_a_notice_reads_it_and_leads_to_what_it_is_about(actor, signed_in):
    [notice] = notices.tell([actor("xa")], kind="tests.app", text="Việc", url="/cu-tri/12/")

    answer = signed_in("xa").get(reverse("notices:open", args=[notice.pk]))

    assert (answer.status_code, answer.url) == (302, "/cu-tri/12/")
    assert notices.unread_count(actor("xa")) == 0


def test_the_list_costs_the_same_at_one_and_three_notices(actor, signed_in):
    client, counts = signed_in("xa"), []
    client.get(LIST)
    for count in (1, 2):
        tell(actor("xa"), count=count)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_long_list_is_paged_and_its_part_is_what_htmx_gets(actor, signed_in):
    tell(actor("xa"), count=30)
    client = signed_in("xa")

    first = client.get(LIST)
    after = first.context["page"].next_token
    second = client.get(LIST, {"trang": after}, headers={"HX-Request": "true"})

    assert len(first.context["page"]) == 25
    assert len(second.context["page"]) == 5
    assert b"<html" not in second.content
    assert b'id="thong-bao-list"' in second.content


def test_unread_notices_stand_in_a_view_of_their_own_and_all_can_be_read_at_once(actor, signed_in):
    tell(actor("xa"), count=2)
    client = signed_in("xa")
    assert len(client.get(LIST, {"xem": "moi"}).context["page"]) == 2

    client.post(reverse("notices:mark_read"), {"all": "1"})

    assert "Ông/Bà đã đọc hết" in client.get(LIST, {"xem": "moi"}).content.decode()


@pytest.mark.parametrize("picked", ["", "abc", "-1", "9" * 40, "１２"])
def test_a_pick_that_is_no_number_marks_nothing(actor, signed_in, picked):
    tell(actor("xa"))

    assert signed_in("xa").post(reverse("notices:mark_read"), {"chon": picked}).status_code == 303
    assert notices.unread_count(actor("xa")) == 1


def test_what_a_person_chooses_is_kept_and_offered_only_where_it_fits(actor, signed_in):
    client, address = signed_in("xa"), reverse("notices:choices")
    assert "Dành cho đại biểu" not in client.get(address).content.decode()

    kinds = {name: "digest" for name in client.get(address).context["form"].fields if name.startswith("way-")}
    answer = client.post(address, {**kinds, "begins": "20:00", "ends": "07:00"})

    assert answer.status_code == 303
    assert Choice.objects.get(account=actor("xa").account, kind="tests.app").way == "digest"
    assert f"{QuietHours.objects.get(pk=actor('xa').account.pk).begins:%H:%M}" == "20:00"
    assert not Choice.objects.filter(account=actor("xa2").account).exists()


def test_a_choice_that_is_not_offered_is_refused_at_its_field(signed_in):
    answer = signed_in("xa").post(reverse("notices:choices"), {"way-tests.app": "pigeon", "begins": "25:00", "ends": "07:00"})

    assert answer.status_code == 422
    assert {"way-tests.app", "begins"} <= set(answer.context["form"].errors)


def test_the_bell_counts(actor, signed_in):
    tell(actor("xa"), count=3)

    page = signed_in("xa").get(reverse("notices:bell")).content.decode()

    assert '<span class="hd-count">3</span>' in page
    assert f'data-live="account-{actor("xa").account.pk}"' in page


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get(LIST).status_code == 302
