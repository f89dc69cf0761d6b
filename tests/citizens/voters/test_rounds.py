"""Rounds of voter contact: planned, published, changed with an announcement, written down, urged."""

import pytest

from hoidong.citizens.voters.actions import plan_rows, planned, rounds
from hoidong.citizens.voters.models import Meeting, PlanChange, PlannedMeeting, Round
from hoidong.citizens.voters.rounds import queries, words
from hoidong.citizens.voters.states import Phase
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Delivery
from tests.citizens.voters.days import day, typed

pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]
pytestmark = pytest.mark.django_db


def deliver():
    """Let the events of this test reach who listens, as the worker would."""
    from hoidong.kernel.outbox.tasks import deliver as hand_over

    for delivery in Delivery.objects.filter(receiver__contains=".rounds.", done_at=None).order_by("pk"):
        hand_over(delivery.pk)


def told(username, kind, actor):
    """The texts of the notices of one kind a person got, the newest first."""
    found = Notice.objects.filter(account=actor(username).account, kind=kind).order_by("-pk")
    return list(found.values_list("text", flat=True))


def values_of(row, **changes):
    return {name: getattr(row, name) for name in planned.VALUES} | changes


def test_the_demo_has_a_round_under_way_with_held_and_missing_minutes(under_way):
    figures = queries.figures(under_way.planned, dates.today())
    assert figures == {"all": 9, "ahead": 4, "held": 2, "done": 1, "missing": 4, "late": 2, "off": 1}


