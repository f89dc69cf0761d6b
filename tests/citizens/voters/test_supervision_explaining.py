"""What was not carried out is explained in writing within the term of the law; beyond that the council takes the ladder, rung by rung."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from hoidong.citizens.voters.models import Demand, DemandMeasure
from hoidong.citizens.voters.supervision import demands, receivers
from hoidong.citizens.voters.supervision.states import DemandState as D
from hoidong.kernel import files
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.notices.models import Notice
from tests.citizens.voters.days import day
from tests.kernel.files import samples

from .test_supervision import ask, conclude, find, found, last, led, put, team  # noqa: F401

pytestmark = pytest.mark.django_db
WHY = "Cầu thôn Hai chưa thi công, giải trình lý do."
BECAUSE = "Chưa được bố trí vốn; Giám đốc Sở chịu trách nhiệm, xong trong quý sau."


@pytest.fixture
def owed(team, ask, conclude):  # noqa: F811
    """A recommendation of a team that concluded, whose day passed yesterday."""
    demand = ask(team)
    conclude(team)
    Demand.objects.filter(pk=demand.pk).update(due_on=day(-1))
    return Demand.objects.get(pk=demand.pk)


@pytest.mark.parametrize(("complex_matter", "days"), [(False, 15), (True, 30)])
def test_the_term_of_the_explanation_is_the_one_of_the_law_in_calendar_days(owed, actor, complex_matter, days):
    asked = demands.ask_why(owed, WHY, complex_matter=complex_matter, by=actor("chuyenvien"))
    assert (asked.state, asked.judgement) == (D.ASKED_WHY, WHY)
    assert asked.explain_by >= day(days)  # a last day that is a day off moves to the next working day
    assert asked.explain_by <= day(days + 10)


def test_the_body_hears_of_it_explains_with_a_paper_and_the_council_decides(owed, actor, signed_in):
    office = signed_in("chuyenvien")
    page = office.post(owed.get_absolute_url(), {"lam": "why", "words": WHY})
    assert page.status_code == 302
    receivers.tell_asked_why(last("voters.demand_asked_why"))
    assert Notice.objects.filter(kind="voters.demand_asked_why", account=actor("soxaydung").account).exists()

    body = signed_in("soxaydung")
    words = body.get(owed.get_absolute_url()).content.decode()
    assert "Gửi giải trình" in words
    assert WHY in words
    paper = SimpleUploadedFile("Giải trình.pdf", samples.PDF)
    assert body.post(owed.get_absolute_url(), {"words": BECAUSE, "file": paper}).status_code == 302
    owed.refresh_from_db()
    assert (owed.state, owed.explanation, owed.explained_on) == (D.REPORTED, BECAUSE, dates.today())

    words = signed_in("chuyenvien").get(owed.get_absolute_url()).content.decode()
    assert BECAUSE in words
    assert "Giải trình.pdf" in words
    assert demands.accept(owed, "", by=actor("thuongtruc")).state == D.DONE


def test_the_paper_of_an_explanation_is_read_by_the_body_and_the_council_and_nobody_else(owed, actor, signed_in):
    kept = files.save(samples.PDF, name="Giải trình.pdf", by=actor("soxaydung"))
    demands.ask_why(owed, WHY, by=actor("chuyenvien"))
    demands.explain(owed, BECAUSE, by=actor("soxaydung"), file_id=kept.pk)
    seen = {
        name: signed_in(name).get(kept.url).status_code for name in ("soxaydung", "chuyenvien", "sonongnghiep", "xa", "hethong")
    }
    assert seen == {"soxaydung": 200, "chuyenvien": 200, "sonongnghiep": 404, "xa": 404, "hethong": 404}


def test_nobody_is_asked_why_before_the_day_has_passed(owed, actor):
    Demand.objects.filter(pk=owed.pk).update(due_on=dates.today())
    with pytest.raises(NotAllowed, match="thời hạn thực hiện chưa hết"):
        demands.ask_why(owed, WHY, by=actor("chuyenvien"))
    with pytest.raises(NotAllowed, match="còn trong thời hạn"):
        demands.take_measure(owed, "urge", WHY, by=actor("chuyenvien"))


def test_an_explanation_says_something_and_is_given_by_the_body_that_was_asked(owed, actor):
    demands.ask_why(owed, WHY, by=actor("chuyenvien"))
    with pytest.raises(Invalid):
        demands.explain(owed, "  ", by=actor("soxaydung"))
    for username in ("sonongnghiep", "chuyenvien", "xa"):
        with pytest.raises(NotAllowed):
            demands.explain(owed, BECAUSE, by=actor(username))


def test_who_lets_the_day_of_the_explanation_pass_is_late_on_the_lists_of_both_sides(owed, actor, signed_in):
    demands.ask_why(owed, WHY, by=actor("chuyenvien"))
    assert "Quá hạn giải trình" not in signed_in("soxaydung").get(owed.get_absolute_url()).content.decode()
    Demand.objects.filter(pk=owed.pk).update(explain_by=day(-1))
    body = signed_in("soxaydung")
    assert "Quá hạn giải trình" in body.get(owed.get_absolute_url()).content.decode()
    assert owed.words[:40] in body.get("/cu-tri/kien-nghi-giam-sat/?xem=late").content.decode()
    assert owed.team.name in signed_in("chuyenvien").get("/cu-tri/doan-giam-sat/?xem=overdue").content.decode()


def test_rungs_are_taken_upwards_urging_is_counted_and_the_body_hears_of_each(owed, actor, signed_in):
    by = actor("chuyenvien")
    called = [demands.take_measure(owed, rung, WHY, by=by).called for rung in ("urge", "urge", "hearing")]
    assert called == ["Đôn đốc lần 1", "Đôn đốc lần 2", "Đưa ra phiên giải trình"]
    with pytest.raises(Invalid, match="biện pháp cao hơn"):
        demands.take_measure(owed, "handle", WHY, by=by)
    receivers.tell_measured(last("voters.demand_measured"))
    assert Notice.objects.filter(kind="voters.demand_measured", text__startswith="Đưa ra phiên giải trình").exists()
    for username in ("chuyenvien", "soxaydung"):
        words = signed_in(username).get(owed.get_absolute_url()).content.decode()
        assert all(one in words for one in called)


def test_a_measure_on_the_page_keeps_what_was_typed_when_it_is_refused(owed, actor, signed_in):
    demands.take_measure(owed, "question", WHY, by=actor("chuyenvien"))
    page = signed_in("chuyenvien").post(
        owed.get_absolute_url(), {"lam": "measure", "measure": "urge", "reason": "Đã nhắc qua điện thoại"}
    )
    assert page.status_code == 422
    assert "Đã nhắc qua điện thoại" in page.content.decode()
    assert DemandMeasure.objects.filter(demand=owed).count() == 1


def test_the_body_takes_no_rung_itself(owed, actor, signed_in):
    assert (
        signed_in("soxaydung").post(owed.get_absolute_url(), {"lam": "measure", "measure": "urge", "reason": WHY}).status_code
        == 404
    )
    with pytest.raises(NotAllowed):
        demands.take_measure(owed, "urge", WHY, by=actor("soxaydung"))


def test_the_database_keeps_a_request_for_an_explanation_only_with_its_day(owed):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        put(owed, D.ASKED_WHY, explain_by=None)
    assert connection.is_usable()


def test_the_page_asks_no_more_of_the_database_for_a_long_ladder(owed, actor, signed_in, django_assert_max_num_queries):
    client = signed_in("chuyenvien")
    client.get(owed.get_absolute_url())
    DemandMeasure.objects.bulk_create(
        DemandMeasure(demand=owed, measure="urge", nth=nth, words=WHY, taken_on=day(-30) + datetime.timedelta(days=nth))
        for nth in range(1, 30)
    )
    with django_assert_max_num_queries(24):
        assert "Đôn đốc lần 29" in client.get(owed.get_absolute_url()).content.decode()
