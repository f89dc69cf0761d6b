"""Reading what the lists show: one statement for the petitions, one for the other places, one for the newest replies."""

from django.db.models import F
from django.utils.translation import gettext as _

from ..models import Answer, Origin
from ..shares import queries as shares
from ..states import FieldGroup, Result

_COLUMNS = (
    "id", "number", "year", "text", "commune__name", "field__name", "field__group", "level", "body__name", "state", "result",
    "source", "voters", "note", "verdict", "received_on", "sent_on", "due_on", "answered_on", "promised_on", "session_id",
    "session__number", "session__opens_on",
)  # fmt: skip
# What `facts` shows; long lists read no more than they show.
FACTS = ("id", "number", "year", "text", "commune__name", "field__group")
BY_PLACE = ("commune__sort_key", "commune_id", "id")
BY_BODY = ("body__sort_key", "body_id", "id")


def read(petitions, order=BY_PLACE, columns=_COLUMNS):
    """The petitions as dicts with the names of their place, field and body, in order; `columns` where fewer are needed."""
    return list(petitions.order_by(*order).values(*columns))


def other_places(petitions):
    """Where each petition was raised besides its first place: {petition id: "Cùng nêu: Xã A, Xã B"}."""
    found = (
        Origin.objects.filter(petition__in=petitions.order_by().values("pk"))
        .exclude(commune=F("petition__commune"))
        .order_by("petition", "commune__sort_key", "commune_id")
        .values_list("petition", "commune__name")
        .distinct()
    )
    places = {}
    for key, name in found:
        places.setdefault(key, []).append(name)
    return {key: _("Cùng nêu: %(places)s") % {"places": ", ".join(names)} for key, names in places.items()}


def coordinating(petitions):
    """Which bodies coordinate besides the one that answers: {petition id: "Phối hợp: Sở A, Sở B"}."""
    found = shares.coordinating(petitions.order_by().values("pk"))
    return {
        key: _("Phối hợp: %(bodies)s") % {"bodies": ", ".join(body.called for body in bodies)} for key, bodies in found.items()
    }


def notes(*parts):
    """One note of several parts, those that say something."""
    return "; ".join(part for part in parts if part)


def replies(petitions):
    """The newest reply to each petition: {petition id: dict}."""
    found = (
        Answer.objects.filter(petition__in=petitions.order_by().values("pk"))
        .order_by("petition", "-round")
        .distinct("petition")
        .values(
            "petition_id", "text", "result", "road_map", "promised_on", "letter_number", "letter_date", "body__name", "given_on"
        )
    )
    return {reply["petition_id"]: reply for reply in found}


def letter_of(reply):
    """`1201/SXD-VP ngày 03/11/2026`, as far as it is known."""
    if not reply:
        return ""
    day = reply["letter_date"]
    return " ".join(filter(None, [reply["letter_number"], _("ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"} if day else ""]))


def facts(row, place, note=""):
    """The cells every list has: its place in the list, where it was raised, number, words, the column of its field."""
    return {
        "place": place,
        "area": row["commune__name"],
        "number": f"{row['number']}/{row['year']}",
        "words": row["text"],
        "note": note,
        **{group.value: row["field__group"] == group.value for group in FieldGroup},
    }


def result_words(code):
    """The class of a reply in words."""
    return str(Result(code).label) if code else ""
