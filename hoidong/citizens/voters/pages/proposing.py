"""The piece of a page with what is proposed for the words just typed. Nothing is taken over here; the form's script does it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from hoidong.kernel.units import queries as units

from .. import queries, rules
from ..proposals import queries as proposals
from ..states import Level

LONGEST = 20_000


@require_POST
def propose(request):
    """Field, level, body and earlier petitions for `text`; `commune` where it was raised, `pk` the petition it belongs to."""
    actor = request.actor
    if not rules.works_for_council(actor):
        raise Http404
    words = request.POST.get("text", "")[:LONGEST]
    own = _number(request.POST.get("pk"))
    petition = queries.petitions_for(actor).filter(pk=own).select_related("commune").first() if own else None
    area = petition.commune if petition else _area(actor, request.POST.get("commune"))
    found = proposals.propose(actor, words, area=area, without=own)
    return render(request, "voters/desk/_proposals.html", {"proposal": found, "row": request.POST.get("row", "")[:4]})


def _area(actor, commune):
    """The commune that was chosen, where the province's office writes; else the actor's own area."""
    chosen = units.get(_number(commune)) if _number(commune) else None
    own = actor.unit.area
    within = chosen is not None and chosen.level == Level.COMMUNE and own.level == Level.PROVINCE and chosen.parent_id == own.pk
    return chosen if within else own


def _number(value):
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else None
