"""From a stored file to passages with proposals: read, cut, match. Small letters at once, long ones in the worker."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import files, workflow
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.base.text import fold
from hoidong.kernel.files import judging
from hoidong.kernel.units.body_names import find_bodies

from ..models import Passage, ReplyLetter, ReplyPair
from . import letterhead, moves, queries, reading, recutting, results, rules, scoring, splitting
from .states import LetterState, Verdict

log = logging.getLogger(__name__)
AT_ONCE_PAGES = 30
AT_ONCE_PASSAGES = 120
_EACH = 5  # pages between two words about progress
_EXTENSIONS = {one.media_type: one.extension for one in judging.TYPES.values()}


class Later(Exception):
    """More than one waits for; the worker does it."""


def read(content, media_type, *, at_once=False, progress=None):
    """(Letter, Drafts) of some bytes. Raises Invalid for what cannot be read, Later where `at_once` is too much."""
    try:
        most = AT_ONCE_PAGES if at_once else None
        letter = reading.read(content, _EXTENSIONS.get(media_type, ""), most_pages=most, progress=progress)
    except reading.reading_pdf.TooMuch as much:
        raise Later from much
    drafts = splitting.split(letter.lines)
    if at_once and len(drafts) > AT_ONCE_PASSAGES:
        raise Later
    return letter, drafts


@in_vietnamese
def run(letter_id, by):
    """The worker's part: read a letter that waits. What goes wrong is kept with the letter, in words for people."""
    letter = ReplyLetter.objects.get(pk=letter_id)
    if letter.state != LetterState.READING:
        return
    if not rules.may_bring(by):
        note_trouble(letter_id, _("Người đưa thư này không còn giữ chức vụ đó. Người khác ở đây bấm “Đọc lại”."))
        return
    stored = files.by_id(letter.file_id)

    def told(done, pages):
        if done % _EACH == 0 or done == pages:
            ReplyLetter.objects.filter(pk=letter_id).update(done=done, pages=pages)

    try:
        fill(letter_id, *read(stored.read(), stored.media_type, progress=told), by=by)
    except Refused as refusal:
        note_trouble(letter_id, str(refusal.reason))
    except Exception:
        note_trouble(letter_id, _("Đọc thư dừng giữa chừng vì lỗi hệ thống. Bấm “Đọc lại”; nếu vẫn vậy, gửi bản Word."))
        log.exception("reply letter %s broke off", letter_id)
        raise


def note_trouble(letter_id, sentence):
    """Keep with the letter why it was not read."""
    ReplyLetter.objects.filter(pk=letter_id).update(trouble=sentence[:400])


@transaction.atomic
def fill(letter_id, read_letter, drafts, *, by):
    """Keep what was read: facts, passages, proposals. Nothing happens to a letter that was read or dropped meanwhile."""
    letter = ReplyLetter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.state != LetterState.READING:
        return
    facts = letterhead.read(read_letter.lines)
    letter.read = {
        "number": facts.number, "day": facts.day.isoformat() if facts.day else "", "signer": facts.signer,
        "subject": facts.subject, "bodies": list(facts.bodies), "cited": sorted(facts.cited),
        "coding": read_letter.coding, "notes": list(read_letter.notes),
    }  # fmt: skip
    letter.body = letter.body or _body_of(facts, by)
    letter.on_paper = letter.body_id is None or letter.body_id != by.unit.pk
    if letter.holder_id == by.unit.pk:
        letter.on_paper, letter.body = False, by.unit
    letter.number, letter.signer = facts.number[:60], facts.signer[:120]
    letter.letter_date = facts.day if facts.day and facts.day <= dates.today() else None
    letter.save(update_fields=["read", "body", "on_paper", "number", "signer", "letter_date"])
    if letter.body is not None:
        drafts = recutting.recut(drafts, _matcher(letter, by)[0])
    passages = Passage.objects.bulk_create([_passage(letter, place, draft) for place, draft in enumerate(drafts, start=1)])
    propose_pairs(letter, passages, by=by)
    workflow.make(moves.READ, letter, by=by, pages=read_letter.pages, done=read_letter.pages, trouble="", passages=len(drafts))


