"""Breaking a box open when nobody who is named can be reached: one person asks, a second one confirms, for a day."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .. import audit, workflow
from ..base import dates
from ..base.errors import NotAllowed
from ..base.subjects import ref
from ..people.actors import holds
from ..units import queries as units
from . import events, readers
from .boxes import check_reason, content_of
from .models import GlassRequest, GlassState, VaultBox, VaultReader

HOURS = 24
HEADS = ("leader", "standing_committee")


def _check_confirm(actor, request):
    """Another head than who asked."""
    if actor.person is not None and actor.person.pk == request.person_id:
        raise NotAllowed(_("Người thứ hai phải xác nhận. Nhờ lãnh đạo khác của cơ quan."))
    _check_head(actor, request.box)


def _check_head(actor, box):
    """A head of the unit that answers for the box, or of another body of its place: many a unit has one head only."""
    if actor.person is None or actor.delegated or not holds(actor, *HEADS) or readers.is_kept_out(box, actor.person):
        raise readers.nothing_here()
    if box.unit.area_id not in units.line_of(actor.unit.area):
        raise readers.nothing_here()


CONFIRM = workflow.Move(
    "confirm_breaking", {GlassState.ASKED}, GlassState.CONFIRMED, _check_confirm, _lazy("Xác nhận mở niêm phong"),
    event=events.BROKEN, changes=("changed_at",),
)  # fmt: skip
REFUSE = workflow.Move(
    "refuse_breaking", {GlassState.ASKED}, GlassState.REFUSED, _check_confirm, _lazy("Không đồng ý mở niêm phong"),
    reason_required=True, changes=("changed_at",),
)  # fmt: skip
MOVES = (CONFIRM, REFUSE)


@transaction.atomic
def ask_to_break(subject, *, reason, by):
    """Ask, as a head of the unit that answers for the box. Returns the GlassRequest. The reason goes to the log, as in `open_box`."""
    pointer = ref(subject)
    box = VaultBox.objects.filter(kind=pointer.kind, subject_id=pointer.id, destroyed_at=None).first()
    if box is None:
        raise readers.nothing_here()
    _check_head(by, box)
    check_reason(reason, content_of(box))
    at = dates.now()
    made, new = GlassRequest.objects.get_or_create(
        box=box, person=by.person, state=GlassState.ASKED, defaults={"asked_at": at, "changed_at": at}
    )
    if new:
        audit.record("vault.ask_to_break", box, by, reason=reason, about=box.about)
    return made


@transaction.atomic
def confirm_breaking(request, *, by):
    """The second person agrees: who asked may open the box for HOURS."""
    request = workflow.make(CONFIRM, request, by=by, changed_at=dates.now())
    until = dates.now() + timedelta(hours=HOURS)
    VaultReader.objects.update_or_create(
        box_id=request.box_id, person_id=request.person_id,
        defaults={"given_at": dates.now(), "given_by": by.account, "until": until},
    )  # fmt: skip
    return request


def refuse_breaking(request, *, reason, by):
    """The second person does not agree."""
    return workflow.make(REFUSE, request, by=by, reason=reason, changed_at=dates.now())
