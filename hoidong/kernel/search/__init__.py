"""One index over everything a person may see; accents and đ optional, phrases, misspelt words.

    search.index_many([search.Entry(kind="voters.petition", subject_id=1, title=…, body=…, unit_ids=[…], …)])
    search.find(actor, "duong dong loc")

One place decides visibility: an entry is found by those whose units (`scope`) stand in its `unit_ids`, or by all when
it is public. Modules say which units an actor searches for with `register_scope`.
"""

from .finding import Found, Hit, find, holding
from .indexing import Entry, index_many, register_provider, remove_many
from .scope import register_scope, scope

__all__ = [
    "Entry",
    "Found",
    "Hit",
    "find",
    "holding",
    "index_many",
    "register_provider",
    "register_scope",
    "remove_many",
    "scope",
]
