"""Reply letters: the list, bringing one in, its page while it is read and matched, and what came of it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import files
from hoidong.kernel.base import paging
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui import htmx, toasts

from .. import rules as petition_rules
from ..actions import replies as actions
from ..replies import looks, queries, rules
from ..replies.forms import BodyForm, BringForm, FactsForm
from ..replies.states import LetterState, Seen, Verdict, most_cautious
from . import passages


@require_GET
def letters(request):
    """The letters of my side, newest first."""
    _may(request)
    found = queries.with_counts(queries.letters_for(request.actor)).select_related("body__area", "brought_by")
    page = paging.keyset(found, order=("-id",), after=request.GET.get("trang"))
    for letter in page:
        letter.look = looks.of_letter(letter)
    return htmx.render(request, "voters/desk/reply_list.html", {"page": page}, part="voters/desk/_reply_list.html")


@require_http_methods(["GET", "POST"])
def new(request):
    """Bring a letter in. The same file leads to the letter it became."""
    _may(request)
    office = petition_rules.works_for_council(request.actor)
    sent = request.method == "POST"
    form = BringForm(request.POST if sent else None, request.FILES if sent else None, office=office)
    before = None
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.bring(data["file"], by=request.actor, body=data.get("body"), came_on=data.get("came_on"))
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, refusal.reason)
            before = getattr(refusal, "letter", None)
        else:
            return htmx.redirect(request, made.get_absolute_url())
    context = {"form": form, "before": before, "office": office}
    return render(request, "voters/desk/reply_new.html", context, status=422 if sent else 200)


@require_GET
def letter(request, pk):
    """The letter as it stands: being read, being matched, or done."""
    found = letter_or_404(request, pk)
    if found.state == LetterState.READING:
        if htmx.wants_part(request):
            return render(request, "voters/desk/_reply_reading.html", {"letter": found})
        return render(request, "voters/desk/reply_reading.html", shell(found))
    if htmx.wants_part(request) and request.headers.get("HX-Target") == "tien-do":
        return htmx.redirect(request, found.get_absolute_url())
    if found.state == LetterState.MATCHING:
        return passages.show(request, found)
    return render(
        request, "voters/desk/reply_done.html", shell(found) | summary(request, found) | {"facts": _facts(request, found)}
    )


@require_http_methods(["GET", "POST"])
def write(request, pk):
    """What will be written, what matches nothing, the facts of the letter; then the answers."""
    found = letter_or_404(request, pk)
    if found.state != LetterState.MATCHING:
        return redirect(found)
    facts = _facts(request, found)
    if request.method == "POST" and facts.is_valid():
        try:
            with transaction.atomic():
                actions.set_facts(found, by=request.actor, **facts.cleaned_data)
                count, missed = actions.write(found, by=request.actor)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            facts.add_error({"letter_number": "number"}.get(field, field) if field in facts.fields else None, refusal.reason)
        else:
            toasts.add(request, _("Đã ghi trả lời cho %(count)s kiến nghị.") % {"count": count})
            if missed:
                numbers = ", ".join(str(petition) for petition in missed)
                said = _("%(numbers)s không còn chờ trả lời (đã trả lời hoặc chuyển nơi khác) nên không ghi.")
                toasts.add(request, said % {"numbers": numbers}, tone="late")
            return htmx.redirect(request, found.get_absolute_url())
    context = shell(found) | summary(request, found) | {"facts": facts}
    return render(request, "voters/desk/reply_write.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def set_facts(request, pk):
    """Number, day and signer that came later."""
    found = letter_or_404(request, pk)
    form = _facts(request, found)
    if form.is_valid():
        try:
            actions.set_facts(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, refusal.reason)
        else:
            toasts.add(request, _("Đã ghi số, ngày của thư vào mọi trả lời từ thư này."))
            return redirect(found)
    context = shell(found) | summary(request, found) | {"facts": form}
    return render(request, "voters/desk/reply_done.html", context, status=422)


@require_http_methods(["GET", "POST"])
def body(request, pk):
    """Say whose letter it is."""
    found = letter_or_404(request, pk)
    form = BodyForm(request.POST or None, initial={"body": found.body_id})
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_body(found, form.cleaned_data["body"], by=request.actor)
        except Refused as refusal:
            form.add_error("body", refusal.reason)
        else:
            return redirect(found)
    context = shell(found) | {"form": form}
    return render(request, "voters/desk/reply_body.html", context, status=422 if form.is_bound else 200)


_DOINGS = {"bo": actions.drop, "khop-them": actions.reopen, "doc-lai": actions.read_again}


@require_POST
def do(request, pk, doing):
    """Drop, match more, read again."""
    found = letter_or_404(request, pk)
    if doing not in _DOINGS:
        raise Http404
    try:
        _DOINGS[doing](found, by=request.actor)
    except Refused as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
    else:
        if doing == "bo":
            toasts.add(request, _("Đã bỏ thư “%(letter)s”.") % {"letter": found})
            return redirect("voters:replies")
    return redirect(found)


def letter_or_404(request, pk):
    """A letter of my side, or 404."""
    return get_object_or_404(queries.letters_for(request.actor).select_related("body__area", "holder", "brought_by"), pk=pk)


def shell(letter):
    """What every page of a letter shows."""
    return {"letter": letter, "look": looks.of_letter(letter), "file": files.by_id(letter.file_id)}


def summary(request, letter):
    """What is (or will be) answered, which passages answer nothing, which petitions no passage answers."""
    found = queries.passages_of(letter)
    rows = {}
    for passage in found:
        for pair in passage.pairs.all():
            if pair.verdict == Verdict.YES:
                row = rows.setdefault(pair.petition_id, {"petition": pair.petition, "parts": [], "answered": pair.answer_id})
                row["parts"].append(passage)
    for row in rows.values():
        days = [part.promised_on for part in row["parts"] if part.promised_on]
        row["result"] = most_cautious(part.result for part in row["parts"] if part.result)
        row["promised_on"] = max(days, default=None)
        row["several"] = len({part.result for part in row["parts"]}) > 1
    real = [passage for passage in found if not passage.frame]
    return {
        "rows": sorted(rows.values(), key=lambda row: row["parts"][0].place),
        "fresh": sum(1 for row in rows.values() if not row["answered"]),
        "without": [passage for passage in real if passage.seen == Seen.NOBODY],
        "waiting": sum(1 for passage in real if passage.seen == Seen.OPEN),
        "rest": queries.rest_of(request.actor, letter, after=request.GET.get("trang")),
        "at": reverse("voters:reply", args=[letter.pk]),
    }


def _facts(request, letter):
    with_came = letter.on_paper and letter.state == LetterState.MATCHING
    return FactsForm(request.POST if request.method == "POST" else None, letter=letter, with_came=with_came)


def _may(request):
    if not rules.may_bring(request.actor):
        raise Http404
