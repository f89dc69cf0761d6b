"""The task that reads long letters. It can be run again at any time: a letter that was read stays as it is."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hoidong.kernel.people import Actor, actor_for
from hoidong.kernel.people.models import Account


@app.task(name="voters.read_reply", retry=RetryStrategy(max_attempts=2, exponential_wait=5))
def read_reply(letter_id, account_id, post_id):
    """Read one letter as the person, and in the post, that brought it."""
    from . import working

    account = Account.objects.filter(pk=account_id).first()
    working.run(letter_id, actor_for(account, post_id) if account else Actor.system())
