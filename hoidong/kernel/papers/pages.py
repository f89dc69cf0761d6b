"""Reading papers, and the administrator's page of templates."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import audit, people
from ..base.errors import Refused
from ..base.text import fold
from ..files.pages import answer
from ..ui import htmx, toasts
from . import access, kinds, making, replacing
from .forms import ReplaceForm
from .models import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def download(request, pk, form):
    """A paper as `docx` or `pdf`, for who may see its record; each look is written down."""
    paper = get_object_or_404(Paper.objects.select_related("docx", "pdf"), pk=pk)
    if form not in ("docx", "pdf") or not access.may_see(request.actor, paper):
        raise Http404
    stored = paper.docx if form == "docx" else making.pdf_of(paper, by=request.actor)
    audit.looked_at(paper, request.actor, what=gettext_lazy("văn bản %(name)s"), name=stored.name)
    return answer(stored.read(), stored.media_type, stored.name)


@require_GET
def templates(request):
    """Every kind of paper, and which offices print by a template of their own."""
    _check(request)
    own = {}
    for row in replacing.templates_for(request.actor):
        own.setdefault(row.kind, []).append(row)
    context = {
        "kinds": [{"kind": kind, "own": own.get(kind.code, [])} for kind in kinds.all_kinds()],
        "may": people.holds(request.actor, "unit_admin"),
    }
    return render(request, "papers/templates.html", context)


@require_GET
def default(request, kind):
    """The default template, to edit in Word."""
    _check(request)
    found = _kind(kind)
    return answer(making.default_template(found), DOCX, f"mau-{_slug(found.code)}.docx")


@require_GET
def preview(request, kind):
    """The PDF of the default template, filled with invented values."""
    _check(request)
    found = _kind(kind)
    _docx, printed = replacing.try_out(found, making.default_template(found))
    return answer(printed, "application/pdf", f"xem-thu-{_slug(found.code)}.pdf")


@require_GET
def own(request, pk):
    """An office's own template, as it was brought; `?xem=pdf` filled with invented values."""
    _check(request)
    row = get_object_or_404(replacing.templates_for(request.actor), pk=pk)
    if request.GET.get("xem") == "pdf":
        _docx, printed = replacing.try_out(_kind(row.kind), row.file.read())
        return answer(printed, "application/pdf", f"xem-thu-{_slug(row.kind)}.pdf")
    return answer(row.file.read(), DOCX, row.file.name)


@require_http_methods(["GET", "POST"])
def replace(request, kind):
    """Bring an office's own template: it is filled and printed before it is taken."""
    _check(request)
    if not people.holds(request.actor, "unit_admin"):
        raise Http404
    found, unit = _kind(kind), request.actor.unit
    form = ReplaceForm(request.POST or None, request.FILES or None, within=unit.area, initial={"unit": unit})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["unit"]
        try:
            replacing.replace(found.code, chosen, form.cleaned_data["file"], by=request.actor)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("%(unit)s in theo mẫu mới từ hôm nay.") % {"unit": chosen.full_name})
            return htmx.redirect(request, reverse("papers:templates"))
    context = {"kind": found, "form": form}
    return render(request, "papers/replace.html", context, status=422 if form.is_bound else 200)


@require_POST
def restore(request, pk):
    """Go back to the default template."""
    _check(request)
    row = get_object_or_404(replacing.templates_for(request.actor), pk=pk)
    try:
        replacing.restore(row, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        toasts.add(request, _("%(unit)s in theo mẫu mặc định.") % {"unit": row.unit.full_name})
    return htmx.redirect(request, reverse("papers:templates"))


def _check(request):
    if not access.is_administrator(request.actor):
        raise Http404


def _kind(code):
    try:
        return kinds.known(code)
    except KeyError as error:
        raise Http404 from error


def _slug(code):
    return fold(code).replace(".", "-").replace("_", "-")
