"""A lot that is cancelled is taken back whole, with as many statements for three petitions as for sixty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.citizens.voters import actions, mirrors
from hoidong.citizens.voters.models import Petition
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import audit, publication, search
from hoidong.kernel.audit import chain
from hoidong.kernel.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(actor):
    """`lot(7, 3)`: three petitions of the lot with number 7."""

    def record(lot_id, count):
        clerk = actor("xa")
        drafts = [
            actions.Draft(text=f"Đề nghị nạo vét mương nội đồng đoạn số {place} trước mùa mưa.") for place in range(count)
        ]
        actions.record_petitions(
            drafts, office=clerk.unit.area, session=sessions.current_session(clerk), phase="before", lot_id=lot_id, by=clerk
        )
        return Petition.objects.filter(lot_id=lot_id)

    return record


def _statements_of_cancelling(lot_id, by):
    with CaptureQueriesContext(connection) as captured:
        actions.cancel_lot(lot_id, by=by, reason="Nhập nhầm tệp")
    return len(captured)


def test_cancelling_sixty_petitions_takes_as_many_statements_as_three(lot, actor):
    lot(9_000_001, 3), lot(9_000_002, 60)

    few, many = (_statements_of_cancelling(number, actor("xa")) for number in (9_000_001, 9_000_002))

    assert few == many <= 17


def test_a_cancelled_lot_is_found_no_more_and_each_petition_says_why(lot, actor):
    petitions, clerk = list(lot(9_000_003, 4)), actor("xa")
    assert search.find(clerk, "nạo vét mương nội đồng đoạn").hits

    assert actions.cancel_lot(9_000_003, by=clerk, reason="Nhập nhầm tệp") == 4

    assert set(lot(9_000_003, 0).values_list("state", flat=True)) == {"cancelled"}
    keys = {petition.pk for petition in petitions}
    assert not keys & {hit.subject_id for hit in search.find(clerk, "nạo vét mương nội đồng đoạn").hits}
    assert all(publication.by_code(petition.code) is None for petition in petitions)
    for petition in petitions:
        written = audit.entries_about(petition).filter(action="voters.cancel").get()
        assert (written.reason, written.data) == ("Nhập nhầm tệp", {"from": "new", "to": "cancelled"})
    withdrawn = AuditEntry.objects.filter(action="publication.withdraw", subject_kind=mirrors.KIND, subject_id__in=keys)
    assert withdrawn.count() == 4
    assert chain.broken_places() == []
