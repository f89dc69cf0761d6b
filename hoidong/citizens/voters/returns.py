"""What a body said when it returned petitions that are not its own: why, and whose it holds them to be."""

from dataclasses import dataclass

from .models import TransferItem
from .states import S


@dataclass(frozen=True)
class ReturnProposal:
    """The body proposed, who said so and why, and the body that stood there before, to go back to with a click.

    Bodies are units. `said` holds (what the returning body is called, reason), each pair once. `before` is None where the
    petitions had different bodies.
    """

    body: object
    said: tuple
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
        .select_related("proposed_body__area", "letter__body__area")
    )
    items = list(newest)
    if len(items) != len(petitions) or len({item.proposed_body_id for item in items}) != 1 or items[0].proposed_body is None:
        return None
    said = dict.fromkeys((item.letter.body.called, item.reason) for item in items)
    before = petitions[0].body if len({petition.body_id for petition in petitions}) == 1 else None
    return ReturnProposal(items[0].proposed_body, tuple(said), before)
