"""Keys of forms serve for a day: nobody sends a form again after that."""

import datetime

from ...models import SentForm

KEPT = datetime.timedelta(days=1)


def run(now):
    """Forget what came before yesterday."""
    SentForm.objects.filter(at__lt=now - KEPT).delete()
