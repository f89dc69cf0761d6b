"""Which units an actor searches for."""

_SCOPES = []


def register_scope(units_of):
    """Add a provider: `units_of(actor)` gives the numbers of units whose entries the actor may find."""
    _SCOPES.append(units_of)


def scope(actor):
    """All units of an actor, the own one among them; empty for strangers. Administrators find no case of their unit."""
    if actor is None or actor.unit is None:
        return []
    own = {actor.unit.pk} if actor.role is not None and actor.role.reads_cases else set()
    return sorted({*own, *(unit for units_of in _SCOPES for unit in units_of(actor))})
