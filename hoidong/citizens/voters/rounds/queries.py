"""What one may see of rounds and planned meetings, and the lists and figures built on it. Every query takes who asks.

Only `announced` asks nobody: it is what was published, for the portal and the public calendar.
"""

from dataclasses import dataclass

from django.db.models import Count, Min, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.units import queries as units
from hoidong.kernel.units.kinds import Kind as UnitKind

from .. import rules as petition_rules
from ..models import CalendarKey, GroupArea, Meeting, PlanChange, PlannedDeputy, PlannedMeeting, Round
from ..states import Level, MeetingState
from . import rules
from .states import PlannedState, RoundState

OPEN = Q(state=PlannedState.PLANNED)


def rounds_for(actor):
    """Rounds: the office that plans sees its own, drafts too; others those published where they work.

    The province's office sees what its communes published, a commune's office what its province published.
    """
    if not petition_rules.works_for_council(actor):
        return Round.objects.none()
    area = actor.unit.area
    own = Q(area__in=units.line_of(area))
    public = ~Q(state=RoundState.DRAFT) & Q(published_at__isnull=False)
    if area.level == Level.PROVINCE:
        return Round.objects.filter(own | (public & Q(area__path__descendant_of=area.path)))
    return Round.objects.filter(own | (public & Q(area=area.parent_id)))


def planned_for(actor):
    """Planned meetings: the office its own plans, a commune what is planned in it, a deputy the own group's or own ones."""
    if actor is None:
        return PlannedMeeting.objects.none()
    if petition_rules.works_for_council(actor):
        area = actor.unit.area
        line = units.line_of(area)
        there = Q(commune__path__descendant_of=area.path) if area.level == Level.PROVINCE else Q(commune__in=line)
        return PlannedMeeting.objects.filter(Q(round__area__in=line) | (there & Q(announced_at__isnull=False)))
    if rules.is_deputy(actor):
        return of_deputy(actor.person, groups_of(actor))
    return PlannedMeeting.objects.none()


def has_schedule(actor):
    """Whether a calendar of one's own makes sense: for deputies."""
    return rules.is_deputy(actor)


def groups_of(actor):
    """The ids of the deputies' groups a person belongs to, in whatever post the person acts."""
    own = [post for post in actor.posts if post.person_id == actor.person.pk]
    return [post.unit_id for post in own if post.unit.kind == UnitKind.DEPUTIES_GROUP]


def of_deputy(person, group_ids=()):
    """What was announced for a deputy, and for the deputy's groups."""
    attends = PlannedDeputy.objects.filter(person=person).values("planned")
    return PlannedMeeting.objects.filter(Q(pk__in=attends) | Q(group__in=group_ids), announced_at__isnull=False)


def announced():
    """What anybody may know: meetings that were announced, called off ones too."""
    return PlannedMeeting.objects.filter(announced_at__isnull=False)


def published_areas():
    """The ids of the areas whose councils have ever published a round."""
    return set(Round.objects.filter(published_at__isnull=False).order_by().values_list("area", flat=True).distinct())


def with_all(planned):
    """Planned meetings with what their lines show: units, deputies, the announced changes, the newest first."""
    return planned.select_related(
        "round__session__council__area", "round__session__term", "group__area", "commune__parent", "meeting"
    ).prefetch_related(
        Prefetch("deputies", PlannedDeputy.objects.select_related("person").order_by("pk")),
        Prefetch("changes", PlanChange.objects.order_by("-pk")),
    )


def rows_of(found):
    """The rows of a round in the order of the grid, with units and deputies."""
    rows = found.planned.select_related("group", "commune", "meeting").order_by("place")
    return rows.prefetch_related(Prefetch("deputies", PlannedDeputy.objects.select_related("person").order_by("pk")))


def named(rounds):
    """Rounds with what their names need."""
    return rounds.select_related("area", "session__term", "session__council__area", "made_by")


@dataclass(frozen=True)
class View:
    """A tab over the meetings of a round."""

    code: str
    label: str
    condition: Q
    late: bool = False


def views(on):
    """The tabs of a round that was published: each figure of the overview opens one of them."""
    passed = OPEN & Q(held_on__lt=on)
    done = Q(meeting__state=MeetingState.RECORDED)
    missing = passed & ~done_or_none(done)
    return [
        View("all", _("Tất cả"), OPEN),
        View("ahead", _("Sắp họp"), OPEN & Q(held_on__gte=on, meeting=None)),
        View("held", _("Đã họp"), OPEN & Q(meeting__isnull=False)),
        View("done", _("Đã có biên bản"), OPEN & done),
        View("missing", _("Thiếu biên bản"), missing),
        View("late", _("Quá hạn biên bản"), missing & Q(minutes_due_on__lt=on), late=True),
        View("off", _("Đã hủy"), Q(state=PlannedState.CALLED_OFF)),
    ]


def done_or_none(done):
    """Minutes that are there; written as `meeting exists and is recorded`, so that its negation keeps rows without one."""
    return Q(meeting__isnull=False) & done


def view_named(found, code):
    """The view with this code, or the first."""
    return next((view for view in found if view.code == code), found[0])


def _counts(on):
    return {view.code: Count("pk", filter=view.condition) for view in views(on)}


def figures(planned, on):
    """{code of view: how many} over a queryset of planned meetings, in one statement."""
    return planned.aggregate(**_counts(on))


def by_commune(planned, on):
    """One row for each commune of a round: its name, the first day, and the figures; in alphabetical order."""
    found = planned.filter(commune__isnull=False).values("commune", "commune__name", "commune__sort_key")
    return list(found.annotate(first=Min("held_on"), **_counts(on)).order_by("commune__sort_key", "commune"))


def round_figures(rounds, actor, on):
    """Put `figures` on each round of a page, in one statement for all of them."""
    found = planned_for(actor).filter(round__in=[one.pk for one in rounds]).order_by().values("round").annotate(**_counts(on))
    known = {row["round"]: row for row in found.order_by("round")}
    none = {view.code: 0 for view in views(on)}
    for one in rounds:
        one.figures = known.get(one.pk, none)


def meetings_without_plan(planned, actor):
    """Meetings the commune recorded on its own that may be the planned one: same place, same session, not linked yet."""
    if not petition_rules.works_for_council(actor):
        return Meeting.objects.none()
    found = Meeting.objects.filter(commune=planned.commune_id, session=planned.round.session_id, planned=None)
    return found.order_by("-held_on", "-pk")


def areas_of_groups(group_ids):
    """{group id: [commune, …]} of constituencies, in alphabetical order."""
    areas = {pk: [] for pk in group_ids}
    rows = GroupArea.objects.filter(group__in=group_ids).select_related("commune").order_by("commune__sort_key", "commune")
    for row in rows:
        areas[row.group_id].append(row.commune)
    return areas


def key_of(person):
    """The live calendar key of a person, or None."""
    return CalendarKey.objects.filter(person=person, revoked_at=None).first()
