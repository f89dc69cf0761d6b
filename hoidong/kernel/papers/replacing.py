"""An office's own templates: tried before they are taken, ended and never lost, back to the default at any time."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import audit, files
from ..base import dates
from ..base.errors import Invalid
from . import access, filling, kinds, pdf, placeholders
from .models import PaperTemplate

MAX_SIZE = 3 * 1024 * 1024


def template_for(unit, kind_code):
    """The template that counts for a unit: its own, or that of the nearest body above it in the same area, or None."""
    found = PaperTemplate.objects.filter(
        kind=kind_code, ended_at=None, valid_from__lte=dates.today(), unit__path__ancestor_of=unit.path, unit__area=unit.area_id
    )
    return max(found.select_related("unit", "file"), key=lambda row: len(row.unit.path), default=None)


def templates_for(actor):
    """The templates in use in the area of an administrator."""
    found = PaperTemplate.objects.filter(ended_at=None).select_related("unit__area", "file", "by__person")
    if not access.is_administrator(actor) or actor.unit is None:
        return found.none()
    return found.filter(unit__area=actor.unit.area_id).order_by("kind", "unit__position", "unit_id")


def try_out(kind, content):
    """Fill a template with the kind's sample and print it; returns (docx, pdf). Raises Invalid, naming what is wrong.

    Placeholders are checked wherever they stand, also where the sample does not lead: in the other branch of an `if`, in
    the head and the foot of a page, in the properties of the file.
    """
    placeholders.check(content, kind.sample, filling.sandbox())
    docx = filling.fill(content, kind.sample)
    return docx, pdf.make(docx, title=str(kind.name))


@transaction.atomic
def replace(kind_code, unit, upload, *, by):
    """Put an office's own template in the place of the one in use. Returns the PaperTemplate."""
    access.check_may_replace(by, unit)
    kind = kinds.known(kind_code)
    stored = files.save(upload, by=by, unit=unit, limit=MAX_SIZE)
    if not stored.name.endswith(".docx"):
        raise Invalid(_("Mẫu phải là tệp Word .docx. Tải mẫu mặc định về, sửa rồi gửi lại."), field="file")
    try_out(kind, stored.read())
    _end(unit, kind_code)
    own = PaperTemplate.objects.create(unit=unit, kind=kind_code, file=stored, valid_from=dates.today(), by=by.account)
    audit.record("papers.replace_template", own, by, kind=kind_code, unit=unit.pk, digest=stored.digest)
    return own


@transaction.atomic
def restore(template, *, by):
    """Go back to the default template."""
    access.check_may_replace(by, template.unit)
    _end(template.unit, template.kind)
    audit.record("papers.restore_template", template, by, kind=template.kind, unit=template.unit_id)


def _end(unit, kind_code):
    PaperTemplate.objects.filter(unit=unit, kind=kind_code, ended_at=None).update(ended_at=dates.now())
