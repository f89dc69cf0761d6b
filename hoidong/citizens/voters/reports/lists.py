"""The lists of petitions: annexes I to IV with the council's letters, and what stays open from term to term.

Each function takes a Scope and gives (rows, sums): rows as dicts by column key. Sums are those of the rows in the list.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from ..states import AT_WORK, FieldGroup, Level, Result
from . import rows as reading

_GROUPS = tuple(group.value for group in FieldGroup)


def by_field_columns(scope, condition=None):
    """TT, place, number, words, five marks, note: the shape of 1A and of annexes II and IV."""
    petitions = scope.petitions() if condition is None else scope.petitions().filter(condition)
    places, others = reading.other_places(petitions), reading.coordinating(petitions)
    read = reading.read(petitions, columns=reading.FACTS)
    rows = [
        reading.facts(row, place, note=reading.notes(places.get(row["id"]), others.get(row["id"])))
        for place, row in enumerate(read, start=1)
    ]
    return rows, _field_sums(rows)


def of_level(level):
    """The petitions one level is competent for."""
    return lambda scope: by_field_columns(scope, Q(level=level))


central, province, commune = (of_level(level) for level in (Level.CENTRAL, Level.PROVINCE, Level.COMMUNE))


def plain(scope):
    """1B: TT, place, number, words, note."""
    rows, _sums = by_field_columns(scope)
    return rows, {}


def answered(scope):
    """Annex III: what was answered, with who answered and by which letter, for the deputies' groups to tell the voters."""
    petitions = scope.petitions().exclude(result="")
    replies = reading.replies(petitions)
    rows = []
    for place, row in enumerate(reading.read(petitions), start=1):
        reply = replies.get(row["id"])
        cells = reading.facts(row, place)
        cells |= {"body": reply["body__name"] if reply else row["body__name"], "letter": reading.letter_of(reply)}
        rows.append(cells | {"field": row["field__name"], "reply": reply["text"] if reply else ""})
    return rows, _field_sums(rows)


def answered_in_full(scope):
    """2B: the same with the words of the replies, without the columns of fields."""
    return answered(scope)[0], {}


def with_new_law(scope):
    """What was solved by a legal text that was issued or amended (annex 2 of the national family)."""
    return _with_reply(scope, Q(result=Result.SOLVED_TEXT)), {}


def asks_for_law(scope):
    """What asks for a legal text to be made or amended, with road map and date (annex 3)."""
    return _with_reply(scope, Q(field__group=FieldGroup.POLICY) | Q(result=Result.HIGHER_TEXT)), {}


def working_by_body(scope):
    """What is being worked on, body by body (annex 5)."""
    return _with_reply(scope, Q(result__startswith="working") | Q(result=Result.WILL)), {}


def working_by_field(scope):
    """What is being worked on, field by field (annex 5b)."""
    order = ("field__place", "field_id", "id")
    return _with_reply(scope, Q(result__startswith="working") | Q(result=Result.WILL), order=order), {}


def _with_reply(scope, condition, order=reading.BY_BODY):
    petitions = scope.petitions().filter(condition)
    replies = reading.replies(petitions)
    return [_replied(row, place, replies.get(row["id"])) for place, row in enumerate(reading.read(petitions, order), start=1)]


def _replied(row, place, reply):
    return reading.facts(row, place) | {
        "body": row["body__name"],
        "field": row["field__name"],
        "result": reading.result_words(row["result"]) or _("Chưa trả lời"),
        "reply": reply["text"] if reply else "",
        "road_map": reply["road_map"] if reply else "",
        "promised_on": row["promised_on"],
        "letter": reading.letter_of(reply),
        "session": row["session__number"],
    }


def pending(scope):
    """What earlier sessions left open (annex 4): oldest first, with the number of sessions it has waited through."""
    petitions = scope.everything().filter(state__in=AT_WORK).exclude(result__startswith="solved")
    if scope.session:
        petitions = petitions.filter(session__opens_on__lt=scope.session.opens_on)
    replies = reading.replies(petitions)
    read = reading.read(petitions, ("session__opens_on", "body__sort_key", "body_id", "id"))
    waited = _waited(read, scope)
    rows = [
        _replied(row, place, replies.get(row["id"])) | {"waited": waited.get(row["session_id"], "")}
        for place, row in enumerate(read, start=1)
    ]
    return rows, {}


def _waited(read, scope):
    """How many sessions went by since the one a petition was sent to: {session id: count}."""
    if not scope.session or not read:
        return {}
    from hoidong.council.meetings import queries as meetings

    opened = meetings.sessions_of(scope.session.council).filter(opens_on__lte=scope.session.opens_on)
    order = {pk: place for place, pk in enumerate(opened.values_list("pk", flat=True))}
    return order


def classified(scope):
    """The first sorting: who is competent for what, for the standing committee to decide on before anything goes out."""
    petitions = scope.petitions()
    rows = [
        reading.facts(row, place)
        | {
            "field": row["field__name"] or _("chưa phân loại"),
            "body": row["body__name"] or _("chưa rõ"),
            **{level.value: row["level"] == level.value for level in Level},
        }
        for place, row in enumerate(reading.read(petitions), start=1)
    ]
    return rows, {level.value: sum(row[level.value] for row in rows) for level in Level} | {
        "area": _("Cộng"),
        "words": len(rows),
    }


def _field_sums(rows):
    return {"area": _("Cộng"), "words": len(rows), **{group: sum(row[group] for row in rows) for group in _GROUPS}}
