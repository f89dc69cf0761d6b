"""Changing the calendar, and what becomes of the clocks that run over it."""

import datetime

import pytest
from django.db import transaction

from hoidong.kernel import audit, deadlines, law
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.base.subjects import Ref
from hoidong.kernel.deadlines import changes
from hoidong.kernel.deadlines.models import CalendarDay, CalendarYear, DayKind, Deadline
from hoidong.kernel.outbox import draining
from hoidong.kernel.people import Actor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


@pytest.fixture
def admin(actor):
    return actor("hethong")


def clock(start, rule="DON.PROCESS", number=1, duty="answer"):
    return deadlines.open_deadline(Ref("tests.case", number), rule=rule, start=day(start), duty=duty, by=SYSTEM)


def due_of(deadline):
    draining.drain()
    return Deadline.objects.get(pk=deadline.pk).due_on


def test_a_new_day_off_moves_the_clocks_that_run_over_it_and_tells_why(admin):
    over, before = clock("16/11/2026"), clock("02/11/2026", number=2)
    assert (over.due_on, before.due_on) == (day("30/11/2026"), day("16/11/2026"))

    changes.set_day(
        day("25/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="Thông báo 1", reason="Thông báo 1", by=admin
    )

    assert due_of(over) == day("01/12/2026")
    assert due_of(before) == day("16/11/2026")
    moved = audit.entries_about(Ref("tests.case", 1)).last()
    assert moved.action == "deadlines.recounted"
    assert (moved.data["before"], moved.data["due_on"]) == ("2026-11-30", "2026-12-01")
    assert moved.reason == "Lịch nghỉ thay đổi: Thông báo 1"
    assert not audit.entries_about(Ref("tests.case", 2)).filter(action="deadlines.recounted").exists()


def test_each_clock_of_a_record_that_moves_is_in_the_log(admin):
    first, second = clock("16/11/2026"), clock("17/11/2026", duty="hand_up")

    changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="", reason="Thông báo 1", by=admin)

    assert (due_of(first), due_of(second)) == (day("01/12/2026"), day("02/12/2026"))
    moved = audit.entries_about(Ref("tests.case", 1)).filter(action="deadlines.recounted")
    assert {entry.data["duty"] for entry in moved} == {"answer", "hand_up"}


def test_a_closed_clock_keeps_the_day_it_was_closed_by(admin):
    done = clock("16/11/2026")
    deadlines.close(done, by=SYSTEM, on=day("20/11/2026"))

    changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="", reason="Thông báo 1", by=admin)

    assert due_of(done) == day("30/11/2026")


def test_pauses_and_extensions_stay_in_a_clock_that_is_counted_again(admin):
    running = clock("02/11/2026")
    deadlines.pause(running, reason="Chờ", by=SYSTEM, on=day("05/11/2026"))
    deadlines.resume(running, by=SYSTEM, on=day("09/11/2026"))
    deadlines.extend(running, days=5, reason="Khó", approver="Chủ tịch", by=SYSTEM, granted_on=day("10/11/2026"))
    assert due_of(running) == day("25/11/2026")

    changes.set_day(day("12/11/2026"), kind=DayKind.HOLIDAY, name="Nghỉ bão", basis="", reason="Công điện 2", by=admin)

    assert due_of(running) == day("26/11/2026")


def test_an_answer_that_the_day_is_off_moves_clocks_and_settles_later_years(admin):
    running = clock("16/11/2026")

    changes.answer(day("24/11/2026"), is_off=True, basis="Luật 1/2026", by=admin, later_years=True)

    assert due_of(running) == day("01/12/2026")
    kinds = CalendarDay.objects.filter(date__month=11, date__day=24).values_list("date__year", "kind")
    assert dict(kinds) == {2026: "holiday", 2027: "holiday", 2028: "holiday"}
    with pytest.raises(NotAllowed, match="đã được trả lời"):
        changes.answer(day("24/11/2026"), is_off=False, basis="Luật 1/2026", by=admin)


