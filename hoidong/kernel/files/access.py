"""Who may read a file: only its module knows, so each module registers a rule for the files of its records."""

_rules: dict = {}


def serve_rule(label, rule):
    """Register `rule(actor or None, stored_file) -> bool` under the label of the records that carry files.

    A rule speaks only for files of its own records and answers False for all others.
    """
    _rules[label] = rule


def may_see(actor, stored):
    """True when a registered rule allows this person (None: anybody) to read the file."""
    return any(rule(actor, stored) for rule in _rules.values())
