"""What deputies do with petitions. Each action takes `by` and is one transaction; who may not see it has nothing to act on."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, outbox
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed

from ..models import DeputyWord, Follow
from . import events, queries

LONGEST = 4000


def _check(petition, by):
    if not queries.petitions_for(by).filter(pk=petition.pk).exists():
        raise NotAllowed(_("Kiến nghị này không thuộc địa bàn Ông/Bà ứng cử."))


@transaction.atomic
def follow(petition, *, by):
    """Be told of every move of this petition from now on. Following twice is following once."""
    _check(petition, by)
    Follow.objects.get_or_create(account=by.account, petition=petition, defaults={"since": dates.now()})


@transaction.atomic
def unfollow(petition, *, by):
    """No longer be told of it."""
    Follow.objects.filter(account=by.account, petition=petition).delete()


@transaction.atomic
def say(petition, words, *, by):
    """Add words to a petition; the deputy follows it from then on. Returns the DeputyWord. Raises Invalid for no words."""
    _check(petition, by)
    words = text.nfc(words)
    if not words:
        raise Invalid(_("Viết lời muốn thêm."), field="words")
    if len(words) > LONGEST:
        raise Invalid(_("Lời thêm tối đa %(most)s chữ cái. Rút ngắn lại.") % {"most": LONGEST}, field="words")
    said = DeputyWord.objects.create(
        petition=petition, person=by.person, post=text.clip(by.post_title, 200), text=words, said_at=dates.now()
    )
    Follow.objects.get_or_create(account=by.account, petition=petition, defaults={"since": dates.now()})
    audit.record("voters.deputy_word", petition, by, word=said.pk)
    outbox.publish(events.SPOKEN, ids=[petition.pk], word=said.pk)
    return said
