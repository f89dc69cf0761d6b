"""When the calendar or a rule changes, the running deadlines are counted again; each date that moves is audited."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from .. import audit, law, outbox
from ..base.language import in_vietnamese
from ..base.subjects import Ref
from .calendar import current
from .clocks import count_again
from .events import MOVED
from .models import Deadline

_CHUNK = 500


def recount(*, by, reason, deadlines=None):
    """Count all running deadlines (or the given queryset of them) again. Returns how many last days moved.

    Works in chunks of its own transactions, so that a city's worth of them can be left half done and begun again.
    A clock that needs a year without a table of days off is marked (`Deadline.missing_year`) and stops none of the others.
    """
    queryset = Deadline.objects.filter(closed_on=None) if deadlines is None else deadlines.filter(closed_on=None)
    moved, after = 0, 0
    while True:
        with transaction.atomic():
            chunk = list(
                queryset.filter(pk__gt=after)
                .order_by("pk")
                .select_for_update(of=("self",))
                .prefetch_related("pauses", "extensions")[:_CHUNK]
            )
            if not chunk:
                return moved
            moved += _recount_chunk(chunk, by, reason)
            after = chunk[-1].pk


def _recount_chunk(chunk, by, reason):
    calendar = current()
    moved, marked, cleared = {}, [], {}
    for deadline in chunk:
        before, missing = deadline.due_on, deadline.missing_year
        count_again(deadline, calendar)
        if deadline.due_on != before:
            moved[deadline] = before
        elif deadline.missing_year not in (None, missing):
            marked.append(deadline)
        elif missing and deadline.missing_year is None:
            cleared[deadline] = before
    _note_marked(marked, by, reason)
    _keep(moved | cleared, by, reason)
    _tell(moved)
    return len(moved)


_COUNTED = ["due_on", "missing_year"]


def _keep(before, by, reason):
    """Save clocks whose last day is known anew, each with an entry in the log of its record."""
    Deadline.objects.bulk_update(before, _COUNTED)
    for kind, clocks in _by_duty(before):
        told = {
            Ref(kind[0], clock.subject_id): {
                "duty": kind[1],
                "before": before[clock].isoformat(),
                "due_on": clock.due_on.isoformat(),
            }
            for clock in clocks
        }
        audit.record_many("deadlines.recounted", list(told), by, reason=reason, each=told.get)


@in_vietnamese
def _note_marked(clocks, by, reason):
    """Save clocks that cannot be counted, and say in the log of each record why and what has to be done."""
    Deadline.objects.bulk_update(clocks, _COUNTED)
    for kind, marked in _by_duty(clocks):
        told = {
            Ref(kind[0], clock.subject_id): {
                "duty": kind[1],
                "due_on": clock.due_on.isoformat(),
                "obstacle": clock.obstacle,
            }
            for clock in marked
        }
        audit.record_many("deadlines.uncountable", list(told), by, reason=reason, each=told.get)


def _tell(clocks):
    for (kind, duty), moved in _by_duty(clocks):
        outbox.publish(MOVED, ids=[clock.subject_id for clock in moved], subject_kind=kind, duty=duty)


def _by_duty(clocks):
    """((kind of record, duty), clocks): a record has one running clock of a duty, so none hides another."""
    groups = defaultdict(list)
    for clock in clocks:
        groups[clock.subject_kind, clock.duty].append(clock)
    return groups.items()


def follow_rule(code, starts_on, *, by, reason):
    """Give running deadlines that began on or after a day the rule that now covers them. Returns how many last days moved.

    Earlier ones keep the rule of their own day: that is what "resolved by the date of the event" means.
    """
    book = law.Book(code)
    found = Deadline.objects.filter(rule_code=code, starts_on__gte=starts_on, closed_on=None)
    changed = []
    for deadline in found.select_related("office").order_by("pk").iterator(chunk_size=_CHUNK):
        rule = book.rule(code, deadline.starts_on, deadline.office)
        if rule.pk != deadline.rule_id:
            deadline.rule, deadline.days, deadline.unit = rule, rule.value_of(deadline.variant), rule.unit
            changed.append(deadline)
    with transaction.atomic():
        Deadline.objects.bulk_update(changed, ["rule", "days", "unit"], batch_size=_CHUNK)
    return recount(by=by, reason=reason, deadlines=Deadline.objects.filter(pk__in=[deadline.pk for deadline in changed]))


def on_calendar_changed(event):
    """Receiver of `deadlines.calendar_changed`."""
    from ..people import Actor

    recount(by=Actor.system(), reason=event.payload["reason"])


def on_rule_changed(event):
    """Receiver of `law.rule_changed`."""
    from ..people import Actor

    follow_rule(
        event.payload["code"],
        date.fromisoformat(event.payload["starts_on"]),
        by=Actor.system(),
        reason=event.payload["reason"],
    )
