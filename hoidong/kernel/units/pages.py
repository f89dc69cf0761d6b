"""The register of units: look up, see one, add what an administrator may add; and the picker's suggestions."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ..base.errors import Refused
from ..base.paging import keyset
from ..ui import htmx, toasts
from . import actions, kinds, queries, rules
from .forms import AddForm
from .models import Unit


@require_GET
def suggest(request):
    """JSON for the picker: units that match what was typed, old and misspelt names too."""
    within = queries.get(request.GET["within"]) if request.GET.get("within", "").isdigit() else None
    wanted = tuple(kind for kind in request.GET.get("kinds", "").split(",") if kind in kinds.Kind.values)
    near = request.actor.unit.area if request.actor.unit else None
    found = queries.search(request.GET.get("q", "")[:120], kinds=wanted, within=within, near=near)
    results = [
        {"value": match.unit.pk, "text": match.unit.full_name, "note": str(match.why or match.unit.code)} for match in found
    ]
    return JsonResponse({"results": results})


@require_GET
def units(request):
    """Units by words, or those of the own area; every official may look things up here."""
    if request.actor is None or request.actor.unit is None:
        raise Http404
    words, area = request.GET.get("q", "").strip()[:120], request.actor.unit.area
    context = {"words": words, "area": area}
    if words:
        context["matches"] = queries.search(words, near=area, limit=50)
    else:
        found = Unit.objects.filter(area=area).exclude(pk=area.pk).select_related("parent").exclude(valid_to__isnull=False)
        context["page"] = keyset(found, order=("position", "sort_key", "id"), after=request.GET.get("trang"), size=50)
    return htmx.render(request, "units/units.html", context, part="units/_units.html")


@require_GET
def unit(request, pk):
    """One unit: code, names through time, what hangs under it."""
    found = get_object_or_404(Unit.objects.select_related("parent", "area"), pk=pk)
    return render(request, "units/unit.html", {
        "unit": found, "names": found.names.order_by("-valid_from"), "children": queries.children(found)[:200],
        "aliases": found.aliases.order_by("kind", "id")[:50], "may": bool(_addable(request.actor, found)),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def add(request, pk):
    """Add hamlets, groups, committees or divisions under a unit."""
    parent = get_object_or_404(Unit.objects.select_related("parent", "area"), pk=pk)
    addable = _addable(request.actor, parent)
    if not addable:
        raise Http404
    form = AddForm(request.POST or None, kinds=addable)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.add_units(parent, data["kind"], data["names"], by=request.actor, on=data["on"], basis=data["basis"])
        except Refused as refusal:
            form.add_error({"name": "names"}.get(getattr(refusal, "field", None)), refusal.reason)
        else:
            count = len(made)
            toasts.add(request, ngettext("Đã thêm %(count)s đơn vị.", "Đã thêm %(count)s đơn vị.", count) % {"count": count})
            return redirect("units:unit", pk=parent.pk)
    context = {"unit": parent, "form": form, "title": _("Thêm đơn vị thuộc %(unit)s") % {"unit": parent.full_name}}
    return render(request, "units/add.html", context, status=422 if form.is_bound else 200)


def _addable(actor, parent):
    """The kinds this person may add here."""
    if actor is None or not rules.manages(actor, parent):
        return []
    return [kind for kind, parents in rules.ADDABLE.items() if parent.kind in parents]