def test_an_answer_that_the_day_is_worked_moves_nothing_and_ends_the_doubt(admin):
    running = clock("16/11/2026")

    changes.answer(day("24/11/2026"), is_off=False, basis="Công văn 3", by=admin)

    assert due_of(running) == day("30/11/2026")
    assert deadlines.due(day("20/11/2026"), 5, "wd").notes == []
    assert CalendarDay.objects.get(date=day("24/11/2027")).kind == DayKind.PENDING


def test_a_swap_takes_a_weekday_off_against_a_weekend_worked_and_comes_off_as_a_pair(admin):
    changes.swap(day("27/11/2026"), day("05/12/2026"), basis="TB 4", reason="TB 4", by=admin)
    assert deadlines.due_on(day("26/11/2026"), 1, "wd") == day("30/11/2026")
    assert deadlines.due_on(day("04/12/2026"), 1, "wd") == day("05/12/2026")

    with pytest.raises(NotAllowed, match="đang hoán đổi với ngày 05/12/2026"):
        changes.set_day(day("27/11/2026"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason="TB", by=admin)
    changes.clear_day(day("05/12/2026"), reason="TB 5", by=admin)

    assert deadlines.due_on(day("26/11/2026"), 1, "wd") == day("27/11/2026")
    assert deadlines.due_on(day("04/12/2026"), 1, "wd") == day("07/12/2026")


@pytest.mark.parametrize(
    ("off", "worked", "field"),
    [("28/11/2026", "05/12/2026", "off"), ("27/11/2026", "04/12/2026", "worked"), ("02/09/2026", "05/12/2026", None)],
)
def test_a_swap_that_does_not_fit_is_refused_at_its_field(admin, off, worked, field):
    with pytest.raises(Invalid) as refusal:
        changes.swap(day(off), day(worked), basis="TB", reason="TB", by=admin)
    assert refusal.value.field == field


def test_every_change_gives_its_reason_and_stands_in_the_log(admin):
    with pytest.raises(Invalid):
        changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason=" ", by=admin)
    with pytest.raises(Invalid):
        changes.set_end_on_day_off("keep", reason="", by=admin)
    row = changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason="TB 6", by=admin)

    entry = audit.entries_about(row).get()
    assert (entry.action, entry.reason, entry.actor) == ("calendar.day_set", "TB 6", admin.name)


def test_keeping_a_last_day_on_a_day_off_moves_running_clocks(admin):
    running = clock("23/10/2026", "KNCT.ANSWER_COUNCIL")
    assert running.due_on == day("23/11/2026")

    changes.set_end_on_day_off("keep", reason="Theo quy chế", by=admin)

    assert due_of(running) == day("22/11/2026")


def test_a_year_with_an_open_question_is_not_confirmed_and_a_confirmed_one_is_settled(admin):
    with pytest.raises(NotAllowed, match="còn ngày chưa rõ"):
        changes.confirm_year(2027, note="TB 7", by=admin)
    changes.answer(day("24/11/2027"), is_off=False, basis="TB 8", by=admin)
    changes.confirm_year(2027, note="TB 7", by=admin)

    assert deadlines.due(day("01/03/2027"), 5, "wd").notes == []


def test_a_year_is_opened_from_the_law_and_counted_in(admin):
    with pytest.raises(deadlines.CalendarMissing):
        deadlines.due_on(day("12/02/2029"), 1, "wd")

    changes.open_year(2029, tet=day("13/02/2029"), ancestors=day("23/04/2029"), by=admin)

    assert deadlines.due_on(day("09/02/2029"), 1, "wd") == day("19/02/2029")
    assert deadlines.due_on(day("20/04/2029"), 1, "wd") == day("24/04/2029")
    assert not CalendarYear.objects.get(year=2029).is_settled
    # 24 November 2029 is a Saturday: answered yes, Monday is given for it.
    changes.answer(day("24/11/2029"), is_off=True, basis="Luật", by=admin)
    assert deadlines.due_on(day("23/11/2029"), 1, "wd") == day("27/11/2029")


