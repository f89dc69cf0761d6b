"""The PDF of a DOCX: read into HTML, set in Tinos (the free twin of Times New Roman), fetched from nowhere but our fonts."""

import functools
import re
from html import escape
from pathlib import Path

from django.conf import settings
from docx.oxml.ns import qn

from . import marks
from .reading import Reader

_FACES = [(part, weight, style) for part in ("latin", "vietnamese") for weight in (400, 700) for style in ("normal", "italic")]
_FALLBACK = "'Times New Roman','Liberation Serif','Nimbus Roman','FreeSerif','DejaVu Serif',serif"
_BASE = """
html{font-family:%s;font-size:14pt;hyphens:none}
body{margin:0} p{margin:0;orphans:2;widows:2;overflow-wrap:break-word} .turn{display:block;break-after:page}
table{border-collapse:collapse;table-layout:fixed} td{padding:0} .tab{display:inline-block;width:36pt}
.page::after{content:counter(page)} .pages::after{content:counter(pages)}
"""


def make(content, title=""):
    """The PDF (bytes) of a DOCX (bytes). Raises Invalid where the DOCX holds what cannot be shown."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    document = HTML(string=html_of(content, title), url_fetcher=_fetcher(), base_url="https://papers.invalid/")
    return document.write_pdf(font_config=fonts)


def html_of(content, title=""):
    """The whole page that is set: fonts, pages, body."""
    reader = Reader(content)
    faces, family = _fonts()
    pages, parts = [], []
    for place, (section, blocks) in enumerate(_sections(reader)):
        name = f"s{place}"
        pages += _pages(reader, section, name)
        parts.append(f"<section{reader.look(f'page:{name}')}>{blocks}</section>")
    css = faces + _BASE % family + "".join(pages) + reader.stylesheet()
    return (
        f'<html lang="vi"><head><title>{escape(title)}</title><style>{css}</style></head><body>{"".join(parts)}</body></html>'
    )


def _sections(reader):
    """(section, its blocks as HTML). A section ends with the paragraph that carries its properties."""
    sections, start = list(reader.document.sections), []
    place = 0
    for block in reader.document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            start.append(reader.paragraph(block))
            if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                yield sections[place], "".join(start)
                place, start = place + 1, []
        elif block.tag == qn("w:tbl"):
            from .tables import table_html

            start.append(table_html(reader, block))
    yield sections[place], "".join(start)


def _pages(reader, section, name):
    """The rules of the pages of a section: size, margins, head and foot."""
    size = f"{section.page_width.pt:g}pt {section.page_height.pt:g}pt"
    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    margins = " ".join(f"{max(edge.pt, 0):g}pt" for edge in edges)
    yield f"@page {name}{{size:{size};margin:{margins};"
    yield _running(reader, section.header, "top", section.header_distance.pt)
    yield _running(reader, section.footer, "bottom", section.footer_distance.pt) + "}"
    if section.different_first_page_header_footer:
        yield f"@page {name}:first{{"
        for part, edge, distance in ((section.first_page_header, "top", section.header_distance.pt),
                                     (section.first_page_footer, "bottom", section.footer_distance.pt)):  # fmt: skip
            yield "".join(f"@{edge}-{side}{{content:none}}" for side in ("left", "center", "right"))
            yield _running(reader, part, edge, distance)
        yield "}"


def _running(reader, part, edge, distance):
    """The head or foot as the content of a margin box: its text and the number of the page."""
    if part.is_linked_to_previous:
        return ""
    found = []
    for paragraph in part.paragraphs:
        looks, _mark = reader.looks_of(paragraph._p)
        runs = list(reader.runs(paragraph._p, looks))
        if not runs:
            continue
        side = {"left": "left", "right": "right"}.get(looks.p.get("align"), "center")
        css = marks.css_of_letters(runs[0][0])
        place = f"vertical-align:{edge};padding-{edge}:{distance:g}pt"
        found.append(
            f"@{edge}-{side}{{content:{_content(''.join(html for _letters, html in runs))};{css};{place};white-space:pre;width:100%}}"
        )
    return "".join(found)


def _content(html):
    """The runs of a head or foot as the value of `content`: strings and counters."""
    parts = []
    for field, text in re.findall(r'<span class="(page|pages)"></span>|([^<>]+)(?![^<]*>)', html):
        words = (
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
        )
        quoted = "".join(letter if letter.isalnum() or letter in " .,-/:" else f"\\{ord(letter):x} " for letter in words)
        parts.append(f"counter({field})" if field else f'"{quoted}"')
    return " ".join(parts) or "none"


@functools.cache
def _fonts():
    """(the @font-face rules, the list of families). One family for each file, so that no letter asks for another font."""
    folder = next((path for path in _folders() if (path / "tinos-latin-400-normal.woff2").is_file()), None)
    if folder is None:
        return "", _FALLBACK
    faces = "".join(
        f"@font-face{{font-family:'Tinos {part}';font-weight:{weight};font-style:{style};"
        f"src:url('{(folder / f'tinos-{part}-{weight}-{style}.woff2').as_uri()}')}}"
        for part, weight, style in _FACES
    )
    return faces, f"'Tinos latin','Tinos vietnamese',{_FALLBACK}"


def _folders():
    yield Path(settings.VAR_DIR) / "assets/vendor/fonts"
    if settings.STATIC_ROOT:
        yield Path(settings.STATIC_ROOT) / "vendor/fonts"
    yield Path(settings.BASE_DIR) / "node_modules/@fontsource/tinos/files"


@functools.cache
def _fetcher():
    """Reads our own fonts and nothing else: a paper brings no address of its own. A font that cannot be read is an error."""
    from weasyprint.urls import URLFetcher

    class OwnFonts(URLFetcher):
        def fetch(self, url, headers=None):
            if not re.fullmatch(r"file:.*/tinos-[a-z0-9-]+\.woff2", url):
                raise ValueError(f"Papers fetch nothing: {url[:80]}")
            return super().fetch(url, headers)

    return OwnFonts(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
