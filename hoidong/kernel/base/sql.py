"""SQL that Django cannot write: triggers and functions, each named, with its way back.

A part registers its statements beside its models; the migration of the app runs them by name.
"""

_pieces: dict[str, tuple[str, str]] = {}


def register(name, forward, reverse):
    """Keep a pair of statements under a name: how to make it and how to take it away."""
    _pieces[name] = (forward, reverse)


def pieces():
    """All pieces, in the order they were registered: (name, forward, reverse)."""
    return [(name, *pair) for name, pair in _pieces.items()]


def piece(name):
    """One pair (forward, reverse)."""
    return _pieces[name]


EXTENSIONS = ("ltree", "unaccent", "pg_trgm", "btree_gist", "btree_gin")
