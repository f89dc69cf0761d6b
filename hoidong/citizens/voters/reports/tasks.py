"""The task that prints long reports."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hoidong.kernel.people import actor_for
from hoidong.kernel.people.models import Account

from . import printing


def later(report, query, *, by):
    """Hand the printing to the queue, one at a time for a person. `query` is the frame as it stands in the address."""
    print_report.configure(lock=f"print-{by.account.pk}").defer(
        slug=report.slug, query=query, account_id=by.account.pk, post_id=by.post.pk if by.post else None
    )


@app.task(name="voters.print_report", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def print_report(slug, query, account_id, post_id):
    """Print one report as the person, and in the post, that asked for it; nothing where the post is no longer held."""
    account = Account.objects.filter(pk=account_id).first()
    by = actor_for(account, post_id) if account else None
    if by is None or (post_id is not None and (by.post is None or by.post.pk != post_id)):
        return
    with transaction.atomic():
        printing.run(slug, query, by=by)
