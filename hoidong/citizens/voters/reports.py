"""Reports computed from the records: annex I (1A), the list of petitions sent to a session, by place and column of fields.

Every petition stands once, under the place that raised it first; the places that raised it too stand in the notes.
Sums are checked against the database, not added up by hand.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from . import queries
from .models import Origin
from .states import WITH_BODY, FieldGroup, S


@dataclass(frozen=True)
class Row:
    """One petition in the list."""

    petition: object
    place: str
    also: tuple
    group: str


@dataclass(frozen=True)
class Annex:
    """Annex I of one session: rows by place, the sums of the five columns and the total."""

    session: object
    phase: str
    rows: tuple
    groups: tuple
    sums: dict
    total: int
    unclassified: int


def annex_one(actor, *, session, phase=""):
    """Annex I (1A) for what the actor may see, places in alphabetical order."""
    petitions = queries.petitions_for(actor).filter(session=session).exclude(state__in=(S.MERGED, S.CANCELLED))
    if phase:
        petitions = petitions.filter(phase=phase)
    found = list(
        petitions.select_related("commune", "field")
        .order_by("commune__sort_key", "commune_id", "id")
        .defer("original_text", "note")
    )
    also = _places_of([petition.pk for petition in found])
    rows = tuple(
        Row(
            petition=petition,
            place=petition.commune.name,
            also=tuple(name for name in also.get(petition.pk, ()) if name != petition.commune.name),
            group=petition.field.group if petition.field else "",
        )
        for petition in found
    )
    counted = petitions.aggregate(
        total=Count("pk"), none=Count("pk", filter=Q(field=None)),
        **{group.value: Count("pk", filter=Q(field__group=group)) for group in FieldGroup},
    )  # fmt: skip
    return Annex(
        session=session,
        phase=phase,
        rows=rows,
        groups=tuple(FieldGroup),
        sums={group.value: counted[group.value] for group in FieldGroup},
        total=counted["total"],
        unclassified=counted["none"],
    )


def _places_of(keys):
    places = {}
    for start in range(0, len(keys), 5000):
        found = Origin.objects.filter(petition__in=keys[start : start + 5000]).order_by("petition", "pk")
        for petition_id, name in found.values_list("petition", "commune__name"):
            names = places.setdefault(petition_id, [])
            if name not in names:
                names.append(name)
    return places


def by_body(actor, *, session, on):
    """Results by body for the session: total, solved, with a road map, explained, not answered, late; most first."""
    return list(
        queries.petitions_for(actor)
        .filter(session=session)
        .exclude(state__in=(S.MERGED, S.CANCELLED))
        .exclude(body=None)
        .values("body", "body__name")
        .annotate(
            total=Count("pk"),
            solved=Count("pk", filter=Q(result__startswith="solved")),
            working=Count("pk", filter=Q(result__startswith="working") | Q(result="will")),
            explained=Count("pk", filter=Q(result="explained")),
            waiting=Count("pk", filter=Q(result="")),
            late=Count("pk", filter=Q(state__in=WITH_BODY, due_on__lt=on)),
        )
        .order_by("-total", "body__name")[:200]
    )


def by_field(actor, *, session):
    """How many petitions each field holds, most first."""
    return list(
        queries.petitions_for(actor)
        .filter(session=session)
        .exclude(state__in=(S.MERGED, S.CANCELLED))
        .values("field", "field__name")
        .annotate(total=Count("pk"))
        .order_by("-total", "field__name")[:60]
    )


def title_of(annex):
    """`PHỤ LỤC I: DANH MỤC KIẾN NGHỊ …`, for the session at hand: nothing is typed by hand, so no title is ever wrong."""
    return _("PHỤ LỤC I: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(session)s") % {"session": str(annex.session).upper()}
