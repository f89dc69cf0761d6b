"""Working days, and the deadlines that run on them.

    deadlines.due(received_on, 7, "wd").due_on
    deadlines.open_deadline(petition, rule="KNCT.ANSWER_COUNCIL", start=sent_on, duty="answer", by=actor)

A term is never `timedelta(days=…)`: days off, compensation and swapped days come from the calendar's rows, and a year
without them is refused (`CalendarMissing`).
"""

from .calendar import Calendar, CalendarMissing, Day, current
from .counting import Due, Gap, More, Step, days_left, due, due_many, due_on, latest_before, working_days_between

__all__ = [
    "Calendar",
    "CalendarMissing",
    "Day",
    "Due",
    "Gap",
    "More",
    "Step",
    "current",
    "days_left",
    "due",
    "due_many",
    "due_on",
    "latest_before",
    "working_days_between",
]
