"""Bodies are reminded before the last day of what a team asked them for: the days stand in the rule GS.REMIND (15, 7, 3)."""

import datetime

from hoidong.kernel import law
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.base.subjects import ref
from hoidong.kernel.notices.models import Notice

from ..models import Demand
from . import events, receivers
from .states import DemandState

RULE = "GS.REMIND"


@in_vietnamese
def remind(on):
    """Remind the body of each recommendation whose day to remind has come by the day `on`; once for each such day.

    What a stopped worker missed is made good at its next run, with one notice. A place without the rule reminds nobody.
    Returns the Demands bodies were reminded of.
    """
    book = law.Book(RULE)
    open_ones = Demand.objects.filter(state=DemandState.OPEN, due_on__gte=on).select_related("body__area", "team__area")
    reminded = []
    for demand in open_ones.order_by("due_on", "pk"):
        day = _day_to_remind(demand, on, book)
        if day is None or _was_reminded(demand, day):
            continue
        receivers.tell_due_soon(demand)
        reminded.append(demand)
    return reminded


def _day_to_remind(demand, on, book):
    """The latest of its days to remind that has come; None where none has, or only before it was asked for."""
    try:
        rule = book.rule(RULE, on, demand.team.area)
    except law.NoRule:
        return None
    days = (demand.due_on - datetime.timedelta(days=before) for before in (rule.value, *rule.variants.values()))
    return max((day for day in days if demand.team.concluded_on < day <= on), default=None)


def _was_reminded(demand, since):
    subject = ref(demand)
    told = Notice.objects.filter(kind=events.DUE_SOON, subject_kind=subject.kind, subject_id=subject.id)
    return told.filter(at__date__gte=since).exists()
