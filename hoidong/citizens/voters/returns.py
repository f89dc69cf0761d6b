"""What a body said when it returned petitions that are not its own: why, and whose it holds them to be."""

from dataclasses import dataclass

from .models import TransferItem
from .states import S


@dataclass(frozen=True)
class ReturnProposal:
    """The body proposed, by whom, why, and the body that stood there before, to go back to with a click.

    Bodies are units; `before` may be None.
    """

    body: object
    returned_by: object
    reason: str
    before: object


def proposals_of(petitions):
    """The one proposal that came with the return of all these petitions, or None: several differing ones decide nothing.

    The petitions are already those the asker may see; each stands as it was returned (state `returned`).
    """
    if not petitions or any(petition.state != S.RETURNED for petition in petitions):
        return None
    newest = (
        TransferItem.objects.filter(petition__in=[petition.pk for petition in petitions])
        .order_by("petition", "-id")
        .distinct("petition")
        .select_related("proposed_body", "letter__body")
    )
    items = list(newest)
    if len(items) != len(petitions) or len({item.proposed_body_id for item in items}) != 1 or items[0].proposed_body is None:
        return None
    first = items[0]
    return ReturnProposal(first.proposed_body, first.letter.body, first.reason, petitions[0].body)
