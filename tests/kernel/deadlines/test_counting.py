"""Terms counted on the calendar the platform ships: the deadlines of the law come out on the right day, or not at all."""

import datetime

import pytest

from hoidong.kernel import deadlines, law
from hoidong.kernel.deadlines import CalendarMissing, Gap, More, counting, lawful, seed
from hoidong.kernel.deadlines.models import DayKind

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def last(start, days, unit, **options):
    return deadlines.due(day(start), days, unit, **options).due_on


def test_seven_working_days_over_the_national_holiday_count_loaded_working_days_only():
    assert last("28/08/2026", 7, "wd") == day("11/09/2026")


def test_thirty_calendar_days_that_end_on_a_sunday_end_on_monday_unless_the_office_keeps_the_day():
    assert day("22/11/2026").weekday() == 6
    assert last("23/10/2026", 30, "cd") == day("23/11/2026")
    assert last("23/10/2026", 30, "cd", on_weekend="keep") == day("22/11/2026")


def test_a_complaint_keeps_the_term_of_the_day_it_was_received():
    before, after = law.rule("KN.ACCEPT", day("30/06/2026")), law.rule("KN.ACCEPT", day("01/07/2026"))

    assert (before.value, before.unit) == (10, "cd")
    assert (after.value, after.unit) == (7, "wd")
    assert deadlines.due_by_rule("KN.ACCEPT", day("26/06/2026")).due_on == day("06/07/2026")
    assert deadlines.due_by_rule("KN.ACCEPT", day("03/07/2026")).due_on == day("14/07/2026")


def test_twelve_days_of_suspension_in_the_middle_move_the_last_day_by_twelve():
    start = day("01/09/2026")
    without = deadlines.due_on(start, 30, "cd", on_weekend="keep")
    paused = deadlines.due_on(start, 30, "cd", on_weekend="keep", pauses=[Gap(day("10/09/2026"), day("22/09/2026"))])

    assert without == day("01/10/2026")
    assert (paused - without).days == 12


@pytest.mark.parametrize(
    ("start", "days", "unit"), [("05/05/2031", 1, "wd"), ("05/05/2031", 1, "cd"), ("20/12/2028", 30, "wd")]
)
def test_a_year_without_a_table_gives_no_date_but_says_which_year_to_load(start, days, unit):
    with pytest.raises(CalendarMissing) as refusal:
        last(start, days, unit)

    missing = day(start).year if day(start).year > 2028 else 2029
    assert refusal.value.year == missing
    assert str(refusal.value) == (
        f"Chưa tính được hạn: lịch nghỉ năm {missing} chưa có. "
        "Nhờ quản trị nạp lịch năm này ở trang Quản trị, mục Lịch nghỉ, rồi làm lại."
    )


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("24/01/2025", 1, "03/02/2025"),  # Tết: nine days from 25 January
        ("04/04/2025", 1, "08/04/2025"),  # 7 April, Hùng Vương
        ("25/04/2025", 1, "26/04/2025"),  # a Saturday worked for 2 May
        ("29/04/2025", 1, "05/05/2025"),
        ("29/08/2025", 1, "03/09/2025"),
        ("31/12/2025", 1, "05/01/2026"),  # 2 January was swapped
        ("09/01/2026", 1, "10/01/2026"),
        ("13/02/2026", 1, "23/02/2026"),
        ("24/04/2026", 1, "28/04/2026"),  # Hùng Vương on a Sunday, given on Monday
        ("29/04/2026", 1, "04/05/2026"),
        ("21/08/2026", 1, "22/08/2026"),
        ("28/08/2026", 1, "03/09/2026"),
        ("03/02/2027", 1, "11/02/2027"),  # Tết on a Saturday
        ("15/04/2027", 1, "19/04/2027"),
        ("29/04/2027", 1, "04/05/2027"),
        ("01/09/2027", 1, "06/09/2027"),
        ("31/12/2027", 1, "04/01/2028"),
        ("21/01/2028", 1, "31/01/2028"),
        ("03/04/2028", 1, "05/04/2028"),
        ("28/04/2028", 1, "03/05/2028"),
        ("31/08/2028", 1, "05/09/2028"),
    ],
)
def test_the_day_after_is_the_next_worked_one_in_every_loaded_year(start, days, expected):
    assert last(start, days, "wd") == day(expected)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("31/01/2028", 29, "29/02/2028"),
        ("30/01/2026", 31, "02/03/2026"),
        ("30/01/2027", 30, "01/03/2027"),
        ("28/02/2028", 1, "29/02/2028"),
        ("28/02/2025", 3, "03/03/2025"),
        ("31/12/2026", 31, "01/02/2027"),
    ],
)
def test_calendar_days_run_over_months_february_and_years(start, days, expected):
    assert last(start, days, "cd") == day(expected)


