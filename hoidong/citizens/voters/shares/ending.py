"""What waited for a body when the petition was answered or went away waits no more: the worker says so, or who asks again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import audit, outbox, workflow
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.people import Actor
from hoidong.kernel.units import queries as units

from .. import events as petition_events
from ..models import Share
from . import events, moves
from .states import ShareState

RECEIVER = f"{__name__}.end_open"
_REASONS = {
    petition_events.ANSWERED: _("Cơ quan chủ trì đã trả lời."),
    petition_events.RETURNED: _("Cơ quan chủ trì trả lại kiến nghị."),
    petition_events.SENT_BACK: _("Kiến nghị được trả về nơi gửi."),
    petition_events.MERGED: _("Kiến nghị được gộp vào kiến nghị khác."),
    petition_events.CANCELLED: _("Kiến nghị đã hủy."),
    petition_events.CLOSED: _("Kiến nghị đã đóng."),
}


@in_vietnamese
def end_open(event):
    """What waited when a petition was answered, sent back, returned, merged, cancelled or closed waits no more.

    The worker may come late, when the petition is back with its body or office and bodies are asked again: what was asked
    after the event stays, what was asked before it ends, so that the outcome is the same however late it comes.
    """
    # First what is open, then what was asked since: a part asked between the two reads is in neither.
    waiting = Share.objects.filter(petition__in=event.payload["ids"], state=ShareState.ASKED)
    waiting = set(waiting.values_list("pk", flat=True))
    if waiting:
        take_back(waiting - outbox.told_since(event, events.ASKED), str(_REASONS[event.name]), by=Actor.system())


def catch_up(petitions):
    """End now what the worker has not heard of yet, so that a body whose part is over can be asked anew at once."""
    for event in outbox.waiting_for(RECEIVER, {petition.pk for petition in petitions}):
        end_open(event)


@transaction.atomic
def take_back(share_ids, reason, *, by):
    """Take back those of these parts that are still open: nobody waits for them any more. Returns the Shares."""
    waiting = Share.objects.filter(pk__in=share_ids, state=ShareState.ASKED)
    if not waiting.exists():
        return []
    return [
        noted(moves.WITHDRAW, share, by, reason)
        for share in workflow.make_many(moves.WITHDRAW, waiting, by=by, reason=reason, words=reason)
    ]


def noted(move, share, by, reason=""):
    """The petition's own story tells it too. Returns the Share."""
    audit.record(f"voters.{move.code}", share.petition, by, reason=reason, share=share.pk, body=units.get(share.body_id).called)
    return share
