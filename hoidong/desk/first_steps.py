"""What comes first in an office that is new: people, the session, the plan of meetings, the first petitions; for each role its own.

Asked only where nothing waits on the desk, and shown until all of it is done.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hoidong.citizens.voters import queries as voters
from hoidong.citizens.voters.members import queries as members
from hoidong.citizens.voters.rounds import queries as rounds
from hoidong.council.meetings import queries as sessions
from hoidong.kernel import people
from hoidong.kernel.people import queries as directory

WRITERS = ("clerk", "council_officer", "leader", "standing_committee")


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why, where (label, address), and whether it is done."""

    title: str
    text: str
    links: tuple
    done: bool = False


def steps(actor):
    """The Steps of this person, or an empty list where the office is past its beginning or the post has nothing to set up."""
    found = [*_of_administrators(actor), *_of_council(actor)] or _of_others(actor)
    return found if any(not step.done for step in found) else []


def _of_administrators(actor):
    if not people.holds(actor, "unit_admin", "system_admin"):
        return []
    step = Step(
        _("Thêm người dùng"),
        _("Cán bộ văn phòng, đại biểu, cơ quan trả lời kiến nghị. Nhập cả danh sách từ Excel rồi in phiếu mật khẩu."),
        (_link(_("Nhập từ Excel"), "sheets:start", "people.roster"), _link(_("Thêm từng người"), "people:add")),
        done=directory.manages_others(actor),
    )
    return [step, *_session(actor)]


def _of_council(actor):
    if not voters.sees_council_side(actor) or not people.holds(actor, *WRITERS):
        return []
    meeting = (_link(_("Ghi hội nghị"), "voters:meeting_new"),) if voters.is_commune_side(actor) else ()
    return [
        *_session(actor),
        Step(
            _("Lập kế hoạch tiếp xúc cử tri"),
            _("Hội nghị nào, ở đâu, ngày nào, đại biểu nào. Công bố xong, xã, đại biểu và cử tri cùng thấy."),
            (_link(_("Lập đợt tiếp xúc"), "voters:round_new"),),
            done=rounds.rounds_for(actor).exists(),
        ),
        Step(
            _("Đưa kiến nghị vào"),
            _("Nhập bảng Excel đang theo dõi, ghi ý kiến tại hội nghị, hoặc gõ từng kiến nghị."),
            (_link(_("Nhập từ Excel"), "sheets:list"), *meeting, _link(_("Ghi kiến nghị"), "voters:new")),
            done=voters.petitions_for(actor).exists() or voters.meetings_for(actor).exists(),
        ),
    ]


def _session(actor):
    """Petitions, meetings and reports belong to a session: without one nothing can be written down."""
    if not sessions.may_plan(actor):
        return []
    return [
        Step(
            _("Lập kỳ họp"),
            _("Nhiệm kỳ, rồi kỳ họp gần nhất. Đợt tiếp xúc, kiến nghị và báo cáo đều thuộc một kỳ họp."),
            (_link(_("Kỳ họp"), "meetings:sessions"),),
            done=sessions.current_session(actor) is not None,
        )
    ]


def _of_others(actor):
    """Deputies and bodies set nothing up: what comes to them is told, so they choose how."""
    notices = _link(_("Cách nhận thông báo"), "notices:choices")
    if members.works_as_deputy(actor):
        text = _("Kiến nghị và lịch tiếp xúc nơi Ông/Bà ứng cử sẽ hiện ở đây khi văn phòng ghi và công bố.")
        begun = members.petitions_for(actor).exists() or rounds.planned_for(actor).exists()
        return [Step(_("Chọn cách được báo"), text, (notices, _link(_("Lịch tiếp xúc của tôi"), "voters:own_schedule")), begun)]
    if voters.answers_petitions(actor):
        text = _("Kiến nghị được chuyển đến cơ quan sẽ hiện ở đây, kèm hạn trả lời.")
        return [Step(_("Chọn cách được báo"), text, (notices,), voters.petitions_for(actor).exists())]
    return []


def _link(label, name, *args):
    return label, reverse(name, args=args)
