"""What people decide about the passages of a reply letter: the pair is right, it is not, another one; where a passage ends.

Each takes `seen`, the version of the passage the person looked at: where somebody was faster, Stale is raised and nothing is
changed. Passages are locked through their letter, so that two people never wait for each other.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Stale
from hoidong.kernel.base.text import nfc

from ..models import Passage, ReplyPair
from ..replies import queries, working
from ..replies.splitting import ASK, HEAD, SAY
from ..replies.states import Seen, Verdict
from ..states import Result
from .replies import locked, touch

ROLES = (HEAD, ASK, SAY)


@transaction.atomic
def confirm(passage, petition, *, by, seen, result, promised_on=None, road_map=""):
    """This passage answers this petition, with this class of result. Returns whether other likely pairs are still open."""
    letter, passage = _locked(passage, by, seen)
    _check_result(passage, result, promised_on)
    pair = passage.pairs.filter(petition=petition).first()
    if pair is None or not queries.answerable(by, letter.body).filter(pk=petition.pk).exists():
        raise NotAllowed(_("Kiến nghị %(number)s không còn chờ cơ quan này trả lời. Tải lại trang.") % {"number": petition})
    _decide(pair, Verdict.YES, by)
    _change(
        passage, by, seen=Seen.MATCHED, result=result, promised_on=promised_on if result_has_day(result) else None,
        road_map=nfc(road_map) if result_has_day(result) else "",
    )  # fmt: skip
    audit.record("voters.reply_match", letter, by, passage=passage.place, petition=petition.pk, result=result)
    return passage.pairs.filter(verdict=Verdict.OPEN, level__in=("sure", "likely")).exists()


@transaction.atomic
def refuse(passage, petition, *, by, seen):
    """This passage does not answer this petition; a confirmed pair is taken back too."""
    letter, passage = _locked(passage, by, seen)
    pair = passage.pairs.filter(petition=petition, answer=None).first()
    if pair is None:
        raise NotAllowed(_("Cặp này đã ghi trả lời hoặc không còn ở đây. Tải lại trang."))
    _decide(pair, Verdict.NO, by)
    _settle(passage, by)
    audit.record("voters.reply_refuse", letter, by, passage=passage.place, petition=petition.pk)


@transaction.atomic
def choose(passage, petition, *, by, seen):
    """Put a petition beside a passage by hand; it is looked at and confirmed like a proposed one."""
    letter, passage = _locked(passage, by, seen)
    if not queries.answerable(by, letter.body).filter(pk=petition.pk).exists():
        raise NotAllowed(_("Kiến nghị %(number)s không chờ cơ quan này trả lời.") % {"number": petition})
    score, level, reasons = working.reasons_for(letter, passage, petition, by=by)
    own = {"proposed": False, "score": score, "level": level, "reasons": reasons, "verdict": Verdict.OPEN}
    pair, made = ReplyPair.objects.get_or_create(passage=passage, petition=petition, defaults=own)
    if not made and pair.verdict == Verdict.NO:
        _decide(pair, Verdict.OPEN, by)
    _change(passage, by)


@transaction.atomic
def nobody(passage, *, by, seen):
    """This passage answers no petition."""
    letter, passage = _locked(passage, by, seen)
    _check_not_written(passage)
    passage.pairs.filter(verdict=Verdict.YES).update(verdict=Verdict.OPEN, decided_by=None)
    _change(passage, by, seen=Seen.NOBODY, result="", promised_on=None, road_map="")
    audit.record("voters.reply_nobody", letter, by, passage=passage.place)


@transaction.atomic
def look_again(passage, *, by, seen):
    """Take back what was decided about a passage."""
    letter, passage = _locked(passage, by, seen)
    _check_not_written(passage)
    passage.pairs.exclude(verdict=Verdict.OPEN).update(verdict=Verdict.OPEN, decided_by=None)
    _change(passage, by, seen=Seen.OPEN, frame=False, result="", promised_on=None, road_map="")
    audit.record("voters.reply_look_again", letter, by, passage=passage.place)


@transaction.atomic
def join(passage, *, by, seen):
    """Join a passage with the next one; what they are together is looked at anew."""
    letter, passage = _locked(passage, by, seen)
    following = letter.passages.filter(place__gt=passage.place).order_by("place").first()
    if following is None:
        raise NotAllowed(_("Đây là đoạn cuối của thư."))
    for one in (passage, following):
        _check_not_written(one)
    kept = set(passage.pairs.values_list("petition", flat=True))
    following.pairs.exclude(petition__in=kept).update(passage=passage)
    pieces, place = [*passage.pieces, *following.pieces], following.place
    following.delete()
    letter.passages.filter(place__gt=place).update(place=F("place") - 1)
    _recut(letter, passage, pieces, by, frame=passage.frame and following.frame)
    audit.record("voters.reply_join", letter, by, passage=passage.place)


@transaction.atomic
def split(passage, at, *, by, seen):
    """Cut a passage before its paragraph `at` (from 1 on); both halves are looked at anew. Returns the second one."""
    letter, passage = _locked(passage, by, seen)
    _check_not_written(passage)
    if not 0 < at < len(passage.pieces):
        raise Invalid(_("Chọn một dòng ở giữa đoạn để tách."))
    first, second = passage.pieces[:at], passage.pieces[at:]
    letter.passages.filter(place__gt=passage.place).update(place=F("place") + 1)
    new = Passage.objects.create(letter=letter, place=passage.place + 1, pieces=second)
    passage.pairs.all().delete()
    _recut(letter, passage, first, by, frame=passage.frame)
    _recut(letter, new, second, by)
    audit.record("voters.reply_split", letter, by, passage=passage.place)
    return Passage.objects.get(pk=new.pk)


@transaction.atomic
def turn(passage, at, role, *, by, seen):
    """Say what a paragraph is: heading, question or answer. Only answers are written into the reply."""
    letter, passage = _locked(passage, by, seen)
    _check_not_written(passage)
    if role not in ROLES or not 0 <= at < len(passage.pieces):
        raise Invalid(_("Chọn một dòng của đoạn."))
    pieces = [*passage.pieces]
    pieces[at] = {**pieces[at], "role": role}
    _recut(letter, passage, pieces, by, frame=passage.frame)
    audit.record("voters.reply_turn", letter, by, passage=passage.place, role=role)


def result_has_day(result):
    """Whether a day goes with this class: what was solved or only explained promises nothing."""
    return Result(result).first_level in ("working", "will")


def _locked(passage, by, seen):
    """(letter, passage) locked and as the person saw it; Stale where somebody changed the passage since."""
    letter = locked(passage.letter, by)
    fresh = Passage.objects.filter(pk=passage.pk).select_related("decided_by").first()
    if fresh is None or fresh.version != seen:
        who = fresh.decided_by.full_name if fresh and fresh.decided_by else _("người khác")
        raise Stale(_("Đoạn này vừa được %(who)s sửa. Xem lại bản mới bên dưới rồi quyết định.") % {"who": who})
    return letter, fresh


def _check_result(passage, result, promised_on):
    if result not in Result.values:
        raise Invalid(_("Chọn xếp loại kết quả."), field="result")
    if Result(result).with_date and promised_on is None:
        raise Invalid(_("Xếp loại “có lộ trình” phải kèm ngày hứa xong."), field="promised_on")
    if promised_on and promised_on < dates.today() and result_has_day(result):
        raise Invalid(_("Ngày hứa xong đã qua. Ghi ngày từ hôm nay trở đi."), field="promised_on")
    if not nfc(passage.words):
        raise Invalid(_("Đoạn này chưa có dòng nào là lời trả lời. Bấm “Sửa đoạn” và đánh dấu dòng trả lời."), field="result")


def _check_not_written(passage):
    if passage.pairs.exclude(answer=None).exists():
        raise NotAllowed(_("Đoạn này đã ghi trả lời, không đổi được nữa."))


def _decide(pair, verdict, by):
    pair.verdict, pair.decided_by = verdict, by.person if verdict else None
    pair.save(update_fields=["verdict", "decided_by"])


def _settle(passage, by):
    """After a pair fell: matched while another one holds; else open again."""
    if passage.pairs.filter(verdict=Verdict.YES).exists():
        _change(passage, by)
    else:
        _change(passage, by, seen=Seen.OPEN, result="", promised_on=None, road_map="")


def _change(passage, by, **changes):
    """Write changes of a passage: its version grows, who did it and when stand with it."""
    changes |= {"version": F("version") + 1, "decided_by": by.person, "decided_at": dates.now()}
    Passage.objects.filter(pk=passage.pk).update(**changes)
    touch(passage.letter)


def _recut(letter, passage, pieces, by, frame=False):
    """A passage with other paragraphs is a new one to look at: proposals are made anew."""
    passage.pieces, passage.frame, passage.seen = pieces, frame, Seen.OPEN
    passage.proposed = working.proposed_for(passage)
    _change(
        passage,
        by,
        pieces=pieces,
        frame=frame,
        seen=Seen.OPEN,
        proposed=passage.proposed,
        result="",
        promised_on=None,
        road_map="",
    )
    passage.pairs.filter(verdict=Verdict.YES).update(verdict=Verdict.OPEN, decided_by=None)
    working.propose_pairs(letter, [passage], by=by)
