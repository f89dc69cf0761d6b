"""A city of 168 communes with ten sessions and as many petitions as asked for, written by plain SQL in a few minutes."""

import os
import time

from django.core.management import call_command
from django.db import connection, transaction

from demo import people, story
from hoidong.kernel.units import kinds
from hoidong.kernel.units.models import Unit

COMMUNES = 168
SESSIONS = 10
CITY = people.CITY
CHUNK = 50_000

PETITIONS = """
INSERT INTO voters_petition (number, year, code, state, province_id, commune_id, office_id, body_id, session_id, phase, source, title,
  text, original_text, field_id, level, voters, note, received_on, handed_up_on, sent_on, due_on, answered_on, result, promised_on,
  verdict, closed_on, recorded_at, changed_at)
SELECT 100000 + n, 2000 + n %% 27, 'B' || lpad(n::text, 8, '0'), state, %(city)s, commune, CASE state WHEN 'new' THEN commune ELSE %(city)s END,
  CASE WHEN state IN ('new', 'handed_up') THEN NULL ELSE body END, session, 'before', 'sheet',
  left(words, 120), words, words, field, CASE state WHEN 'new' THEN '' ELSE 'province' END, 1 + n %% 40, '', day,
  CASE state WHEN 'new' THEN NULL ELSE day + 5 END,
  CASE WHEN state IN ('new', 'handed_up', 'classified') THEN NULL ELSE day + 10 END,
  CASE WHEN state IN ('new', 'handed_up', 'classified') THEN NULL ELSE day + 40 END,
  CASE WHEN state IN ('answered', 'closed', 'carried') THEN day + 38 END,
  CASE WHEN state IN ('answered', 'closed', 'carried') THEN (ARRAY['explained', 'solved.done', 'working.no_resources'])[1 + n %% 3] ELSE '' END,
  NULL, CASE WHEN state IN ('closed', 'carried') THEN 'full' ELSE '' END, CASE state WHEN 'closed' THEN day + 50 END, now(), now()
FROM (
  SELECT n,
    (ARRAY['new', 'handed_up', 'classified', 'sent', 'taken', 'answered', 'carried', 'closed', 'closed', 'closed', 'closed', 'closed',
           'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed'])[1 + (hashint4(n) & 1023) %% 20] AS state,
    (%(communes)s::bigint[])[1 + n %% %(commune_count)s] AS commune,
    (%(bodies)s::bigint[])[1 + n %% %(body_count)s] AS body,
    (%(sessions)s::bigint[])[1 + n %% %(session_count)s] AS session,
    (%(fields)s::bigint[])[1 + n %% %(field_count)s] AS field,
    (%(topics)s::text[])[1 + (hashint4(n * 7) & 65535) %% %(topic_count)s] || ' ' || (%(places)s::text[])[1 + (hashint4(n * 3) & 65535) %% %(place_count)s]
      || ', việc số ' || n || '. ' || (%(details)s::text[])[1 + (hashint4(n * 5) & 65535) %% %(detail_count)s] AS words,
    CURRENT_DATE - 60 - (n %% 1400) AS day
  FROM generate_series(%(first)s, %(last)s) AS n) AS made
"""
ORIGINS = """
INSERT INTO voters_origin (petition_id, petition_first_id, commune_id, hamlet, speaker, raised_on, voters, text)
SELECT id, id, commune_id, '', '', received_on, voters, text FROM voters_petition WHERE number BETWEEN 100000 + %(first)s AND 100000 + %(last)s
"""
ENTRIES = """
INSERT INTO kernel_searchentry (kind, subject_id, title, body, code, url, place, "on", unit_ids, public, folded_title, folded, indexed_at)
SELECT 'voters.petition', p.id, p.title, p.text, p.number || '/' || p.year, '/cu-tri/kien-nghi/' || p.id || '/', u.name, p.received_on,
  ARRAY[p.commune_id, p.province_id] || CASE WHEN p.body_id IS NULL THEN '{}'::bigint[] ELSE ARRAY[p.body_id] END, false,
  lower(replace(unaccent(p.title), 'đ', 'd')), lower(replace(unaccent(p.text || ' ' || u.name), 'đ', 'd')), now()
FROM voters_petition p JOIN kernel_unit u ON u.id = p.commune_id
WHERE p.number BETWEEN 100000 + %(first)s AND 100000 + %(last)s
"""


def load(rows, *, say):
    """Make the database of this size, once."""
    started = time.monotonic()
    call_command("ensure_database")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if _count() >= rows:
        say(f"{rows} petitions are there already")
        return
    with open(os.devnull, "w") as quiet:
        for command in ("load_law", "load_units", "load_fields", "load_demo"):
            call_command(command, stdout=quiet)
    with transaction.atomic():
        values = _values()
    for first in range(_count_made() + 1, rows + 1, CHUNK):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
            span = {"first": first, "last": min(first + CHUNK - 1, rows)}
            cursor.execute(PETITIONS, {**values, **span})
            cursor.execute(ORIGINS, span)
            cursor.execute(ENTRIES, span)
        say(f"{span['last']} petitions, {time.monotonic() - started:.0f} s")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"loaded in {time.monotonic() - started:.0f} s")


def _count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM voters_petition")
        return cursor.fetchone()[0]


def _count_made():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number) - 100000, 0) FROM voters_petition WHERE number > 100000")
        return cursor.fetchone()[0]


def _values():
    from hoidong.citizens.voters.models import Field
    from hoidong.council.meetings import actions as sessions
    from hoidong.council.meetings.models import CouncilSession, Term
    from hoidong.kernel import people as kernel_people
    from hoidong.kernel.units import queries as units

    city = units.at(CITY)
    term = Term.objects.get(council=units.body_of(city, "council"))
    by = kernel_people.Actor.system()
    for number in range(CouncilSession.objects.count() + 1, SESSIONS + 1):
        sessions.open_session(
            term, number=number, kind="thematic", opens_on=story.ago(200 - number), closes_on=story.ago(200 - number), by=by
        )
    own = list(units.communes_of(city).values_list("pk", flat=True))
    others = Unit.objects.filter(kind__in=kinds.COMMUNES).exclude(pk__in=own).order_by("pk").values_list("pk", flat=True)
    words = story.texts()["large"]
    lists = {
        "communes": [*own, *others[: COMMUNES - len(own)]],
        "bodies": [units.at(f"{CITY}.{code}").pk for code in ("SXD", "SNNMT", "SCT", "SGDDT", "SYT", "SNV")],
        "sessions": list(CouncilSession.objects.order_by("pk").values_list("pk", flat=True)),
        "fields": list(Field.objects.order_by("pk").values_list("pk", flat=True)),
        "topics": [topic["text"].replace(" {place}", "") for topic in words["topics"]],
        "places": words["places"],
        "details": words["details"],
    }
    counts = {f"{_one(name)}_count": len(values) for name, values in lists.items()}
    return {"city": city.pk, **lists, **counts}


def _one(name):
    return "body" if name == "bodies" else name[:-1]
