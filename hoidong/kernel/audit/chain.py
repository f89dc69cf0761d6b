"""Proof that nothing in the log was changed, removed or slipped in."""

from django.db import connection

# Set-based: the database compares each entry with the one before it and with its own digest.
_BROKEN = """
SELECT unit_id, place, id FROM (
  SELECT e.*, lag(e.digest, 1, '') OVER chain AS expected, lag(e.place, 1, 0::bigint) OVER chain AS before,
         audit_digest(e) AS true_digest
  FROM kernel_auditentry e WINDOW chain AS (PARTITION BY unit_id ORDER BY place)
) entry
WHERE previous <> expected OR place <> before + 1 OR digest <> true_digest
ORDER BY unit_id, place LIMIT 20
"""
_CUT = """
SELECT chain.unit_id, chain.length, coalesce(max(entry.place), 0) FROM kernel_auditchain chain
LEFT JOIN kernel_auditentry entry USING (unit_id) GROUP BY chain.unit_id, chain.length
HAVING chain.length <> coalesce(max(entry.place), 0) ORDER BY chain.unit_id LIMIT 20
"""


def broken_places():
    """What is wrong with the chains: a list of sentences, empty when every chain is whole."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        wrong = [f"unit {unit}: entry {place} (id {pk}) does not follow from the one before it" for unit, place, pk in cursor]
        cursor.execute(_CUT)
        wrong += [f"unit {unit}: {length} entries were written, the last one left is {last}" for unit, length, last in cursor]
    return wrong
