"""The grid of a draft: typed by keyboard, pasted, filled from constituencies or the last round; then looked at and published."""

import json

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hoidong.kernel import sheets
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed, Refused
from hoidong.kernel.sheets import actions as lots
from hoidong.kernel.ui import toasts

from ..actions import plan_rows
from ..actions import rounds as actions
from ..rounds import cells, conflicts, queries, rules, timeline, words
from ..rounds.sheets import CODE, with_headings
from ..rounds.states import Kind, RoundState

EMPTY_ROWS = 4
ROWS_AT_ONCE = 400


def grid(request, found):
    """The grid with what is wrong under each row; who may not write reads the rows."""
    try:
        rules.check_draft(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    rows, known, seen = _looked(found)
    last = rows[-1].place if rows else 0
    context = {
        "round": found,
        "look": timeline.look_of_round(found),
        "rows": [_told(row, known, seen) for row in rows],
        "empty": range(last + 1, last + 1 + EMPTY_ROWS),
        "kinds": [str(kind.label) for kind in Kind],
        "known": known,
        "found": seen,
        "stopped": len(seen.stops),
        "warned": len([pk for pk in seen.warns if seen.warns[pk]]),
        "earlier": _earlier(request.actor, found),
        "entries": timeline.of_round(found),
    }
    return render(request, "voters/desk/round_plan.html", context)


def _looked(found):
    rows = list(queries.rows_of(found))
    known = cells.Known(found.area, found.starts_on, said={row.typed.get("commune", "") for row in rows})
    return rows, known, conflicts.look(found, rows, known, dates.today())


def _told(row, known, seen):
    """One row as the page and its script know it: cells, errors by cell, what stops and what only warns."""
    shown = cells.shown(row, words.people_of(row))
    errors = cells.read(shown, known).errors if row.typed else {}
    stops, warns = seen.of(row)
    return {"place": row.place, "cells": shown, "errors": errors, "stops": [] if errors else stops, "warns": warns}


def _earlier(actor, found):
    """The last round of the office that has meetings, to copy from."""
    earlier = queries.named(queries.rounds_for(actor).filter(area=found.area_id, published_at__isnull=False))
    return earlier.exclude(pk=found.pk).order_by("-starts_on", "-pk").first()


def _draft(request, pk):
    found = get_object_or_404(queries.named(queries.rounds_for(request.actor)), pk=pk)
    try:
        rules.check_round(request.actor, found)
    except NotAllowed as error:
        raise Http404 from error
    return found


@require_POST
def save_rows(request, pk):
    """Take rows of the grid: JSON from the page's script while typing, or the whole form where there is no script."""
    found = _draft(request, pk)
    by_script = request.content_type == "application/json"
    try:
        rows = _of_json(request.body) if by_script else _of_form(request.POST)
        saved = plan_rows.save_rows(found, rows, by=request.actor)
    except Refused as refusal:
        if by_script:
            return JsonResponse({"error": str(refusal.reason)}, status=409)
        toasts.add(request, str(refusal.reason), tone="late")
        return redirect("voters:round", pk=pk)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": _("Dòng gửi lên không đọc được. Tải lại trang; nháp vẫn còn trên máy này.")}, status=400)
    if not by_script:
        return redirect("voters:round", pk=pk)
    now, known, seen = _looked(found)
    told = {row.place: _told(row, known, seen) for row in now}
    warned = {place: meant.warnings for place, meant in saved}
    for place, sentences in warned.items():
        told[place]["warns"] = [*sentences, *told[place]["warns"]]
    return JsonResponse({
        "rows": told, "saved": sorted(warned), "at": f"{dates.format_moment(dates.now())}",
        "counts": {"all": len(now), "stopped": len(seen.stops), "without": len(seen.without)},
    })  # fmt: skip


def _of_json(body):
    sent = json.loads(body)["rows"]
    return _few_enough(
        [{**{cell: str(row.get(cell, "")) for cell in cells.CELLS}, "place": _place(row["place"])} for row in sent]
    )


def _of_form(data):
    places = sorted({_place(key.rsplit("-", 1)[1]) for key in data if key.startswith("commune-")})
    return _few_enough(
        [{"place": place, **{cell: data.get(f"{cell}-{place}", "") for cell in cells.CELLS}} for place in places]
    )


def _few_enough(rows):
    """Never only a part of what was sent: the script sends 200 at a time, a whole form holds no more than this."""
    if len(rows) > ROWS_AT_ONCE:
        raise Invalid(_("Gửi mỗi lần không quá %(count)s dòng.") % {"count": ROWS_AT_ONCE})
    return rows


def _place(value):
    place = int(value)
    if not 1 <= place <= plan_rows.MOST:
        raise ValueError(place)
    return place


@require_http_methods(["GET", "POST"])
def paste(request, pk):
    """Rows copied from Excel or a table of Word: they become a lot, looked at and mended like any sheet before it is taken."""
    found = _draft(request, pk)
    text, problem = request.POST.get("words", "")[:500_000], ""
    if request.method == "POST":
        try:
            if "\t" not in text:
                raise Invalid(_("Không thấy cột nào. Chép các ô từ Excel hoặc từ bảng trong Word rồi dán vào đây."))
            lot = lots.start(
                sheets.importers.named(CODE), content=with_headings(text).encode(), file_name=_("lịch dán vào"),
                options={"round": found.pk}, told=[[str(_("Đợt tiếp xúc")), found.name]], by=request.actor,
            )  # fmt: skip
        except Refused as refusal:
            problem = str(refusal.reason)
        else:
            return redirect(lot.get_absolute_url())
    context = {"round": found, "words": text, "problem": problem}
    return render(request, "voters/desk/round_paste.html", context, status=422 if problem else 200)


@require_POST
def fill(request, pk):
    """Add rows for the communes of the groups' constituencies, or those of the last round."""
    found = _draft(request, pk)
    try:
        if request.POST.get("tu") == "truoc":
            earlier = _earlier(request.actor, found)
            count = plan_rows.copy_rows(found, earlier, by=request.actor) if earlier else 0
        else:
            count = plan_rows.fill_from_groups(found, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        said = ngettext("Đã thêm %(count)s dòng.", "Đã thêm %(count)s dòng.", count) % {"count": count}
        toasts.add(request, said if count else _("Không có dòng nào để thêm."), tone="good" if count else "soon")
    return redirect("voters:round", pk=pk)


def _by_sentence(rows, seen):
    """[(what to look at, the rows it is said of)]: one sentence for all rows it fits."""
    found = {}
    for row in rows:
        for sentence in seen.warns.get(row.pk, []):
            found.setdefault(sentence, []).append(row)
    return list(found.items())


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """What will be told to whom, and what does not fit; then the plan is public."""
    found = _draft(request, pk)
    if found.state != RoundState.DRAFT:
        return redirect("voters:round", pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            actions.publish(found, by=request.actor)
        except Refused as refusal:
            refused = str(refusal.reason)
        else:
            toasts.add(request, _("Đã công bố lịch. Các xã, phường và đại biểu được báo."))
            return redirect("voters:round", pk=pk)
    rows, _known, seen = _looked(found)
    people = {deputy.person_id for row in rows for deputy in row.deputies.all()}
    context = {
        "round": found, "refused": refused, "found": seen, "rows": rows, "people": len(people),
        "communes": len({row.commune_id for row in rows} - {None}),
        "warned": _by_sentence(rows, seen),
        "stopped": [(row, seen.stops[row.pk]) for row in rows if seen.stops.get(row.pk)],
    }  # fmt: skip
    return render(request, "voters/desk/round_publish.html", context, status=422 if refused else 200)
