"""Lists cost the same number of statements with one row and with many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.citizens.voters import queries
from hoidong.kernel.base import dates


def statements(client, address):
    client.get(address)  # warm: session, calendar
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["chuyenvien", "soxaydung", "xa"])
def test_the_worklist_costs_the_same_for_one_row_and_for_many(signed_in, name):
    client = signed_in(name)
    assert statements(client, "/cu-tri/kien-nghi/?xem=all&tu-khoa=khongcogi") <= statements(
        client, "/cu-tri/kien-nghi/?xem=all"
    )
    assert statements(client, "/cu-tri/kien-nghi/?xem=all") <= 14


@pytest.mark.parametrize("name", ["chuyenvien", "soxaydung", "xa"])
def test_the_desk_costs_a_handful_of_statements(signed_in, name):
    assert statements(signed_in(name), "/ban-lam-viec/") <= 18


def test_a_record_costs_a_fixed_number_of_statements(signed_in, actor):
    client = signed_in("chuyenvien")
    costs = {
        statements(client, f"/cu-tri/kien-nghi/{petition.pk}/")
        for petition in queries.petitions_for(actor("chuyenvien")).order_by("pk")[:8]
    }
    assert max(costs) <= 26


def test_every_view_of_the_worklist_is_counted_in_one_statement(actor):
    petitions, views = queries.petitions_for(actor("chuyenvien")), queries.views_for(actor("chuyenvien"), dates.today())
    with CaptureQueriesContext(connection) as captured:
        queries.counts_of(petitions, views)
    assert len(captured) == 1
