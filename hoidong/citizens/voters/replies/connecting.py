"""Makes known to the kernel who reads the file of a reply letter, and its diagram of states. Called once, when the app is ready."""

from hoidong.kernel import files, workflow

from . import moves, queries
from .states import LetterState


def connect():
    """Register the rule for files and the table of moves."""
    files.serve_rule("voters.replyletter", may_see_file)
    workflow.describe("replies", moves.MOVES, LetterState, LetterState.READING)


def may_see_file(actor, stored):
    """Who may see the letter reads its file; others only what they may see of the answers (papers.access)."""
    return actor is not None and queries.letters_for(actor).filter(file_id=stored.pk).exists()
