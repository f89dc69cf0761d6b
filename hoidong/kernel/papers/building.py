"""The pieces default templates are built of, by the layout of Decree 30/2020/NĐ-CP, annex I (sizes in points and cm).

Each function adds to a python-docx document or cell. Rules are borders of paragraphs and not drawings, so that an office
can edit them in Word and the PDF shows the same.
"""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "Times New Roman"
BODY = 14
LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 3, 1.5, 2, 2
WIDTH = 21 - LEFT_MARGIN - RIGHT_MARGIN
HEAD = (6.7, 9.8)  # the two columns of the heading: the name of the country needs 9.6 cm in 13 points
FIRST_LINE = 1.27
MOTTO_WIDTH = 6.1
MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CENTER, LEFT, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip


def sheet(*, landscape=False, wide=False):
    """An empty document, A4 or with `wide` A3: margins, font, page number at the top from the second page on."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    _set_language(normal)
    section = document.sections[0]
    short, long = (Cm(29.7), Cm(42)) if wide else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(LEFT_MARGIN), Cm(RIGHT_MARGIN)
    section.top_margin, section.bottom_margin = Cm(TOP_MARGIN), Cm(BOTTOM_MARGIN)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTER
    _field(number, "PAGE", size=13)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    return document


def line(place, text="", *, size=BODY, bold=False, italic=False, align=LEFT, before=0.0, after=0.0, indent=0.0, first=0.0,
         keep=False, spacing=1.0):  # fmt: skip
    """A paragraph in a document or cell; a cell's first, empty paragraph is used up. `text` may be [(words, bold, italic)]."""
    empty = place.paragraphs[0] if hasattr(place, "_tc") and len(place.paragraphs) == 1 else None
    paragraph = empty if empty is not None and not empty.runs else place.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), spacing
    form.left_indent, form.first_line_indent = Cm(indent), Cm(first)
    form.keep_with_next = keep or None
    if not text:
        _mark_size(paragraph, size)
    for words, strong, slanted in [(text, bold, italic)] if isinstance(text, str) else text:
        run = paragraph.add_run(words)
        run.font.size, run.bold, run.italic = Pt(size), strong or None, slanted or None
    return paragraph


def _mark_size(paragraph, size):
    """The height of an empty paragraph is that of its mark."""
    mark, letters = OxmlElement("w:rPr"), OxmlElement("w:sz")
    letters.set(qn("w:val"), str(round(size * 2)))
    mark.append(letters)
    paragraph._p.get_or_add_pPr().append(mark)


def body(place, text, *, before=6.0, keep=False):
    """A paragraph of the text: justified, its first line moved in by 1.27 cm."""
    return line(place, text, align=BOTH, first=FIRST_LINE, before=before, keep=keep, spacing=1.1)


def control(place, tag):
    """A paragraph that holds only a control word of the template (`{%p if … %}`) and is not printed."""
    return line(place, tag)


def rule(place, *, width, inside):
    """A line of `width` cm in the middle of a column of `inside` cm."""
    paragraph = line(place, "", size=2)
    form = paragraph.paragraph_format
    form.line_spacing = Pt(3)
    form.left_indent = form.right_indent = Cm((inside - width) / 2)
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, *_AFTER_BORDER)
    return paragraph


_AFTER_BORDER = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
)  # fmt: skip


