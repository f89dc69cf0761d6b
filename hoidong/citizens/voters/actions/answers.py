"""The body answers, the council's office judges: answered is never solved."""

import datetime
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Reply:
    """What a body says: words and class; a class with a road map needs the date that is promised; the letter may follow."""

    words: str
    result: str
    road_map: str = ""
    promised_on: datetime.date | None = None
    letter_number: str = ""
    letter_date: datetime.date | None = None
    signer: str = ""
    file_id: int | None = None


@transaction.atomic
def answer(petitions, *, reply, by, on=None, on_paper=False):
    """One reply of the body to one or many petitions (a queryset); a fixed number of statements. Returns the Answers.

    With `on_paper` the council's office writes down a letter that came to it: number and date, or the scan, must be there.
    `on` is the day the reply came. Raises Invalid for what is missing, NotAllowed for who may not.
    """
    on = on or dates.today()
    result = _check_reply(reply, on)
    if on_paper:
        _check_letter(reply, petitions, on)
    made = workflow.make_many(
        moves.ANSWER_ON_PAPER if on_paper else moves.ANSWER,
        petitions,
        by=by,
        answered_on=on,
        result=result.value,
        promised_on=reply.promised_on,
        verdict="",
    )
    keys = [petition.pk for petition in made]
    rounds = dict(Answer.objects.filter(petition__in=keys).values_list("petition").annotate(last=Max("round")))
    replies = Answer.objects.bulk_create(
        [
            Answer(
                petition=petition, body_id=petition.body_id, round=rounds.get(petition.pk, 0) + 1, text=text.nfc(reply.words),
                result=result, road_map=text.nfc(reply.road_map), promised_on=reply.promised_on,
                letter_number=text.nfc(reply.letter_number), letter_date=reply.letter_date, signer=text.nfc(reply.signer),
                file_id=reply.file_id, on_paper=on_paper, given_by=by.person, given_on=on, given_at=dates.now(),
            )
            for petition in made
        ],
        batch_size=500,
    )  # fmt: skip
    deadlines.close_many(made, duty=DUTY, on=on, by=by)
    mirrors.touch(keys, by=by)
    return replies


def _check_reply(reply, on):
    """The class of the reply; raises Invalid with what to mend."""
    result = Result(reply.result)
    if not text.nfc(reply.words):
        raise Invalid(_("Ghi nội dung trả lời."), field="words")
    if result.with_date and reply.promised_on is None:
        raise Invalid(_("Xếp loại “có lộ trình” phải kèm ngày hứa xong."), field="promised_on")
    if reply.promised_on and reply.promised_on < on:
        raise Invalid(_("Ngày hứa xong đã qua. Ghi ngày từ hôm nay trở đi."), field="promised_on")
    if reply.letter_date and reply.letter_date > on:
        raise Invalid(_("Ngày ban hành văn bản chưa tới."), field="letter_date")
    return result


def _check_letter(reply, petitions, on):
    """What is written down in another's name needs the paper it stands on, and no letter comes before its question."""
    if on > dates.today():
        raise Invalid(_("Ngày này chưa tới. Ghi ngày không sau hôm nay."), field="came_on")
    if petitions.filter(sent_on__gt=on).exists():
        raise Invalid(_("Ngày nhận văn bản trước ngày chuyển kiến nghị. Xem lại ngày nhận."), field="came_on")
    if reply.file_id is None and not (text.nfc(reply.letter_number) and reply.letter_date):
        raise Invalid(
            _("Ghi thay cơ quan thì cần căn cứ: số, ký hiệu và ngày của văn bản, hoặc bản quét văn bản."), field="letter_number"
        )


@transaction.atomic
def assess(petitions, *, verdict, by, note="", on=None):
    """Judge the newest reply of each petition: complete, partly or unclear; whether it was in time is computed, not asked."""
    made = workflow.make_many(moves.ASSESS, petitions, by=by, verdict=verdict, note=note)
    keys = [petition.pk for petition in made]
    due = {petition.pk: petition.due_on for petition in made}
    newest = Answer.objects.filter(petition__in=keys).order_by("petition", "-round").distinct("petition")
    judgements = [
        Assessment(
            answer=reply, verdict=verdict, note=text.nfc(note), made_by=by.person, made_on=on or dates.today(),
            on_time=due[reply.petition_id] is None or reply.given_on <= due[reply.petition_id],
        )
        for reply in newest
    ]  # fmt: skip
    Assessment.objects.bulk_create(
        judgements,
        update_conflicts=True,
        unique_fields=["answer"],
        update_fields=["verdict", "note", "made_by", "made_on", "on_time"],
        batch_size=500,
    )
    mirrors.touch(keys, by=by)
    return judgements


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