@pytest.mark.parametrize(
    ("year", "tet", "ancestors"),
    [(2028, "26/01/2028", "04/04/2028"), (2029, "13/03/2029", "23/04/2029"), (2029, "13/02/2029", "23/06/2029"),
     (1, "13/02/2029", "23/04/2029"), (0, "13/02/2029", "23/04/2029"), (40000, "13/02/2029", "23/04/2029")],
)  # fmt: skip
def test_a_year_that_is_there_or_cannot_be_is_not_opened(admin, year, tet, ancestors):
    with pytest.raises((Invalid, NotAllowed)):
        changes.open_year(year, tet=day(tet), ancestors=day(ancestors), by=admin)


def test_nothing_is_written_into_a_year_that_is_not_loaded(admin):
    with pytest.raises(Invalid, match="Lịch năm 2035 chưa có"):
        changes.set_day(day("03/01/2035"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason="TB", by=admin)
    with pytest.raises(Invalid, match="Lịch năm 2035 chưa có"):
        changes.confirm_year(2035, note="TB", by=admin)


def test_a_changed_rule_moves_clocks_that_began_under_it_and_no_earlier_one(admin):
    early, late = clock("02/11/2026", "KNCT.ANSWER_COUNCIL"), clock("10/11/2026", "KNCT.ANSWER_COUNCIL", number=2)
    rule = law.rule("KNCT.ANSWER_COUNCIL", day("10/11/2026"))

    law.change(rule, value=45, starts_on=day("10/11/2026"), reason="NQ mới", by=admin)

    assert due_of(early) == day("02/12/2026")
    assert due_of(late) == day("25/12/2026")
    assert Deadline.objects.get(pk=late.pk).days == 45


def test_one_clock_that_runs_past_the_last_loaded_year_stops_none_of_the_others(admin):
    over, within = clock("16/11/2026"), clock("28/11/2028", "KNCT.ANSWER_COUNCIL", number=2)
    later = clock("16/11/2026", number=3)

    rule = law.rule("KNCT.ANSWER_COUNCIL", day("28/11/2028"))
    law.change(rule, value=45, starts_on=day("28/11/2028"), reason="NQ mới", by=admin)
    changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="", reason="Thông báo 1", by=admin)

    assert (due_of(over), due_of(later)) == (day("01/12/2026"), day("01/12/2026"))
    stuck = Deadline.objects.get(pk=within.pk)
    assert (stuck.due_on, stuck.days, stuck.missing_year) == (day("28/12/2028"), 45, 2029)
    assert deadlines.uncountable() == {2029: 1}


def test_a_clock_that_cannot_be_counted_says_so_in_the_log_and_in_its_account_until_the_year_is_opened(admin):
    running = clock("01/12/2028", "DON.PROCESS")
    before = running.due_on
    law.change(law.rule("DON.PROCESS", day("01/12/2028")), value=40, starts_on=day("01/12/2028"), reason="TT mới", by=admin)
    draining.drain()

    stuck = Deadline.objects.get(pk=running.pk)
    assert stuck.due_on == before
    assert "lịch nghỉ năm 2029 chưa có" in stuck.obstacle
    assert deadlines.account_of(stuck).notes == [stuck.obstacle]
    entry = audit.entries_about(Ref("tests.case", 1)).last()
    assert (entry.action, entry.data["obstacle"]) == ("deadlines.uncountable", stuck.obstacle)

    changes.open_year(2029, tet=day("13/02/2029"), ancestors=day("23/04/2029"), by=admin)

    assert due_of(running) == deadlines.due_on(day("01/12/2028"), 40, "wd") > before
    assert deadlines.uncountable() == {}
    assert Deadline.objects.get(pk=running.pk).obstacle == ""
    assert audit.entries_about(Ref("tests.case", 1)).last().action == "deadlines.recounted"


