"""What one asks of deadlines: whose, which are late, and how a date came about."""

from django.utils.translation import gettext as _

from ..base.subjects import ref
from . import counting
from .clocks import gaps_of
from .models import Deadline


def of(record):
    """All deadlines of a record, oldest first, with what their explanation needs."""
    subject = ref(record)
    found = Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return list(found.select_related("rule").prefetch_related("pauses", "extensions").order_by("id"))


def running(record, duty):
    """The open Deadline of a duty, or None."""
    subject = ref(record)
    return Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id, duty=duty, closed_on=None).first()


def overdue(today):
    """Open deadlines whose last day has passed and that are not paused, the oldest first. Asked of the day, never stored."""
    return Deadline.objects.filter(closed_on=None, paused_on=None, due_on__lt=today).order_by("due_on", "id")


def due_between(first, last):
    """Open deadlines with their last day in these days, both included, the nearest first."""
    return Deadline.objects.filter(closed_on=None, paused_on=None, due_on__range=(first, last)).order_by("due_on", "id")


def last_days(kind, ids, duty):
    """{record number: last day} of the running deadlines of many records of one kind, for those who keep a copy."""
    found = Deadline.objects.filter(subject_kind=kind, subject_id__in=ids, duty=duty, closed_on=None)
    return dict(found.values_list("subject_id", "due_on"))


def account_of(deadline):
    """The Due of a deadline as it stands: every step with its right, pauses and extensions in it, and what is unsure.

    The steps end where the law's counting ends; the last day itself is `due_on` of the result.
    """
    pauses = gaps_of(deadline)
    extensions = [_more(row) for row in sorted(deadline.extensions.all(), key=lambda row: row.pk)]
    told = counting.due(
        deadline.starts_on,
        deadline.days,
        deadline.unit,
        rule=deadline.rule,
        start_label=deadline.start_label or None,
        pauses=pauses,
        extensions=extensions,
    )
    steps, notes = list(told.steps), list(told.notes)
    if not pauses and not extensions:
        steps.append(counting.Step(_("Tạm dừng, gia hạn"), _("0 lần")))
    if deadline.rule is not None and not deadline.rule.is_verified:
        amount = deadline.rule.amount(deadline.variant)
        notes.insert(0, _("Số %(amount)s chưa được đối chiếu với văn bản gốc.") % {"amount": amount})
    return counting.Due(told.due_on, steps, notes)


def explain(deadline):
    """The steps of "Ngày này tính thế nào" for a deadline, in the shape of the tag `{% why %}`."""
    return account_of(deadline).steps


def _more(row):
    granted = _("%(approver)s cho gia hạn: %(reason)s") % {"approver": row.approver, "reason": row.reason}
    return counting.More(row.days, f"{granted} ({row.document})" if row.document else granted)
