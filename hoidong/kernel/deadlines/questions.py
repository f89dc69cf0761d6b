"""What one asks of deadlines: whose, which are late, and how a date came about."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, Sum, prefetch_related_objects
from django.utils.translation import gettext as _

from ..base.subjects import ref
from . import calendar, counting
from .clocks import gaps_of
from .models import Deadline, Extension, Pause


def of(record):
    """All deadlines of a record, oldest first, with what their explanation needs."""
    subject = ref(record)
    found = Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id).select_related("rule")
    found = found.annotate(
        has_pauses=Exists(Pause.objects.filter(deadline=OuterRef("pk"))),
        has_extensions=Exists(Extension.objects.filter(deadline=OuterRef("pk"))),
        stamp=Subquery(calendar.setting_of("stamp")),
        end_on_day_off=Subquery(calendar.setting_of("end_on_day_off")),
    )
    clocks = list(found.order_by("id"))
    # Few were ever paused or lengthened; what is not there is not asked for.
    for name, model in (("pauses", Pause), ("extensions", Extension)):
        rows = model.objects.all() if any(getattr(clock, f"has_{name}") for clock in clocks) else model.objects.none()
        prefetch_related_objects(clocks, Prefetch(name, rows))
    return clocks


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


def extensions_of(kind, ids):
    """What the terms of many records were lengthened by: {record number: "15 ngày làm việc"}; records without are not there.

    `ids` may be a subquery. Extensions of one record in one measure are added up.
    """
    found = (
        Extension.objects.filter(deadline__subject_kind=kind, deadline__subject_id__in=ids)
        .values_list("deadline__subject_id", "deadline__unit")
        .annotate(days=Sum("days"))
        .order_by("deadline__subject_id", "deadline__unit")
    )
    words = {}
    for key, unit, days in found:
        more = _("%(days)s ngày làm việc") if unit == counting.WORKING else _("%(days)s ngày")
        words[key] = "; ".join(filter(None, [words.get(key), more % {"days": days}]))
    return words


def uncountable():
    """{missing year: how many running clocks wait for its table of days off}, the nearest year first."""
    found = Deadline.objects.filter(closed_on=None, missing_year__isnull=False)
    return dict(found.values_list("missing_year").annotate(clocks=Count("pk")).order_by("missing_year"))


def account_of(deadline):
    """The Due of a deadline as it stands: every step with its right, pauses and extensions in it, and what is unsure.

    The steps end where the law's counting ends; the last day itself is `due_on` of the result. A clock that cannot be
    counted keeps the last day known before, and its notes say why. Raises CalendarMissing for a calendar taken away.
    """
    if deadline.missing_year is not None:
        told = [counting.Step(deadline.start_label or _("Ngày bắt đầu"), deadline.starts_on)]
        return counting.Due(deadline.due_on, told, [deadline.obstacle] if deadline.obstacle else [])
    pauses = gaps_of(deadline)
    extensions = [_more(row) for row in sorted(deadline.extensions.all(), key=lambda row: row.pk)]
    told = counting.due(
        deadline.starts_on,
        deadline.days,
        deadline.unit,
        calendar=calendar.current((deadline.stamp, deadline.end_on_day_off) if getattr(deadline, "stamp", None) else None),
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
