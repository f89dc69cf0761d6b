"""Figures of a session for the report page: results by body, field, place, age and promise, counted by the database."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from . import queries
from .models import Origin
from .states import WITH_BODY, S


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


def by_place(actor, *, session, most=30):
    """How many petitions each commune raised, most first; one raised in several places counts in each, as its list does."""
    return list(
        Origin.objects.filter(petition__in=_counting(actor, session).order_by().values("pk"))
        .values("commune", "commune__short_name")
        .annotate(total=Count("petition", distinct=True))
        .order_by("-total", "commune__short_name")[:most]
    )


def by_age(actor, *, session, on):
    """Petitions without an answer by how long ago they came in: [(code of the age, count)], the youngest first."""
    ages = ages_on(on)
    counted = _counting(actor, session).filter(result="").aggregate(
        **{code: Count("pk", filter=condition) for code, _label, condition in ages}
    )  # fmt: skip
    return [(code, label, counted[code]) for code, label, _condition in ages]


def promises(actor, *, session, on):
    """Promises not closed yet: [(code, label, count)]: past their day, within thirty days, later."""
    kinds = promises_on(on)
    counted = _counting(actor, session).aggregate(
        **{code: Count("pk", filter=condition) for code, _label, condition in kinds}
    )  # fmt: skip
    return [(code, label, counted[code]) for code, label, _condition in kinds]


def _counting(actor, session):
    return queries.petitions_for(actor).filter(session=session).exclude(state__in=(S.MERGED, S.CANCELLED))


def ages_on(on):
    """The ages of the chart as (code, words, condition); the filters of the worklist use the same."""
    edges = (("m1", _("dưới 1 tháng"), 0, 30), ("m3", _("1–3 tháng"), 30, 91), ("m6", _("3–6 tháng"), 91, 182),
             ("m12", _("6–12 tháng"), 182, 365), ("cu", _("trên 1 năm"), 365, None))  # fmt: skip
    found = []
    for code, label, younger, older in edges:
        condition = Q(received_on__lte=on - timedelta(days=younger)) if younger else Q()
        if older is not None:
            condition &= Q(received_on__gt=on - timedelta(days=older))
        found.append((code, label, condition & Q(result="")))
    return found


def promises_on(on):
    """The kinds of promises as (code, words, condition); the filters of the worklist use the same."""
    held = Q(promised_on__isnull=False) & ~Q(state=S.CLOSED)
    month = on + timedelta(days=30)
    return [
        ("qua", _("Đã quá ngày hứa"), held & Q(promised_on__lt=on)),
        ("toi", _("Đến ngày hứa trong 30 ngày"), held & Q(promised_on__gte=on, promised_on__lte=month)),
        ("sau", _("Ngày hứa sau 30 ngày"), held & Q(promised_on__gt=month)),
    ]
