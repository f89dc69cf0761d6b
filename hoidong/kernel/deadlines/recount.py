"""When the calendar or a rule changes, the running deadlines are counted again; each date that moves is audited."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from .. import audit, law, outbox
from ..base.subjects import Ref
from . import counting
from .calendar import current
from .clocks import MOVED, gaps_of
from .models import Deadline

CALENDAR_CHANGED = "deadlines.calendar_changed"
_CHUNK = 500


def recount(*, by, reason, deadlines=None):
    """Count all running deadlines (or the given queryset of them) again. Returns how many last days moved.

    Works in chunks of its own transactions, so that a city's worth of them can be left half done and begun again.
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
    before = {}
    for deadline in chunk:
        extra = sum(row.days for row in deadline.extensions.all())
        due_on = counting.due_on(
            deadline.starts_on, deadline.days, deadline.unit, calendar=calendar, pauses=gaps_of(deadline), extra=extra
        )
        if due_on != deadline.due_on:
            before[deadline] = deadline.due_on
            deadline.due_on = due_on
    _keep(before, by, reason, ["due_on"])
    return len(before)


def _keep(before, by, reason, fields):
    if not before:
        return
    Deadline.objects.bulk_update(before, fields)
    by_subject, groups = {}, defaultdict(list)
    for deadline in before:
        by_subject[Ref(deadline.subject_kind, deadline.subject_id)] = deadline
        groups[deadline.subject_kind, deadline.duty].append(deadline.subject_id)
    audit.record_many(
        "deadlines.recounted",
        list(by_subject),
        by,
        reason=reason,
        each=lambda subject: {
            "duty": by_subject[subject].duty,
            "before": before[by_subject[subject]].isoformat(),
            "due_on": by_subject[subject].due_on.isoformat(),
        },
    )
    for (kind, duty), ids in groups.items():
        outbox.publish(MOVED, ids=ids, subject_kind=kind, duty=duty)


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