def test_calendar_days_that_end_inside_tet_end_on_the_first_worked_day_after_it():
    told = deadlines.due(day("18/01/2026"), 30, "cd")

    assert told.due_on == day("23/02/2026")
    assert told.steps[-1].label == "Tết Nguyên đán (mùng Một), sang ngày làm việc kế tiếp"
    assert "Điều 148 khoản 5" in told.steps[-1].basis


def test_a_term_may_end_on_a_saturday_that_is_worked():
    assert last("12/08/2026", 10, "cd") == day("22/08/2026")
    assert last("20/08/2026", 2, "wd") == day("22/08/2026")


def test_something_due_at_once_is_due_on_the_day_itself_or_the_next_worked_one():
    assert last("20/11/2026", 0, "wd") == day("20/11/2026")
    assert last("22/11/2026", 0, "wd") == day("23/11/2026")


def test_working_and_calendar_days_differ_and_no_other_measure_is_counted():
    assert last("20/11/2026", 5, "wd") == day("27/11/2026")
    assert last("20/11/2026", 5, "cd") == day("25/11/2026")
    with pytest.raises(ValueError):
        last("20/11/2026", 5, "h")
    with pytest.raises(ValueError):
        last("20/11/2026", -1, "cd")


def test_steps_name_the_start_the_days_passed_over_and_the_worked_weekends():
    told = deadlines.due(day("20/08/2026"), 8, "wd", start_label="Ngày nhận")

    assert told.due_on == day("03/09/2026")
    assert [step.date for step in told.steps] == [day("20/08/2026"), day("03/09/2026")]
    assert told.steps[0].label == "Ngày nhận"
    assert told.steps[0].basis == "thứ Năm; ngày đầu không tính (Điều 147 Bộ luật Dân sự)"
    counted = told.steps[1].basis
    assert "31/08 (Nghỉ hoán đổi với ngày 22/08)" in counted
    assert "02/09 (Quốc khánh)" in counted
    assert "có tính ngày làm bù 22/08" in counted


def test_a_year_that_is_not_announced_and_a_day_nobody_decided_on_are_said():
    sure, across = deadlines.due(day("02/03/2026"), 5, "wd"), deadlines.due(day("20/12/2026"), 30, "cd")
    unsure = deadlines.due(day("20/11/2026"), 5, "wd")

    assert sure.notes == []
    assert across.notes == ["Lịch nghỉ năm 2027 tính theo luật, chưa có thông báo chính thức; hạn có thể đổi khi có lịch."]
    assert unsure.notes == [
        "Ngày 24/11/2026 (Ngày Văn hóa Việt Nam) chưa được xác nhận là ngày nghỉ, đang tính là ngày làm việc."
    ]


def test_calendar_days_mention_the_open_question_only_where_the_term_ends_on_it():
    assert deadlines.due(day("20/11/2026"), 5, "cd").notes == []
    assert len(deadlines.due(day("20/11/2026"), 4, "cd").notes) == 1


def test_a_pause_counts_working_days_in_a_term_of_working_days():
    start = day("02/11/2026")
    assert deadlines.due_on(start, 10, "wd") == day("16/11/2026")
    # Paused from Thursday 5 to Monday 9 November: two working days.
    assert deadlines.due_on(start, 10, "wd", pauses=[Gap(day("05/11/2026"), day("09/11/2026"))]) == day("18/11/2026")


def test_a_pause_before_the_start_after_the_end_or_of_no_length_moves_nothing():
    start, plain = day("02/11/2026"), deadlines.due_on(day("02/11/2026"), 10, "wd")
    for first, resumed in (("20/10/2026", "02/11/2026"), ("17/11/2026", "30/11/2026"), ("05/11/2026", "05/11/2026")):
        assert deadlines.due_on(start, 10, "wd", pauses=[Gap(day(first), day(resumed))]) == plain


