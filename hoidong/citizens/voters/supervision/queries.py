"""Which teams one may see, what a body reads of them, and the lists. Every query takes who asks."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import people
from hoidong.kernel.base import paging
from hoidong.kernel.units import queries as units

from .. import rules as petition_rules
from ..models import Demand, SupervisionItem, SupervisionTeam, TeamMember
from ..queries import DeskLine, View, answers_petitions, counts_of, put_places, sees_council_side
from ..shares import queries as shares
from . import rules
from .states import OWED
from .states import DemandState as D
from .states import TeamState as T


def teams_for(actor):
    """The teams of the own council for its side, and those one sits in; nobody else's."""
    mine = Q(pk__in=())
    if petition_rules.works_for_council(actor):
        mine |= Q(area__in=units.line_of(actor.unit.area))
    if actor is not None and actor.person is not None and people.holds(actor, *rules.MEMBER_ROLES):
        mine |= Exists(TeamMember.objects.filter(team=OuterRef("pk"), person=actor.person))
    return SupervisionTeam.objects.filter(mine)


def takes_up(actor):
    """The teams at work a person may take petitions into, newest first."""
    if not rules.may_found(actor):
        return SupervisionTeam.objects.none()
    return SupervisionTeam.objects.filter(area__in=units.line_of(actor.unit.area), state=T.WORKING).order_by("-pk")


def has_teams(actor):
    """Whether the way to the teams stands in a person's navigation: the council's side always, others who sit in one."""
    if sees_council_side(actor):
        return True
    sits = actor is not None and actor.person is not None and people.holds(actor, *rules.MEMBER_ROLES)
    return sits and teams_for(actor).exists()


def overdue(on):
    """The recommendations whose day passed: that of carrying out, or of the explanation that was asked for."""
    return Q(state=D.OPEN, due_on__lt=on) | Q(state=D.ASKED_WHY, explain_by__lt=on)


def views_for(actor, on):
    """The tabs of the list of teams."""
    late = Demand.objects.filter(overdue(on)).values("team")
    own = TeamMember.objects.filter(person=actor.person).values("team")
    return [
        View("working", _("Đang giám sát"), Q(state=T.WORKING)),
        View("concluded", _("Theo dõi kết luận"), Q(state=T.CONCLUDED)),
        View("overdue", _("Quá hạn thực hiện"), Q(pk__in=late), late=True),
        View("mine", _("Tôi tham gia"), Q(pk__in=own)),
        View("closed", _("Đã kết thúc, đã hủy"), Q(state__in=(T.CLOSED, T.CANCELLED))),
        View("all", _("Tất cả"), Q()),
    ]


def listed(actor, *, view, after=None, size=25):
    """One page of a view, each team with its figures: petitions, findings, recommendations and how many are owed."""
    found = teams_for(actor).filter(view.condition).select_related("issuer")
    return paging.keyset(with_figures(found), order=("-id",), after=after, size=size)


def with_figures(teams):
    """Each team with `item_count`, `found_count`, `owed_count`, counted by the database beside it."""
    return teams.annotate(
        item_count=_count(SupervisionItem), found_count=_count(SupervisionItem, ~Q(words="")),
        owed_count=_count(Demand, Q(state__in=OWED)),
    )  # fmt: skip


def _count(model, condition=None):
    found = model.objects.filter(condition or Q(), team=OuterRef("pk")).order_by()
    counted = found.values("team").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def team(actor, pk):
    """One team with its figures and members, or SupervisionTeam.DoesNotExist."""
    found = with_figures(teams_for(actor)).select_related("area", "issuer", "made_by").prefetch_related("members__person")
    return found.get(pk=pk)


def items_of(team, *, after=None, size=50):
    """One page of a team's group in the order it was taken up, each with body, field and places."""
    found = team.items.select_related(
        "petition__body__area", "petition__field", "petition__commune", "petition__merged_into", "found_by"
    )
    page = paging.keyset(found, order=("id",), after=after, size=size)
    put_places([item.petition for item in page.rows])
    return page


def item(actor, pk):
    """One petition of a team one may see, or SupervisionItem.DoesNotExist."""
    found = SupervisionItem.objects.filter(team__in=teams_for(actor)).select_related(
        "team__area", "petition__body__area", "petition__field", "petition__commune", "petition__merged_into", "found_by"
    )
    found = found.prefetch_related("team__members", "petition__answers__body").get(pk=pk)
    put_places([found.petition])
    return found


