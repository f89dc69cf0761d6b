"""What a team asks bodies for: drafted, carried out, reported, looked at. Each takes `by` and is one transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, deadlines, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed

from ..models import Demand, DemandMeasure
from . import moves, rules
from .actions import checked, locked
from .states import DemandState, Measure

EXPLAIN_RULE = "GS.EXPLAIN_NON_IMPL"


def _checked(team, values):
    values["words"] = checked(values["words"], "words", _("Ghi việc cơ quan phải làm."))
    values["person"] = text.clip(text.nfc(values["person"]), 160)
    if not values["person"]:
        raise Invalid(_("Ghi người chịu trách nhiệm."), field="person")
    if values["due_on"] < dates.today():
        raise Invalid(_("Hạn đã qua. Ghi ngày từ hôm nay trở đi."), field="due_on")
    return values


@transaction.atomic
def draft(team, *, by, **values):
    """Draft a recommendation: `body`, `words`, `person`, `due_on`. Nobody outside sees it before the conclusion."""
    team = locked(team.pk)
    rules.check_running(by, team)
    made = Demand.objects.create(team=team, **_checked(team, values))
    audit.record("voters.draft_demand", made, by, team=team.pk, body=made.body_id)
    return made


@transaction.atomic
def change(demand, *, by, **values):
    """Change a draft. Raises NotAllowed once it was issued."""
    team = locked(demand.team_id)
    rules.check_running(by, team)
    for name, value in _checked(team, values).items():
        setattr(demand, name, value)
    demand.save(update_fields=list(values))
    audit.record("voters.change_demand", demand, by, body=demand.body_id)
    return demand


@transaction.atomic
def remove(demand, *, by):
    """Take a draft away."""
    team = locked(demand.team_id)
    rules.check_running(by, team)
    if demand.state != DemandState.DRAFT:
        raise NotAllowed(_("Kiến nghị đã ban hành cùng kết luận, không xóa được."))
    audit.record("voters.remove_demand", team, by, body=demand.body_id)
    demand.delete()


@transaction.atomic
def report(demand, words, *, by, file_id=None):
    """The body says what was done, with or without a paper. Returns the Demand."""
    words = checked(words, "words", _("Ghi kết quả thực hiện."))
    return workflow.make(
        moves.REPORT, demand, by=by, report=words, reported_on=dates.today(), reported_by=by.person, file_id=file_id
    )


@transaction.atomic
def ask_why(demand, words, *, by, complex_matter=False):
    """Ask the body for a written explanation of what was not carried out, within the term of `GS.EXPLAIN_NON_IMPL`.

    15 days, 30 where the matter is complex; calendar days (Law 121/2025/QH15, article 40). Returns the Demand.
    """
    words = checked(words, "words", _("Ghi việc chưa thực hiện mà cơ quan phải giải trình."))
    explain_by = deadlines.due_by_rule(
        EXPLAIN_RULE, dates.today(), variant="complex" if complex_matter else None, unit=demand.team.area
    ).due_on
    return workflow.make(moves.ASK_WHY, demand, by=by, reason=words, judgement=words, explain_by=explain_by)


@transaction.atomic
def explain(demand, words, *, by, file_id=None):
    """The body says in writing why something was not carried out, with or without a paper. Returns the Demand."""
    words = checked(words, "words", _("Ghi lý do chưa thực hiện và việc sẽ làm."))
    return workflow.make(
        moves.EXPLAIN, demand, by=by, explanation=words, explained_on=dates.today(), explained_by=by.person,
        explanation_file_id=file_id,
    )  # fmt: skip


@transaction.atomic
def take_measure(demand, measure, words, *, by):
    """Take a rung of the ladder; the same one may be taken again, a lower one not. Returns the DemandMeasure, counted."""
    words = checked(words, "words", _("Ghi căn cứ và yêu cầu của biện pháp."))
    # The move locks the recommendation: two at once count one after the other.
    demand = workflow.make(moves.MEASURE, demand, by=by, reason=words, measure=measure)
    taken = list(demand.measures.values_list("measure", flat=True))
    ladder = Measure.values
    if taken and ladder.index(measure) < max(map(ladder.index, taken)):
        raise Invalid(_("Đã áp dụng biện pháp cao hơn. Chọn biện pháp đó hoặc biện pháp sau nó."), field="measure")
    return DemandMeasure.objects.create(
        demand=demand, measure=measure, nth=taken.count(measure) + 1, words=words, taken_on=dates.today(), taken_by=by.person
    )


@transaction.atomic
def accept(demand, words, *, by):
    """What was asked is done, as the council's side sees it; `words` may be empty. Returns the Demand."""
    return workflow.make(moves.ACCEPT, demand, by=by, judgement=text.nfc(words), ended_on=dates.today())


@transaction.atomic
def send_back(demand, words, *, due_on, by):
    """Not done: the body goes on, until a new day, with the reason. Returns the Demand."""
    if due_on < dates.today():
        raise Invalid(_("Hạn đã qua. Ghi ngày từ hôm nay trở đi."), field="due_on")
    words = checked(words, "words", _("Ghi việc còn phải làm."))
    return workflow.make(moves.SEND_BACK, demand, by=by, reason=words, judgement=words, due_on=due_on)


@transaction.atomic
def drop(demand, words, *, by):
    """It is followed no longer, with the reason. Returns the Demand."""
    words = checked(words, "words", _("Ghi lý do thôi theo dõi."))
    return workflow.make(moves.DROP, demand, by=by, reason=words, judgement=words, ended_on=dates.today())
