"""What one may see of the petitions, and the lists built on it. Every query takes who asks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import people, publication
from hoidong.kernel.base import dates, paging
from hoidong.kernel.units import queries as units

from . import counting, looks, rules
from .counting import counts_of
from .models import (
    Answer,
    DeputyWord,
    Meeting,
    Origin,
    Petition,
    Share,
    SupervisionItem,
    TransferItem,
    TransferLetter,
    UrgingItem,
    UrgingLetter,
    VoterRating,
)
from .models.petitions import KIND
from .states import COUNTED, READ_BY_BODY, WITH_BODY, Level, S


def petitions_for(actor):
    """The petitions this actor may see; any other one is not there (404).

    The office of a commune sees what its commune raised; the province's office sees what was handed up to it; a body sees
    what was transferred to it and not yet to another one; nobody else sees any. A unit that took over from others sees theirs.
    """
    if rules.works_for_council(actor):
        areas = units.line_of(actor.unit.area)
        if actor.unit.area.level == Level.PROVINCE:
            return Petition.objects.filter(province__in=areas, handed_up_on__isnull=False)
        return Petition.objects.filter(commune__in=areas)
    if answers_petitions(actor):
        return Petition.objects.filter(body__in=units.line_of(actor.unit), state__in=READ_BY_BODY)
    return Petition.objects.none()


def answers_petitions(actor):
    """True for people of a body who may be asked for an answer."""
    return actor is not None and actor.unit is not None and actor.role is not None and actor.role.code in rules.BODY_ROLES


def meetings_for(actor):
    """The meetings this actor may see: the commune its own, the province those of its communes."""
    if not rules.works_for_council(actor):
        return Meeting.objects.none()
    area = actor.unit.area
    if area.level == Level.PROVINCE:
        return Meeting.objects.filter(commune__path__descendant_of=area.path)
    return Meeting.objects.filter(commune__in=units.line_of(area))


def letters_for(actor):
    """Transfer letters: the office that sent them and the body that got them."""
    return _letters(TransferLetter, actor)


def urgings_for(actor):
    """Urging letters: the office that sent them and the body that got them."""
    return _letters(UrgingLetter, actor)


def _letters(model, actor):
    if rules.works_for_council(actor):
        return model.objects.filter(office__in=units.line_of(actor.unit.area))
    if answers_petitions(actor):
        return model.objects.filter(body__in=units.line_of(actor.unit))
    return model.objects.none()


def reads_letter(actor, letter):
    """Whether this letter is among those of `letters_for` or `urgings_for`, without asking the database again."""
    if rules.works_for_council(actor):
        return letter.office_id in units.line_of(actor.unit.area)
    return answers_petitions(actor) and letter.body_id in units.line_of(actor.unit)


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
    # By `due_key`, which is the day of `due_on` and stands in the indexes.
    late = Q(state__in=WITH_BODY, due_key__lt=on)
    soon = Q(state__in=WITH_BODY, due_key__gte=on, due_key__lte=on + timedelta(days=7))
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
        View("soon", _("Sắp đến hạn"), soon, by_due),
        View("answered", _("Chờ đánh giá"), Q(state=S.ANSWERED)),
        View("carried", _("Theo dõi kỳ sau"), Q(state=S.CARRIED)),
        View("closed", _("Đã đóng"), Q(state=S.CLOSED)),
        View("all", _("Tất cả"), Q(state__in=COUNTED)),
    ]


def view_named(views, code):
    """The view with this code, or the first."""
    return next((view for view in views if view.code == code), views[0])


EVERYTHING = Q()


def worklist(actor, *, view, filters=EVERYTHING, after=None, size=25):
    """One page of the worklist."""
    found = petitions_for(actor).filter(view.condition).filter(filters)
    rows = Petition.objects.select_related("commune", "body__area", "field", "merged_into")
    page = paging.keyset(found, order=view.order, after=after, size=size, fetch=rows)
    put_places(page.rows)
    return page


def put_places(petitions):
    """Give each petition the communes that raised it as `place_names`, in one more statement for the whole page."""
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
    """One petition with what its page shows, or Petition.DoesNotExist.

    Most petitions were never urged, merged or spoken to by a deputy: one statement tells which of these there are, and what is
    not there is not asked for.
    """
    rare = {
        "urgings": UrgingItem.objects.select_related("letter", "letter__body__area").order_by("-pk"),
        "deputy_words": DeputyWord.objects.select_related("person").order_by("pk"),
        "merged": Petition.objects.select_related("commune").order_by("pk"),
        "supervised": SupervisionItem.objects.select_related("team").order_by("-pk"),
    }
    links = {"urgings": "petition", "deputy_words": "petition", "merged": "merged_into", "supervised": "petition"}
    petition = (
        petitions_for(actor)
        .select_related(
            "province", "commune", "office", "body__area", "field", "session__council__area", "merged_into", "recorded_by"
        )
        .annotate(
            **{f"has_{name}": Exists(found.order_by().filter(**{links[name]: OuterRef("pk")})) for name, found in rare.items()}
        )
        .annotate(
            has_ratings=Exists(VoterRating.objects.filter(answer__petition=OuterRef("pk"))),
            has_shares=Exists(Share.objects.filter(petition=OuterRef("pk"))),
            is_listed=publication.listing_of(KIND, OuterRef("pk")),
        )
        .get(pk=pk)
    )
    prefetch_related_objects(
        [petition],
        Prefetch("origins", Origin.objects.select_related("commune", "meeting", "petition_first").order_by("pk")),
        Prefetch("answers", Answer.objects.select_related("body__area", "assessment", "given_by").order_by("-round")),
        Prefetch("transfers", TransferItem.objects.select_related("letter", "letter__body__area").order_by("-pk")),
        *(Prefetch(name, found if getattr(petition, f"has_{name}") else found.none()) for name, found in rare.items()),
    )
    return petition


def origins_for(actor, petition):
    """The places that raised a petition, each with `own`: a commune reads the words and names of its own voters only.

    A merged petition shows what it brought along, though its places now stand with the petition it went into.
    """
    found = Origin.objects.filter(petition_first=petition) if petition.state == S.MERGED else petition.origins.all()
    if petition.state == S.MERGED:
        found = found.select_related("commune", "meeting", "petition_first").order_by("pk")
    areas = units.line_of(actor.unit.area) if is_commune_side(actor) else None
    for origin in (found := list(found)):
        origin.own = areas is None or origin.commune_id in areas
    return found


def seen_among(actor, petitions):
    """The keys of those of these petitions the actor may open; one statement, none for none."""
    keys = [petition.pk for petition in petitions if petition is not None]
    return set(petitions_for(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


@dataclass(frozen=True)
class DeskLine:
    """One line on the desk: how many petitions of a kind wait, and in which view they are found."""

    view: str
    label: str
    count: int
    late: bool = False
    at: str = "voters:petitions"

    @property
    def url(self):
        """The list behind the line."""
        return f"{reverse(self.at)}?xem={self.view}"

    @property
    def more(self):
        """True when counting stopped: there are at least so many."""
        return self.count >= counting.COUNT_CAP


def desk_lines(actor, on=None):
    """What waits for this actor, from the views of the worklist; each count is that of the list behind it."""
    on = on or dates.today()
    if not works_with_petitions(actor):
        return []
    # What a body has answered waits for the office, not for the body.
    done = {"all", "closed"} if rules.works_for_council(actor) else {"all", "answered"}
    views = [view for view in views_for(actor, on) if view.code not in done]
    counts = counts_of(petitions_for(actor), views)
    return [DeskLine(view.code, view.label, counts[view.code], view.late) for view in views if counts[view.code]]


def may_urge(actor, petition):
    """Whether urging the late body is this person's work: the office that has the petition in hand."""
    return rules.works_for_council(actor, petition.office_id) and people.holds(actor, *rules.OFFICE_ROLES)


