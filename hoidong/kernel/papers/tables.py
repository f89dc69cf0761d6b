"""Tables of a DOCX as HTML: fixed columns, merged cells, borders, rows that come again on each page."""

from docx.oxml.ns import qn

from . import marks
from .marks import Looks, child, value

_INSIDE = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}
_VERTICAL = {"center": "middle", "bottom": "bottom"}


def table_html(reader, table):
    """<table> with its rows; a row marked as heading goes into <thead>."""
    properties = child(table, "tblPr")
    style = reader.element_of_style(value(child(properties, "tblStyle"), "val"), "table")
    columns = [marks.twips(value(column, "w")) for column in child(table, "tblGrid").iterchildren(qn("w:gridCol"))]
    frame = _Frame(reader, properties, style)
    rows = list(table.iterchildren(qn("w:tr")))
    heads = [row for row in rows if child(child(row, "trPr"), "tblHeader") is not None]
    body = [row for row in rows if row not in heads]
    spans = _vertical_spans(rows)
    place = {row: index for index, row in enumerate(rows)}
    html = [f"<table{reader.look(frame.css(sum(columns)))}><colgroup>"]
    html += [f"<col{reader.look(f'width:{width:g}pt')}>" for width in columns]
    html.append("</colgroup>")
    if heads:
        html += ["<thead>", *(frame.row(row, spans, place[row], len(rows)) for row in heads), "</thead>"]
    html += ["<tbody>", *(frame.row(row, spans, place[row], len(rows)) for row in body), "</tbody></table>\n"]
    return "".join(html)


class _Frame:
    """What a table says for all of its cells: borders, inner margins, where it stands."""

    def __init__(self, reader, properties, style):
        self.reader = reader
        self.around = Looks(marks.of_paragraph(child(style, "pPr")), marks.of_letters(child(style, "rPr")))
        self.borders, self.margins, chain = {}, {"left": 5.4, "right": 5.4, "top": 0.0, "bottom": 0.0}, []
        while style is not None:
            chain.insert(0, child(style, "tblPr"))
            above = value(child(style, "basedOn"), "val")
            style = reader.element_of_style(above, "table") if above else None
        for layer in (*chain, properties):
            for mark in child(layer, "tblBorders") if child(layer, "tblBorders") is not None else ():
                self.borders[mark.tag.rpartition("}")[2].replace("start", "left").replace("end", "right")] = marks.border(mark)
            self.margins |= _margins(child(layer, "tblCellMar"))
        self.align = value(child(properties, "jc"), "val") or "left"
        self.indent = marks.twips(value(child(properties, "tblInd"), "w"))

    def css(self, width):
        """The table itself: as wide as its columns, at the left, in the middle or at the right."""
        sides = {"center": "0 auto", "right": "0 0 0 auto", "end": "0 0 0 auto"}.get(self.align, f"0 0 0 {self.indent:g}pt")
        return f"width:{width:g}pt;margin:{sides}"

    def row(self, row, spans, place, count):
        """One <tr>."""
        properties = child(row, "trPr")
        whole = child(properties, "cantSplit") is not None
        height = marks.twips(value(child(properties, "trHeight"), "val"))
        css = ";".join([*(["break-inside:avoid"] if whole else []), *([f"height:{height:g}pt"] if height else [])])
        cells, column, total = [], 0, sum(_width(cell) for cell in row.iterchildren(qn("w:tc")))
        for cell in row.iterchildren(qn("w:tc")):
            edges = {
                "top": place == 0,
                "bottom": place == count - 1,
                "left": column == 0,
                "right": column + _width(cell) == total,
            }
            if (place, column) in spans:
                cells.append(self._cell(cell, spans[place, column], edges))
            column += _width(cell)
        return f"<tr{self.reader.look(css)}>{''.join(cells)}</tr>\n"

    def _cell(self, cell, rows, edges):
        properties = child(cell, "tcPr")
        own = child(properties, "tcBorders")
        css = [f"vertical-align:{_VERTICAL.get(value(child(properties, 'vAlign'), 'val'), 'top')}"]
        for edge in marks.EDGES:
            mark = child(own, edge)
            drawn = marks.border(mark) if mark is not None else self.borders.get(edge if edges[edge] else _INSIDE[edge], "none")
            css.append(f"border-{edge}:{drawn}")
        margins = self.margins | _margins(child(properties, "tcMar"))
        css.append("padding:" + " ".join(f"{margins[edge]:g}pt" for edge in ("top", "right", "bottom", "left")))
        if (
            (shade := child(properties, "shd")) is not None
            and len(value(shade, "fill") or "") == 6
            and value(shade, "fill").isalnum()
        ):
            css.append(f"background:#{value(shade, 'fill')}")
        spans = f' colspan="{_width(cell)}"' * (_width(cell) > 1) + f' rowspan="{rows}"' * (rows > 1)
        return f"<td{spans}{self.reader.look(';'.join(css))}>{self.reader.blocks(cell, self.around)}</td>"


def _margins(mark):
    found = {}
    for edge, names in (("left", ("left", "start")), ("right", ("right", "end")), ("top", ("top",)), ("bottom", ("bottom",))):
        for name in names:
            if child(mark, name) is not None:
                found[edge] = marks.twips(value(child(mark, name), "w"))
    return found


def _width(cell):
    return int(value(child(child(cell, "tcPr"), "gridSpan"), "val") or 1)


def _vertical_spans(rows):
    """{(row, column): rows it spans} of the cells that are drawn; cells that go on from above are not among them."""
    spans, open_at = {}, {}
    for place, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren(qn("w:tc")):
            merge = child(child(cell, "tcPr"), "vMerge")
            if merge is not None and value(merge, "val") != "restart" and column in open_at:
                spans[open_at[column]] += 1
            else:
                spans[place, column] = 1
                open_at.pop(column, None)
                if merge is not None:
                    open_at[column] = (place, column)
            column += _width(cell)
    return spans
