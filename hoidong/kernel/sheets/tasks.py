"""The task that reads and takes big lots. It can be run again at any time: what is done stays done."""

from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ..people import Actor, actor_for
from ..people.models import Account


@app.task(name="sheets.work", retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def work(lot_id, account_id, post_id):
    """Go on with one lot as the person, and in the post, that asked for it."""
    from . import working

    actor = _actor(account_id, post_id)
    if post_id is not None and (actor.post is None or actor.post.pk != post_id):
        working.note_trouble(lot_id, _("Người nhận lô này không còn giữ chức vụ đó. Người khác trong đơn vị bấm “Làm tiếp”."))
        return
    working.run(lot_id, actor)


def _actor(account_id, post_id):
    account = Account.objects.filter(pk=account_id).first()
    return actor_for(account, post_id) if account else Actor.system()
