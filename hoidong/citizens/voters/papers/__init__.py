"""What this module prints: the transfer letter, the minutes of a meeting, annex I (1A). Decree 30/2020/NĐ-CP."""

from hoidong.kernel import files, papers
from hoidong.kernel.papers import qr_svg

from . import access
from .annex import ANNEX, annex_docx, annex_xlsx
from .letters import LETTER, symbol, transfer_letter
from .minutes import MINUTES, minutes

__all__ = ["annex_docx", "annex_xlsx", "connect", "minutes", "qr_svg", "symbol", "transfer_letter"]


def connect():
    """Make the kinds of papers known, and who may read them and the files of answers. Called once, when the app is ready."""
    for kind in (LETTER, MINUTES, ANNEX):
        papers.register(kind)
    papers.serve_rule("voters.transferletter", access.may_see_letter)
    papers.serve_rule("voters.meeting", access.may_see_minutes)
    files.serve_rule("voters.answer", access.may_see_answer_file)