def test_a_clock_that_waits_for_a_year_is_noted_once_and_can_be_closed(admin):
    running = clock("01/12/2028", "DON.PROCESS")
    law.change(law.rule("DON.PROCESS", day("01/12/2028")), value=40, starts_on=day("01/12/2028"), reason="TT mới", by=admin)
    changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="", reason="Thông báo 1", by=admin)
    changes.set_day(day("26/11/2026"), kind=DayKind.HOLIDAY, name="Quốc tang", basis="", reason="Thông báo 1", by=admin)
    draining.drain()
    assert audit.entries_about(Ref("tests.case", 1)).filter(action="deadlines.uncountable").count() == 1

    deadlines.close(Deadline.objects.get(pk=running.pk), by=SYSTEM, on=day("05/12/2028"))

    assert deadlines.uncountable() == {}


def test_what_was_done_while_its_clock_stood_still_is_closed_though_a_year_is_missing():
    running = clock("01/12/2028", "DON.PROCESS")
    deadlines.pause(running, reason="Chờ", by=SYSTEM, on=day("05/12/2028"))

    [closed] = deadlines.close_many([Ref("tests.case", 1)], duty="answer", on=day("29/12/2028"), by=SYSTEM)

    assert (closed.closed_on, closed.due_on) == (day("29/12/2028"), running.due_on)


def test_a_clock_that_goes_on_is_refused_with_the_year_that_is_missing():
    running = clock("01/12/2028", "DON.PROCESS")
    with pytest.raises(deadlines.CalendarMissing, match="lịch nghỉ năm 2029 chưa có"):
        deadlines.extend(running, days=30, reason="Khó", approver="Chủ tịch", by=SYSTEM, granted_on=day("04/12/2028"))
    assert Deadline.objects.get(pk=running.pk).due_on == running.due_on


def test_the_calendar_in_memory_follows_a_change_and_its_rollback(admin):
    plain = deadlines.due_on(day("20/11/2026"), 5, "wd")
    before = transaction.savepoint()
    changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason="TB", by=admin)
    assert deadlines.due_on(day("20/11/2026"), 5, "wd") != plain

    transaction.savepoint_rollback(before)

    assert deadlines.due_on(day("20/11/2026"), 5, "wd") == plain


def test_a_petition_shows_the_last_day_that_moved(admin, petition_in):
    petition = petition_in("sent")
    due_on = petition.due_on
    off = due_on if due_on.weekday() < 5 else deadlines.due_on(due_on, 0, "wd")

    changes.set_day(off, kind=DayKind.HOLIDAY, name="Nghỉ bão", basis="", reason="Công điện 3", by=admin)
    draining.drain()

    petition.refresh_from_db()
    assert petition.due_on > due_on
    assert (
        petition.due_on == Deadline.objects.get(subject_kind="voters.petition", subject_id=petition.pk, closed_on=None).due_on
    )


CHANGES = {
    "set_day": lambda by: changes.set_day(day("25/11/2026"), kind=DayKind.HOLIDAY, name="Lễ", basis="", reason="TB", by=by),
    "clear_day": lambda by: changes.clear_day(day("01/09/2026"), reason="TB", by=by),
    "swap": lambda by: changes.swap(day("27/11/2026"), day("05/12/2026"), basis="TB", reason="TB", by=by),
    "answer": lambda by: changes.answer(day("24/11/2026"), is_off=True, basis="TB", by=by),
    "confirm_year": lambda by: changes.confirm_year(2026, note="TB", by=by),
    "open_year": lambda by: changes.open_year(2029, tet=day("13/02/2029"), ancestors=day("23/04/2029"), by=by),
    "set_end_on_day_off": lambda by: changes.set_end_on_day_off("keep", reason="TB", by=by),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_calendar_is_changed_by_the_platforms_administrator_alone_whoever_calls_the_action(actor, name):
    days = list(CalendarDay.objects.order_by("pk").values_list("date", "kind"))
    for username in ("xa", "chuyenvien", "quantri", "quantrixa"):
        with pytest.raises(NotAllowed, match="Chỉ quản trị hệ thống"):
            CHANGES[name](actor(username))
    assert list(CalendarDay.objects.order_by("pk").values_list("date", "kind")) == days
