"""People: accounts, posts with their term and dates, delegation, sign-in; who acts is always an Actor.

    actor = request.actor                      # account, person, post, unit, role
    people.holds(actor, "council_officer")     # may a post of this kind act here?

An administrator of a unit manages the people of that unit's area only. Roles are small classes in code, who holds
them is data. Law 72/2025/QH15 (bodies and posts), Law 91/2025/QH15 (personal data).
"""

from .actors import Actor, actor_for, holds

__all__ = ["Actor", "actor_for", "holds"]
