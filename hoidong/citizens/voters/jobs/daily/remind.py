"""Every morning: bodies are reminded of recommendations of supervision teams that fall due soon."""

from hoidong.citizens.voters.supervision import reminding
from hoidong.kernel.base import dates

HOUR = 6


def run(now):
    """One notice for each recommendation whose day to remind has come."""
    reminding.remind(dates.today())
