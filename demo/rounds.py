"""A round of voter contact in the demo: groups with their constituencies, meetings held, one changed, minutes missing."""

import datetime

from hoidong.citizens.voters.actions import plan_rows, planned, rounds
from hoidong.citizens.voters.models import Meeting, PlannedMeeting, Round
from hoidong.citizens.voters.rounds import words
from hoidong.citizens.voters.states import Phase
from hoidong.kernel.base import dates
from hoidong.kernel.people import Actor
from hoidong.kernel.people import actions as people_actions
from hoidong.kernel.units import actions as unit_actions
from hoidong.kernel.units import queries as units

from . import people

# Deputies without a sign-in, by group; the demo's deputy belongs to the first one.
DEPUTIES = (("Trịnh Công Lâm", "Đào Thị Minh Nguyệt"), ("Phan Hữu Tín", "Lưu Thị Hồng Vân"))


def load(communes, session):
    """Two groups for the six communes, one round that is under way, and a draft for the time after the session."""
    officer = people.actor("chuyenvien")
    council = units.body_of(units.at(people.CITY), "council")
    groups = found_groups(council, communes)
    found = rounds.open_round(
        Round(
            area=officer.unit.area, session=session, phase=Phase.BEFORE, starts_on=_day(-14), ends_on=_day(5),
            plan_number="118/KH-HĐND", plan_date=_day(-20), signer="Đỗ Thị Thanh Xuân",
            signer_title="TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN – PHÓ CHỦ TỊCH",
            basis="Căn cứ Luật Tổ chức chính quyền địa phương;\nCăn cứ Chương trình công tác của Hội đồng nhân dân thành phố",
        ),
        by=officer,
    )  # fmt: skip
    plan_rows.save_rows(found, list(_rows(groups, communes)), by=officer)
    rounds.publish(found, by=officer)
    _carry_on(found, communes, officer)
    rounds.open_round(
        Round(area=officer.unit.area, session=session, phase=Phase.AFTER, starts_on=_day(24), ends_on=_day(40)), by=officer
    )


def found_groups(council, communes):
    """The deputies' groups of the council, half of the communes each, and who sits in them."""
    system = Actor.system()
    names = ["Tổ đại biểu số 1", "Tổ đại biểu số 2"]
    groups = unit_actions.add_units(council, "deputies_group", names, by=system, on=_day(-300))
    for place, group in enumerate(groups):
        for name in DEPUTIES[place]:
            person = people_actions.add_person(full_name=name, by=system)
            people_actions.give_post(
                person, unit=group, role="deputy", title="Đại biểu Hội đồng nhân dân thành phố", starts_on=_day(-300), by=system
            )
        rounds.set_constituency(group, communes[place * 3 : place * 3 + 3], by=system)
    people_actions.give_post(
        people.actor("daibieu").person, unit=groups[0], role="group_head", title="Tổ trưởng Tổ đại biểu số 1",
        starts_on=_day(-300), by=system,
    )  # fmt: skip
    return groups


def _rows(groups, communes):
    """The plan as an office types it: (commune, days from today, hour, place)."""
    said = (
        (0, -12, "8h00", "Nhà văn hóa thôn Đông"), (1, -10, "14h00", "Hội trường Ủy ban nhân dân"), (2, -9, "8h00-10h30", "Nhà văn hóa khu 4"),
        (0, -1, "14h00", "Nhà văn hóa thôn Đông"), (3, -2, "8h00", "Trung tâm văn hóa"), (4, 3, "8h00", "Nhà văn hóa thôn Thượng"),
        (5, 4, "14h00", "Hội trường trường Tiểu học"), (4, 5, "14h00", "Nhà văn hóa thôn Hạ"),
        (2, 4, "8h00", "Nhà văn hóa khu 7"), (1, 4, "14h00-16h30", "Hội trường phường"),
    )  # fmt: skip
    for place, (at, days, hour, venue) in enumerate(said, start=1):
        yield {
            "place": place, "group": groups[at // 3].name, "commune": communes[at].name, "held_on": dates.format_date(_day(days)),
            "starts_at": hour, "venue": venue,
        }  # fmt: skip


def _carry_on(found, communes, officer):
    """What happened since: two meetings tied to their records, one place changed, one called off, one commune urged."""
    own = {row.place: row for row in PlannedMeeting.objects.filter(round=found).select_related("commune", "group")}
    clerk = people.actor("xa")
    for place, days in ((1, 12), (4, 1)):
        meeting = Meeting.objects.filter(commune=communes[0], held_on=_day(-days)).order_by("pk").first()
        planned.link(own[place], meeting, by=clerk)
    row = own[7]
    values = {name: getattr(row, name) for name in planned.VALUES} | {
        "venue": "Nhà văn hóa xã",
        "starts_at": datetime.time(8, 0),
    }
    planned.change_planned(
        row, values, words.people_of(row), by=officer, seen_at=row.changed_at, reason="Trường bận tổ chức thi"
    )
    planned.call_off(own[8], by=officer, reason="Gộp với hội nghị tại thôn Thượng")
    planned.urge(PlannedMeeting.objects.filter(pk=own[2].pk), by=officer)


def _day(days):
    return dates.today() + datetime.timedelta(days=days)
