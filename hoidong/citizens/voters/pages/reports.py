"""The page of results, the catalogue of reports, and each report as a page, XLSX, DOCX or PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import listings, workbooks
from hoidong.kernel.ui import toasts
from hoidong.kernel.ui.looks import Part
from hoidong.kernel.ui.numbers import write as number_text

from .. import figures, queries, reports, rules
from ..forms import ScopeForm
from ..reports import printing, synthesis, tasks

TYPES = {
    "xlsx": workbooks.XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WRITERS = {"xlsx": workbooks.xlsx, "docx": listings.docx, "pdf": listings.pdf}
SHOWN = 200  # rows on the page; the files hold them all


def _council_side(request):
    if not rules.works_for_council(request.actor):
        raise Http404


@require_GET
def report(request):
    """Figures of one session; every figure is a door to the list behind it."""
    _council_side(request)
    session, offered = _session(request)
    context = {"session": session, "sessions": offered, "now": dates.now()}
    if session is not None:
        split = queries.result_split(request.actor, session)
        here = f"{reverse('voters:petitions')}?ky-hop={session.pk}"
        context |= {
            "split": split | {"answered": split["total"] - split["waiting"]},
            "bodies": figures.by_body(request.actor, session=session, on=dates.today()),
            "all_url": f"{here}&xem=all",
            "late_url": f"{here}&xem=late",
            "answered_url": f"{here}&xem=all&ket-qua=answered",
            "solved_url": f"{here}&xem=all&ket-qua=solved",
            "field_bars": [
                Part(row["field__name"] or _("Chưa phân loại"), row["total"], "busy",
                     f"{here}&xem=all&linh-vuc={row['field']}" if row["field"] else "")
                for row in figures.by_field(request.actor, session=session)
            ],
            "place_bars": [
                Part(row["commune__short_name"], row["total"], "busy", f"{here}&xem=all&noi-neu={row['commune']}")
                for row in figures.by_place(request.actor, session=session)
            ],
            "age_columns": [
                Part(label, count, "calm", f"{here}&xem=all&tuoi={code}")
                for code, label, count in figures.by_age(request.actor, session=session, on=dates.today())
            ],
            "promises": [
                (label, count, f"{here}&xem=all&hua={code}", "late" if code == "qua" and count else "")
                for code, label, count in figures.promises(request.actor, session=session, on=dates.today())
            ],
            "result_parts": _split(split, here),
        }  # fmt: skip
    return render(request, "voters/desk/report.html", context)


def _split(split, here):
    link = f"{here}&xem=all&ket-qua="
    return [
        Part(_("Đã giải quyết xong"), split["solved"], "good", f"{link}solved", "solved"),
        Part(_("Đang, sẽ giải quyết"), split["working"], "busy", f"{link}working", "road"),
        Part(_("Giải trình, thông tin"), split["explained"], "said", f"{link}explained", "said"),
        Part(_("Chưa trả lời"), split["waiting"], "calm", f"{link}none", "sent"),
    ]


def _session(request):
    offered = sessions.sessions_for(request.actor)
    chosen = request.GET.get("ky-hop", "")
    if chosen.isdecimal():
        found = offered.filter(pk=chosen).first()
        if found is None:
            raise Http404
        return found, offered
    return sessions.current_session(request.actor), offered


@require_GET
def catalogue(request):
    """Every report by family, for the session at hand."""
    _council_side(request)
    families = {}
    for one in reports.REPORTS:
        families.setdefault(one.family, []).append(one)
    return render(request, "voters/desk/reports.html", {"families": families, "query": request.GET.urlencode()})


@require_GET
def listing(request, slug):
    """One report as a page: its frame on top, the first rows, the three files."""
    found, form = _asked(request, slug)
    filled = _fill(request, found, form) if form.is_valid() else None
    context = {"report": found, "form": form, "filled": filled, "query": request.GET.urlencode(), "most": SHOWN,
               "kinds": (("xlsx", _("Excel")), ("docx", _("Word")), ("pdf", _("PDF")))}  # fmt: skip
    context |= {"more": [form[name] for name in form.fields if name not in ("session", "phase")],
                "narrowed": bool(form.errors) or any(form.data.get(form.add_prefix(name)) for name in form.fields if name not in ("session", "phase"))}  # fmt: skip
    if filled:
        upper, lower = listings.spans(found.listing)
        shown = listings.Filled(found.listing, filled.title, filled.note, filled.rows[:SHOWN], filled.sums)
        context |= {
            "upper": upper, "lower": lower, "rows": listings.cells_of(shown), "total": len(filled.rows),
            "sums": [(words, column.kind) for column, words in zip(found.listing.columns, listings.sums_of(filled).values(), strict=True)]
            if filled.sums else [],
        }  # fmt: skip
    return render(request, "voters/desk/listing.html", context, status=200 if form.is_valid() else 422)


@require_GET
def listing_file(request, slug, kind):
    """One report as a file. What is too long for a paper says so on the page."""
    found, form = _asked(request, slug)
    if kind not in WRITERS or not form.is_valid():
        raise Http404
    try:
        content = _file(request, found, form, kind)
        if content is None:
            return redirect(f"{reverse('voters:listing', args=[slug])}?{request.GET.urlencode()}")
    except NotAllowed as refusal:
        toasts.add(request, str(refusal.reason), "warn")
        return listing(request, slug)
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{printing.name_of(found, form)}.{kind}"'},
    )


def _file(request, found, form, kind):
    """The report as a file; None where the worker makes it and tells the person."""
    filled = in_vietnamese(_fill)(request, found, form)  # an official paper, whoever prints it
    if kind == "pdf" and listings.is_for_the_worker(filled):
        tasks.later(found, _with_session(request).urlencode(), by=request.actor)
        said = _("Bảng có %(rows)s dòng, đang in ở phía sau. Ông/Bà cứ làm việc khác; in xong sẽ có thông báo kèm tệp PDF.")
        toasts.add(request, said % {"rows": number_text(len(filled.rows))})
        return None
    return in_vietnamese(WRITERS[kind])(filled, unit=request.actor.unit)


@require_GET
def synthesis_file(request, kind):
    """The session's synthesis report as `docx` or `pdf`, for the session and frame in the address."""
    _council_side(request)
    makers = {"docx": synthesis.docx, "pdf": synthesis.pdf}
    form = ScopeForm(_with_session(request), actor=request.actor)
    if kind not in makers or not form.is_valid():
        raise Http404
    scope = reports.Scope(request.actor, **form.cleaned_data)
    try:
        content = makers[kind](scope)
    except NotAllowed as refusal:
        toasts.add(request, str(refusal.reason), tone="warn")
        return redirect(f"{reverse('voters:reports')}?{request.GET.urlencode()}")
    name = f"bao-cao-tong-hop-ky-{scope.session.number}" if scope.session else "bao-cao-tong-hop"
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def _with_session(request):
    """The address with the session at hand, where it names none."""
    data = request.GET.copy()
    if "ky-hop" not in data:
        session = sessions.current_session(request.actor)
        data["ky-hop"] = session.pk if session else ""
    return data


def _asked(request, slug):
    _council_side(request)
    found = reports.BY_SLUG.get(slug)
    if found is None:
        raise Http404
    return found, ScopeForm(_with_session(request), actor=request.actor, names=found.names)


def _fill(request, found, form):
    return printing.filled(found, form, by=request.actor)