def late_rows(actor, on=None, limit=5):
    """The petitions whose answer is overdue, the longest first."""
    on = on or dates.today()
    return list(
        petitions_for(actor)
        .filter(state__in=WITH_BODY, due_key__lt=on)
        .select_related("body__area", "commune")
        .order_by("due_key", "id")[:limit]
    )


def due_rows(actor, on=None, days=7, limit=5):
    """The petitions whose answer is due within `days`."""
    on = on or dates.today()
    return list(
        petitions_for(actor)
        .filter(state__in=WITH_BODY, due_key__gte=on, due_key__lte=on + timedelta(days=days))
        .select_related("body__area", "commune")
        .order_by("due_key", "id")[:limit]
    )


def result_split(actor, session=None):
    """Answered is never solved: counts by first level of result, for the bar on the desk and the report."""
    petitions = petitions_for(actor).filter(state__in=COUNTED)
    if session is not None:
        petitions = petitions.filter(session=session)
    return petitions.aggregate(
        total=Count("pk"),
        solved=Count("pk", filter=Q(result__startswith="solved")),
        working=Count("pk", filter=Q(result__startswith="working") | Q(result="will")),
        explained=Count("pk", filter=Q(result="explained")),
        waiting=Count("pk", filter=Q(result="")),
        late=Count("pk", filter=Q(state__in=WITH_BODY, due_key__lt=dates.today())),
    )


def works_with_petitions(actor):
    """True for people who have a worklist of petitions."""
    return sees_council_side(actor) or answers_petitions(actor)


def sees_council_side(actor):
    """True for people who work for a council: they record, classify and report."""
    return rules.works_for_council(actor)


def is_commune_side(actor):
    """True for people of a commune's council."""
    return rules.works_for_council(actor) and actor.unit.area.level != Level.PROVINCE


def days_left(petition, on=None, calendar=None):
    """Working days left for the answer, negative when over; None where no clock runs."""
    return looks.days_left(petition, on or dates.today(), calendar)


def rated(code):
    """What the holder of a code can rate: (petition, the newest Answer to it or to what it was merged into, or None).

    Raises Petition.DoesNotExist where no petition has the code. The code is the right to ask: nobody signs in for it.
    """
    petition = Petition.objects.get(code=code)
    lead = petition.merged_into_id or petition.pk
    return petition, Answer.objects.filter(petition=lead).order_by("-round").first()


def ratings_of(code):
    """What was said with this code so far of the newest reply: {about: VoterRating}."""
    petition, answer = rated(code)
    return {rating.about: rating for rating in VoterRating.objects.filter(petition=petition, answer=answer)} if answer else {}


def ratings_for(petition):
    """What voters said of each reply of a petition one may see, newest first; words without who said them."""
    if not getattr(petition, "has_ratings", True):
        return VoterRating.objects.none()
    return VoterRating.objects.filter(answer__petition=petition).order_by("-said_at", "-pk")
