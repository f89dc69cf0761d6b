"""Who works on a reply letter: the body whose reply it is, or the council's office it came to."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.units import queries as units

from .. import rules
from .states import Seen


def may_bring(actor):
    """True for people who bring reply letters: of a council's office, or of a body that answers."""
    if rules.works_for_council(actor):
        return people.holds(actor, *rules.OFFICE_ROLES)
    return actor is not None and actor.unit is not None and people.holds(actor, *rules.BODY_ROLES)


def holder_of(actor):
    """The unit whose letter it is when this person brings one: the area of a council's office, else the body itself."""
    return actor.unit.area if rules.works_for_council(actor) else actor.unit


def check_bring(actor):
    """Raises NotAllowed for others."""
    if not may_bring(actor):
        raise NotAllowed(_("Thư trả lời do cơ quan trả lời hoặc văn phòng Hội đồng nhân dân đưa vào."))


def check_letter(actor, letter):
    """People of the holder, or of the unit that took over from it."""
    if not may_bring(actor) or letter.holder_id not in units.line_of(holder_of(actor)):
        raise NotAllowed(_("Thư này do nơi đưa thư vào xử lý."))


def check_write(actor, letter):
    """Answers are written when every passage was seen by somebody."""
    check_letter(actor, letter)
    if letter.body_id is None:
        raise NotAllowed(_("Chưa ghi được: chưa rõ thư của cơ quan nào. Chọn cơ quan trả lời trước."))
    waiting = letter.passages.filter(frame=False, seen=Seen.OPEN).count()
    if waiting:
        raise NotAllowed(_("Chưa ghi được: còn %(count)s đoạn chưa có người xem.") % {"count": waiting})