def test_every_figure_of_a_round_is_the_length_of_the_list_it_opens(under_way, signed_in):
    client = signed_in("chuyenvien")
    figures = queries.figures(under_way.planned, dates.today())
    for view in queries.views(dates.today()):
        page = client.get(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/?xem={view.code}")
        assert len(page.context["page"]) == figures[view.code], view.code


def test_the_figures_of_the_communes_add_up_to_those_of_the_round(under_way):
    rows = queries.by_commune(under_way.planned, dates.today())
    total = queries.figures(under_way.planned, dates.today())
    for code in total:
        assert sum(row[code] for row in rows) == total[code], code


def test_what_nobody_understands_stays_as_typed_and_holds_up_publication(planned_in, actor):
    found, (row,) = planned_in({"held_on": "32/13/2026", "commune": "xã Không Có Thật"})
    assert (row.commune, row.held_on) == (None, None)
    assert row.typed == {"held_on": "32/13/2026", "commune": "xã Không Có Thật"}
    with pytest.raises(Invalid, match="dòng 1"):
        rounds.publish(found, by=actor("chuyenvien"))


def test_rows_sent_twice_stand_there_once_and_an_emptied_row_goes(planned_in, actor):
    found, rows = planned_in({}, {})
    again = [{"place": 1, "commune": rows[0].commune.name, "held_on": typed(9), "venue": "Nơi khác"}, {"place": 2}]
    plan_rows.save_rows(found, again, by=actor("chuyenvien"))
    assert list(found.planned.values_list("place", "venue")) == [(1, "Nơi khác")]


def test_an_empty_cell_of_deputies_means_the_whole_group(planned_in):
    _found, rows = planned_in({"group": "tổ 1"}, {"group": "tổ 1", "deputies": "Trịnh Công Lâm; Bà Khách Mời"})
    whole, chosen = ([entry.person.full_name for entry in row.deputies.order_by("pk")] for row in rows)
    assert set(whole) == {"Ngô Thị Kim Oanh", "Trịnh Công Lâm", "Đào Thị Minh Nguyệt"}
    assert (chosen, rows[1].guests) == (["Trịnh Công Lâm"], "Khách Mời")


def test_rows_come_from_the_constituencies_only_where_a_commune_has_none_yet(draft, actor, communes):
    found, by = draft(), actor("chuyenvien")
    plan_rows.save_rows(found, [{"place": 1, "commune": communes[0].name, "venue": "Hội trường"}], by=by)
    assert plan_rows.fill_from_groups(found, by=by) == 5
    assert plan_rows.fill_from_groups(found, by=by) == 0
    assert found.planned.filter(group=None).count() == 1


def test_an_earlier_round_lends_its_places_without_its_days(draft, actor, under_way):
    found = draft()
    assert plan_rows.copy_rows(found, under_way, by=actor("chuyenvien")) == 10
    assert not found.planned.exclude(held_on=None).exists()
    assert set(found.planned.values_list("venue", flat=True)) == set(under_way.planned.values_list("venue", flat=True))


def test_publication_sets_the_last_day_of_the_minutes_and_keeps_the_plan_on_paper(published):
    found, (row,) = published({"held_on": typed(9)})
    assert found.state == "published"
    assert row.minutes_due_on > row.held_on
    assert row.announced_at is not None
    from hoidong.kernel.papers.models import Paper

    assert Paper.objects.get(pk=found.paper_id).kind == "voters.round_plan"


def test_a_plan_without_meetings_is_not_published(draft, actor):
    with pytest.raises(Invalid, match="chưa có hội nghị"):
        rounds.publish(draft(), by=actor("chuyenvien"))


def test_the_communes_office_and_the_deputies_are_told_once_each(published, actor, communes):
    place = actor("xa").unit.area.name
    found, _rows = published(
        {"commune": place, "group": "tổ 1"}, {"commune": place, "group": "tổ 1"}, {"commune": communes[1].name}
    )
    deliver()
    assert len(told("xa", "voters.round_published", actor)) == 2  # the demo's round and this one
    assert "2 hội nghị" in told("xa", "voters.round_published", actor)[0]
    assert typed(9) in told("xa", "voters.round_published", actor)[0]
    assert "1 hội nghị" in told("xa2", "voters.round_published", actor)[0]
    assert "2 hội nghị" in told("daibieu", "voters.round_published", actor)[0]
    assert told("soxaydung", "voters.round_published", actor) == []


def test_rows_of_a_published_round_are_not_typed_over(published, actor):
    found, _rows = published({})
    with pytest.raises(NotAllowed, match="đã công bố"):
        plan_rows.save_rows(found, [{"place": 1, "venue": "Nơi khác"}], by=actor("chuyenvien"))


def test_a_change_tells_what_was_and_what_is_and_counts_up(published, actor):
    _found, (row,) = published({"commune": actor("xa").unit.area.name, "group": "tổ 1"})
    change = planned.change_planned(
        row, values_of(row, venue="Hội trường lớn", held_on=day(11)), words.people_of(row), by=actor("chuyenvien"),
        seen_at=row.changed_at, reason="Mưa lớn",
    )  # fmt: skip
    assert (change.before, change.after) == (
        {"held_on": typed(9), "venue": "Nhà văn hóa thôn 1"},
        {"held_on": typed(11), "venue": "Hội trường lớn"},
    )
    fresh = PlannedMeeting.objects.get(pk=row.pk)
    assert (fresh.sequence, fresh.uid) == (1, row.uid)
    assert fresh.minutes_due_on > day(11)
    deliver()
    for person in ("xa", "daibieu"):
        assert f"{typed(9)} → {typed(11)}" in told(person, "voters.plan_changed", actor)[0]


def test_a_change_of_nothing_announces_nothing(published, actor):
    _found, (row,) = published({})
    unchanged = planned.change_planned(
        row, values_of(row), words.people_of(row), by=actor("chuyenvien"), seen_at=row.changed_at
    )
    assert unchanged is None
    assert not PlanChange.objects.filter(planned=row).exists()
    assert PlannedMeeting.objects.get(pk=row.pk).sequence == 0


def test_who_is_taken_off_a_meeting_and_the_commune_it_left_hear_of_it(published, actor):
    _found, (row,) = published({"commune": actor("xa").unit.area.name, "group": "tổ 1"})
    others = [person for person in words.people_of(row) if person != actor("daibieu").person]
    moved = values_of(row, commune=actor("xa2").unit.area)
    planned.change_planned(row, moved, others, by=actor("chuyenvien"), seen_at=row.changed_at)
    deliver()
    for person in ("xa", "xa2", "daibieu"):
        assert len(told(person, "voters.plan_changed", actor)) >= 1, person


def test_two_people_changing_one_meeting_lose_nothing(published, actor):
    _found, (row,) = published({})
    seen = row.changed_at
    planned.change_planned(row, values_of(row, venue="Nơi hai"), [], by=actor("chuyenvien"), seen_at=seen)
    with pytest.raises(Stale):
        planned.change_planned(row, values_of(row, venue="Nơi ba"), [], by=actor("chuyenvien2"), seen_at=seen)
    assert PlannedMeeting.objects.get(pk=row.pk).venue == "Nơi hai"


def test_a_change_that_puts_a_deputy_in_two_places_is_refused_and_nothing_changes(published, actor):
    _found, (first, second) = published({"group": "tổ 1"}, {"group": "tổ 1"})
    with pytest.raises(Invalid, match="cùng lúc"):
        planned.change_planned(
            second, values_of(second, held_on=first.held_on), words.people_of(second), by=actor("chuyenvien"),
            seen_at=second.changed_at,
        )  # fmt: skip
    assert PlannedMeeting.objects.get(pk=second.pk).held_on == second.held_on


def test_a_meeting_added_after_publication_is_announced(published, actor):
    found, (row,) = published({})
    made = planned.add_planned(
        found, values_of(row, venue="Trường học", commune=actor("xa").unit.area, held_on=day(20)), [], by=actor("chuyenvien")
    )
    assert made.announced_at is not None
    deliver()
    assert "Trường học" in told("xa", "voters.plan_changed", actor)[0]


def test_a_meeting_is_called_off_with_a_reason_and_stays_visible(published, actor):
    _found, (row,) = published({"commune": actor("xa").unit.area.name})
    with pytest.raises(Invalid):
        planned.call_off(row, by=actor("chuyenvien"), reason=" ")
    planned.call_off(row, by=actor("chuyenvien"), reason="Bão")
    fresh = PlannedMeeting.objects.get(pk=row.pk)
    assert (fresh.state, fresh.sequence) == ("called_off", 1)
    assert queries.announced().filter(pk=row.pk).exists()
    deliver()
    assert told("xa", "voters.plan_changed", actor)[0].endswith("Bão")


def test_withdrawing_a_round_calls_off_what_was_not_held_and_tells_everybody(under_way, actor):
    rounds.withdraw(under_way, by=actor("chuyenvien"), reason="Kỳ họp lùi lại")
    rows = under_way.planned.all()
    assert set(rows.filter(meeting=None).values_list("state", flat=True)) == {"called_off"}
    assert set(rows.exclude(meeting=None).values_list("state", flat=True)) == {"planned"}
    deliver()
    assert "Thu hồi" in told("xa2", "voters.round_withdrawn", actor)[0]


def test_the_commune_writes_a_planned_meeting_down_with_what_the_plan_knows(signed_in, under_way, actor):
    row = under_way.planned.get(place=2)
    client = signed_in("xa2")
    address = f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/ghi/"
    form = client.get(address).context["form"]
    assert form.initial["place"] == row.venue
    assert "Ngô Thị Kim Oanh" in form.initial["deputies_present"]
    sent = {
        "session": under_way.session_id, "phase": Phase.BEFORE, "held_on": dates.format_date(row.held_on), "starts_at": "14:00",
        "place": row.venue, "voters_total": "50", "voters_women": "20",
    }  # fmt: skip
    answer = client.post(address, sent)
    made = Meeting.objects.get(planned=row)
    assert answer.url == f"/cu-tri/hoi-nghi/{made.pk}/"
    assert made.commune_id == row.commune_id
    assert client.post(address, sent).url == answer.url  # sent twice, it is the same record
    assert Meeting.objects.filter(planned__round=under_way).count() == 3


def test_another_commune_does_not_write_it_down(signed_in, under_way):
    row = under_way.planned.get(place=2)
    assert signed_in("xa").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/ghi/").status_code == 404


def test_a_meeting_recorded_without_the_plan_is_tied_to_it_once(published, actor):
    clerk = actor("xa")
    _found, (row, other) = published({"commune": clerk.unit.area.name}, {"commune": clerk.unit.area.name})
    meeting = Meeting.objects.create(
        commune=clerk.unit.area, session=row.round.session, held_on=day(-3), place="Nhà văn hóa", changed_at=dates.now()
    )
    planned.link(row, meeting, by=clerk)
    with pytest.raises(Invalid, match="đã nối"):
        planned.link(other, meeting, by=clerk)
    with pytest.raises(NotAllowed, match="đã có bản ghi"):
        planned.link(row, meeting, by=clerk)


def test_a_meeting_of_another_commune_is_not_tied(published, actor):
    _found, (row,) = published({"commune": actor("xa").unit.area.name})
    foreign = Meeting.objects.create(
        commune=actor("xa2").unit.area, session=row.round.session, held_on=day(-3), place="Nơi khác", changed_at=dates.now()
    )
    with pytest.raises(Invalid, match="xã khác"):
        planned.link(row, foreign, by=actor("xa"))


def test_urging_is_numbered_told_and_kept_with_the_meeting(under_way, actor):
    row = under_way.planned.get(place=2)
    planned.urge(PlannedMeeting.objects.filter(pk=row.pk), by=actor("chuyenvien"))
    assert PlannedMeeting.objects.get(pk=row.pk).urged == 2
    deliver()
    texts = told("xa2", "voters.minutes_urged", actor)
    assert [text.split(":")[0] for text in texts] == ["Đôn đốc lần 2", "Đôn đốc lần 1"]
    kept = AuditEntry.objects.filter(subject_kind="voters.plannedmeeting", subject_id=row.pk, action="voters.urge_minutes")
    assert [entry.data["time"] for entry in kept.order_by("pk")] == [1, 2]


def test_one_click_urges_all_that_is_missing_and_nothing_else(signed_in, under_way):
    signed_in("chuyenvien").post(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/don-doc/")
    urged = dict(under_way.planned.values_list("place", "urged"))
    assert urged == {1: 0, 2: 2, 3: 1, 4: 1, 5: 1, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0}


def test_only_the_picked_ones_are_urged(signed_in, under_way):
    row = under_way.planned.get(place=3)
    signed_in("chuyenvien").post(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/don-doc/", {"chon": [row.pk]})
    assert dict(under_way.planned.values_list("place", "urged"))[5] == 0
    assert PlannedMeeting.objects.get(pk=row.pk).urged == 1


def test_nothing_missing_is_nothing_to_urge(under_way, actor):
    with pytest.raises(Invalid, match="Không có biên bản nào thiếu"):
        planned.urge(under_way.planned.filter(place=6), by=actor("chuyenvien"))


def test_a_round_of_a_commune_is_its_own(planned_in, actor, signed_in):
    own = actor("xa").unit.area.name
    found, (row,) = planned_in({"commune": own}, username="xa")
    assert row.commune_id == actor("xa").unit.area_id
    assert signed_in("xa2").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/").status_code == 404
    assert signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/").status_code == 404  # a draft is nobody else's
    rounds.publish(found, by=actor("xa"))
    assert signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/").status_code == 200
    assert signed_in("xa2").get(f"/cu-tri/dot-tiep-xuc/{found.pk}/").status_code == 404


def test_the_database_refuses_an_announced_meeting_that_is_not_complete(planned_in):
    from django.db import IntegrityError

    _found, (row,) = planned_in({"venue": ""})
    with pytest.raises(IntegrityError, match="announced_meeting_is_complete"):
        PlannedMeeting.objects.filter(pk=row.pk).update(announced_at=dates.now())


def test_a_state_written_past_the_moves_is_refused_by_the_database(under_way):
    from django.db import DatabaseError

    with pytest.raises(DatabaseError, match="workflow.make"):
        Round.objects.filter(pk=under_way.pk).update(state="ended")


def test_another_order_of_deputies_alone_is_no_change(published, actor):
    _found, (row,) = published({"group": "tổ 1"})
    people = words.people_of(row)
    assert len(people) == 3
    by = actor("chuyenvien")
    assert planned.change_planned(row, values_of(row), people[::-1], by=by, seen_at=row.changed_at) is None


def test_a_click_on_overdue_urges_no_minutes_that_still_have_time(signed_in, under_way):
    signed_in("chuyenvien").post(f"/cu-tri/dot-tiep-xuc/{under_way.pk}/don-doc/", {"muc": "late"})
    assert {place for place, urged in under_way.planned.values_list("place", "urged") if urged} == {2, 3}


def test_a_round_holds_so_many_meetings_and_says_so(draft, actor, communes):
    rows = [{"commune": communes[0].name, "venue": str(place)} for place in range(plan_rows.MOST + 1)]
    found = draft()
    with pytest.raises(Invalid, match="tối đa 1000"):
        plan_rows.add_rows(found, rows, by=actor("chuyenvien"))
    assert not found.planned.exists()


def test_the_last_day_of_minutes_is_unfolded_into_how_it_was_counted(signed_in, under_way):
    row = under_way.planned.get(place=2)
    page = signed_in("chuyenvien").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/").content.decode()
    assert "TXCT.MINUTES" in page
    assert "chưa đọc được" in page


def test_after_a_merger_the_new_commune_hears_sees_and_writes_down_what_was_planned_for_the_old_one(
    published, actor, signed_in
):
    from hoidong.kernel.people import Actor
    from hoidong.kernel.units import actions as units

    old, new = actor("xa").unit.area, actor("xa2").unit.area
    _found, (row,) = published({"commune": old.name})
    units.merge([old], new, by=Actor.system(), on=dates.today(), basis="Nghị quyết thử nghiệm")
    PlannedMeeting.objects.filter(pk=row.pk).update(held_on=day(-5), minutes_due_on=day(-2))
    planned.urge(PlannedMeeting.objects.filter(pk=row.pk), by=actor("chuyenvien"))
    deliver()
    assert "Đôn đốc lần 1" in told("xa2", "voters.minutes_urged", actor)[0]
    assert signed_in("xa2").get(f"/cu-tri/dot-tiep-xuc/hoi-nghi/{row.pk}/ghi/").status_code == 200


def test_a_form_too_long_is_refused_whole_not_taken_in_part(signed_in, draft):
    import json

    found = draft()
    rows = [{"place": place, "venue": "Trường"} for place in range(1, 402)]
    answer = signed_in("chuyenvien").post(
        f"/cu-tri/dot-tiep-xuc/{found.pk}/dong/", json.dumps({"rows": rows}), content_type="application/json"
    )
    assert answer.status_code == 409
    assert not found.planned.exists()
