"""The form in which one petition is written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoidong.council.meetings.models import CouncilSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(signed_in):
    """`save(words, **more)`: the clerk saves one and asks for the next form; the answer."""
    clerk = signed_in("xa")
    session = CouncilSession.objects.order_by("-number").first()

    def save_one(words, **more):
        told = {
            "text": words,
            "voters": 1,
            "session": session.pk,
            "phase": "after",
            "source": "meeting",
            "raised_on": "02/10/2026",
        }
        return clerk.post(reverse("voters:new"), told | {"next": "1"} | more)

    save_one.clerk = clerk
    return save_one


def test_the_next_form_keeps_what_both_share_and_one_opened_anew_is_empty(save):
    answer = save("Đề nghị sửa cống thoát nước đầu thôn Đông.", hamlet="Thôn Đông")

    following = save.clerk.get(answer.url).context["form"]
    assert (following["hamlet"].value(), following["phase"].value(), following["text"].value()) == ("Thôn Đông", "after", None)
    anew = save.clerk.get(reverse("voters:new")).context["form"]
    assert not anew["hamlet"].value()


def test_saving_the_next_one_of_the_same_meeting_writes_no_session(save):
    save("Đề nghị sửa cống thoát nước đầu thôn Đông.", hamlet="Thôn Đông")

    with CaptureQueriesContext(connection) as asked:
        save("Đề nghị lắp đèn đường thôn Đoài.", hamlet="Thôn Đông")

    assert not [query for query in asked if 'UPDATE "django_session"' in query["sql"]]
