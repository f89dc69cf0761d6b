"""The report on results and annex I (1A) as XLSX and DOCX."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoidong.council.meetings import queries as sessions
from hoidong.kernel.base import dates
from hoidong.kernel.ui.looks import Part

from .. import papers, queries, reports, rules
from ..states import Phase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _session(request):
    if not rules.works_for_council(request.actor):
        raise Http404
    offered = sessions.sessions_for(request.actor)
    chosen = request.GET.get("ky-hop", "")
    if chosen.isdigit():
        found = offered.filter(pk=chosen).first()
        if found is None:
            raise Http404
        return found, offered
    return sessions.current_session(request.actor), offered


@require_GET
def report(request):
    """Figures of one session; every figure is a door to the list behind it."""
    session, offered = _session(request)
    phase = request.GET.get("dot", "") if request.GET.get("dot", "") in Phase.values else ""
    context = {"session": session, "sessions": offered, "phase": phase, "phases": Phase.choices, "today": dates.today(),
               "now": dates.now()}  # fmt: skip
    if session is not None:
        split = queries.result_split(request.actor, session)
        here = f"{reverse('voters:petitions')}?ky-hop={session.pk}"
        context |= {
            "split": split | {"answered": split["total"] - split["waiting"]},
            "bodies": reports.by_body(request.actor, session=session, on=dates.today()),
            "all_url": f"{here}&xem=all",
            "late_url": f"{here}&xem=late",
            "field_bars": [
                Part(row["field__name"] or _("Chưa phân loại"), row["total"], "busy",
                     f"{here}&xem=all&linh-vuc={row['field']}" if row["field"] else "")
                for row in reports.by_field(request.actor, session=session)
            ],
        }  # fmt: skip
    return render(request, "voters/desk/report.html", context)


@require_GET
def report_1a(request, kind):
    """Annex I (1A): `xlsx` or `docx`."""
    session, _offered = _session(request)
    if session is None or kind not in ("xlsx", "docx"):
        raise Http404
    phase = request.GET.get("dot", "") if request.GET.get("dot", "") in Phase.values else ""
    annex = reports.annex_one(request.actor, session=session, phase=phase)
    content = papers.annex_xlsx(annex, request.actor) if kind == "xlsx" else papers.annex_docx(annex, request.actor)
    name = f"phu-luc-1A-ky-hop-{session.number}.{kind}"
    return HttpResponse(
        content,
        content_type=XLSX if kind == "xlsx" else DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
