"""What does not fit in a plan is shown; only what cannot be stands in the way."""

import datetime

import pytest

from hoidong.citizens.voters.actions import rounds
from hoidong.citizens.voters.models import PlannedMeeting
from hoidong.citizens.voters.rounds import cells, conflicts, queries
from hoidong.citizens.voters.states import Phase
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid
from tests.citizens.voters.days import day, typed

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]


def look(found, on=None):
    """(stops, warnings) by place, and the whole of what was found."""
    rows = list(queries.rows_of(found))
    seen = conflicts.look(found, rows, cells.Known(found.area, found.starts_on), on or dates.today())
    return (
        {row.place: seen.stops.get(row.pk, []) for row in rows},
        {row.place: seen.warns.get(row.pk, []) for row in rows},
        seen,
    )


def test_one_deputy_in_two_places_at_once_stops_both_rows(planned_in, actor):
    same = {"held_on": typed(9), "deputies": "Trịnh Công Lâm"}
    found, _rows = planned_in({**same, "starts_at": "8h-10h"}, {**same, "starts_at": "9h30"}, {**same, "starts_at": "10h"})
    stops, _warns, _seen = look(found)
    assert ["cùng lúc" in " ".join(stops[place]) for place in (1, 2, 3)] == [True, True, True]
    assert len(stops[1]) == 1  # the third begins when the first ends
    with pytest.raises(Invalid, match="1, 2, 3"):
        rounds.publish(found, by=actor("chuyenvien"))


def test_without_an_hour_the_whole_day_is_taken(planned_in):
    same = {"held_on": typed(9), "deputies": "Trịnh Công Lâm"}
    found, _rows = planned_in({**same, "starts_at": ""}, {**same, "starts_at": "14h"})
    assert all("cùng lúc" in stop for stops in look(found)[0].values() for stop in stops)
    assert len(look(found)[0][1]) == 1


def test_other_deputies_or_another_day_are_no_clash(planned_in):
    found, _rows = planned_in(
        {"held_on": typed(9), "deputies": "Trịnh Công Lâm"}, {"held_on": typed(9), "deputies": "Phan Hữu Tín"},
        {"held_on": typed(10), "deputies": "Trịnh Công Lâm"},
    )  # fmt: skip
    assert look(found)[0] == {1: [], 2: [], 3: []}


def test_a_clash_with_another_published_round_stops_too_and_one_called_off_does_not(planned_in, under_way, actor):
    ahead = under_way.planned.get(place=9)
    cells_of_it = {"held_on": dates.format_date(ahead.held_on), "starts_at": "8h", "deputies": "Trịnh Công Lâm"}
    found, _rows = planned_in(cells_of_it)
    assert ahead.commune.name in look(found)[0][1][0]
    from hoidong.citizens.voters.actions import planned

    planned.call_off(ahead, by=actor("chuyenvien"), reason="Bão")
    assert look(found)[0][1] == []


def test_a_deputy_and_a_commune_outside_the_constituency_are_shown_and_do_not_stop(planned_in, communes):
    found, _rows = planned_in({"group": "tổ 1", "commune": communes[7].name, "deputies": "Phan Hữu Tín"})
    stops, warns, _seen = look(found)
    assert stops[1] == []
    assert any("không thuộc địa bàn" in text for text in warns[1])
    assert any("Phan Hữu Tín" in text for text in warns[1])


def test_a_row_that_lacks_something_says_what(planned_in):
    found, _rows = planned_in({"venue": "", "held_on": "", "starts_at": ""})
    assert look(found)[0][1] == ["Còn thiếu: ngày, địa điểm."]


def test_a_holiday_is_named(draft, planned_in):
    year = dates.today().year + (1 if dates.today().month > 8 else 0)
    found = draft(starts_on=datetime.date(year, 9, 1) - datetime.timedelta(days=90), ends_on=datetime.date(year, 9, 10))
    planned_in({"held_on": f"02/09/{year}"}, found=found)
    assert any("Quốc khánh" in text for text in look(found)[1][1])


def test_a_year_without_calendar_is_said_and_stops_nothing(draft, planned_in):
    found = draft(starts_on=datetime.date(2040, 1, 2), ends_on=datetime.date(2040, 2, 1))
    planned_in({"held_on": "10/01/2040"}, found=found)
    stops, _warns, seen = look(found)
    assert stops[1] == []
    assert any("2040" in note for note in seen.notes)


def test_days_outside_the_window_of_the_law_and_the_round_are_shown_with_their_doubt(draft, planned_in):
    found = draft()
    last = found.session.opens_on
    planned_in({"held_on": dates.format_date(last)}, {"held_on": typed(61)}, {"held_on": typed(2)}, found=found)
    warns = look(found)[1]
    assert any("chậm nhất" in text and "chưa đối chiếu luật" in text for text in warns[1])
    assert any("Ngoài thời gian của đợt" in text for text in warns[2])
    assert any("muộn" in text for text in warns[3])


def test_after_the_session_the_window_begins_with_its_end(draft, planned_in):
    found = draft(phase=Phase.AFTER)
    closes = found.session.closes_on
    planned_in(
        {"held_on": dates.format_date(closes)}, {"held_on": dates.format_date(closes + datetime.timedelta(days=3))}, found=found
    )
    warns = look(found)[1]
    assert any("sau ngày bế mạc" in text for text in warns[1])
    assert not any("sau ngày bế mạc" in text for text in warns[2])


def test_a_rule_that_an_office_changed_counts_at_once(draft, planned_in):
    from hoidong.kernel.law import Rule

    found = draft()
    planned_in({"held_on": dates.format_date(found.session.opens_on - datetime.timedelta(days=1))}, found=found)
    assert any("chậm nhất" in text for text in look(found)[1][1])
    Rule.objects.filter(code="TXCT.BEFORE_DONE").update(value=0)
    assert not any("chậm nhất" in text for text in look(found)[1][1])


def test_without_a_rule_nothing_is_guessed_and_it_is_said(draft, planned_in):
    from hoidong.kernel.law import Rule

    Rule.objects.filter(code__startswith="TXCT.").delete()
    found = draft()
    planned_in({}, found=found)
    stops, _warns, seen = look(found)
    assert stops[1] == []
    assert any("TXCT.BEFORE_DONE" in note for note in seen.notes)
    assert conflicts.minutes_due([day(9)], found.area) == {day(9): None}


def test_communes_without_a_meeting_and_the_same_row_twice_are_shown(planned_in, communes):
    same = {"commune": communes[0].name, "held_on": typed(9), "venue": "Hội trường", "deputies": "Khách"}
    found, _rows = planned_in(same, {**same, "venue": "hội trường"})
    _stops, warns, seen = look(found)
    assert any("Giống dòng 1" in text for text in warns[2])
    assert communes[0] not in seen.without
    assert len(seen.without) == 125


def test_looking_at_a_plan_costs_the_same_for_two_rows_and_for_sixty(planned_in, communes, django_assert_max_num_queries):
    for count in (2, 60):
        found, _rows = planned_in(
            *({"group": "tổ 1", "commune": communes[place % 8].name, "starts_at": ""} for place in range(count))
        )
        rows = list(queries.rows_of(found))
        known = cells.Known(found.area, found.starts_on)
        with django_assert_max_num_queries(9):
            conflicts.look(found, rows, known, dates.today())
    assert PlannedMeeting.objects.filter(round=found).count() == 60
