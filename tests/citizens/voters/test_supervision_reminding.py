"""Bodies are reminded before the last day of a recommendation: on the days of the rule, once each, and nobody else."""

import datetime

import pytest

from hoidong.citizens.voters.models import Demand
from hoidong.citizens.voters.supervision import demands, events, reminding
from hoidong.kernel import law
from hoidong.kernel.base import dates
from hoidong.kernel.law.models import Rule
from hoidong.kernel.notices.models import Notice

from .test_supervision import ask, conclude, find, found, led, team  # noqa: F401


@pytest.fixture
def asked(team, ask, conclude, actor):  # noqa: F811
    """A recommendation to the department of construction, in force since twenty days; tests give it its last day."""
    demand = ask(team)
    conclude(team)
    type(team).objects.filter(pk=team.pk).update(
        concluded_on=dates.today() - datetime.timedelta(days=20), decision_date=dates.today() - datetime.timedelta(days=25)
    )
    return Demand.objects.get(pk=demand.pk)


def due_in(demand, days):
    Demand.objects.filter(pk=demand.pk).update(due_on=dates.today() + datetime.timedelta(days=days))


def told():
    return Notice.objects.filter(kind=events.DUE_SOON)


@pytest.mark.parametrize(("days", "reminded"), [(16, 0), (15, 1), (7, 1), (3, 1), (0, 1), (-1, 0)])
def test_the_body_is_reminded_on_the_days_of_the_rule_and_no_more_when_it_is_late(asked, actor, days, reminded):
    due_in(asked, days)
    assert len(reminding.remind(dates.today())) == reminded
    assert set(told().values_list("account", flat=True)) == ({actor("soxaydung").account.pk} if reminded else set())


def test_the_same_day_reminds_once_and_the_next_day_of_the_rule_again(asked):
    due_in(asked, 14)
    assert reminding.remind(dates.today()) == [asked], "a day the worker missed is made good"
    assert reminding.remind(dates.today()) == []
    told().update(at=dates.now() - datetime.timedelta(days=8))
    due_in(asked, 7)
    assert reminding.remind(dates.today()) == [asked]


def test_days_before_it_was_asked_for_remind_of_nothing(asked, team):  # noqa: F811
    type(team).objects.filter(pk=team.pk).update(concluded_on=dates.today())
    due_in(asked, 5)
    assert reminding.remind(dates.today()) == []


def test_what_was_reported_or_dropped_is_not_reminded_of(asked, actor):
    due_in(asked, 7)
    demands.report(Demand.objects.get(pk=asked.pk), "Đã lắp xong lan can.", by=actor("soxaydung"))
    assert reminding.remind(dates.today()) == []
    demands.drop(Demand.objects.get(pk=asked.pk), "Đã chuyển sang đoàn khác.", by=actor("chuyenvien"))
    assert reminding.remind(dates.today()) == []


def test_an_office_reminds_on_the_days_it_set_and_where_no_rule_stands_nobody_is_reminded(asked, team):  # noqa: F811
    due_in(asked, 10)
    rule = law.rule(reminding.RULE, dates.today())
    rule.delete()
    assert reminding.remind(dates.today()) == []
    rule.pk, rule.scope, rule.value, rule.variants = None, team.area, 10, {}
    Rule.objects.bulk_create([rule])
    assert reminding.remind(dates.today()) == [asked]
