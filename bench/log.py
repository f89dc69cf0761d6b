"""The log: proving that a chain of a million entries is whole, and taking back a lot of 20,000 petitions."""

import random

from django.db import transaction

from demo import words
from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Petition
from hoidong.council.meetings.models import CouncilSession
from hoidong.kernel.audit import chain

from . import city
from .lists import run
from .timing import measure

LOT, SIZE = 987_654_321, 20_000
_HASHES = "SELECT count(*), count(DISTINCT audit_digest(e)) FILTER (WHERE e.digest <> audit_digest(e)) FROM kernel_auditentry e"


def all_rows():
    """Both rows; each takes long, so it is done once."""
    if chain.broken_places():
        raise RuntimeError("the chain of the log is broken")
    yield measure("proving the whole log", chain.broken_places, lambda: run(_HASHES), 1)
    yield _cancelled()


def _cancelled():
    """Cancelling a lot of an import, beside the bare UPDATE of the same rows; both are rolled back."""
    clerk, session, chance = city.actor("do.xa"), CouncilSession.objects.order_by("-number").first(), random.Random(8)
    with transaction.atomic():
        for _batch in range(SIZE // 1000):
            drafts = [actions.Draft(text=words.petition(chance).text) for _place in range(1000)]
            actions.record_petitions(drafts, office=clerk.unit.area, session=session, phase="before", lot_id=LOT, by=clerk)

        def ours():
            with transaction.atomic():
                actions.cancel_lot(LOT, by=clerk, reason="Nhập nhầm tệp")
                transaction.set_rollback(True)

        def bare():
            with transaction.atomic():
                run("SELECT set_config('hoidong.move', 'yes', true)")
                run(f"UPDATE {Petition._meta.db_table} SET state = 'cancelled' WHERE lot_id = %s RETURNING id", [LOT])  # nosec B608
                transaction.set_rollback(True)

        row = measure(f"cancelling a lot of {SIZE} petitions", ours, bare, 1)
        transaction.set_rollback(True)
    return row
