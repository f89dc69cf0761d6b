"""The urging letters: newest first, and one letter with what it asked for and what came of it."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from hoidong.kernel.base import paging
from hoidong.kernel.ui import htmx

from .. import looks, queries
from .worklist import only_with_petitions


@require_GET
def urgings(request):
    """The urging letters, newest first."""
    only_with_petitions(request.actor)
    found = queries.urgings_for(request.actor).select_related("body__area", "issuer")
    page = paging.keyset(found, order=("-issued_on", "-id"), after=request.GET.get("trang"))
    return htmx.render(request, "voters/desk/letters.html", {"page": page, "urging": True}, part="voters/desk/_letters.html")


@require_GET
def urging(request, pk):
    """One urging letter with its petitions and where each stands now."""
    found = get_object_or_404(queries.urgings_for(request.actor).select_related("body__area"), pk=pk)
    items = paging.keyset(
        found.items.select_related("petition__commune", "petition__field", "petition__merged_into"),
        order=("petition_id",),
        after=request.GET.get("trang"),
        size=50,
    )
    for item in items:
        item.petition.look = looks.look_of(item.petition)
    context = {"letter": found, "page": items, "urging": True}
    return htmx.render(request, "voters/desk/letter.html", context, part="voters/desk/_letter_items.html")
