"""Official papers: DOCX from templates people can edit in Word, and the PDF made from that very DOCX.

    papers.register(papers.Kind(code="voters.transfer_letter", name=…, module=…, build=…, sample=…, words=…))
    paper = papers.make("voters.transfer_letter", context, unit=issuer, name="…", subject=Ref(…), by=actor)
    papers.serve_rule("voters.transferletter", may_see)          # may_see(actor, paper) -> bool

The layout is that of Decree 30/2020/NĐ-CP, annex I: A4, Times New Roman, the heading in two columns, the number of the
page at the top from the second page on. An office may put its own template in the place of the default one.
"""

from .access import serve_rule
from .codes import qr_svg
from .headings import Heading, heading_for
from .kinds import Kind, issued, known, register
from .making import make, render

__all__ = ["Heading", "Kind", "heading_for", "issued", "known", "make", "qr_svg", "register", "render", "serve_rule"]
