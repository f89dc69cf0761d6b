"""The public list of a place: a petition stands in it because somebody of the office put it there."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import publication
from hoidong.kernel.base.errors import NotAllowed

from .. import mirrors, rules
from ..states import ENDED, S


@transaction.atomic
def list_publicly(petition, *, by, listed=True):
    """Put a petition into the public list of the place that raised it, or take it out. Names of voters are never in it.

    Raises NotAllowed for other offices, for one not handed on yet, and for one that went into another.
    """
    rules.check_office(by, petition)
    if listed and (petition.state == S.NEW or petition.state in ENDED and petition.state != S.CLOSED):
        raise NotAllowed(_("Kiến nghị đang “%(state)s”, chưa đăng công khai được.") % {"state": petition.get_state_display()})
    return publication.list_many(mirrors.KIND, [petition.pk], listed=listed, by=by)
