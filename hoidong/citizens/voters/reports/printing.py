"""Long reports as PDF: the worker sets them, who asked is told and reads the file.

Setting hundreds of rows takes a minute; a page that waits so long is lost with the first weak line.
"""

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import override

from hoidong.kernel import audit, files, notices
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.base.text import fold
from hoidong.kernel.papers import listings
from hoidong.kernel.ui.numbers import write as number_text

from ..models import PrintedReport
from .catalogue import BY_SLUG
from .scope import Scope

KIND = "voters.report_printed"
KINDS = (notices.Kind(KIND, lazy("Báo cáo dài đã in xong"), way=notices.Way.APP),)


def connect():
    """Make the notice and the rule for the files known; called once, when the app is ready."""
    notices.register(*KINDS)
    files.serve_rule("voters.printedreport", may_see_file)


def may_see_file(actor, stored):
    """Who asked for the report reads it."""
    if actor is None or actor.account is None:
        return False
    return PrintedReport.objects.filter(file=stored, account=actor.account).exists()


def filled(report, form, *, by):
    """The report in the frame of a valid form; names of voters only where asked for, and who asked is written down."""
    scope = Scope(by, **form.cleaned_data)
    if scope.names:
        audit.looked_at(by.unit, by, what=lazy("họ tên cử tri trong %(report)s"), report=report.name)
    return report.filled(scope)


def name_of(report, form):
    """The name of its file, without the ending."""
    session = form.cleaned_data["session"]
    with override("vi"):  # a paper is Vietnamese, its name too, whoever prints it
        name = slugify(fold(str(report.name)))[:60]
    return "-".join(filter(None, [name, f"ky-{session.number}" if session else ""]))


@in_vietnamese  # an official paper, whoever prints it
def run(slug, query, *, by):
    """Print one report as the person who asked and tell them. Returns the PrintedReport, None where they may no longer read it.

    The rows are those of this moment: the paper says when it was made.
    """
    from .. import rules
    from ..forms import ScopeForm

    report = BY_SLUG[slug]
    form = ScopeForm(QueryDict(query), actor=by, names=report.names) if rules.works_for_council(by) else None
    if form is None or not form.is_valid():
        return None
    rows = filled(report, form, by=by)
    content = listings.pdf(rows, unit=by.unit, patient=True)
    stored = files.save(content, name=f"{name_of(report, form)}.pdf", by=by)
    made = PrintedReport.objects.create(file=stored, account=by.account, report=slug, at=dates.now())
    said = {"report": report.name, "rows": number_text(len(rows.rows))}
    notices.tell([by], kind=KIND, text=_("Đã in xong %(report)s, %(rows)s dòng. Bấm để mở tệp PDF.") % said, url=stored.url)
    return made
