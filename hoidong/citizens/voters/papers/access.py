"""Who may read what was printed and what bodies sent along with their answers."""

from hoidong.kernel import publication

from .. import queries
from ..mirrors import KIND
from ..models import Answer, Passage, ReplyPair
from ..replies.states import Seen, Verdict


def may_see_letter(actor, paper):
    """The office that sent the letter and the body that got it."""
    return queries.letters_for(actor).filter(pk=paper.subject_id).exists()


def may_see_urging(actor, paper):
    """The office that urged and the body that was urged."""
    return queries.urgings_for(actor).filter(pk=paper.subject_id).exists()


def may_see_minutes(actor, paper):
    """Who may see the meeting."""
    return queries.meetings_for(actor).filter(pk=paper.subject_id).exists()


def may_see_answer_file(actor, stored):
    """Who may see every petition the file answers; anybody, where all of them stand in the portal's lists.

    One letter answers petitions of many places: a commune reads its own answer, not the letter with everybody's. A letter
    with passages that answer nothing known here may hold questions of others, so only those who work on it read it.
    """
    answered = set(Answer.objects.filter(file_id=stored.pk).values_list("petition", flat=True))
    passages = Passage.objects.filter(letter__file_id=stored.pk, frame=False)
    if not answered or passages.exclude(seen=Seen.MATCHED).exists():
        return False
    answered |= set(ReplyPair.objects.filter(passage__in=passages, verdict=Verdict.YES).values_list("petition", flat=True))
    if actor is not None and queries.petitions_for(actor).filter(pk__in=answered).count() == len(answered):
        return True
    return publication.listed().filter(kind=KIND, subject_id__in=answered).count() == len(answered)
