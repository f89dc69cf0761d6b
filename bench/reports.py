"""Report 1A over the whole city: every petition of a session with place, number, words, the column of its field."""

from hoidong.citizens.voters import reports
from hoidong.citizens.voters.states import COUNTED

from . import city
from .lists import run
from .timing import measure

# One statement that gives the cells of 1A, the other places of each petition among them.
_ONE_A = """
SELECT p.id, c.name, p.number || '/' || p.year, p.text, f.group, o.places
FROM voters_petition p JOIN kernel_unit c ON c.id = p.commune_id LEFT JOIN voters_field f ON f.id = p.field_id
LEFT JOIN (SELECT o.petition_id, string_agg(DISTINCT u.name, ', ') AS places FROM voters_origin o
           JOIN voters_petition q ON q.id = o.petition_id AND q.commune_id <> o.commune_id JOIN kernel_unit u ON u.id = o.commune_id
           WHERE q.province_id = %(area)s AND q.session_id = %(session)s AND q.handed_up_on IS NOT NULL
           GROUP BY o.petition_id) o ON o.petition_id = p.id
WHERE p.province_id = %(area)s AND p.session_id = %(session)s AND p.handed_up_on IS NOT NULL AND p.state = ANY(%(states)s)
ORDER BY c.sort_key, c.id, p.id
"""


def one_a(rounds):
    """The report as the page and the files get it, beside its bare SQL."""
    actor, session = city.actor("do.chuyenvien"), city.read().sessions[-2]
    values = {"area": actor.unit.area_id, "session": session.pk, "states": [str(state) for state in COUNTED]}
    scope, report = reports.Scope(actor, session), reports.BY_SLUG["1a"]
    if [row["number"] for row in report.filled(scope).rows] != [row[2] for row in run(_ONE_A, values)]:
        raise RuntimeError("1A and the bare SQL say different things")
    return measure(
        "report 1A of a session over the city", lambda: report.filled(scope), lambda: run(_ONE_A, values), rounds, target=1.5
    )
