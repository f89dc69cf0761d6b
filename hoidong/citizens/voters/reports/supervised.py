"""Lists of supervision: what teams found of petitions (annex 6 of the national family), and what they asked for since."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from hoidong.kernel.base import dates

from ..models import Demand, DemandMeasure, SupervisionItem
from ..supervision import queries, timeline
from ..supervision.states import DemandState, TeamState
from . import rows as reading


def findings(scope):
    """Petitions that teams took up, team by team: what the body said, what the team found. Called-off teams are left out."""
    petitions = scope.petitions()
    found = (
        SupervisionItem.objects.filter(team__in=_teams(scope), petition__in=petitions.order_by().values("pk"))
        .select_related("team", "petition__body__area", "petition__field")
        .order_by("team__starts_on", "team", "pk")
    )
    replies = reading.replies(petitions.filter(pk__in=found.order_by().values("petition")))
    rows = []
    for place, item in enumerate(found, start=1):
        petition = item.petition
        rows.append({
            "place": place, "team": _name_of(item.team), "number": petition.shown_number, "words": petition.text,
            "body": petition.body.called if petition.body else "", "result": reading.result_words(petition.result) or _("Chưa trả lời"),
            "letter": reading.letter_of(replies.get(petition.pk)), "finding": item.words, "seen": item.get_seen_display(),
            "pace": item.get_pace_display(), "advice": item.get_advice_display(),
        })  # fmt: skip
    return rows, {}


def demands(scope):
    """What concluded teams asked bodies for, with who answers for it, by when, and what became of it."""
    about = SupervisionItem.objects.filter(petition__in=scope.petitions().order_by().values("pk")).values("team")
    found = (
        Demand.objects.filter(team__in=_teams(scope).filter(pk__in=about))
        .exclude(state=DemandState.DRAFT)
        .select_related("team", "body__area")
        .prefetch_related(Prefetch("measures", DemandMeasure.objects.order_by("pk")))
        .order_by("team__concluded_on", "team", "due_on", "pk")
    )
    rows = []
    for place, one in enumerate(found, start=1):
        rows.append({
            "place": place, "team": _name_of(one.team), "body": one.body.called, "words": one.words, "person": one.person,
            "due_on": one.due_on, "state": _state_of(one), "report": "\n".join(filter(None, (one.report, one.explanation))),
            "reported_on": one.explained_on or one.reported_on,
        })  # fmt: skip
    return rows, {}


def _state_of(demand):
    """Where it stands, and which rungs of the ladder were taken for it."""
    state = timeline.put_look(demand, dates.today()).look.label
    return "; ".join([str(state), *(f"{one.called} ({dates.format_date(one.taken_on)})" for one in demand.measures.all())])


def _teams(scope):
    return queries.teams_for(scope.actor).exclude(state=TeamState.CANCELLED)


def _name_of(team):
    return _("%(team)s (Quyết định %(decision)s)") % {"team": team.name, "decision": team.decision_number}
