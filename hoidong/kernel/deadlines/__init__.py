"""Working days, and the deadlines that run on them.

    deadlines.due(received_on, 7, "wd").due_on
    deadlines.open_deadline(petition, rule="KNCT.ANSWER_COUNCIL", start=sent_on, duty="answer", by=actor)

A term is never `timedelta(days=…)`: days off, compensation and swapped days come from the calendar's rows, and a year
without them is refused (`CalendarMissing`).
"""

from .calendar import Calendar, CalendarMissing, Day, current
from .clocks import close, close_many, due_by_rule, extend, open_deadline, open_many, pause, resume
from .counting import Due, Gap, More, Step, days_left, due, due_many, due_on, latest_before, working_days_between
from .questions import account_of, due_between, explain, extensions_of, last_days, of, overdue, running, uncountable

__all__ = [
    "Calendar",
    "CalendarMissing",
    "Day",
    "Due",
    "Gap",
    "More",
    "Step",
    "account_of",
    "close",
    "close_many",
    "current",
    "days_left",
    "due",
    "due_between",
    "due_by_rule",
    "due_many",
    "due_on",
    "explain",
    "extend",
    "extensions_of",
    "last_days",
    "latest_before",
    "of",
    "open_deadline",
    "open_many",
    "overdue",
    "pause",
    "resume",
    "running",
    "uncountable",
    "working_days_between",
]
