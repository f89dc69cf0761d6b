"""Who may do what with a petition. A refusal says why; the same sentence stands under the button that is closed."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.units import queries as units

from .states import Result, S

# Kinds of bodies that work for the council; everything else in an area answers petitions, it does not steer them.
COUNCIL_KINDS = ("council", "standing_committee", "committee", "council_office")
OFFICE_ROLES = ("clerk", "council_officer", "standing_committee", "leader")
# Administrators run the place and read no case; deputies get pages of their own.
COUNCIL_ROLES = (*OFFICE_ROLES, "committee")
BODY_ROLES = ("body_officer", "clerk", "leader")


def works_for_council(actor, area_id=None):
    """True when the post is on the council's side, of this area (or one that took over from it) if one is named."""
    if actor is None or actor.unit is None or actor.unit.kind not in COUNCIL_KINDS or not people.holds(actor, *COUNCIL_ROLES):
        return False
    return area_id is None or actor.unit.area_id == area_id or area_id in units.line_of(actor.unit.area)


def check_record(actor, area_id):
    """Who writes petitions down for an area: its council's office. The platform itself may, for what it loads."""
    if actor.account is None:
        return
    if not works_for_council(actor, area_id):
        raise NotAllowed(_("Kiến nghị do văn phòng Hội đồng nhân dân nơi tiếp nhận ghi."))
    if not people.holds(actor, *OFFICE_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên văn phòng làm việc này."))


def check_office(actor, petition):
    """The council office that has the petition in hand."""
    if not works_for_council(actor, petition.office_id):
        raise NotAllowed(_("Kiến nghị đang ở văn phòng Hội đồng nhân dân nơi khác. Nơi đang giữ mới làm được việc này."))
    if not people.holds(actor, *OFFICE_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên văn phòng làm việc này."))


def holds_in_hand(actor, petition):
    """Whether this person's office works on the petition now: what `check_office` asks, for buttons and links."""
    try:
        check_office(actor, petition)
    except NotAllowed:
        return False
    return True


def check_hand_up(actor, petition):
    """The commune hands up what it has; a province has nobody above it here."""
    check_office(actor, petition)
    if petition.office_id == petition.province_id:
        raise NotAllowed(_("Kiến nghị đã ở cấp tỉnh, thành phố."))


def check_send_back(actor, petition):
    """The province gives a petition back to the commune it came from."""
    check_office(actor, petition)
    if petition.office_id == petition.commune_id:
        raise NotAllowed(_("Kiến nghị đang ở chính nơi ghi, không có nơi nào để trả về."))


def check_send(actor, petition):
    """Only what has a field, a level and a body can be transferred."""
    check_office(actor, petition)
    if petition.body_id is None or petition.field_id is None:
        raise NotAllowed(_("Chưa chuyển được: kiến nghị chưa có lĩnh vực hoặc cơ quan thẩm quyền. Phân loại trước."))


def check_body(actor, petition):
    """The body the petition was transferred to, or the one that took over from it."""
    if actor.unit is None or (actor.unit.pk != petition.body_id and petition.body_id not in units.line_of(actor.unit)):
        raise NotAllowed(_("Việc này của cơ quan được chuyển kiến nghị."))
    if not people.holds(actor, *BODY_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên của cơ quan làm việc này."))


def check_urge(actor, petition):
    """The office urges only where an answer is late: before its last day a body owes nothing."""
    check_office(actor, petition)
    if petition.due_on is None or petition.due_on >= dates.today():
        raise NotAllowed(_("Chưa đôn đốc được: chưa quá hạn trả lời."))


def check_on_paper(actor, petition):
    """The office that has the petition in hand writes down what a body said on paper; a body's own office answers itself."""
    check_office(actor, petition)
    if actor.unit.pk == petition.body_id:
        raise NotAllowed(_("Kiến nghị được chuyển cho chính cơ quan của Ông/Bà. Trả lời trực tiếp, không ghi thay."))


def check_close(actor, petition):
    """Closing needs a judged reply, another person than who wrote the petition down, and nothing that is still owed."""
    check_office(actor, petition)
    if not petition.verdict:
        raise NotAllowed(_("Chưa đóng được: trả lời chưa được đánh giá."))
    if actor.person and petition.recorded_by_id == actor.person.pk:
        raise NotAllowed(
            _("Chưa đóng được: người ghi kiến nghị không tự đóng kiến nghị đó. Nhờ một người khác trong văn phòng.")
        )
    if petition.result and Result(petition.result).first_level == "working":
        raise NotAllowed(
            _("Chưa đóng được: cơ quan mới trả lời là đang giải quyết. Đóng khi có kết quả, hoặc chuyển theo dõi ở kỳ họp sau.")
        )


def check_unmerge(actor, petition):
    """A merged petition can be taken out again while its master has not gone out."""
    check_office(actor, petition)
    if petition.merged_into is None or petition.merged_into.state not in (S.HANDED_UP, S.CLASSIFIED, S.NEW):
        raise NotAllowed(_("Kiến nghị gộp đã chuyển đi, không tách ra được nữa."))


def check_meeting(actor, meeting):
    """The office of the commune where the meeting is held."""
    if not works_for_council(actor, meeting.commune_id) or not people.holds(actor, *OFFICE_ROLES):
        raise NotAllowed(_("Biên bản do văn phòng Hội đồng nhân dân nơi tổ chức hội nghị lập."))
