"""A reply letter comes in, is put right, and becomes answers: one file kept once, one answer for each petition it answers."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit, files, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.files import saving

from .. import mirrors
from ..models import Answer, Petition, ReplyLetter, ReplyPair
from ..replies import moves, queries, rules, working
from ..replies.states import LetterState, Verdict, most_cautious
from ..states import Result, S
from .answers import Reply, answer
from .transfers import take


class CameBefore(Invalid):
    """The same file was brought before; `letter` is the one it became."""

    def __init__(self, letter):
        self.letter = letter
        said = _("Tệp này đã được đưa vào ngày %(day)s, là thư “%(letter)s” (%(state)s). Mở thư đó để làm tiếp.")
        super().__init__(
            said % {"day": dates.format_date(letter.made_at.date()), "letter": letter, "state": letter.get_state_display()},
            field="file",
        )


def bring(upload, *, by, body=None, came_on=None):
    """A letter comes in (an upload, or bytes with a name): read at once, or by the worker where it is long.

    `body` is whose letter it is, where a council's office knows; else the letterhead is asked. Raises CameBefore for a file
    that is here already, Invalid for what cannot be read: nothing is kept then. Returns the ReplyLetter.
    """
    rules.check_bring(by)
    came_on = came_on or dates.today()
    if came_on > dates.today():
        raise Invalid(_("Ngày này chưa tới. Ghi ngày không sau hôm nay."), field="came_on")
    try:
        with transaction.atomic():
            stored = files.save(upload, by=by)
            letter = _new_letter(stored, by, body, came_on)
            try:
                read = working.read(stored.read(), stored.media_type, at_once=True)
            except working.Later:
                _later(letter, by)
            else:
                working.fill(letter.pk, *read, by=by)
    except IntegrityError as error:  # two brought the same file at the same moment
        raise _came_before(upload, by) or error from error
    return ReplyLetter.objects.get(pk=letter.pk)


def _new_letter(stored, by, body, came_on):
    if before := _same(stored.digest, by):
        raise CameBefore(before)
    at = dates.now()
    letter = ReplyLetter.objects.create(
        holder=rules.holder_of(by), body=body, file_id=stored.pk, digest=stored.digest, file_name=stored.name,
        came_on=came_on, brought_by=by.person, made_at=at, changed_at=at,
    )  # fmt: skip
    audit.record("voters.reply_bring", letter, by, file=stored.name)
    return letter


def _same(digest, by):
    found = queries.letters_for(by).filter(digest=digest).exclude(state=LetterState.DROPPED)
    return found.order_by("pk").first()


def _came_before(upload, by):
    content, _name = saving.read(upload)
    before = _same(hashlib.sha256(content).hexdigest(), by)
    return CameBefore(before) if before else None


def _later(letter, by):
    from ..replies.tasks import read_reply

    read_reply.configure(lock=f"reply-{letter.pk}").defer(
        letter_id=letter.pk, account_id=by.account.pk if by.account else None, post_id=by.post.pk if by.post else None
    )


@transaction.atomic
def read_again(letter, *, by):
    """Ask the worker once more for a letter whose reading broke off."""
    letter = locked(letter, by, LetterState.READING)
    ReplyLetter.objects.filter(pk=letter.pk).update(trouble="")
    _later(letter, by)


@transaction.atomic
def name_body(letter, body, *, by):
    """Say whose letter it is; petitions are proposed anew. What was confirmed for another body must be taken back first."""
    letter = locked(letter, by)
    if ReplyPair.objects.filter(passage__letter=letter, verdict=Verdict.YES).exists() and body.pk != letter.body_id:
        raise NotAllowed(_("Đã xác nhận cặp cho cơ quan khác. Bỏ xác nhận các cặp đó rồi đổi cơ quan."))
    ReplyLetter.objects.filter(pk=letter.pk).update(body=body, on_paper=body.pk != by.unit.pk, changed_at=dates.now())
    audit.record("voters.reply_body", letter, by, body=body.pk)
    letter.body = body
    working.propose_pairs(letter, list(letter.passages.order_by("place")), by=by)


@transaction.atomic
def set_facts(letter, *, by, number="", letter_date=None, signer="", came_on=None):
    """Number, day and signer of the letter, which may come later: answers that were written from it get them too."""
    letter = locked(letter, by, LetterState.MATCHING, LetterState.WRITTEN)
    if letter_date and letter_date > dates.today():
        raise Invalid(_("Ngày ban hành văn bản chưa tới."), field="letter_date")
    facts = {"number": text.nfc(number)[:60], "letter_date": letter_date, "signer": text.nfc(signer)[:120]}
    if came_on and letter.state == LetterState.MATCHING:
        facts["came_on"] = came_on
    ReplyLetter.objects.filter(pk=letter.pk).update(**facts, changed_at=dates.now())
    written = Answer.objects.filter(
        pk__in=ReplyPair.objects.filter(passage__letter=letter).exclude(answer=None).values("answer")
    )
    keys = list(written.values_list("petition", flat=True))
    if keys:
        written.update(letter_number=facts["number"], letter_date=letter_date, signer=facts["signer"])
        mirrors.touch(keys, by=by)
    audit.record("voters.reply_facts", letter, by, number=facts["number"], answers=len(keys),
                 day=letter_date.isoformat() if letter_date else "")  # fmt: skip


@transaction.atomic
def write(letter, *, by):
    """Write the answers of all confirmed pairs. Returns (answered petitions, petitions that could not be answered any more).

    All in one transaction with the same moves as a single answer. A petition that somebody answered or that went elsewhere
    in the meantime is left as it is, and told. Raises NotAllowed while a passage was seen by nobody, Invalid for a day that
    does not fit, with the petitions it concerns.
    """
    letter = locked(letter, by)
    rules.check_write(by, letter)
    if letter.on_paper and letter.letter_date and letter.came_on < letter.letter_date:
        raise Invalid(_("Ngày nhận văn bản trước ngày ban hành. Sửa một trong hai ngày."), field="came_on")
    pairs = list(
        ReplyPair.objects.filter(passage__letter=letter, verdict=Verdict.YES, answer=None)
        .select_related("passage", "petition").order_by("passage__place", "pk")
    )  # fmt: skip
    wanted = {pair.petition_id for pair in pairs}
    open_now = queries.answerable(by, letter.body).filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    states = {petition.pk: petition.state for petition in open_now}
    if not letter.on_paper:
        new = [key for key, state in states.items() if state == S.SENT]
        if new:  # to answer is to have taken on
            take(Petition.objects.filter(pk__in=new), by=by)
    for said, keys in _groups(letter, pairs, states).items():
        _answer(letter, pairs, said, keys, by)
    missed = sorted({pair.petition for pair in pairs if pair.petition_id not in states}, key=lambda one: one.pk)
    workflow.make(moves.WRITE, letter, by=by, answered=len(states), missed=[str(petition) for petition in missed])
    return len(states), missed


def _groups(letter, pairs, states):
    """{what is said: [petitions]}: petitions that the same passages answer get one reply together."""
    by_petition = {}
    for pair in pairs:
        if pair.petition_id in states:
            by_petition.setdefault(pair.petition_id, []).append(pair.passage)
    groups = {}
    for key, passages in by_petition.items():
        groups.setdefault(tuple(passage.pk for passage in passages), ([], passages))[0].append(key)
    said = {}
    for keys, passages in groups.values():
        said.setdefault(_said(letter, passages), []).extend(keys)
    return said


def _said(letter, passages):
    """The Reply that these passages are together: all words, the class that claims least, the last day promised."""
    result = most_cautious(passage.result for passage in passages)
    days = [passage.promised_on for passage in passages if passage.promised_on and not Result(passage.result).solved]
    return Reply(
        words="\n\n".join(passage.words for passage in passages),
        result=result.value,
        road_map="\n".join(filter(None, (passage.road_map for passage in passages))),
        promised_on=max(days, default=None),
        letter_number=letter.number,
        letter_date=letter.letter_date,
        signer=letter.signer,
        file_id=letter.file_id,
    )


def _answer(letter, pairs, said, keys, by):
    try:
        made = answer(
            Petition.objects.filter(pk__in=keys), reply=said, by=by,
            on=letter.came_on if letter.on_paper else None, on_paper=letter.on_paper,
        )  # fmt: skip
    except Invalid as wrong:
        numbers = ", ".join(str(petition) for petition in Petition.objects.filter(pk__in=keys).order_by("pk")[:5])
        reason = _("Kiến nghị %(numbers)s: %(reason)s") % {"numbers": numbers, "reason": wrong.reason}
        raise Invalid(reason, field=wrong.field) from wrong
    written = {one.petition_id: one for one in made}
    changed = [pair for pair in pairs if pair.petition_id in written]
    for pair in changed:
        pair.answer = written[pair.petition_id]
    ReplyPair.objects.bulk_update(changed, ["answer"], batch_size=500)


@transaction.atomic
def reopen(letter, *, by):
    """Match more passages of a letter that was written; what was answered stays answered."""
    workflow.make(moves.REOPEN, letter, by=by)
    touch(letter)


@transaction.atomic
def drop(letter, *, by):
    """Give a letter up: nothing was answered from it. The same file may come again."""
    if ReplyPair.objects.filter(passage__letter=letter).exclude(answer=None).exists():
        raise NotAllowed(_("Đã có kiến nghị được trả lời từ thư này, không bỏ được nữa."))
    workflow.make(moves.DROP, letter, by=by)
    touch(letter)


def locked(letter, by, *states):
    """The letter, fresh and locked; raises NotAllowed for others and outside of these states (matching where none is named)."""
    letter = ReplyLetter.objects.select_for_update(of=("self",)).select_related("body__area", "holder").get(pk=letter.pk)
    rules.check_letter(by, letter)
    if letter.state not in (states or (LetterState.MATCHING,)):
        raise NotAllowed(_("Thư đang “%(state)s”, việc này không làm được nữa.") % {"state": letter.get_state_display()})
    return letter


def touch(letter):
    """Note the moment of a change."""
    ReplyLetter.objects.filter(pk=letter.pk).update(changed_at=dates.now())