def next_open(team, after):
    """The next petition of the group without a finding, or None."""
    waiting = team.items.filter(words="").order_by("pk")
    return waiting.filter(pk__gt=after).first() or waiting.first()


def demands_for(actor):
    """What teams asked this person's body for: from the conclusion on, the own body's only."""
    if petition_rules.works_for_council(actor) or not answers_petitions(actor):
        return Demand.objects.none()
    return Demand.objects.filter(body__in=units.line_of(actor.unit)).exclude(state=D.DRAFT)


def asked_of(actor):
    """Which of {"shares", "demands"} this person's body was ever asked for; one statement, for the menu of every page."""
    kinds = (shares.shares_for(actor), "shares"), (demands_for(actor), "demands")
    first, second = (found.order_by().annotate(asked=Value(name)).values_list("asked")[:1] for found, name in kinds)
    return {asked for (asked,) in first.union(second, all=True)}


def readable_demands(actor):
    """What one may read one by one: the body its own, the council's side and the members those of their teams."""
    mine = Q(pk__in=demands_for(actor).values("pk")) | Q(team__in=teams_for(actor))
    return Demand.objects.filter(mine).select_related("team__area", "body__area", "reported_by", "explained_by")


def demand_views(on):
    """The tabs of a body's list."""
    return [
        View("open", _("Đang thực hiện"), Q(state=D.OPEN), ("due_on", "id")),
        View("why", _("Chờ giải trình"), Q(state=D.ASKED_WHY), ("due_on", "id")),
        View("late", _("Quá hạn"), overdue(on), ("due_on", "id"), late=True),
        View("reported", _("Đã báo cáo"), Q(state=D.REPORTED)),
        View("all", _("Tất cả"), Q()),
    ]


def supervision_of(actor, petition):
    """What the record of a petition shows of teams: all for the council's side, for others what was made known.

    The body reads that a team took the petition up, and what it found once the team concluded; never a draft.
    """
    found = [item for item in petition.supervised.all() if item.team.state != T.CANCELLED]
    if not found:
        return []
    own = set(teams_for(actor).filter(pk__in=[item.team_id for item in found]).values_list("pk", flat=True))
    for item in found:
        item.readable = item.team_id in own
        item.shown = bool(item.words) and (item.readable or item.team.state in (T.CONCLUDED, T.CLOSED))
    return found


def desk_lines(actor, on):
    """What waits of supervision: findings to write for members, overdue recommendations for the office, own ones for a body."""
    if answers_petitions(actor) and not sees_council_side(actor):
        views = demand_views(on)[:3]
        counts = counts_of(demands_for(actor), views)
        words = {
            "open": _("Kiến nghị giám sát phải thực hiện"), "why": _("Kiến nghị giám sát phải giải trình"),
            "late": _("Kiến nghị giám sát quá hạn"),
        }  # fmt: skip
        return [
            DeskLine(view.code, words[view.code], counts[view.code], view.late, "voters:demands")
            for view in views
            if counts[view.code]
        ]
    if actor is None or actor.person is None or not people.holds(actor, *rules.MEMBER_ROLES):
        return []
    counts = counts_of(
        SupervisionItem.objects.all(),
        [View("mine", "", Q(words="", team__state=T.WORKING, team__members__person=actor.person))],
    )
    lines = [DeskLine("mine", _("Kiến nghị đoàn giám sát chờ nhận xét"), counts["mine"], False, "voters:teams")]
    if sees_council_side(actor):
        view = View("overdue", "", overdue(on) & Q(team__area__in=units.line_of(actor.unit.area)))
        count = counts_of(Demand.objects.all(), [view])["overdue"]
        lines.append(DeskLine("overdue", _("Kiến nghị giám sát quá hạn thực hiện"), count, True, "voters:teams"))
    return [line for line in lines if line.count]


def may_see_paper(actor, paper):
    """Who reads a printed conclusion: the council's side and the members of the team."""
    return actor is not None and teams_for(actor).filter(pk=paper.subject_id).exists()


def may_see_file(actor, stored):
    """Who reads the paper that came with a body's report or explanation: that body, and who may see the team."""
    with_it = Q(file_id=stored.pk) | Q(explanation_file_id=stored.pk)
    return actor is not None and readable_demands(actor).filter(with_it).exists()


def listed_demands(actor, *, view, after=None, size=25):
    """One page of a view of what the own body was asked for."""
    found = demands_for(actor).filter(view.condition).select_related("team", "body__area")
    return paging.keyset(found, order=view.order, after=after, size=size)
