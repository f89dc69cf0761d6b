"""A supervision team that concluded: one recommendation is being carried out, of another the body has to explain itself."""

import datetime

from hoidong.citizens.voters.models import Petition, SupervisionTeam
from hoidong.citizens.voters.states import S
from hoidong.citizens.voters.supervision import actions, demands
from hoidong.citizens.voters.supervision.states import Part
from hoidong.kernel.base import dates

from . import people

_FINDING = "Đoàn đã đến nơi. Việc đã làm được một phần, tiến độ chậm so với lời hứa; người dân còn phải đi đường vòng."
_ASKED = (
    ("Hoàn thành phần việc còn lại tại các điểm đoàn đã kiểm tra, công khai tiến độ tại xã.", 45),
    ("Báo cáo nguyên nhân chậm và trách nhiệm của từng đơn vị được giao.", 20),
)


def load():
    """Found the team, let it take up three answered petitions of one body, conclude, and follow what it asked for."""
    officer = people.actor("chuyenvien")
    answered = Petition.objects.filter(state__in=(S.ANSWERED, S.CARRIED), body=people.actor("soxaydung").unit).order_by("pk")
    keys = list(answered.values_list("pk", flat=True)[:3])
    if not keys:
        return
    today = dates.today()
    team = actions.found_team(
        SupervisionTeam(
            area=officer.unit.area, issuer=people.actor("thuongtruc").unit,
            name="Đoàn giám sát việc thực hiện lời hứa về giao thông và thoát nước", decision_number="21/QĐ-HĐND",
            decision_date=today - datetime.timedelta(days=40), starts_on=today - datetime.timedelta(days=35), ends_on=today,
            content="Việc thực hiện những điều đã trả lời cử tri từ đầu nhiệm kỳ.",
        ),
        [(people.actor("thuongtruc").person, Part.HEAD), (officer.person, Part.SECRETARY), (people.actor("daibieu").person, Part.MEMBER)],
        by=officer,
    )  # fmt: skip
    actions.take_up(team, Petition.objects.filter(pk__in=keys), by=officer)
    for item in team.items.order_by("pk"):
        actions.find(item, words=_FINDING, seen="working", pace="late", advice="carry", by=people.actor("thuongtruc"))
    body = people.actor("soxaydung")
    asked = [
        demands.draft(
            team, body=body.unit, words=words, person="Giám đốc Sở", due_on=today + datetime.timedelta(days=days), by=officer
        )
        for words, days in _ASKED
    ]
    actions.conclude(
        team, words="Phần lớn kiến nghị được trả lời đúng hạn.\nViệc thực hiện còn chậm so với điều đã hứa.", number="04/KL-ĐGS",
        day=today, signer="Vũ Đình Khải", signer_title="TM. ĐOÀN GIÁM SÁT – TRƯỞNG ĐOÀN", by=officer,
    )  # fmt: skip
    demands.report(asked[1], "Sở đang tổng hợp, chưa xác định được trách nhiệm của từng đơn vị.", by=body)
    demands.ask_why(asked[1], "Báo cáo chưa nêu nguyên nhân và trách nhiệm. Giải trình bằng văn bản.", by=officer)
