"""What may be told, and to whom."""

import pytest
from django.db import connection

from hoidong.kernel import live

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "topic", ["", "unit-", "unit-0", "unit-x", "petition-3", "unit-3 secret", "account-3\n", "UNIT-3", "unit-03"]
)
def test_only_topics_can_be_told_never_words(topic):
    with pytest.raises(ValueError, match="Not a topic"):
        live.tell(topic)


def test_telling_many_topics_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        live.tell("unit-1", "unit-2", "account-3")
    with django_assert_num_queries(0):
        live.tell()


def test_an_actor_hears_the_own_account_and_unit_only(actor):
    clerk = actor("xa")
    assert live.topics_for(clerk) == {f"account-{clerk.account.pk}", f"unit-{clerk.unit.pk}"}
    assert live.topics_for(None) == set()


def test_another_units_topic_is_not_found(actor, signed_in):
    client, other = signed_in("xa"), actor("xa2")
    for topic in (f"unit-{other.unit.pk}", f"account-{other.account.pk}", "unit-999999", "everything"):
        assert client.get("/live/", {"kenh": topic}).status_code == 404


def test_a_mixture_of_own_and_other_topics_is_not_found(actor, signed_in):
    own, other = actor("xa"), actor("xa2")
    answer = signed_in("xa").get("/live/", {"kenh": [f"unit-{own.unit.pk}", f"unit-{other.unit.pk}"]})
    assert answer.status_code == 404


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get("/live/").status_code == 302
    assert connection.vendor == "postgresql"
