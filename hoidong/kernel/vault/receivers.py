"""The heads of the unit that answers for a box hear of each opening: who, when, of what; never why, never what stood in it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .. import notices, workflow
from ..base import subjects
from ..people.actors import accounts_at
from ..people.models import Account
from . import events, glass, readers
from .glass import HEADS, HOURS
from .models import GlassRequest, GlassState, VaultBox

KINDS = (
    notices.Kind(events.OPENED, lazy("Hồ sơ niêm phong được mở"), way=notices.Way.MAIL, roles=HEADS),
    notices.Kind(events.BROKEN, lazy("Mở niêm phong theo đề nghị của hai người"), way=notices.Way.MAIL, roles=HEADS),
)


def connect():
    """Register the notices and the diagram of states."""
    notices.register(*KINDS)
    workflow.describe("kernel-vault", glass.MOVES, GlassState, GlassState.ASKED)


def tell_opened(event):
    """Somebody who is named opened it."""
    box = VaultBox.objects.get(pk=event.payload["box"])
    opener = Account.objects.select_related("person").filter(pk=event.payload["account"]).first()
    who = opener.person.full_name if opener and opener.person else _("Hệ thống")
    _tell_heads(event.name, box, _("%(who)s mở hồ sơ niêm phong %(box)s") % {"who": who, "box": box.pk}, opener)


def tell_broken(event):
    """Two people agreed to break it open."""
    for request in GlassRequest.objects.select_related("box", "person").filter(pk__in=event.payload["ids"]):
        words = _("%(who)s được mở hồ sơ niêm phong %(box)s trong %(hours)s giờ") % {
            "who": request.person.full_name, "box": request.box_id, "hours": HOURS,
        }  # fmt: skip
        _tell_heads(event.name, request.box, words, None)


def _tell_heads(kind, box, words, opener):
    heads = {account for account, _unit in accounts_at([box.unit_id], *HEADS)} - {opener.pk if opener else None}
    told = [
        account.pk
        for account in Account.objects.select_related("person").filter(pk__in=heads)
        if not readers.is_kept_out(box, account.person)
    ]
    notices.tell(
        told, kind=kind, text=words, url=subjects.url_of(box.kind, box.subject_id) or reverse("notices:list"), subject=box
    )
