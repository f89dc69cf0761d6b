"""Who may plan a round, change what was announced, and write down a meeting that was planned."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base.errors import NotAllowed

from .. import rules
from .states import PlannedState, RoundState

DEPUTY_ROLES = ("deputy", "group_head")


def check_round(actor, found):
    """The council office whose round it is."""
    if actor is not None and actor.account is None and actor.post is None:
        return  # the platform itself
    if not rules.works_for_council(actor, found.area_id):
        raise NotAllowed(_("Đợt tiếp xúc do văn phòng Hội đồng nhân dân nơi lập kế hoạch làm."))
    if not people.holds(actor, *rules.OFFICE_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên văn phòng làm việc này."))


def may_plan(actor):
    """Whether to show the button for a new round."""
    return rules.works_for_council(actor) and people.holds(actor, *rules.OFFICE_ROLES)


def check_draft(actor, found):
    """Rows are typed only while nobody outside has seen them."""
    check_round(actor, found)
    if found.state != RoundState.DRAFT:
        raise NotAllowed(_("Lịch đã công bố. Đổi từng hội nghị ở trang của hội nghị đó, thay đổi được báo cho nơi liên quan."))


def check_published(actor, found):
    """Changes are announced only where there was something to announce."""
    check_round(actor, found)
    if found.state != RoundState.PUBLISHED:
        raise NotAllowed(_("Chỉ đổi được lịch của đợt đang công bố."))


def check_call_off(actor, planned):
    """A meeting that was held is not called off."""
    check_published(actor, planned.round)
    if planned.meeting_id:
        raise NotAllowed(_("Hội nghị đã được ghi, không hủy khỏi lịch được nữa."))


def check_with_round(actor, planned):
    """Called off together with its round; whose round it is was checked with the round itself."""
    if planned.meeting_id:
        raise NotAllowed(_("Hội nghị đã được ghi, không hủy khỏi lịch được nữa."))
    if actor.post is not None and not may_plan(actor):
        raise NotAllowed(_("Đợt tiếp xúc do văn phòng Hội đồng nhân dân nơi lập kế hoạch làm."))


def check_record(actor, planned):
    """The office of the commune writes down its meeting, once, and not before its day."""
    if planned.announced_at is None or planned.state != PlannedState.PLANNED:
        raise NotAllowed(_("Hội nghị chưa công bố hoặc đã hủy, chưa ghi được."))
    if not rules.works_for_council(actor, planned.commune_id) or not people.holds(actor, *rules.OFFICE_ROLES):
        raise NotAllowed(_("Biên bản do văn phòng Hội đồng nhân dân nơi tổ chức hội nghị lập."))
    if planned.meeting_id:
        raise NotAllowed(_("Hội nghị này đã có bản ghi."))


def is_deputy(actor):
    """Whether a calendar of one's own makes sense: deputies, in whatever post they act now."""
    if actor is None or actor.person is None:
        return False
    return any(post.role in DEPUTY_ROLES and post.person_id == actor.person.pk for post in actor.posts)
