"""Who did what, when, to which record: append-only, each entry chained to the one before it.

No change without an author. A database trigger writes the chain and refuses change and removal;
`manage.py verify_audit` (or `make verify-audit`) proves it. Reading protected data is an entry too.
"""

from .records import entries_about, looked_at, record, record_many

__all__ = ["entries_about", "looked_at", "record", "record_many"]
