"""The placeholders of a template, read without filling it: what stands in a branch that a trial does not take counts too."""

import io
import zipfile
from itertools import chain

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from ..base.errors import Invalid

_PARTS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
)
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_ANY = object()  # a value whose parts are not known beforehand: a loop, something worked out in the template
_PLAIN = object()  # text or a number


def check(template, sample, environment):
    """Raise Invalid naming every placeholder of a template (bytes) that its kind of paper does not have, and those it has.

    `sample` is a whole context of the kind. What cannot be read as a template at all is left to `filling.fill` to say.
    """
    try:
        trees = [environment.parse(text) for text in _texts(template)]
    except (TemplateError, PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        return
    known = {name: _ANY for name in environment.globals} | _shape(sample)
    unknown = sorted({name for tree in trees for name in _Walk(known).unknown(tree)})
    if unknown:
        raise Invalid(unknown_words([f"“{name}”" for name in unknown], sample), field="file")


def unknown_words(quoted, sample):
    """The sentence that names unknown placeholders, already in quotation marks, and lists the valid ones."""
    return _("Mẫu có ô giữ chỗ lạ: %(unknown)s. Sửa lại trong Word; loại văn bản này có các ô: %(names)s.") % {
        "unknown": ", ".join(quoted),
        "names": names(sample),
    }


def names(sample):
    """Every placeholder of a context in words: "heading.body, number, petitions (mỗi dòng: place, text)"."""
    return ", ".join(chain.from_iterable(_named(name, shape) for name, shape in _shape(sample).items()))


def _named(name, shape):
    if isinstance(shape, dict):
        return [part for key, inner in shape.items() for part in _named(f"{name}.{key}", inner)]
    if isinstance(shape, list) and isinstance(shape[0], dict):
        row = ", ".join(part for key, inner in shape[0].items() for part in _named(key, inner))
        return [_("%(name)s (mỗi dòng: %(parts)s)") % {"name": name, "parts": row}]
    return [name]


def _texts(template):
    """The parts of a DOCX that are filled, each as one text of the template engine."""
    document = Document(io.BytesIO(template))
    reader = DocxTemplate(io.BytesIO(template))
    for part in document.part.package.iter_parts():
        if part.content_type in _PARTS:
            yield reader.patch_xml(part.blob.decode("utf-8"))
    for name in _PROPERTIES:
        yield getattr(document.core_properties, name) or ""


def _shape(value):
    """What a value is made of: a dictionary by name, a list of one element, or plain."""
    if isinstance(value, dict):
        return {str(key): _shape(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_joined([_shape(part) for part in value])]
    return _PLAIN


def _joined(shapes):
    """One shape for the elements of a list: rows may differ in what they have."""
    if not shapes:
        return _ANY
    if all(isinstance(shape, dict) for shape in shapes):
        return {key: part for shape in shapes for key, part in shape.items()}
    return shapes[0]


class _Walk:
    """Goes through a template with the names known at each place."""

    def __init__(self, known):
        self.known, self.found = dict(known), []

    def unknown(self, tree):
        """The unknown placeholders of a template, as they are written."""
        self._visit(tree)
        return self.found

    def _visit(self, node):
        if isinstance(node, nodes.For):
            self._visit_loop(node)
        elif isinstance(node, nodes.Expr):
            self._shape_of(node)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self._shape_of(node.node))
        else:
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Name) and child.ctx != "load":
                    self.known[child.name] = _ANY
                else:
                    self._visit(child)

    def _visit_loop(self, node):
        over = self._shape_of(node.iter)
        outside = dict(self.known)
        self._bind(node.target, over[0] if isinstance(over, list) else _ANY)
        self.known["loop"] = _ANY
        for child in (*filter(None, [node.test]), *node.body):
            self._visit(child)
        self.known = outside
        for child in node.else_:
            self._visit(child)

    def _bind(self, target, shape):
        for name in [target, *target.find_all(nodes.Name)]:
            if isinstance(name, nodes.Name):
                self.known[name.name] = shape if name is target else _ANY

    def _shape_of(self, node):
        """The shape an expression has; unknown names on the way are kept."""
        if isinstance(node, nodes.Name):
            if node.name not in self.known:
                self.found.append(node.name)
            return self.known.get(node.name, _ANY)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self._part(node, self._shape_of(node.node))
        for child in node.iter_child_nodes():
            self._shape_of(child) if isinstance(child, nodes.Expr) else self._visit(child)
        return _ANY

    def _part(self, node, whole):
        key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            self._shape_of(node.arg)
            return _ANY
        if isinstance(whole, list) and isinstance(key, int):
            return whole[0]
        if isinstance(whole, dict) and key in whole:
            return whole[key]
        sort = {dict: dict, list: list}.get(type(whole), str)
        if whole is not _ANY and not (isinstance(key, int) or hasattr(sort, str(key))):
            self.found.append(_written(node))
        return _ANY


def _written(node):
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}.{getattr(node.arg, 'value', '…')}"
    return "…"
