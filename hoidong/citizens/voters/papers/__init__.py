"""What this module prints: the transfer and urging letters, the minutes of a meeting, the reports. Decree 30/2020/NĐ-CP."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel import files, numbering, papers
from hoidong.kernel.papers import listings, qr_svg

from ..reports import REPORTS, synthesis
from . import access
from .letters import LETTER, symbol, transfer_letter
from .minutes import BOOK, MINUTES, minutes
from .urgings import URGING, urging_letter

__all__ = ["connect", "minutes", "qr_svg", "symbol", "transfer_letter", "urging_letter"]


def connect():
    """Make the kinds of papers known, and who may read them and the files of answers. Called once, when the app is ready."""
    for kind in (LETTER, URGING, MINUTES, synthesis.SYNTHESIS, *(listings.kind_of(report.listing) for report in REPORTS)):
        papers.register(kind)
    numbering.declare(
        BOOK,
        numbering.Book("voters.transfer_letter", _("Văn bản chuyển kiến nghị, đôn đốc")),
        numbering.Book("voters.petition", _("Số kiến nghị của cử tri"), of_papers=False),
    )
    papers.serve_rule("voters.transferletter", access.may_see_letter)
    papers.serve_rule("voters.urgingletter", access.may_see_urging)
    papers.serve_rule("voters.meeting", access.may_see_minutes)
    files.serve_rule("voters.answer", access.may_see_answer_file)
