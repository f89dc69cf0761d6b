"""Keeping what a person chose."""

from django.db import transaction

from .models import Choice, QuietHours


@transaction.atomic
def choose(actor, ways, *, begins, ends):
    """Keep a person's own choices: {kind code: way} and the quiet hours."""
    Choice.objects.bulk_create(
        [Choice(account=actor.account, kind=kind, way=way) for kind, way in ways.items()],
        update_conflicts=True,
        unique_fields=["account", "kind"],
        update_fields=["way"],
    )
    QuietHours.objects.update_or_create(account=actor.account, defaults={"begins": begins, "ends": ends})
