"""What a coordinating body may read, and what the record shows of the parts. Every query takes who asks."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import paging
from hoidong.kernel.units import queries as units

from .. import rules
from ..counting import counts_of
from ..models import Share
from ..queries import DeskLine, View, answers_petitions, petitions_for, put_places, sees_council_side
from .states import ShareState as T


def shares_for(actor):
    """The parts this person's body was asked for, ended ones too; nobody else's."""
    if rules.works_for_council(actor) or not answers_petitions(actor):
        return Share.objects.none()
    return Share.objects.filter(body__in=units.line_of(actor.unit))


def views_for(on):
    """The tabs of the list on this day."""
    return [
        View("open", _("Chờ ý kiến"), Q(state=T.ASKED), ("due_on", "id")),
        View("late", _("Quá hạn"), Q(state=T.ASKED, due_on__lt=on), ("due_on", "id"), late=True),
        View("given", _("Đã cho ý kiến"), Q(state=T.GIVEN)),
        View("all", _("Tất cả"), Q()),
    ]


def desk_lines(actor, on):
    """What waits for this body's opinion, and what of it is late, on its desk."""
    if sees_council_side(actor) or not answers_petitions(actor):
        return []
    views = views_for(on)[:2]
    counts = counts_of(shares_for(actor), views)
    words = {"open": _("Kiến nghị chờ ý kiến phối hợp"), "late": _("Ý kiến phối hợp quá hạn")}
    return [
        DeskLine(view.code, words[view.code], counts[view.code], view.late, "voters:shares")
        for view in views
        if counts[view.code]
    ]


def coordinating(petition_ids):
    """Which bodies coordinate on these petitions, asked or heard: {petition id: [units, in order of their names]}.

    Names of bodies only, for letters and lists; the caller has checked who may read the petitions.
    """
    found = (
        Share.objects.filter(petition__in=petition_ids, state__in=(T.ASKED, T.GIVEN))
        .select_related("body__area")
        .order_by("petition", "body__sort_key", "body_id")
    )
    bodies = {}
    for share in found:
        row = bodies.setdefault(share.petition_id, [])
        if share.body not in row:
            row.append(share.body)
    return bodies


def listed(actor, *, view, after=None, size=25):
    """One page of a view, each row's petition with its places."""
    found = shares_for(actor).filter(view.condition).select_related("petition__body__area", "asked_unit")
    page = paging.keyset(found, order=view.order, after=after, size=size)
    put_places([share.petition for share in page.rows])
    return page


def share(actor, pk):
    """One part with what its page shows, or Share.DoesNotExist."""
    found = (
        shares_for(actor)
        .select_related("petition__body__area", "petition__field", "body__area", "asked_unit", "given_by")
        .get(pk=pk)
    )
    put_places([found.petition])
    return found


def shares_of(actor, petition):
    """The parts in a petition, oldest first, for who may see the petition."""
    if not petitions_for(actor).filter(pk=petition.pk).exists():
        return []
    return list(petition.shares.select_related("body__area", "asked_unit").order_by("pk"))


def asked_by(actor, pk):
    """An open part in a petition one may see, to take the asking back; or Share.DoesNotExist."""
    return (
        Share.objects.filter(petition__in=petitions_for(actor), state=T.ASKED)
        .select_related("petition__body__area", "body__area")
        .get(pk=pk)
    )  # fmt: skip


def may_see_file(actor, stored):
    """Who reads the paper that came with an opinion: the body that gave it, and who may see the petition."""
    if actor is None:
        return False
    found = Share.objects.filter(file_id=stored.pk)
    mine = Q(pk__in=shares_for(actor).values("pk")) | Q(petition__in=petitions_for(actor).values("pk"))
    return found.filter(mine).exists()
