"""Every night: marks for petitions that have none, and proposals learned anew from what was decided."""

from hoidong.citizens.voters.proposals import alike, learning

HOUR = 3


def run(now):
    """A few minutes for 100,000 decisions, in the worker."""
    alike.fill()
    learning.learn_and_keep()
