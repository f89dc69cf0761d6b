"""Days counted from today, and as people type them."""

import datetime

from hoidong.kernel.base import dates


def day(days):
    """The day so many days from today."""
    return dates.today() + datetime.timedelta(days=days)


def typed(days):
    """The same, as people type it."""
    return dates.format_date(day(days))
