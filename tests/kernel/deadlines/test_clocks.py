"""Running clocks: opened by the rule of their day, paused, lengthened and closed in writing, never silently."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoidong.kernel import audit, deadlines, law
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.base.subjects import Ref
from hoidong.kernel.deadlines.models import Deadline
from hoidong.kernel.people import Actor
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def record(number):
    return Ref("tests.case", number)


def opened(start="01/09/2026", rule="KNCT.ANSWER_COUNCIL", number=1, **options):
    return deadlines.open_deadline(record(number), rule=rule, start=day(start), duty="answer", by=SYSTEM, **options)


def test_a_clock_takes_the_value_of_the_day_it_starts_and_says_so_in_the_log():
    clock = opened("30/06/2026", "KN.ACCEPT")
    other = opened("01/07/2026", "KN.ACCEPT", number=2)

    assert (clock.days, clock.unit, clock.due_on) == (10, "cd", day("10/07/2026"))
    assert (other.days, other.unit) == (7, "wd")
    entry = audit.entries_about(record(1)).get()
    assert entry.action == "deadlines.opened"
    assert entry.data["due_on"] == "2026-07-10"
    assert entry.data["rule"] == "KN.ACCEPT"


def test_a_variant_has_its_own_number_and_one_that_is_unknown_is_no_guess():
    assert opened(variant="complex").days == 60
    with pytest.raises(LookupError):
        opened(number=2, variant="remote")


def test_a_day_without_a_rule_opens_no_clock():
    with pytest.raises(law.NoRule):
        opened("30/06/2026", "TCD.REFUSAL_NOTICE")
    assert not Deadline.objects.filter(subject_kind="tests.case").exists()


def test_a_duty_runs_once_at_a_time_and_can_be_opened_again_when_it_is_closed():
    clock = opened()
    with pytest.raises(NotAllowed, match="đang chạy đến 01/10/2026"):
        opened()
    deadlines.close(clock, by=SYSTEM, on=day("20/09/2026"))

    assert opened("21/09/2026").due_on == day("21/10/2026")


def test_closing_after_the_last_day_is_late_and_noted_and_on_it_is_not():
    for number, on, late in ((1, "01/10/2026", False), (2, "02/10/2026", True)):
        [closed] = deadlines.close_many([record(opened(number=number).subject_id)], duty="answer", on=day(on), by=SYSTEM)
        assert closed.was_late is late
        assert audit.entries_about(record(number)).last().data["late"] is late


def test_late_is_asked_of_the_day_and_paused_clocks_are_not_late():
    late, paused = opened(), opened(number=2)
    deadlines.pause(paused, reason="Chờ bổ sung", by=SYSTEM, on=day("15/09/2026"))
    ours = Deadline.objects.filter(subject_kind="tests.case")

    assert list(deadlines.overdue(day("01/10/2026")) & ours) == []
    assert list(deadlines.overdue(day("02/10/2026")) & ours) == [late]
    assert list(deadlines.due_between(day("01/10/2026"), day("01/10/2026")) & ours) == [late]


def test_a_pause_moves_the_last_day_when_work_goes_on():
    clock = deadlines.pause(opened(), reason="Chờ ý kiến Sở Tài chính", by=SYSTEM, on=day("10/09/2026"))
    assert clock.due_on == day("01/10/2026")

    clock = deadlines.resume(clock, by=SYSTEM, on=day("22/09/2026"))

    assert (clock.due_on, clock.paused_on) == (day("13/10/2026"), None)
    told = [step.label for step in deadlines.explain(Deadline.objects.get(pk=clock.pk))]
    assert "Tạm dừng 10/09/2026 – 21/09/2026, cộng 12 ngày" in told


def test_a_pause_needs_a_reason_a_running_clock_and_a_day_that_fits():
    clock = opened()
    with pytest.raises(Invalid, match="lý do"):
        deadlines.pause(clock, reason="  ", by=SYSTEM, on=day("10/09/2026"))
    with pytest.raises(Invalid, match="không sớm hơn 01/09/2026"):
        deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("31/08/2026"))
    with pytest.raises(NotAllowed, match="đang chạy"):
        deadlines.resume(clock, by=SYSTEM, on=day("10/09/2026"))
    deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("10/09/2026"))
    with pytest.raises(NotAllowed, match="đang tạm dừng từ 10/09/2026"):
        deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("11/09/2026"))
    with pytest.raises(Invalid, match="không sớm hơn 10/09/2026"):
        deadlines.resume(clock, by=SYSTEM, on=day("09/09/2026"))
    deadlines.resume(clock, by=SYSTEM, on=day("15/09/2026"))
    with pytest.raises(Invalid, match="không sớm hơn 15/09/2026"):
        deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("14/09/2026"))


def test_what_is_late_cannot_hide_behind_a_pause():
    clock = opened()
    with pytest.raises(NotAllowed, match="Hạn đã hết ngày 01/10/2026"):
        deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("02/10/2026"))
    assert deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("01/10/2026")).paused_on


def test_an_extension_is_granted_in_writing_and_before_the_last_day():
    clock = opened()
    granted = {"days": 15, "reason": "Vụ việc nhiều địa bàn", "approver": "Chủ tịch UBND", "by": SYSTEM}
    with pytest.raises(NotAllowed, match="Chỉ gia hạn được bằng văn bản ký trước ngày đó"):
        deadlines.extend(clock, **granted, granted_on=day("02/10/2026"))
    for wrong in ({"reason": " "}, {"approver": ""}, {"days": 0}):
        with pytest.raises(Invalid):
            deadlines.extend(clock, **(granted | wrong), granted_on=day("30/09/2026"))

    clock = deadlines.extend(clock, **granted, document="45/UBND-VP", granted_on=day("01/10/2026"))

    assert clock.due_on == day("16/10/2026")
    assert deadlines.extensions_of("tests.case", [1]) == {1: "15 ngày"}
    steps = deadlines.explain(Deadline.objects.get(pk=clock.pk))
    assert "Chủ tịch UBND cho gia hạn: Vụ việc nhiều địa bàn (45/UBND-VP)" in [step.basis for step in steps]
    entry = audit.entries_about(record(1)).last()
    assert (entry.data["before"], entry.data["due_on"]) == ("2026-10-01", "2026-10-16")


def test_a_closed_clock_neither_stops_nor_grows():
    clock = opened()
    deadlines.close(clock, by=SYSTEM, on=day("20/09/2026"))
    for change in (
        lambda: deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("15/09/2026")),
        lambda: deadlines.resume(clock, by=SYSTEM, on=day("15/09/2026")),
        lambda: deadlines.extend(clock, days=5, reason="Chờ", approver="Ai", by=SYSTEM, granted_on=day("15/09/2026")),
    ):
        with pytest.raises(NotAllowed, match="đã kết thúc ngày 20/09/2026"):
            change()


def test_closing_a_paused_clock_counts_the_days_it_stood_still():
    clock = opened()
    deadlines.pause(clock, reason="Chờ", by=SYSTEM, on=day("20/09/2026"))

    [closed] = deadlines.close_many([record(1)], duty="answer", on=day("10/10/2026"), by=SYSTEM)

    assert closed.due_on == day("21/10/2026")
    assert not closed.was_late


def test_many_clocks_cost_as_many_statements_as_two():
    counts = []
    for first, many in ((1, 2), (100, 60)):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            records = [record(first + place) for place in range(many)]
            deadlines.open_many(
                records, rule="KNCT.ANSWER_COUNCIL", start=lambda one: day("01/09/2026"), duty="answer", by=SYSTEM
            )
            deadlines.close_many(records, duty="answer", on=day("02/09/2026"), by=SYSTEM)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_number_of_a_place_governs_its_clocks_and_not_those_of_others():
    city = units.at("01")
    here, there = units.communes_of(city)[:2]
    rule = law.rule("KNCT.ANSWER_COUNCIL", day("01/09/2026"))
    law.change(rule, value=20, starts_on=day("01/01/2026"), reason="Nghị quyết của xã", by=SYSTEM, scope=here)

    assert opened(unit=here).days == 20
    assert opened(number=2, unit=there).days == 30
    assert opened(number=3, unit=city).days == 30


def test_a_number_nobody_compared_with_the_law_is_said_in_the_account():
    assert deadlines.account_of(opened()).notes[0] == "Số 30 ngày chưa được đối chiếu với văn bản gốc."
    assert deadlines.account_of(opened(rule="KN.FIRST", number=2)).notes == []
