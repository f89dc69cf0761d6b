"""Who founds a team, who writes its findings, who answers for what it asks."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.units import queries as units

from .. import rules
from ..rounds.rules import DEPUTY_ROLES
from .states import OWED, DemandState, TeamState

# Who may sit in a team: the council's own people and its deputies.
MEMBER_ROLES = (*rules.COUNCIL_ROLES, *DEPUTY_ROLES)


def may_found(actor):
    """Whether this person founds teams: the office, the standing committee or a committee of a council."""
    return rules.works_for_council(actor)


def leads(actor, team):
    """Whether this person works for the council whose team it is: what `check_lead` asks, for buttons and links."""
    return rules.works_for_council(actor, team.area_id)


def check_lead(actor, team):
    """The council's side of the place whose team it is: office, standing committee or committee."""
    if not leads(actor, team):
        raise NotAllowed(_("Việc này của Thường trực, ban hoặc văn phòng Hội đồng nhân dân nơi lập đoàn."))


def check_take_up(actor, petition):
    """A council's side takes up what its own place has in hand."""
    if not rules.works_for_council(actor, petition.office_id):
        raise NotAllowed(_("Kiến nghị đang ở văn phòng Hội đồng nhân dân nơi khác. Nơi đang giữ mới làm được việc này."))


def check_running(actor, team):
    """What only a team at work may change."""
    check_lead(actor, team)
    if team.state != TeamState.WORKING:
        raise NotAllowed(_("Đoàn đã kết luận hoặc đã hủy, không sửa được nữa."))


def check_find(actor, team):
    """Findings are written by the team's members and by the council's side, while the team is at work."""
    if not leads(actor, team) and not is_member(actor, team):
        raise NotAllowed(_("Nhận xét do thành viên đoàn giám sát ghi."))
    if team.state != TeamState.WORKING:
        raise NotAllowed(_("Đoàn đã kết luận hoặc đã hủy, không sửa được nữa."))


def is_member(actor, team):
    """Whether this person sits in the team, acting in a post of the council."""
    if actor is None or actor.person is None or not people.holds(actor, *MEMBER_ROLES):
        return False
    return any(member.person_id == actor.person.pk for member in team.members.all())


def check_conclude(actor, team):
    """A team concludes when it wrote down what it found of every petition in its group."""
    check_lead(actor, team)
    open_items = team.items.filter(words="").count()
    if not team.items.exists():
        raise NotAllowed(_("Chưa kết luận được: đoàn chưa có kiến nghị nào."))
    if open_items:
        raise NotAllowed(_("Chưa kết luận được: còn %(count)s kiến nghị chưa có nhận xét.") % {"count": open_items})


def check_close(actor, team):
    """A team is closed when nothing it asked for is owed any more."""
    check_lead(actor, team)
    owed = team.demands.filter(state__in=OWED).count()
    if owed:
        raise NotAllowed(_("Chưa kết thúc được: còn %(count)s kiến nghị giám sát đang theo dõi.") % {"count": owed})


def check_follow(actor, demand):
    """The council's side follows what its team asked for."""
    check_lead(actor, demand.team)


def check_ask_why(actor, demand):
    """Why something was not carried out is asked once its day has passed, or once the body reported."""
    check_follow(actor, demand)
    if demand.state == DemandState.OPEN and demand.due_on >= dates.today():
        raise NotAllowed(_("Chưa yêu cầu giải trình được: thời hạn thực hiện chưa hết."))


def check_measure(actor, demand):
    """A rung of the ladder is taken where the body let its day pass, or reported something that is not enough."""
    check_follow(actor, demand)
    if demand.state != DemandState.REPORTED and not is_overdue(demand, dates.today()):
        raise NotAllowed(_("Chưa áp dụng biện pháp được: cơ quan còn trong thời hạn."))


def is_overdue(demand, on):
    """Whether the day passed by which the body had to carry it out, or to explain."""
    return owed_by(demand) is not None and owed_by(demand) < on


def owed_by(demand):
    """The day the body has to keep now: that of the explanation once it was asked for; None where nothing is owed by the body."""
    return {DemandState.OPEN: demand.due_on, DemandState.ASKED_WHY: demand.explain_by}.get(demand.state)


def check_report(actor, demand):
    """The body that was asked, or the one that took over from it."""
    if actor.unit is None or (actor.unit.pk != demand.body_id and demand.body_id not in units.line_of(actor.unit)):
        raise NotAllowed(_("Việc này của cơ quan thực hiện kiến nghị giám sát."))
    if not people.holds(actor, *rules.BODY_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên của cơ quan làm việc này."))
