"""Voters rate a reply and say whether the promise was kept, with the code and without an account."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, outbox
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed

from .. import events, queries
from ..models import VoterRating
from ..states import About, Voice

LONGEST = 1000


@transaction.atomic
def rate(code, *, about, voice, by, words=""):
    """Keep what the holder of a code says of the newest reply (`about` reply) or of its promise (`about` promise).

    Saying it again replaces what was said before. Returns the VoterRating. Raises NotAllowed where there is nothing to rate
    yet, Invalid for a choice that is none or too many words.
    """
    if about not in About.values or voice not in Voice.values:
        raise Invalid(_("Chọn một trong các câu trả lời."), field="voice")
    words = text.nfc(words)
    if len(words) > LONGEST:
        raise Invalid(_("Lời nhận xét tối đa %(most)s chữ cái. Rút ngắn lại.") % {"most": LONGEST}, field="words")
    petition, answer = queries.rated(code)
    if answer is None:
        raise NotAllowed(_("Kiến nghị chưa có trả lời để đánh giá."))
    if about == About.PROMISE and not (answer.promised_on and answer.promised_on <= dates.today()):
        raise NotAllowed(_("Chưa tới ngày hứa. Đến ngày đó Ông/Bà đánh giá được."))
    rating, _made = VoterRating.objects.update_or_create(
        petition=petition, answer=answer, about=about, defaults={"voice": voice, "words": words, "said_at": dates.now()}
    )
    audit.record("voters.rate", petition, by, about=about, voice=voice)
    if voice == Voice.BAD:
        outbox.publish(events.RATED_BAD, ids=[answer.petition_id], about=about)
    return rating
