"""Building the index anew from the records, 1000 at a time. A run that was stopped goes on where it was."""

from itertools import islice

from django.db import transaction

from ..base import bulk, dates
from .indexing import index_many, providers
from .models import Reindexing, SearchEntry

BATCH = 1000


def reindex(kind, *, anew=False, tell=lambda count: None):
    """Index all records of a kind again and take out entries whose record is gone. Returns how many were indexed.

    Each batch is one transaction with the mark of how far it came. `anew` begins at the start though a run was stopped.
    Records that change meanwhile are indexed by their own change, later than the mark, so nothing newer is lost.
    """
    _label, entries = providers()[kind]
    mark, new = Reindexing.objects.get_or_create(kind=kind, defaults={"started_at": dates.now()})
    if not new and (anew or mark.finished_at):
        mark.started_at, mark.last_id, mark.finished_at = dates.now(), 0, None
        mark.save()
    count, left = 0, iter(entries(mark.last_id))
    while batch := list(islice(left, BATCH)):
        with transaction.atomic(), bulk.sorted_in():
            index_many(batch)
            mark.last_id = batch[-1].subject_id
            mark.save(update_fields=["last_id"])
        count += len(batch)
        tell(count)
    with transaction.atomic():
        SearchEntry.objects.filter(kind=kind, indexed_at__lt=mark.started_at).delete()
        mark.finished_at = dates.now()
        mark.save(update_fields=["finished_at"])
    return count
