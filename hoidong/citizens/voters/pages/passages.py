"""One passage beside one petition: look, decide, choose another, put the bounds right. By keyboard alone, or by finger."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hoidong.kernel import files
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Refused, Stale
from hoidong.kernel.ui import toasts

from .. import queries as petitions
from ..actions import passages as actions
from ..models import Passage
from ..replies import looks, queries, working
from ..replies.forms import ClassForm
from ..replies.states import Seen, Verdict
from ..states import Result

SHOWN_REST = 6


def show(request, letter, *, at=None, petition=None, form=None, told=""):
    """The page of a letter at one passage; after a refused decision with what was typed and why."""
    parts = queries.passages_of(letter)
    looks.put(parts)
    real = [passage for passage in parts if not passage.frame]
    current = _current(parts, real, at or _number(request.GET.get("doan")))
    pairs = _pairs(current)
    pair = _pair(pairs, petition or _number(request.GET.get("kn")))
    asked = [pair.petition] if pair else []
    petitions.put_places(asked)
    pieces, words, places = (
        looks.marked(current, pair and pair.petition, asked[0].place_names if asked else ()) if current else ([], [], [])
    )
    rest = queries.rest_of(request.actor, letter, size=SHOWN_REST, offered=True)
    context = {
        "letter": letter, "file": files.by_id(letter.file_id), "parts": parts, "current": current, "pairs": pairs, "pair": pair,
        "pieces": pieces, "words": words, "places": places, "reasons": looks.reasons(pair) if pair else [],
        "level": looks.level_word(pair.level) if pair else "", "form": form or _class_form(request, current), "told": told,
        "real": len(real), "seen": sum(1 for passage in real if passage.seen != Seen.OPEN), "rest": rest,
        "proposed": _proposal(current), "edit": "sua" in request.GET, "blank": "trong" in request.GET,
        "before": _beside(parts, current, -1), "after": _beside(parts, current, 1),
    }  # fmt: skip
    return render(request, "voters/desk/reply_match.html", context, status=422 if told or (form and form.errors) else 200)


def _current(parts, real, key):
    """The passage asked for; else the first nobody saw; else the first that answers something."""
    asked = next((passage for passage in parts if passage.pk == key), None)
    return asked or next((one for one in real if one.seen == Seen.OPEN), None) or next(iter(real or parts), None)


def _pairs(passage):
    """The pairs one can look at: open and confirmed ones."""
    pairs = [pair for pair in passage.pairs.all() if pair.verdict != Verdict.NO] if passage else []
    return sorted(pairs, key=lambda pair: (pair.proposed, -pair.score, pair.pk))


def _pair(pairs, key):
    asked = next((pair for pair in pairs if pair.petition_id == key), None)
    return asked or next((pair for pair in pairs if pair.verdict == Verdict.OPEN), None) or next(iter(pairs), None)


def _class_form(request, passage):
    """The class taken; else the proposed one, unless it was put aside."""
    if passage is None:
        return ClassForm()
    taken = {"result": passage.result, "promised_on": passage.promised_on, "road_map": passage.road_map}
    offered = passage.proposed if "trong" not in request.GET else {}
    day = dates.parse_date(offered["promised_on"]) if offered.get("promised_on") else None
    return ClassForm(initial=taken if passage.result else {"result": offered.get("result"), "promised_on": day})


def _proposal(passage):
    """The words the proposed class stands on."""
    if passage is None or not passage.proposed:
        return {}
    return {**passage.proposed, "label": Result(passage.proposed["result"]).label}


def _beside(parts, current, step):
    if current is None:
        return None
    place = parts.index(current) + step
    return parts[place] if 0 <= place < len(parts) else None


@require_POST
def decide(request, pk, passage):
    """What a person says of a pair or of a passage; the next one waiting follows."""
    letter = _letter(request, pk)
    found = Passage.objects.filter(letter=letter, pk=passage).select_related("letter").first()
    if found is None:
        toasts.add(request, _("Đoạn này vừa được nối vào đoạn khác. Xem lại danh sách đoạn."), tone="late")
        return redirect(letter)
    doing, form = request.POST.get("viec", ""), ClassForm(request.POST)
    petition = _petition(request, found)
    try:
        at = _done(request, doing, found, petition, form)
    except Stale as refusal:
        return show(request, letter, at=found.pk, petition=petition and petition.pk, form=form if doing == "dung" else None,
                    told=str(refusal.reason))  # fmt: skip
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        if doing != "dung" or field not in form.fields:
            return show(request, letter, at=found.pk, petition=petition and petition.pk, told=str(refusal.reason))
        form.is_valid()
        form.add_error(field, refusal.reason)
        return show(request, letter, at=found.pk, petition=petition and petition.pk, form=form)
    if at is None:
        return show(request, letter, at=found.pk, petition=petition and petition.pk, form=form)
    return redirect(f"{letter.get_absolute_url()}?{at}")


def _done(request, doing, passage, petition, form):
    """Carry it out; the query of the page that follows, or None where the class was not understood."""
    by, seen = request.actor, _number(request.POST.get("luc")) or 0
    if doing == "dung" and petition:
        if not form.is_valid():
            return None
        stay = actions.confirm(passage, petition, by=by, seen=seen, **form.cleaned_data)
        return f"doan={passage.pk}" if stay else _following(passage)
    if doing == "khong" and petition:
        actions.refuse(passage, petition, by=by, seen=seen)
    elif doing == "khong-co":
        actions.nobody(passage, by=by, seen=seen)
        return _following(passage)
    elif doing == "xem-lai":
        actions.look_again(passage, by=by, seen=seen)
    elif doing == "noi":
        actions.join(passage, by=by, seen=seen)
        return f"doan={passage.pk}&sua"
    elif doing.startswith("tach-"):
        actions.split(passage, _number(doing[5:]) or 0, by=by, seen=seen)
        return f"doan={passage.pk}&sua"
    elif doing.startswith("vai-"):
        place, _dash, role = doing[4:].partition("-")
        actions.turn(passage, _number(place) if place.isdecimal() else -1, role, by=by, seen=seen)
        return f"doan={passage.pk}&sua"
    return f"doan={passage.pk}"


def _following(passage):
    """The next passage nobody saw, after this one and then from the top; this one where none is left."""
    waiting = Passage.objects.filter(letter=passage.letter, frame=False, seen=Seen.OPEN).order_by("place")
    following = waiting.filter(place__gt=passage.place).first() or waiting.first()
    return f"doan={following.pk if following else passage.pk}"


@require_http_methods(["GET", "POST"])
def choose(request, pk, passage):
    """Another petition for a passage: those that wait for this body, the likest first, narrowed by words or number."""
    letter = _letter(request, pk)
    found = get_object_or_404(Passage.objects.select_related("letter"), letter=letter, pk=passage)
    told = ""
    if request.method == "POST":
        petition = get_object_or_404(queries.answerable(request.actor, letter.body), pk=_number(request.POST.get("chon")) or 0)
        try:
            actions.choose(found, petition, by=request.actor, seen=_number(request.POST.get("luc")) or 0)
        except Refused as refusal:
            told = str(refusal.reason)
        else:
            return redirect(f"{letter.get_absolute_url()}?doan={found.pk}&kn={petition.pk}")
    words = request.GET.get("tim", "")[:200]
    keys = working.ranked(letter, found, by=request.actor, words=words)
    rows = queries.answerable(request.actor, letter.body).filter(pk__in=keys).select_related("commune")
    rows = sorted(rows, key=lambda row: keys.index(row.pk))
    petitions.put_places(rows)
    context = {"letter": letter, "passage": Passage.objects.get(pk=found.pk), "rows": rows, "words": words, "told": told,
               "back": f"{reverse('voters:reply', args=[pk])}?doan={found.pk}"}  # fmt: skip
    return render(request, "voters/desk/reply_choose.html", context, status=422 if told else 200)


def _letter(request, pk):
    return get_object_or_404(queries.letters_for(request.actor).select_related("body__area", "holder"), pk=pk)


def _petition(request, passage):
    """The petition of the pair that was shown: one of this passage's own pairs."""
    key = _number(request.POST.get("kn"))
    pair = passage.pairs.filter(petition=key).select_related("petition").first() if key else None
    if key and pair is None:
        raise Http404
    return pair.petition if pair else None


def _number(value):
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else None
