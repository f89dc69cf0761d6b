"""Opening, stopping, lengthening and closing deadlines. Each change is audited with the record it is about."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, law, outbox
from ..base import dates
from ..base.errors import Invalid, NotAllowed
from ..base.subjects import Ref, ref
from . import counting
from .calendar import CalendarMissing, current
from .events import MOVED
from .models import Deadline, Extension, Pause

_BATCH = 500


def due_by_rule(code, start, variant=None, unit=None, start_label=None):
    """The Due of a rule for an event on `start`, at the unit: what a deadline opened now would say.

    Raises law.NoRule when no rule covers the day, CalendarMissing when a year has no table.
    """
    rule = law.rule(code, start, unit)
    _check_runs_after(rule)
    return counting.due(start, rule.value_of(variant), rule.unit, rule=rule, start_label=start_label)


def open_deadline(subject, *, rule, start, duty, by, variant=None, unit=None, label="", start_label=""):
    """Start the clock of one duty ("answer") of a record and return the Deadline. See `open_many`."""
    return open_many(
        [subject], rule=rule, start=start, duty=duty, by=by, variant=variant, unit=unit, label=label, start_label=start_label
    )[0]


@transaction.atomic
def open_many(records, *, rule, start, duty, by, variant=None, unit=None, label="", start_label=""):
    """Start the same clock for many records, with a number of statements that does not grow with each of them.

    `rule` is a code; `start` the day of the event, or a function of the record that gives it; `unit` whose rules apply.
    `label` and `start_label` are what people read ("Hạn trả lời", "Văn bản chuyển ban hành").
    Raises NoRule, CalendarMissing, or NotAllowed when one of the records has this clock running already.
    """
    records = list(records)
    starts = [start(record) if callable(start) else start for record in records]
    book = law.Book(rule)
    rules = {day: book.rule(rule, day, unit) for day in set(starts)}
    for one in rules.values():
        _check_runs_after(one)
    terms = [(day, rules[day].value_of(variant), rules[day].unit) for day in starts]
    subjects = [ref(record) for record in records]
    _refuse_running(subjects, duty)
    opened = Deadline.objects.bulk_create(
        [
            Deadline(
                subject_kind=subject.kind, subject_id=subject.id, duty=duty, label=label or rules[term[0]].title,
                office=unit, rule=rules[term[0]], rule_code=rule, variant=variant or "", starts_on=term[0],
                start_label=start_label, days=term[1], unit=term[2], due_on=due_on,
            )
            for subject, term, due_on in zip(subjects, terms, counting.due_many(terms), strict=True)
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    by_subject = dict(zip(subjects, opened, strict=True))
    audit.record_many(
        "deadlines.opened", subjects, by, data={"duty": duty}, each=lambda subject: _opened_words(by_subject[subject])
    )
    return opened


def _check_runs_after(rule):
    if rule.when != law.When.AFTER:
        raise ValueError(f"rule {rule.code} counts back from its event; ask latest_before")


def _opened_words(deadline):
    return {
        "due_on": deadline.due_on.isoformat(),
        "starts_on": deadline.starts_on.isoformat(),
        "term": f"{deadline.days} {deadline.unit}",
        "rule": deadline.rule_code,
    }


def _refuse_running(subjects, duty):
    kinds = {subject.kind for subject in subjects}
    ids = [subject.id for subject in subjects]
    running = Deadline.objects.filter(subject_kind__in=kinds, subject_id__in=ids, duty=duty, closed_on=None).first()
    if running:
        raise NotAllowed(
            _("Hồ sơ %(id)s đã có hạn “%(label)s” đang chạy đến %(day)s. Kết thúc hạn đó trước.")
            % {"id": running.subject_id, "label": running.label, "day": dates.format_date(running.due_on)}
        )


@transaction.atomic
def pause(deadline, *, reason, by, on=None):
    """Stop the clock from a day on (today); days do not count until `resume`. What is late cannot be paused any more."""
    on = on or dates.today()
    reason = _written(reason, _("Ghi lý do tạm dừng, ví dụ: chờ bổ sung hồ sơ."))
    deadline = _locked(deadline)
    if deadline.paused_on:
        raise NotAllowed(_("Hạn này đang tạm dừng từ %(day)s.") % {"day": dates.format_date(deadline.paused_on)})
    last = deadline.pauses.order_by("-starts_on").first()
    earliest = max(deadline.starts_on, last.resumes_on) if last else deadline.starts_on
    if on > deadline.due_on:
        raise NotAllowed(_("Hạn đã hết ngày %(day)s, không tạm dừng được nữa.") % {"day": dates.format_date(deadline.due_on)})
    if on < earliest:
        raise Invalid(_("Ngày tạm dừng không sớm hơn %(day)s.") % {"day": dates.format_date(earliest)}, field="on")
    Pause.objects.create(deadline=deadline, starts_on=on, reason=reason)
    deadline.paused_on = on
    deadline.save(update_fields=["paused_on"])
    _note("deadlines.paused", deadline, by, reason, on=on.isoformat())
    return deadline


@transaction.atomic
def resume(deadline, *, by, on=None, reason=""):
    """Let the clock run again from a day on (today). The last day moves by the days that did not count."""
    on = on or dates.today()
    deadline = _locked(deadline)
    if not deadline.paused_on:
        raise NotAllowed(_("Hạn này đang chạy, không có gì để tiếp tục."))
    if on < deadline.paused_on:
        raise Invalid(_("Ngày tiếp tục không sớm hơn %(day)s.") % {"day": dates.format_date(deadline.paused_on)}, field="on")
    deadline.pauses.filter(resumes_on=None).update(resumes_on=on)
    deadline.paused_on = None
    _move(deadline)
    _note("deadlines.resumed", deadline, by, reason, on=on.isoformat(), due_on=deadline.due_on.isoformat())
    return deadline


@transaction.atomic
def extend(deadline, *, days, reason, approver, by, document="", granted_on=None):
    """Give more days, in the unit of the deadline. Only in writing: who granted it, why, and by which paper.

    The grant must not be dated after the last day: a term that is over cannot be lengthened.
    """
    granted_on = granted_on or dates.today()
    reason = _written(reason, _("Ghi lý do gia hạn."))
    approver = _written(approver, _("Ghi người cho gia hạn."), field="approver")
    if days < 1:
        raise Invalid(_("Số ngày gia hạn phải từ 1 trở lên."), field="days")
    deadline = _locked(deadline)
    if granted_on > deadline.due_on and not deadline.paused_on:
        raise NotAllowed(
            _("Hạn đã hết ngày %(day)s. Chỉ gia hạn được bằng văn bản ký trước ngày đó.")
            % {"day": dates.format_date(deadline.due_on)}
        )
    Extension.objects.create(
        deadline=deadline, days=days, reason=reason, approver=approver, document=document.strip(), granted_on=granted_on
    )
    before = deadline.due_on
    _move(deadline)
    _note(
        "deadlines.extended",
        deadline,
        by,
        reason,
        days=days,
        approver=approver,
        document=document.strip(),
        before=before.isoformat(),
        due_on=deadline.due_on.isoformat(),
    )
    return deadline


def close(deadline, *, by, on=None):
    """End the clock of one deadline: the duty was done, or fell away, on a day."""
    subject = Ref(deadline.subject_kind, deadline.subject_id)
    return close_many([subject], duty=deadline.duty, on=on or dates.today(), by=by)


@transaction.atomic
def close_many(records, *, duty, on, by):
    """End the running clock of a duty for many records and return the deadlines that were closed; others are left alone."""
    subjects = [ref(record) for record in records]
    found = Deadline.objects.filter(
        subject_kind__in={subject.kind for subject in subjects},
        subject_id__in=[subject.id for subject in subjects],
        duty=duty,
        closed_on=None,
    )
    deadlines = list(found.order_by("pk").select_for_update(of=("self",)))
    for deadline in deadlines:
        if deadline.paused_on:
            deadline.pauses.filter(resumes_on=None).update(resumes_on=max(on, deadline.paused_on))
            deadline.paused_on = None
            _move(deadline, at_the_end=True)
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in deadlines]).update(closed_on=on)
    by_subject = {}
    for deadline in deadlines:
        deadline.closed_on = on
        by_subject[Ref(deadline.subject_kind, deadline.subject_id)] = deadline
    audit.record_many(
        "deadlines.closed",
        list(by_subject),
        by,
        data={"duty": duty, "on": on.isoformat()},
        each=lambda subject: {"due_on": by_subject[subject].due_on.isoformat(), "late": by_subject[subject].was_late},
    )
    return deadlines


def gaps_of(deadline):
    """The ended pauses of a deadline, for counting. An open pause moves nothing yet."""
    return [
        counting.Gap(row.starts_on, row.resumes_on, row.reason) for row in deadline.pauses.all() if row.resumes_on is not None
    ]


def _locked(deadline):
    fresh = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    if fresh.closed_on:
        raise NotAllowed(_("Hạn này đã kết thúc ngày %(day)s.") % {"day": dates.format_date(fresh.closed_on)})
    return fresh


def count_again(deadline, calendar):
    """Set the last day of a clock from its rows, or mark what keeps it from being counted. Returns the refusal, or None.

    Nothing is saved. A clock that cannot be counted keeps the last day known before: no date is guessed.
    """
    extra = sum(row.days for row in deadline.extensions.all())
    try:
        deadline.due_on = counting.due_on(
            deadline.starts_on, deadline.days, deadline.unit, calendar=calendar, pauses=gaps_of(deadline), extra=extra
        )
    except CalendarMissing as refusal:
        deadline.missing_year = refusal.year
        return refusal
    deadline.missing_year = None
    return None


def _move(deadline, at_the_end=False):
    """Count again from the rows and keep the new last day; tell those who mirror it.

    What was done can be closed though a table of days off is missing; a clock that goes on is refused with the year.
    """
    before = deadline.due_on
    refusal = count_again(deadline, current())
    if refusal is not None and not at_the_end:
        raise refusal
    deadline.save(update_fields=["due_on", "paused_on", "missing_year"])
    if deadline.due_on != before:
        outbox.publish(MOVED, ids=[deadline.subject_id], subject_kind=deadline.subject_kind, duty=deadline.duty)


def _written(words, message, field="reason"):
    words = (words or "").strip()
    if not words:
        raise Invalid(message, field=field)
    return words


def _note(action, deadline, by, reason, **data):
    audit.record(action, Ref(deadline.subject_kind, deadline.subject_id), by, reason=reason, duty=deadline.duty, **data)
