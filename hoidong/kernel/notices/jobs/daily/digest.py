"""The morning's mail: what came in since yesterday and was not read, one mail a person."""

from ...mailing import queue_digests

HOUR = 7


def run(now):
    """One job for each person who has something in the digest, so that one address that fails stops nobody else's."""
    queue_digests()
