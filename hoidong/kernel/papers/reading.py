"""A DOCX read into HTML: paragraphs, letters, tables, the number of the page. What cannot be shown is refused, not dropped."""

import io
from html import escape

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.oxml.ns import qn

from ..base.errors import Invalid
from . import marks
from .marks import Looks, child, value
from .tables import table_html

# What Word can hold and this reader cannot show: better to say so than to print another paper than the one that is stored.
_FOREIGN = {
    "drawing": _("hình, khung vẽ"), "pict": _("hình, khung vẽ"), "object": _("đối tượng nhúng"), "numPr": _("đánh số tự động"),
    "footnoteReference": _("chú thích cuối trang"), "endnoteReference": _("chú thích cuối bài"), "ins": _("theo dõi thay đổi"),
    "del": _("theo dõi thay đổi"), "sdt": _("ô điều khiển nội dung"), "altChunk": _("tài liệu nhúng"), "sym": _("ký hiệu đặc biệt"),
}  # fmt: skip
_FIELDS = {"PAGE": "page", "NUMPAGES": "pages"}


class Reader:
    """Reads one document. `html` is the body, `sections` its pages, in order."""

    def __init__(self, content):
        self.document = Document(io.BytesIO(content))
        self._check()
        self._styles, self._classes = {}, {}
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        self._defaults = Looks(
            marks.of_paragraph(child(child(defaults, "pPrDefault"), "pPr")),
            marks.of_letters(child(child(defaults, "rPrDefault"), "rPr")),
        )

    def _check(self):
        roots = [self.document.element.body, *self._headers()]
        found = {
            str(word)
            for name, word in _FOREIGN.items()
            if any(next(root.iter(qn(f"w:{name}")), None) is not None for root in roots)
        }
        fields = {code for root in roots for code in _codes(root)}
        if fields - set(_FIELDS):
            found.add(_now("trường tính toán của Word"))
        if found:
            raise Invalid(
                _now(
                    "Mẫu có %(what)s, bản PDF không in được như bản Word. Bỏ phần đó khỏi mẫu (đường kẻ thì dùng viền đoạn văn)."
                )
                % {"what": ", ".join(sorted(found))},
                field="file",
            )

    def _headers(self):
        for section in self.document.sections:
            for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
                if not part.is_linked_to_previous:
                    yield part._element

    def style(self, style_id, kind="paragraph"):
        """The looks of a style with those it is based on; of the default style where none is named."""
        key = (style_id, kind)
        if key not in self._styles:
            self._styles[key] = self._read_style(style_id, kind)
        return self._styles[key]

    def _read_style(self, style_id, kind):
        found = self.element_of_style(style_id, kind)
        if found is None:
            return Looks()
        own = Looks(marks.of_paragraph(child(found, "pPr")), marks.of_letters(child(found, "rPr")))
        above = value(child(found, "basedOn"), "val")
        return self._read_style(above, kind).over(own) if above and above != style_id else own

    def element_of_style(self, style_id, kind):
        """<w:style> with this id, or the default of its kind."""
        for found in self.document.styles.element.iterchildren(qn("w:style")):
            if value(found, "type") != kind:
                continue
            if (style_id and value(found, "styleId") == style_id) or (
                not style_id and value(found, "default") in ("1", "true")
            ):
                return found
        return None

    def blocks(self, parent, around=None):
        """The paragraphs and tables of a body or cell as HTML; `around` are looks a table gives."""
        html = []
        for block in parent.iterchildren():
            if block.tag == qn("w:p"):
                html.append(self.paragraph(block, around))
            elif block.tag == qn("w:tbl"):
                html.append(table_html(self, block))
        return "".join(html)

    def looks_of(self, paragraph, around=None):
        """The looks of a paragraph: defaults, table, style, its own marks."""
        properties = child(paragraph, "pPr")
        looks = self._defaults.over(around or Looks()).over(self.style(value(child(properties, "pStyle"), "val")))
        own = marks.of_paragraph(properties)
        return looks.over(Looks(own, {})), marks.of_letters(child(properties, "rPr"))

    def paragraph(self, paragraph, around=None):
        """<p> with its runs. An empty one keeps its height."""
        looks, own_mark = self.looks_of(paragraph, around)
        runs = list(self.runs(paragraph, looks))
        css = marks.css_of_paragraph(looks.p)
        if not runs:
            height = own_mark.get("size") or looks.r.get("size") or 10
            return f"<p{self.look(f'{css};font-size:{height:g}pt')}>\u200b</p>\n"
        if len(runs) == 1:
            letters, html = runs[0]
            return f"<p{self.look(f'{css};{marks.css_of_letters(letters)}')}>{html}</p>\n"
        size = max(letters.get("size", 0) for letters, _html in runs)
        css += f";font-size:{size:g}pt" if size else ""
        spans = (f"<span{self.look(marks.css_of_letters(letters))}>{html}</span>" for letters, html in runs)
        return f"<p{self.look(css)}>{''.join(spans)}</p>\n"

    def look(self, css):
        """The class attribute that gives these properties; alike ones share a class, which keeps long lists quick to set."""
        if not css:
            return ""
        return f' class="{self._classes.setdefault(css, f"k{len(self._classes)}")}"'

    def stylesheet(self):
        """The rules of all classes used so far."""
        return "".join(f".{name}{{{css}}}\n" for css, name in self._classes.items())

    def runs(self, paragraph, looks):
        """The runs of a paragraph: (looks of the letters, HTML)."""
        code, skipping = "", False
        for run in paragraph.iter(qn("w:r"), qn("w:fldSimple")):
            if run.tag == qn("w:fldSimple"):
                yield looks.r, _field_html(value(run, "instr") or "")
                continue
            if run.getparent().tag == qn("w:fldSimple"):
                continue
            style = value(child(child(run, "rPr"), "rStyle"), "val")
            letters = {**looks.r, **(self.style(style, "character").r if style else {}), **marks.of_letters(child(run, "rPr"))}
            text = []
            for part in run.iterchildren():
                name = part.tag.rpartition("}")[2]
                if name == "fldChar":
                    kind = value(part, "fldCharType")
                    skipping = kind != "end"
                    if kind == "end":
                        text.append(_field_html(code))
                    code = "" if kind in ("begin", "end") else code
                elif name == "instrText":
                    code += part.text or ""
                elif not skipping:
                    text.append(_part_html(name, part))
            if any(text) and not letters.get("hidden"):
                yield letters, "".join(text)


def _part_html(name, part):
    if name == "t":
        return escape(part.text or "").replace("  ", "\u00a0 ")
    if name == "br":
        return '<span class="turn"></span>' if value(part, "type") == "page" else "<br>"
    return {"tab": '<span class="tab"></span>', "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "cr": "<br>"}.get(name, "")


def _field_html(code):
    name = (code.split() or [""])[0].upper()
    return f'<span class="{_FIELDS[name]}"></span>' if name in _FIELDS else ""


def _codes(root):
    """The names of the fields in a part: PAGE, REF …"""
    text = ""
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            yield (value(element, "instr").split() or [""])[0].upper()
        elif element.tag == qn("w:instrText"):
            text += element.text or ""
        elif value(element, "fldCharType") in ("separate", "end") and text.strip():
            yield text.split()[0].upper()
            text = ""
