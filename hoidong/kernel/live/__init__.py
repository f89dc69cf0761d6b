"""Live updates: server-sent events over LISTEN/NOTIFY. A page without them works the same by reloading.

    live.tell(f"unit-{unit.pk}")            # inside a transaction: told when, and only when, it is kept
    <div data-live="unit-3" hx-get="…" hx-trigger="hd:changed">

An event carries the name of a topic and nothing else; the page asks for itself again, with the rights of who looks.
Topics are `unit-<id>` (a unit's own people) and `account-<id>` (the person).
"""

from .telling import CHANNEL, tell, topics_for

__all__ = ["CHANNEL", "tell", "topics_for"]
