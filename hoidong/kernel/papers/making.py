"""Making papers: the template of the office or the default one, filled, stored as DOCX and as the PDF of that DOCX."""

import io

from django.utils.translation import override

from .. import audit, files
from ..base import dates
from ..base.subjects import ref
from ..base.text import clip
from . import filling, kinds, pdf
from .models import Paper
from .replacing import template_for


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
    printed = pdf.make(docx, title=name)
    pointer, name = ref(subject), clip(name, 110)
    stem = name.replace("/", "-")
    paper = Paper.objects.create(
        kind=kind.code,
        unit=unit,
        subject_kind=pointer.kind,
        subject_id=pointer.id,
        name=name,
        docx=files.save(docx, name=f"{stem}.docx", by=by, unit=unit),
        pdf=files.save(printed, name=f"{stem}.pdf", by=by, unit=unit),
        template=own,
        by=by.account,
        created_at=dates.now(),
    )
    audit.record("papers.make", paper, by, kind=kind.code, name=name, about=str(pointer))
    return paper
