"""Learning from the decisions of this installation, and keeping what was learned where every process finds it."""

import io
import time

import numpy as np
from django.conf import settings
from django.db import transaction

from hoidong.kernel import proposing
from hoidong.kernel.base import dates

from ..models import Learned, Petition
from ..states import Level, S
from . import judge, measuring, places

MOST = 100_000  # decisions, the newest ones
KEPT = 5  # models; the older ones are forgotten
COMPARED = 1_000  # of the newest decisions, on which the figures are made …
COMPARED_WITH = 20_000  # … by what was learned from so many before them
LOOK_AGAIN = 60.0  # seconds after which a process asks whether there is a newer model
# What a body gave back was no decision, and what nobody has classified yet is none either.
DECIDED = (S.CLASSIFIED, S.SENT, S.TAKEN, S.ANSWERED, S.CARRIED, S.CLOSED)

_held = {"key": None, "judge": None, "looked": 0.0}


def decisions(most=MOST):
    """The decisions to learn from, the newest last: text, label of the body, code of the field."""
    rows = (
        Petition.objects.filter(state__in=DECIDED, body__isnull=False, field__isnull=False)
        .select_related("body", "field")
        .only("text", "commune_id", "province_id", "body__code", "body__level", "field__code")
        .order_by("-pk")[:most]
    )
    found = [
        judge.Case(row.text, places.label_of(row.body), row.field.code, usual_level(row.commune_id == row.province_id))
        for row in rows.iterator(chunk_size=2_000)
    ]
    return found[::-1]


def usual_level(at_province):
    """The level most petitions belong to that are raised there."""
    return Level.PROVINCE if at_province else Level.COMMUNE


def learn(cases):
    """A Judge over the bodies and fields of this installation."""
    body_scheme, field_scheme = places.body_scheme({case.body for case in cases}), places.field_scheme()
    known = set(field_scheme.labels)
    return judge.learn([case for case in cases if case.field in known], body_scheme=body_scheme, field_scheme=field_scheme)


def learn_and_keep(most=MOST):
    """Learn anew and keep it. Returns the Learned row, or None where there is too little to learn from."""
    cases = decisions(most)
    if len(cases) < proposing.learning.LEAST:
        return None
    figures = _figures(cases)
    learned = learn(cases)
    with transaction.atomic():
        kept = Learned.objects.create(
            made_at=dates.now(), decisions=len(cases), bodies=learned.bodies.to_bytes(), fields=learned.fields.to_bytes(),
            shares=_bytes(learned.shares_by_body), figures=figures,
        )  # fmt: skip
        old = Learned.objects.order_by("-pk").values_list("pk", flat=True)[KEPT:]
        Learned.objects.filter(pk__in=list(old)).delete()
    return kept


def _figures(cases):
    """How good it is on the newest decisions when it knows only the ones before them."""
    new = cases[-min(COMPARED, len(cases) // 10) :]
    before = learn(cases[-len(new) - COMPARED_WITH : -len(new)])
    known = [case for case in new if case.body in before.bodies.labels and case.field in before.fields.labels]
    return measuring.compare(before, known).as_json() if known else {}


def current():
    """The judge that speaks now: the newest that was learned, else the written knowledge alone. Read once a process."""
    now = time.monotonic()
    if _held["judge"] is None or now - _held["looked"] > LOOK_AGAIN or settings.TESTING:
        key = Learned.objects.order_by("-pk").values_list("pk", flat=True).first()
        if _held["judge"] is None or key != _held["key"] or settings.TESTING:
            _held.update(key=key, judge=_read(key))
        _held["looked"] = now
    return _held["judge"]


def _read(key):
    kept = Learned.objects.filter(pk=key).first() if key else None
    if kept is None:
        return learn([])
    try:
        bodies, fields = (proposing.Model.from_bytes(bytes(held)) for held in (kept.bodies, kept.fields))
    except ValueError:
        # Written by another release; the daily job writes it anew.
        return learn([])
    body_scheme, field_scheme = places.body_scheme(bodies.labels), places.field_scheme()
    if body_scheme.labels != bodies.labels or field_scheme.labels != fields.labels:
        # The written knowledge or the catalogue has grown since.
        return learn([])
    return judge.Judge(bodies, body_scheme, fields, field_scheme, np.load(io.BytesIO(bytes(kept.shares)), allow_pickle=False))


def _bytes(numbers):
    held = io.BytesIO()
    np.save(held, numbers, allow_pickle=False)
    return held.getvalue()
