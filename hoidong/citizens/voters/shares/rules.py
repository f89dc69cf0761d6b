"""Who asks bodies to coordinate, who speaks for such a body, who takes the asking back."""

from django.utils.translation import gettext as _

from hoidong.kernel import people
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.units import queries as units

from .. import rules
from ..states import WITH_BODY, S

# Bodies of a province that can be asked; the council's own side asks, it is not asked.
ASKED_KINDS = ("department", "peoples_committee", "commune_division", "fatherland_front", "other")


def check_ask(actor, petition):
    """The council office that has the petition in hand; the lead body too, once it has taken the petition on."""
    if rules.works_for_council(actor) or petition.state not in WITH_BODY:
        rules.check_office(actor, petition)
        return
    rules.check_body(actor, petition)
    if petition.state == S.SENT:
        raise NotAllowed(_("Tiếp nhận kiến nghị trước, rồi hỏi cơ quan phối hợp."))


def check_own(actor, share):
    """The body that was asked, or the one that took over from it."""
    if actor.unit is None or (actor.unit.pk != share.body_id and share.body_id not in units.line_of(actor.unit)):
        raise NotAllowed(_("Việc này của cơ quan được đề nghị phối hợp."))
    if not people.holds(actor, *rules.BODY_ROLES):
        raise NotAllowed(_("Chức vụ của Ông/Bà chỉ được xem. Nhờ chuyên viên của cơ quan làm việc này."))


def check_withdraw(actor, share):
    """Who could ask may take it back; the platform itself does when the petition is answered or gone."""
    if actor.account is not None:
        check_ask(actor, share.petition)