def _body_of(facts, by):
    """The body the letterhead names, where it is one this office knows."""
    found = find_bodies(set(facts.bodies), by.unit.area) if facts.bodies else {}
    named = [found[name] for name in facts.bodies if name in found]
    return next((one.unit for one in named if one.sure), named[0].unit if named else None)


def _passage(letter, place, draft):
    pieces = [{"text": piece.text, "role": piece.role, "page": piece.page} for piece in draft.pieces]
    passage = Passage(letter=letter, place=place, number=draft.number, frame=draft.frame, pieces=pieces, said=draft.said)
    passage.proposed = proposed_for(passage)
    return passage


def proposed_for(passage):
    """What the words of a passage speak for, as it is kept: class, the words, the day promised."""
    if passage.frame:
        return {}
    texts = [piece["text"] for piece in passage.pieces if piece["role"] == splitting.SAY]
    own = [text for text in (passage.said.get("result"), passage.said.get("promised")) if text]
    found = results.propose([*own[:1], *texts, *own[1:]], dates.today())
    if found is None:
        return {}
    promise = {"promised_on": found.promise.day.isoformat(), "promise": found.promise.words} if found.promise else {}
    return {"result": found.result.value, "words": found.words, "line": found.line, **promise}


def draft_of(passage):
    """A kept passage as `scoring` takes it."""
    pieces = [splitting.Piece(piece["text"], piece["role"], piece["page"]) for piece in passage.pieces]
    return splitting.Draft(pieces, passage.number, passage.frame, said=passage.said)


def propose_pairs(letter, passages, *, by):
    """Propose petitions for these passages anew: open proposals go, what people decided stays."""
    if letter.body is None:
        return
    matcher, total = _matcher(letter, by)
    keys = [passage.pk for passage in passages]
    ReplyPair.objects.filter(passage__in=keys, verdict=Verdict.OPEN, proposed=True).delete()
    ReplyPair.objects.bulk_create(
        [
            ReplyPair(passage=passage, petition_id=match.pk, score=match.score, level=match.level,
                      reasons=[list(reason) for reason in match.reasons])
            for passage in passages for match in matcher.match(draft_of(passage))
        ],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    if total > len(matcher.candidates):
        letter.read["compared"] = [len(matcher.candidates), total]
        ReplyLetter.objects.filter(pk=letter.pk).update(read=letter.read)


def _matcher(letter, by):
    """(what knows the petitions that wait for the letter's body, how many wait in all)."""
    waiting, total = queries.candidates(by, letter)
    return scoring.Matcher(waiting, frozenset(letter.read.get("cited", ()))), total


def reasons_for(letter, passage, petition, *, by):
    """(score, level, reasons) of one pair somebody chose, so that the evidence stands beside it too."""
    waiting, _total = queries.candidates(by, letter)
    one = [candidate for candidate in waiting if candidate.pk == petition.pk]
    found = scoring.Matcher(one, frozenset(letter.read.get("cited", ()))).match(draft_of(passage)) if one else []
    return (found[0].score, "", [list(reason) for reason in found[0].reasons]) if found else (0, "", [])


def ranked(letter, passage, *, by, words="", most=20):
    """The keys of petitions for the list one chooses from: likest first; `words` narrows them, marks or not."""
    waiting, _total = queries.candidates(by, letter)
    wanted = fold(words).split()
    if wanted:
        waiting = [
            one for one in waiting
            if all(word in f"{one.number} {fold(one.code)} {fold(one.text)} {fold(' '.join(one.places))}" for word in wanted)
        ]  # fmt: skip
    return scoring.Matcher(waiting, frozenset(letter.read.get("cited", ()))).order(draft_of(passage))[:most]