def test_a_second_pause_may_lie_in_the_days_the_first_one_gave():
    gaps = [Gap(day("03/12/2026"), day("08/12/2026")), Gap(day("10/11/2026"), day("20/11/2026"))]

    assert deadlines.due_on(day("02/11/2026"), 30, "cd", on_weekend="keep", pauses=gaps) == day("17/12/2026")


def test_a_term_carried_to_monday_can_still_be_paused_on_that_monday():
    # Thirty days end on Sunday 22 November, so Monday 23 is the last day; paused on it until Thursday 26.
    gap = [Gap(day("23/11/2026"), day("26/11/2026"))]

    assert deadlines.due_on(day("23/10/2026"), 30, "cd", pauses=gap) == day("26/11/2026")
    assert deadlines.due(day("23/10/2026"), 30, "cd", pauses=gap).due_on == day("26/11/2026")
    assert deadlines.due_on(day("23/10/2026"), 30, "cd", on_weekend="keep", pauses=gap) == day("22/11/2026")


def test_extensions_are_added_in_the_measure_of_the_term_and_told():
    told = deadlines.due(day("02/11/2026"), 10, "wd", extensions=[More(5, "Chủ tịch cho gia hạn")])

    assert told.due_on == day("23/11/2026")
    assert told.steps[-1] == counting.Step("Gia hạn 05 ngày làm việc", day("23/11/2026"), "Chủ tịch cho gia hạn")


def test_the_words_and_the_bare_date_agree_on_many_terms():
    gaps = [Gap(day("10/02/2026"), day("25/02/2026")), Gap(day("28/04/2026"), day("06/05/2026"))]
    for offset in range(0, 120, 7):
        start = day("01/01/2026") + datetime.timedelta(days=offset)
        for unit in ("wd", "cd"):
            told = deadlines.due(start, 40, unit, pauses=gaps, extensions=[More(7)])
            assert told.due_on == deadlines.due_on(start, 40, unit, pauses=gaps, extra=7)


def test_what_must_be_done_before_an_event_keeps_its_full_term():
    assert deadlines.latest_before(day("03/09/2026"), 5, "wd") == day("24/08/2026")
    assert deadlines.latest_before(day("08/12/2026"), 20, "cd") == day("18/11/2026")
    assert deadlines.latest_before(day("12/12/2026"), 20, "cd") == day("20/11/2026")  # the 22nd is a Sunday
    with pytest.raises(CalendarMissing):
        deadlines.latest_before(day("03/01/2025"), 5, "wd")


def test_a_rule_that_counts_back_is_not_counted_forward():
    with pytest.raises(ValueError):
        deadlines.due_by_rule("HD.CONVOKE_REGULAR", day("02/11/2026"))


def test_days_left_are_working_days_and_negative_when_late():
    assert deadlines.days_left(day("03/09/2026"), day("28/08/2026")) == 1
    assert deadlines.days_left(day("28/08/2026"), day("28/08/2026")) == 0
    assert deadlines.days_left(day("28/08/2026"), day("04/09/2026")) == -2


def test_counting_by_steps_of_one_day_gives_what_counting_at_once_gives():
    calendar, at = deadlines.current(), day("02/01/2025")
    for place in range(1, 700):
        at += datetime.timedelta(days=1)
        while not calendar.is_working(at):
            at += datetime.timedelta(days=1)
        assert calendar.add_working(day("02/01/2025"), place) == at
        assert calendar.subtract_working(at, place) == day("02/01/2025")


def test_each_year_of_the_seed_has_the_eleven_days_of_the_labour_code():
    for _official, _note, days in seed.years().values():
        assert sum(one["kind"] == DayKind.HOLIDAY for one in days) == 11


def test_years_nobody_announced_are_those_the_law_gives():
    for year, tet, ancestors in ((2027, "06/02/2027", "16/04/2027"), (2028, "26/01/2028", "04/04/2028")):
        written = {(one["date"], one["kind"]) for one in seed.years()[year][2]}
        assert written == {(one["date"], one["kind"]) for one in lawful.days_of(year, day(tet), day(ancestors))}


def test_every_swapped_day_has_its_pair_a_weekend_against_a_weekday():
    for _official, _note, days in seed.years().values():
        kinds = {one["date"]: one for one in days}
        for one in days:
            if one["kind"] == DayKind.SWAP_OFF:
                pair = kinds[one["pair"]]
                assert pair["kind"] == DayKind.SWAP_WORK
                assert pair["pair"] == one["date"]
                assert one["date"].weekday() < 5 <= pair["date"].weekday()
