"""What one may see of the petitions, and the lists built on it. Every query takes who asks."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import dates, paging

from . import looks, rules
from .models import Answer, Meeting, Origin, Petition, TransferItem, TransferLetter
from .states import ENDED, WITH_BODY, Level, S

COUNT_CAP = 10_000
# Below this, titles share syllables and nothing else.
ALIKE = 0.45


def petitions_for(actor):
    """The petitions this actor may see; any other one is not there (404).

    The office of a commune sees what its commune raised or has in hand; the province's office sees what was handed up
    to it; a body sees what was transferred to it, now or earlier; nobody else sees any.
    """
    if actor is None or actor.unit is None:
        return Petition.objects.none()
    unit = actor.unit
    if rules.works_for_council(actor):
        area_id = unit.area_id
        if unit.area.level == Level.PROVINCE:
            return Petition.objects.filter(province=area_id, handed_up_on__isnull=False)
        return Petition.objects.filter(commune=area_id)
    if actor.role is not None and actor.role.code in rules.BODY_ROLES:
        return Petition.objects.filter(body=unit.pk, sent_on__isnull=False).exclude(
            state__in=(S.HANDED_UP, S.CLASSIFIED, S.NEW)
        )
    return Petition.objects.none()


def meetings_for(actor):
    """The meetings this actor may see: the commune its own, the province those of its communes."""
    if not rules.works_for_council(actor):
        return Meeting.objects.none()
    area = actor.unit.area
    if area.level == Level.PROVINCE:
        return Meeting.objects.filter(commune__path__descendant_of=area.path)
    return Meeting.objects.filter(commune=area.pk)


def letters_for(actor):
    """Transfer letters: the office that sent them and the body that got them."""
    if rules.works_for_council(actor):
        return TransferLetter.objects.filter(office=actor.unit.area_id)
    if actor is None or actor.unit is None:
        return TransferLetter.objects.none()
    return TransferLetter.objects.filter(body=actor.unit.pk)


@dataclass(frozen=True)
class View:
    """A saved view of the worklist: its tab, which petitions it holds, in which order."""

    code: str
    label: str
    condition: Q
    order: tuple = ("-id",)
    late: bool = False

    @property
    def empty_title(self):
        """What an empty view says."""
        return _("“%(view)s”: không còn kiến nghị nào") % {"view": self.label}

    @property
    def empty_text(self):
        """What comes next when a view is empty."""
        return _EMPTY.get(self.code, _("Việc mới sẽ hiện ở đây."))


_EMPTY = {
    "new": _("Ghi ý kiến tại hội nghị, gõ từng kiến nghị, hoặc nhập từ bảng Excel đã có."),
    "handed_up": _("Chưa có xã nào chuyển lên. Kiến nghị xã chuyển sẽ nằm ở đây để phân loại."),
    "classified": _("Kiến nghị đã có lĩnh vực và cơ quan sẽ nằm ở đây, chờ chuyển cùng một văn bản."),
    "late": _("Không cơ quan nào quá hạn trả lời."),
    "sent": _("Kiến nghị được chuyển đến sẽ nằm ở đây."),
}


def views_for(actor, on):
    """The tabs of the worklist for one actor; the first is where the work of the day begins."""
    body = not rules.works_for_council(actor)
    late = Q(state__in=WITH_BODY, due_on__lt=on)
    soon = Q(state__in=WITH_BODY, due_on__gte=on, due_on__lte=on + timedelta(days=7))
    by_due = ("due_key", "id")
    if body:
        return [
            View("taken", _("Đang giải quyết"), Q(state=S.TAKEN), by_due),
            View("sent", _("Chờ tiếp nhận"), Q(state=S.SENT), by_due),
            View("late", _("Quá hạn"), late, by_due, late=True),
            View("soon", _("Sắp đến hạn"), soon, by_due),
            View("answered", _("Đã trả lời"), Q(state__in=(S.ANSWERED, S.CLOSED))),
            View("carried", _("Theo dõi kỳ sau"), Q(state=S.CARRIED)),
            View("all", _("Tất cả"), Q()),
        ]
    own = [View("new", _("Mới ghi"), Q(state=S.NEW))] if actor.unit.area.level != Level.PROVINCE else []
    return [
        *own,
        View("handed_up", _("Chờ phân loại"), Q(state=S.HANDED_UP)),
        View("classified", _("Chờ chuyển"), Q(state=S.CLASSIFIED)),
        View("returned", _("Cơ quan trả lại"), Q(state=S.RETURNED)),
        View("sent", _("Đã chuyển cơ quan"), Q(state__in=WITH_BODY), by_due),
        View("late", _("Quá hạn"), late, by_due, late=True),
        View("answered", _("Chờ đánh giá"), Q(state=S.ANSWERED)),
        View("carried", _("Theo dõi kỳ sau"), Q(state=S.CARRIED)),
        View("closed", _("Đã đóng"), Q(state=S.CLOSED)),
        View("all", _("Tất cả"), ~Q(state__in=(S.MERGED, S.CANCELLED))),
    ]


def view_named(views, code):
    """The view with this code, or the first."""
    return next((view for view in views if view.code == code), views[0])


def counts_of(petitions, views):
    """How many petitions each view holds, up to COUNT_CAP, in one statement: each count walks its own index and stops."""
    parts, values = [], []
    for view in views:
        try:
            statement, given = petitions.filter(view.condition).order_by().values("pk")[:COUNT_CAP].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({statement}) AS counted)")  # nosec B608: only what the ORM wrote
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)  # nosec B608
        return dict(zip([view.code for view in views], cursor.fetchone(), strict=True))


EVERYTHING = Q()


def worklist(actor, *, view, filters=EVERYTHING, after=None, size=25):
    """One page of the worklist."""
    found = petitions_for(actor).filter(view.condition).filter(filters)
    page = paging.keyset(
        found.select_related("commune", "body", "field", "merged_into", "session"), order=view.order, after=after, size=size
    )
    _put_places(page.rows)
    return page


def _put_places(petitions):
    """The communes that raised each petition, in one more statement for the whole page."""
    rows = (
        Origin.objects.filter(petition__in=[petition.pk for petition in petitions])
        .order_by("petition", "pk")
        .values_list("petition", "commune__short_name")
    )
    places = {}
    for petition_id, name in rows:
        names = places.setdefault(petition_id, [])
        if name not in names:
            names.append(name)
    for petition in petitions:
        petition.place_names = places.get(petition.pk, [])


def record(actor, pk):
    """One petition with what its page shows, or Petition.DoesNotExist."""
    return (
        petitions_for(actor)
        .select_related("province", "commune", "office", "body", "field", "session", "merged_into", "recorded_by")
        .prefetch_related(
            Prefetch("origins", Origin.objects.select_related("commune", "meeting", "petition_first").order_by("pk")),
            Prefetch("answers", Answer.objects.select_related("body", "assessment", "given_by").order_by("-round")),
            Prefetch("transfers", TransferItem.objects.select_related("letter", "letter__body").order_by("-pk")),
            Prefetch("merged", Petition.objects.select_related("commune").order_by("pk")),
        )
        .get(pk=pk)
    )


def similar(actor, petition, limit=3):
    """Earlier petitions that read alike, to look at before deciding: [(petition, likeness 0–1)]. Proposed, never decided."""
    from django.contrib.postgres.search import TrigramSimilarity

    near = (
        petitions_for(actor)
        .exclude(pk=petition.pk)
        .exclude(state__in=(S.MERGED, S.CANCELLED))
        .filter(title__trigram_similar=petition.title)
        .annotate(likeness=TrigramSimilarity("title", petition.title))
        .select_related("commune", "body")
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "-pk")[:limit]
    )
    return [(row, row.likeness) for row in near]


@dataclass(frozen=True)
class DeskLine:
    """One line on the desk: how many petitions of a kind wait, where to find them, the nearest date."""

    view: str
    label: str
    count: int
    nearest: object = None
    late: bool = False


def desk_lines(actor, on=None):
    """What waits for this actor, from the views of the worklist, with the nearest date of each."""
    on = on or dates.today()
    petitions = petitions_for(actor)
    if not petitions.query.where:
        return []
    views = [view for view in views_for(actor, on) if view.code not in ("all", "closed")]
    counts = counts_of(petitions.exclude(state__in=ENDED), views)
    return [DeskLine(view.code, view.label, counts[view.code], None, view.late) for view in views if counts[view.code]]


def late_rows(actor, on=None, limit=5):
    """The petitions whose answer is overdue, the longest first."""
    on = on or dates.today()
    return list(
        petitions_for(actor)
        .filter(state__in=WITH_BODY, due_on__lt=on)
        .select_related("body", "commune")
        .order_by("due_key", "id")[:limit]
    )


def due_rows(actor, on=None, days=7, limit=5):
    """The petitions whose answer is due within `days`."""
    on = on or dates.today()
    return list(
        petitions_for(actor)
        .filter(state__in=WITH_BODY, due_on__gte=on, due_on__lte=on + timedelta(days=days))
        .select_related("body", "commune")
        .order_by("due_key", "id")[:limit]
    )


def result_split(actor, session=None):
    """Answered is never solved: counts by first level of result, for the bar on the desk and the report."""
    petitions = petitions_for(actor).exclude(state__in=(S.MERGED, S.CANCELLED))
    if session is not None:
        petitions = petitions.filter(session=session)
    return petitions.aggregate(
        total=Count("pk"),
        solved=Count("pk", filter=Q(result__startswith="solved")),
        working=Count("pk", filter=Q(result__startswith="working") | Q(result="will")),
        explained=Count("pk", filter=Q(result="explained")),
        waiting=Count("pk", filter=Q(result="")),
        late=Count("pk", filter=Q(state__in=WITH_BODY, due_on__lt=dates.today())),
    )


def works_with_petitions(actor):
    """True for people who have a worklist of petitions."""
    return sees_council_side(actor) or (
        actor is not None and actor.role is not None and actor.unit is not None and actor.role.code in rules.BODY_ROLES
    )


def sees_council_side(actor):
    """True for people who work for a council: they record, classify and report."""
    return rules.works_for_council(actor)


def is_commune_side(actor):
    """True for people of a commune's council."""
    return rules.works_for_council(actor) and actor.unit.area.level != Level.PROVINCE


def days_left(petition, on=None, calendar=None):
    """Working days left for the answer, negative when over; None where no clock runs."""
    return looks.days_left(petition, on or dates.today(), calendar)
