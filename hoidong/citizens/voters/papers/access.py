"""Who may read what was printed and what bodies sent along with their answers."""

from hoidong.kernel import publication

from .. import queries
from ..mirrors import KIND
from ..models import Answer


def may_see_letter(actor, paper):
    """The office that sent the letter and the body that got it."""
    return queries.letters_for(actor).filter(pk=paper.subject_id).exists()


def may_see_minutes(actor, paper):
    """Who may see the meeting."""
    return queries.meetings_for(actor).filter(pk=paper.subject_id).exists()


def may_see_answer_file(actor, stored):
    """Who may see a petition the file answers; anybody, where that petition stands in the portal's lists."""
    answered = Answer.objects.filter(file_id=stored.pk).order_by().values("petition")
    if actor is not None and queries.petitions_for(actor).filter(pk__in=answered).exists():
        return True
    return publication.listed().filter(kind=KIND, subject_id__in=answered).exists()
