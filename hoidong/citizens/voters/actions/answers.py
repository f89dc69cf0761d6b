"""The body answers, the council's office judges: answered is never solved."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hoidong.kernel import deadlines, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid

from .. import mirrors, moves
from ..models import Answer, Assessment
from ..states import Result
from .transfers import DUTY, RULE


@transaction.atomic
def answer(petition, *, words, result, by, road_map="", promised_on=None, letter_number="", letter_date=None, signer="",
           file_id=None, on=None):  # fmt: skip
    """The body's reply. A class with a road map needs the date that is promised; number and date of the letter may follow."""
    on = on or dates.today()
    result = Result(result)
    if not text.nfc(words):
        raise Invalid(_("Ghi nội dung trả lời."), field="text")
    if result.with_date and promised_on is None:
        raise Invalid(_("Xếp loại “có lộ trình” phải kèm ngày hứa xong."), field="promised_on")
    if promised_on and promised_on < on:
        raise Invalid(_("Ngày hứa xong đã qua. Ghi ngày từ hôm nay trở đi."), field="promised_on")
    if letter_date and letter_date > on:
        raise Invalid(_("Ngày ban hành văn bản chưa tới."), field="letter_date")
    made = workflow.make(
        moves.ANSWER, petition, by=by, answered_on=on, result=result.value, promised_on=promised_on, verdict=""
    )
    last = Answer.objects.filter(petition=petition).aggregate(last=Max("round"))["last"] or 0
    reply = Answer.objects.create(
        petition=made, body=made.body, round=last + 1, text=text.nfc(words), result=result, road_map=text.nfc(road_map),
        promised_on=promised_on, letter_number=text.nfc(letter_number), letter_date=letter_date, signer=text.nfc(signer),
        file_id=file_id, given_by=by.person, given_on=on, given_at=dates.now(),
    )  # fmt: skip
    deadlines.close_many([made], duty=DUTY, on=on, by=by)
    mirrors.touch([made.pk], by=by)
    return reply


@transaction.atomic
def assess(petition, *, verdict, by, note=""):
    """Judge the newest reply: complete, partly or unclear; whether it was in time is computed, not asked."""
    made = workflow.make(moves.ASSESS, petition, by=by, verdict=verdict, note=note)
    reply = Answer.objects.filter(petition=made).order_by("-round").first()
    judgement, _new = Assessment.objects.update_or_create(
        answer=reply,
        defaults={
            "verdict": verdict,
            "on_time": made.due_on is None or reply.given_on <= made.due_on,
            "note": text.nfc(note),
            "made_by": by.person,
            "made_on": dates.today(),
        },
    )
    mirrors.touch([made.pk], by=by)
    return judgement


@transaction.atomic
def ask_again(petition, *, by, reason):
    """The reply is not what was asked: back to the body, with the reason and a new clock from today."""
    due = deadlines.due_by_rule(RULE, dates.today(), unit=petition.office)
    made = workflow.make(moves.ASK_AGAIN, petition, by=by, reason=reason, due_on=due.due_on, verdict="")
    deadlines.open_many([made], rule=RULE, start=dates.today(), duty=DUTY, unit=petition.office, by=by)
    mirrors.touch([made.pk], by=by)
    return made


@transaction.atomic
def carry(petition, *, by, reason=""):
    """Follow the petition at the next session: its promise is not due yet, or not kept."""
    made = workflow.make(moves.CARRY, petition, by=by, reason=reason)
    mirrors.touch([made.pk], by=by)
    return made


@transaction.atomic
def close(petitions, *, by, on=None):
    """Close petitions whose reply was judged and owes nothing more. Takes a queryset."""
    made = workflow.make_many(moves.CLOSE, petitions, by=by, closed_on=on or dates.today())
    mirrors.touch([petition.pk for petition in made], by=by)
    return made


