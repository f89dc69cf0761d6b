"""Square codes to scan."""

import segno
from django.utils.html import format_html
from django.utils.safestring import mark_safe


def qr_svg(text, size=132):
    """The text as a QR code in SVG, to stand in a page; no styles inside, so a strict policy takes it."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return format_html(
        '<svg class="hd-qr" width="{}" height="{}" role="img" aria-label="{}" {}',
        size, size, text, mark_safe(drawn.removeprefix("<svg")),  # drawn by segno, holds no text
    )  # fmt: skip
