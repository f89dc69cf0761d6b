"""How a DOCX says that letters and paragraphs look, read into CSS. Lengths come as points."""

from dataclasses import dataclass, field

from docx.oxml.ns import qn

SINGLE = 1.15  # the height of a line of Times New Roman (and of Tinos), for one point of letter
_ALIGN = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_LINES = {"single": "solid", "double": "double", "dotted": "dotted", "dashed": "dashed", "thick": "solid"}
EDGES = ("top", "left", "bottom", "right")


@dataclass
class Looks:
    """Properties by name, of paragraphs (`p`) and letters (`r`); the nearer one wins."""

    p: dict = field(default_factory=dict)
    r: dict = field(default_factory=dict)

    def over(self, other):
        """These properties, with those of `other` on top."""
        return Looks({**self.p, **other.p}, {**self.r, **other.r})


def value(element, name):
    """The attribute `w:name`, or None."""
    return element.get(qn(f"w:{name}")) if element is not None else None


def child(element, name):
    """The child `w:name`, or None."""
    return element.find(qn(f"w:{name}")) if element is not None else None


def is_on(element):
    """Whether a mark such as <w:b/> is set."""
    return value(element, "val") not in ("0", "false", "off", "none")


def twips(text):
    """Twentieths of a point as points."""
    try:
        return float(text) / 20
    except (TypeError, ValueError):
        return 0.0


def of_letters(properties):
    """What <w:rPr> says."""
    found = {}
    for name, key in (("b", "bold"), ("i", "italic"), ("caps", "caps"), ("smallCaps", "small_caps"), ("strike", "strike"),
                      ("vanish", "hidden")):  # fmt: skip
        if (mark := child(properties, name)) is not None:
            found[key] = is_on(mark)
    if (mark := child(properties, "u")) is not None:
        found["underline"] = is_on(mark)
    if (mark := child(properties, "sz")) is not None:
        found["size"] = float(value(mark, "val")) / 2
    if (mark := child(properties, "vertAlign")) is not None:
        found["raised"] = value(mark, "val")
    if (mark := child(properties, "color")) is not None:
        found["color"] = value(mark, "val")
    return found


def of_paragraph(properties):
    """What <w:pPr> says."""
    found = {}
    if (mark := child(properties, "jc")) is not None:
        found["align"] = _ALIGN.get(value(mark, "val"), "left")
    if (mark := child(properties, "spacing")) is not None:
        for name in ("before", "after"):
            if value(mark, name) is not None:
                found[name] = twips(value(mark, name))
        if value(mark, "line") is not None:
            found["line"] = (value(mark, "lineRule") or "auto", float(value(mark, "line")))
    if (mark := child(properties, "ind")) is not None:
        for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
            for name in names:
                if value(mark, name) is not None:
                    found[f"indent_{key}"] = twips(value(mark, name))
        if value(mark, "firstLine") is not None:
            found["first"] = twips(value(mark, "firstLine"))
        if value(mark, "hanging") is not None:
            found["first"] = -twips(value(mark, "hanging"))
    for name, key in (("keepNext", "keep_next"), ("keepLines", "keep_lines"), ("pageBreakBefore", "new_page"),
                      ("contextualSpacing", "close")):  # fmt: skip
        if (mark := child(properties, name)) is not None:
            found[key] = is_on(mark)
    if (mark := child(properties, "pBdr")) is not None:
        found["borders"] = {edge: border(child(mark, edge)) for edge in EDGES if child(mark, edge) is not None}
        found["border_room"] = {edge: float(value(child(mark, edge), "space") or 0) for edge in found["borders"]}
    return found


def border(mark):
    """A border as CSS: `0.5pt solid #000`."""
    kind = value(mark, "val")
    if mark is None or kind in (None, "nil", "none"):
        return "none"
    width = max(float(value(mark, "sz") or 4) / 8, 0.25)
    color = value(mark, "color")
    return f"{width:g}pt {_LINES.get(kind, 'solid')} {'#000' if color in (None, 'auto') else f'#{color[:6]}'}"


def css_of_letters(looks):
    """The properties of letters as CSS."""
    css = []
    if looks.get("size"):
        css.append(f"font-size:{looks['size']:g}pt")
    css.append(f"font-weight:{700 if looks.get('bold') else 400}")
    css.append(f"font-style:{'italic' if looks.get('italic') else 'normal'}")
    lines = [word for key, word in (("underline", "underline"), ("strike", "line-through")) if looks.get(key)]
    if lines:
        css.append(f"text-decoration:{' '.join(lines)}")
    if looks.get("caps"):
        css.append("text-transform:uppercase")
    if looks.get("small_caps"):
        css.append("font-variant-caps:small-caps")
    if looks.get("raised") in ("superscript", "subscript"):
        css.append(f"vertical-align:{'super' if looks['raised'] == 'superscript' else 'sub'};font-size:65%")
    if len(looks.get("color") or "") == 6 and looks["color"].isalnum():
        css.append(f"color:#{looks['color']}")
    return ";".join(css)


def css_of_paragraph(looks):
    """The properties of a paragraph as CSS."""
    css = [
        f"text-align:{looks.get('align', 'left')}",
        f"margin:{looks.get('before', 0):g}pt {looks.get('indent_right', 0):g}pt"
        f" {looks.get('after', 0):g}pt {looks.get('indent_left', 0):g}pt",
        f"line-height:{_line_height(looks.get('line'))}",
    ]
    if looks.get("first"):
        css.append(f"text-indent:{looks['first']:g}pt")
    for edge, drawn in looks.get("borders", {}).items():
        css.append(f"border-{edge}:{drawn};padding-{edge}:{looks['border_room'].get(edge, 0):g}pt")
    if looks.get("keep_next"):
        css.append("break-after:avoid")
    if looks.get("keep_lines"):
        css.append("break-inside:avoid")
    if looks.get("new_page"):
        css.append("break-before:page")
    return ";".join(css)


def _line_height(line):
    rule, amount = line or ("auto", 240.0)
    return f"{amount / 240 * SINGLE:.4g}" if rule == "auto" else f"{amount / 20:g}pt"
