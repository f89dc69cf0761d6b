"""Keeping and finding marks: which petitions may read alike, a fixed number of rows looked at whatever the table holds."""

import json

from django.db import connection

from ..models import Petition
from .marking import SINGLE, marks_of

AT_ONCE = 2_000
LOOKED_AT = 1_200  # rows whose marks are compared
KEPT = 60  # of those, whose words are compared
ENOUGH = 20  # near repeats that make the wider look needless

_NEAR = """
SELECT petition_id FROM (
  SELECT petition_id, marks FROM voters_alike WHERE marks && %(asked)s::int[] {within} LIMIT %(looked_at)s
) found
ORDER BY (SELECT count(*) FROM unnest(found.marks) mark WHERE mark = ANY(%(all)s::int[])) DESC, petition_id DESC LIMIT %(kept)s
"""
_KEEP = """
INSERT INTO voters_alike (petition_id, commune_id, marks)
SELECT (told.row ->> 0)::bigint, (told.row ->> 1)::bigint, (told.row ->> 2)::int[] FROM jsonb_array_elements(%s::jsonb) AS told(row)
ON CONFLICT (petition_id) DO UPDATE SET commune_id = excluded.commune_id, marks = excluded.marks
"""
_WITHOUT = """
SELECT petition.id FROM voters_petition petition LEFT JOIN voters_alike alike ON alike.petition_id = petition.id
WHERE petition.id > %s AND alike.petition_id IS NULL ORDER BY petition.id LIMIT %s
"""


def keep(petitions):
    """Write the marks of these petitions; again when their words have changed."""
    # As one text: a list of numbers would be quoted one by one on its way to the server.
    told = [[one.pk, one.commune_id, f"{{{','.join(map(str, marks_of(one.text)))}}}"] for one in petitions]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [json.dumps(told)])


def fill(after=0, say=lambda _done: None):
    """Give marks to petitions that have none (rows from before, or written by other means). Returns how many."""
    done = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT, [after, AT_ONCE])
            keys = [pk for (pk,) in cursor]
        if not keys:
            return done
        keep(Petition.objects.filter(pk__in=keys).only("pk", "commune_id", "text"))
        after, done = keys[-1], done + len(keys)
        say(done)


def near(text, commune_id=None):
    """The ids of petitions that may read like a text, those that share most marks first; of one commune where one is given.

    Near repeats are asked for first; only where they are few, what is alike in part.
    """
    marks = marks_of(text)
    if not marks:
        return []
    found = _asked(marks[SINGLE:], marks, commune_id)
    if len(found) < ENOUGH:
        found += [pk for pk in _asked(marks[:SINGLE], marks, commune_id) if pk not in set(found)]
    return found


def _asked(asked, marks, commune_id):
    within = "AND commune_id = %(commune)s::bigint" if commune_id else ""
    values = {"asked": asked, "all": marks, "commune": commune_id, "looked_at": LOOKED_AT, "kept": KEPT}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR.format(within=within), values)  # nosec B608: one of two fixed pieces
        return [pk for (pk,) in cursor]
