"""What a deputy may read: the petitions of the constituency. Every query takes who asks."""

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import paging
from hoidong.kernel.units import queries as units

from ..counting import counts_of
from ..models import Answer, Follow, GroupArea, Petition
from ..queries import DeskLine, View, put_places, works_with_petitions
from ..rounds.queries import groups_of
from ..rounds.rules import is_deputy
from ..states import WITH_BODY, Level, S


def works_as_deputy(actor):
    """Whether a constituency is what a person's desk is about: a deputy in a post that works with no petitions itself."""
    return is_deputy(actor) and not works_with_petitions(actor)


def constituency_of(actor):
    """The communes a deputy answers for: those of the own groups; of a commune's council the commune itself. Unit ids."""
    if not is_deputy(actor):
        return []
    area = actor.unit.area
    if area.level != Level.PROVINCE:
        return units.line_of(area)
    return list(GroupArea.objects.filter(group__in=groups_of(actor)).order_by("commune").values_list("commune", flat=True))


def petitions_for(actor):
    """The petitions of the constituency that were handed up, or of a commune's council all of the commune's."""
    places = constituency_of(actor)
    if not places:
        return Petition.objects.none()
    found = Petition.objects.filter(commune__in=places).exclude(state__in=(S.MERGED, S.CANCELLED))
    if actor.unit.area.level == Level.PROVINCE:
        found = found.filter(province=actor.unit.area, handed_up_on__isnull=False)
    return found


def views_for(actor, on):
    """The tabs of a deputy's list."""
    followed = Follow.objects.filter(account=actor.account).values("petition")
    return [
        View("open", _("Chưa trả lời"), Q(state__in=(S.NEW, S.HANDED_UP, S.CLASSIFIED, S.RETURNED, *WITH_BODY))),
        View("late", _("Quá hạn"), Q(state__in=WITH_BODY, due_on__lt=on), ("due_key", "id"), late=True),
        View("promised", _("Đã hứa"), Q(promised_on__isnull=False) & ~Q(state=S.CLOSED), ("promised_on", "id")),
        View("broken", _("Hứa quá ngày"), Q(promised_on__lt=on) & ~Q(state=S.CLOSED), ("promised_on", "id"), late=True),
        View("answered", _("Đã trả lời"), Q(state__in=(S.ANSWERED, S.CARRIED, S.CLOSED))),
        View("followed", _("Đang theo dõi"), Q(pk__in=followed)),
        View("all", _("Tất cả"), Q()),
    ]


def listed(actor, *, view, words="", after=None, size=20):
    """One page of a view; `words` narrows it to titles that hold them."""
    found = petitions_for(actor).filter(view.condition)
    if words:
        found = found.filter(title__icontains=words)
    page = paging.keyset(
        found.select_related("commune", "body__area", "field", "merged_into"), order=view.order, after=after, size=size
    )
    put_places(page.rows)
    return page


def record(actor, pk):
    """One petition with what its page shows, or Petition.DoesNotExist."""
    return (
        petitions_for(actor)
        .select_related("province", "commune", "office", "body__area", "field", "session", "merged_into")
        .prefetch_related(
            "origins__commune", "deputy_words__person",
            Prefetch("answers", Answer.objects.select_related("body__area", "assessment").order_by("-round")),
        )
        .get(pk=pk)
    )  # fmt: skip


def follows(actor, petition):
    """Whether the asking deputy follows this petition."""
    return Follow.objects.filter(account=actor.account, petition=petition).exists()


def followers(ids):
    """Who follows any of these petitions: {petition id: [account ids]}."""
    found = {}
    for petition, account in (
        Follow.objects.filter(petition__in=ids).order_by("petition", "account").values_list("petition", "account")
    ):
        found.setdefault(petition, []).append(account)
    return found


LIST = "voters:member_petitions"


def desk_lines(actor, on):
    """What a deputy's desk shows: what is late, promised or followed; each count is that of the list behind it."""
    if not is_deputy(actor):
        return []
    views = [view for view in views_for(actor, on) if view.code not in ("all", "answered")]
    counts = counts_of(petitions_for(actor), views)
    return [DeskLine(view.code, view.label, counts[view.code], view.late, LIST) for view in views if counts[view.code]]


def late_rows(actor, on, limit=5):
    """Petitions of the constituency whose answer is overdue, the longest first."""
    late = petitions_for(actor).filter(state__in=WITH_BODY, due_on__lt=on)
    return list(late.select_related("body__area", "commune").order_by("due_key", "id")[:limit])
