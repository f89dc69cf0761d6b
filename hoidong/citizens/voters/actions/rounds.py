"""The life of a round: opened, published with its plan, ended or withdrawn; and the constituencies of deputies' groups."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoidong.kernel import audit, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.units.kinds import Kind as UnitKind

from ..models import GroupArea, PlanChange, PlannedMeeting, Round
from ..rounds import cells, conflicts, moves, paper, queries, rules
from ..rounds.states import ChangeKind, PlannedState, RoundState

FACTS = (
    "session", "phase", "starts_on", "ends_on", "plan_number", "plan_date", "signer", "signer_title", "basis", "note",
)  # fmt: skip


@transaction.atomic
def open_round(found, *, by):
    """Begin a round (an unsaved Round from the form) as a draft and return it."""
    rules.check_round(by, found)
    found.made_by, found.changed_at = by.person, dates.now()
    found.save()
    audit.record("voters.open_round", found, by, starts_on=found.starts_on.isoformat(), phase=found.phase)
    return found


@transaction.atomic
def change_round(found, *, by):
    """Change the facts of a round: number and day of the plan may come after publication; withdrawn ones stay as they are."""
    locked = _locked(found, by)
    if locked.state == RoundState.WITHDRAWN:
        raise NotAllowed(_("Đợt đã thu hồi, không sửa được nữa."))
    found.changed_at = dates.now()
    found.save(update_fields=[*FACTS, "changed_at"])
    audit.record("voters.change_round", found, by)
    return found


@transaction.atomic
def publish(found, *, by):
    """Publish the plan: every row becomes public, gets the last day of its minutes, and the plan is printed as it stands.

    Raises Invalid, saying which rows to mend, while one is not complete or a deputy would be in two places at once.
    """
    locked = _locked(found, by)
    rows = list(queries.rows_of(locked))
    if not rows:
        raise Invalid(_("Kế hoạch chưa có hội nghị nào. Ghi ít nhất một dòng rồi công bố."))
    known = cells.Known(locked.area, locked.starts_on)
    stops = conflicts.look(locked, rows, known, dates.today()).stops
    if stops:
        numbers = [str(row.place) for row in rows if row.pk in stops]
        raise Invalid(
            ngettext("Chưa công bố được: dòng %(rows)s cần sửa trước.", "Chưa công bố được: dòng %(rows)s cần sửa trước.", len(numbers))
            % {"rows": ", ".join(numbers[:30])}
        )  # fmt: skip
    at = dates.now()
    due = conflicts.minutes_due([row.held_on for row in rows], locked.area)
    for row in rows:
        row.announced_at, row.minutes_due_on = at, due[row.held_on]
    PlannedMeeting.objects.bulk_update(rows, ["announced_at", "minutes_due_on"], batch_size=500)
    printed = paper.plan(locked, rows, by=by)
    return workflow.make(moves.PUBLISH, locked, by=by, published_at=at, paper_id=printed.pk, meetings=len(rows))


@transaction.atomic
def end(found, *, by):
    """Close the round; missing minutes can still be written and urged."""
    return workflow.make(moves.END, found, by=by)


@transaction.atomic
def reopen(found, *, by):
    """Take up an ended round again."""
    return workflow.make(moves.REOPEN, found, by=by)


@transaction.atomic
def withdraw(found, *, by, reason):
    """Withdraw a round, saying why. What was announced and not held yet is called off, and stays visible as such."""
    locked = _locked(found, by)
    made = workflow.make(moves.WITHDRAW, locked, by=by, reason=reason)
    ahead = PlannedMeeting.objects.filter(round=locked, state=PlannedState.PLANNED, meeting=None)
    keys = list(ahead.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return made
    at = dates.now()
    workflow.make_many(moves.CALL_OFF_WITH_ROUND, PlannedMeeting.objects.filter(pk__in=keys), by=by, reason=reason)
    PlannedMeeting.objects.filter(pk__in=keys).update(sequence=F("sequence") + 1, changed_at=at)
    if locked.published_at:
        PlanChange.objects.bulk_create(
            [PlanChange(planned_id=key, kind=ChangeKind.CALLED_OFF, reason=reason[:300], at=at, by=by.person) for key in keys],
            batch_size=500,
        )
    return made


@transaction.atomic
def set_constituency(group, communes, *, by):
    """Say which communes a deputies' group was elected in; later plans are filled from it and compared with it."""
    if group.kind != UnitKind.DEPUTIES_GROUP:
        raise Invalid(_("Chọn một tổ đại biểu."), field="group")
    rules.check_round(by, Round(area=group.area))
    before = set(GroupArea.objects.filter(group=group).values_list("commune", flat=True))
    wanted = {unit.pk for unit in communes}
    GroupArea.objects.filter(group=group, commune__in=before - wanted).delete()
    GroupArea.objects.bulk_create([GroupArea(group=group, commune_id=pk) for pk in sorted(wanted - before)])
    if before != wanted:
        audit.record("voters.set_constituency", group, by, added=sorted(wanted - before), removed=sorted(before - wanted))


def _locked(found, by):
    """The round with its row locked, after the check of who asks."""
    rounds = Round.objects.select_for_update(of=("self",)).select_related("area", "session__term", "session__council__area")
    locked = rounds.get(pk=found.pk)
    rules.check_round(by, locked)
    return locked
