"""Who sees and continues the books: the people of the unit; its administrator says where a book goes on."""

from django.utils.translation import gettext as _

from .. import people
from ..base.errors import NotAllowed
from .models import Sequence


def books_for(actor):
    """The sequences of the actor's unit and of the units below it. System administrators see no book: it names cases."""
    if actor is None or actor.unit is None or people.holds(actor, "system_admin"):
        return Sequence.objects.none()
    return Sequence.objects.filter(unit__path__descendant_of=actor.unit.path).select_related("register", "unit")


def check_may_continue(actor):
    """Raise NotAllowed unless this person may say by which number a book goes on."""
    if not people.holds(actor, "unit_admin"):
        raise NotAllowed(_("Số bắt đầu của sổ do quản trị của đơn vị đặt."))
