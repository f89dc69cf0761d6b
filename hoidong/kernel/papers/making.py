"""Making papers: the template of the office or the default one, filled, stored as DOCX and as the PDF of that DOCX."""

import io
import re
import zipfile

from django.db import transaction
from django.utils.translation import override

from .. import audit, files
from ..base import dates
from ..base.subjects import ref
from ..base.text import clip
from . import filling, kinds, pdf
from .models import Paper
from .replacing import template_for

LONG = 120  # rows


def default_template(kind):
    """The default template of a kind as DOCX bytes."""
    with override("vi"):
        document = kind.build()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def render(kind_code, context, *, unit):
    """The DOCX of a paper (bytes), by the office's template or the default one; nothing is stored."""
    return _filled(kinds.known(kind_code), context, unit)[0]


def _filled(kind, context, unit):
    own = template_for(unit, kind.code)
    template = own.file.read() if own else default_template(kind)
    with override("vi"):
        return filling.fill(template, context), own


def make(kind_code, context, *, unit, name, subject, by):
    """Make and store a paper of a unit about a record. Returns the Paper.

    Raises Invalid where the office's own template does not fit the paper any more.
    """
    kind = kinds.known(kind_code)
    docx, own = _filled(kind, context, unit)
    pointer, name = ref(subject), clip(name, 110)
    paper = Paper.objects.create(
        kind=kind.code,
        unit=unit,
        subject_kind=pointer.kind,
        subject_id=pointer.id,
        name=name,
        docx=files.save(docx, name=f"{_stem(name)}.docx", by=by, unit=unit),
        pdf=None if _is_long(docx) else _printed(docx, name, unit, by),
        template=own,
        by=by.account,
        created_at=dates.now(),
    )
    audit.record("papers.make", paper, by, kind=kind.code, name=name, about=str(pointer))
    return paper


@transaction.atomic
def pdf_of(paper, *, by):
    """The PDF of a paper; made from its stored DOCX and kept, where it was not made yet."""
    if paper.pdf_id:
        return paper.pdf
    locked = Paper.objects.select_for_update(of=("self",)).select_related("docx", "unit").get(pk=paper.pk)
    if locked.pdf_id is None:
        locked.pdf = _printed(locked.docx.read(), locked.name, locked.unit, by)
        locked.save(update_fields=["pdf"])
    return locked.pdf


def _printed(docx, name, unit, by):
    return files.save(pdf.make(docx, title=name), name=f"{_stem(name)}.pdf", by=by, unit=unit)


def _stem(name):
    return name.replace("/", "-")


def _is_long(docx):
    """Whether the paper has so many rows that its PDF waits until it is asked for; nobody else waits for it meanwhile."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return len(re.findall(rb"<w:tr[ >]", package.read("word/document.xml"))) > LONG
