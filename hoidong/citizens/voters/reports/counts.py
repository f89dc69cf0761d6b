"""Tables of counts, each counted by the database in one statement. Functions take a Scope and give (rows, sums)."""

from django.db.models import Count, Max, Min, Q, Sum
from django.utils.translation import gettext as _

from hoidong.kernel.base import dates

from .. import queries
from ..models import TransferItem
from ..states import WITH_BODY, MeetingState

_RESULTS = {
    "solved": Q(result__startswith="solved"),
    "explained": Q(result="explained"),
    "working": Q(result__startswith="working"),
    "will": Q(result="will"),
    "waiting": Q(result=""),
}


def by_place(scope):
    """1B1: how many each place raised, and its share."""
    return _shares(scope, ("commune__sort_key", "commune", "commune__name"), "commune__name")


def by_field(scope):
    """How many each field holds, and its share."""
    return _shares(scope, ("field__place", "field", "field__name"), "field__name", empty=_("Chưa phân loại"))


def _shares(scope, keys, name, empty=""):
    found = list(scope.petitions().order_by().values(*keys).annotate(count=Count("pk")).order_by(*keys[:2]))
    total = sum(row["count"] for row in found)
    rows = [
        {"place": place, "name": row[name] or empty, "count": row["count"], "share": 100 * row["count"] / total, "note": ""}
        for place, row in enumerate(found, start=1)
    ]
    return rows, {"name": _("Cộng"), "count": total, "share": 100.0} if total else {}


def by_body(scope):
    """Results by body: answered apart from solved, and what is late today (annex 1 of the national family)."""
    late = Q(state__in=WITH_BODY, due_on__lt=dates.today())
    counted = {"count": Count("pk"), "late": Count("pk", filter=late)}
    counted |= {key: Count("pk", filter=condition) for key, condition in _RESULTS.items()}
    keys = ("body__sort_key", "body", "body__name")
    found = list(scope.petitions().order_by().values(*keys).annotate(**counted).order_by(*keys[:2]))
    rows = [
        _result_row(row, place, row["body__name"] or _("Chưa xác định cơ quan")) for place, row in enumerate(found, start=1)
    ]
    total = {key: sum(row[key] for row in found) for key in counted}
    return rows, _result_row(total, "", _("Cộng")) if rows else {}


def _result_row(counted, place, name):
    answered = counted["count"] - counted["waiting"]
    return {
        "place": place, "name": name, "answered": answered,
        "answered_share": 100 * answered / counted["count"], "solved_share": 100 * counted["solved"] / counted["count"],
        **{key: counted[key] for key in ("count", "late", *_RESULTS)},
    }  # fmt: skip


def reply_times(scope):
    """When answers came, letter by letter (annex 9): due day, first and last answer, how many are still owed or came late."""
    letters = queries.letters_for(scope.actor)
    if scope.session:
        letters = letters.filter(session=scope.session)
    if scope.first:
        letters = letters.filter(issued_on__gte=scope.first)
    if scope.last:
        letters = letters.filter(issued_on__lte=scope.last)
    items = (
        TransferItem.objects.filter(letter__in=letters.order_by().values("pk"))
        .exclude(outcome=TransferItem.Outcome.RETURNED)
        .values("letter")
        .annotate(
            owed=Count("pk", filter=Q(petition__result="")),
            late=Count("pk", filter=Q(petition__answered_on__gt=_due()) | Q(petition__result="", letter__due_on__lt=dates.today())),
            first=Min("petition__answered_on"), last=Max("petition__answered_on"),
        )
        .order_by()
    )  # fmt: skip
    counted = {row.pop("letter"): row for row in items}
    rows = [
        {"place": place, "name": letter.body.called, "letter": letter.symbol, "issued_on": letter.issued_on, "due_on": letter.due_on,
         "count": letter.count, **counted.get(letter.pk, {"owed": 0, "late": 0, "first": None, "last": None})}
        for place, letter in enumerate(letters.select_related("body__area").order_by("issued_on", "pk"), start=1)
    ]  # fmt: skip
    sums = {key: sum(row[key] for row in rows) for key in ("count", "owed", "late")}
    return rows, {"name": _("Cộng"), **sums} if rows else {}


def _due():
    from django.db.models import F

    return F("letter__due_on")


def meetings(scope):
    """Voter contact by place: meetings held, minutes made, voters, opinions and how they were handled."""
    found = queries.meetings_for(scope.actor)
    for condition in (
        scope.session and Q(session=scope.session), scope.phase and Q(phase=scope.phase),
        scope.commune and Q(commune=scope.commune), scope.first and Q(held_on__gte=scope.first),
        scope.last and Q(held_on__lte=scope.last),
    ):  # fmt: skip
        found = found.filter(condition) if condition else found
    keys = ("commune__sort_key", "commune", "commune__name")
    held = list(
        found.order_by().values(*keys)
        .annotate(count=Count("pk"), minutes=Count("pk", filter=Q(state=MeetingState.RECORDED)),
                  voters=Sum("voters_total"), women=Sum("voters_women"))
        .order_by(*keys[:2])
    )  # fmt: skip
    said = {
        row.pop("commune"): row
        for row in found.order_by()
        .values("commune")
        .annotate(
            said=Count("opinions"),
            spot=Count("opinions", filter=Q(opinions__handling="spot")),
            here=Count("opinions", filter=Q(opinions__handling="commune")),
            up=Count("opinions", filter=Q(opinions__handling="up")),
        )
    }
    figures = ("count", "minutes", "voters", "women", "said", "spot", "here", "up")
    rows = []
    for place, row in enumerate(held, start=1):
        whole = row | said.get(row["commune"], {})
        rows.append({"place": place, "name": row["commune__name"], **{key: whole.get(key, 0) for key in figures}})
    return rows, {"name": _("Cộng"), **{key: sum(row[key] for row in rows) for key in figures}} if rows else {}