def grid(document, widths, *, rows=1, lined=False):
    """A table of fixed columns (cm) as wide as said, without the usual inner margins where it has no lines."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.style = document.styles["Table Grid" if lined else "Normal Table"]
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        set_widths(row, widths)
    _margins(table, 0.15 if lined else 0)
    return table


def set_widths(row, widths):
    """Give the cells of a row their widths; Word reads them there."""
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP


def heading(document, *, number="Số: {{ number }}", about=""):
    """Issuing body, name of the country, number, place and day. `about` is the line "V/v …" of a letter."""
    table = grid(document, HEAD, rows=2)
    body_cell, state = table.rows[0].cells
    control(body_cell, "{%p if heading.above %}")
    line(body_cell, "{{ heading.above }}", size=13, align=CENTER)
    control(body_cell, "{%p endif %}")
    line(body_cell, "{{ heading.body }}", size=13, bold=True, align=CENTER)
    rule(body_cell, width=2.4, inside=HEAD[0])
    line(state, STATE, size=13, bold=True, align=CENTER)
    line(state, MOTTO, size=14, bold=True, align=CENTER)
    rule(state, width=MOTTO_WIDTH, inside=HEAD[1])
    under, day = table.rows[1].cells
    line(under, number, size=13, align=CENTER, before=6)
    if about:
        line(under, about, size=12, align=CENTER, before=2, indent=0.3)
    line(day, "{{ heading.place }}, {{ day }}", size=13, italic=True, align=CENTER, before=6)
    return table


def letterhead(document):
    """Issuing body and name of the country without number and day, over a list."""
    table = grid(document, HEAD)
    body_cell, state = table.rows[0].cells
    line(body_cell, "{{ heading.body }}", size=12, bold=True, align=CENTER)
    rule(body_cell, width=2.4, inside=HEAD[0])
    line(state, STATE, size=12, bold=True, align=CENTER)
    line(state, MOTTO, size=13, bold=True, align=CENTER)
    rule(state, width=MOTTO_WIDTH, inside=HEAD[1])
    return table


def title(document, kind, about, *, inside=WIDTH):
    """Name of the kind of paper and what it is about, with the rule under it."""
    line(document, kind, bold=True, align=CENTER, before=18, keep=True)
    line(document, about, bold=True, align=CENTER, keep=True)
    rule(document, width=5, inside=inside)


def addressee(document, text):
    """`Kính gửi: …`, in the middle."""
    line(document, text, align=CENTER, before=18, after=6)


def listing(document, widths, head, cells, *, each, size=12, centred=(), whole_rows=True):
    """A lined table: a head that comes again on each page, and one row for every `each` (`row in rows`).

    Rows stay whole on a page unless `whole_rows` is off: words of a page's length would leave half of the page before empty.
    """
    table = grid(document, widths, rows=4, lined=True)
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        line(cell, words, size=size, bold=True, align=CENTER, before=2, after=2)
        cell.vertical_alignment = MIDDLE
    repeat(table.rows[0])
    _tag_row(table.rows[1], f"{{%tr for {each} %}}")
    for place, (cell, words) in enumerate(zip(table.rows[2].cells, cells, strict=True)):
        line(cell, words, size=size, align=CENTER if place in centred else LEFT, before=2, after=2)
    if whole_rows:
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _tag_row(table.rows[3], "{%tr endfor %}")
    return table


def repeat(row):
    """The row comes again at the top of every page, and is never torn apart."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def signature(document, *, recipients="recipients", sides=(6.2, 10.3)):
    """Who gets the paper at the left, who signs it at the right, with room for the signature and the seal."""
    line(document, "", size=8, keep=True)
    table = grid(document, sides)
    to, by = table.rows[0].cells
    line(to, "Nơi nhận:", size=12, bold=True, italic=True)
    control(to, f"{{%p for line in {recipients} %}}")
    line(to, "- {{ line }}", size=11)
    control(to, "{%p endfor %}")
    signer(by, "signature")
    keep_together(table)
    return table


def signer(cell, name):
    """Authority, title and name of one who signs: `name.titles` (lines) and `name.name`."""
    control(cell, f"{{%p for line in {name}.titles %}}")
    line(cell, "{{ line }}", bold=True, align=CENTER, size=13, keep=True)
    control(cell, "{%p endfor %}")
    for _room in range(4):
        line(cell, "", keep=True)
    line(cell, f"{{{{ {name}.name }}}}", bold=True, align=CENTER)


def keep_together(table):
    """The rows of the table are not torn apart between pages."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def new_page(document):
    """What follows begins on a new page."""
    paragraph = line(document, "", size=2)
    paragraph.paragraph_format.page_break_before = True
    return paragraph


def annex(document, title, *, of, number="PHỤ LỤC", sender="sender"):
    """Begin an annex on a page of its own: its number, its title, which paper it belongs to (`of`, as "Công văn"), a rule.

    `sender` names the placeholder of who issues the paper.
    """
    new_page(document)
    line(document, number, bold=True, align=CENTER)
    line(document, title, bold=True, align=CENTER)
    told = f"(Kèm theo {of} số {{{{ number }}}} {{{{ day }}}} của {{{{ {sender} }}}})"
    line(document, told, italic=True, align=CENTER, after=2)
    rule(document, width=5, inside=WIDTH)
    line(document, "", size=6)


def _tag_row(row, tag):
    line(row.cells[0], tag)


def _margins(table, side):
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(Cm(side).twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        properties.append(margins)


def _field(paragraph, code, size):
    """A field that Word computes, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind == "text":
            run.text = text
            continue
        mark = OxmlElement("w:instrText" if not kind else "w:fldChar")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {text} "
        run._r.append(mark)


def _set_language(style):
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
