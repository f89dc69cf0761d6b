"""States are a table of moves; `make()` is the only writer of a state.

    ACCEPT = Move("accept", {S.RECEIVED}, S.ACCEPTED, rules.check_may_handle, _("Thụ lý"), event=events.ACCEPTED)
    petition = workflow.make(ACCEPT, petition, by=actor)

One move is one transaction: row lock, source check, person check, the new state, an audit entry and an event.
A database trigger refuses a state that was written in any other way (`guard`).
"""

from .moves import Move, Offer, describe, diagram, diagrams, guard, make, make_many, open_moves

__all__ = ["Move", "Offer", "describe", "diagram", "diagrams", "guard", "make", "make_many", "open_moves"]
