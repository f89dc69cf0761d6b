"""The citizen's home: follow a petition by its code, without an account. Reads what was published, nothing else."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hoidong.citizens.voters import actions as voters_actions
from hoidong.citizens.voters import queries as voters
from hoidong.kernel import publication
from hoidong.kernel.base import dates, paging
from hoidong.kernel.base.errors import Refused
from hoidong.kernel.people import Actor
from hoidong.kernel.ui import htmx
from hoidong.kernel.ui.looks import Entry, Part
from hoidong.kernel.units import queries as units

# Guessing codes is hopeless (7·10^10 of them), but a program that tries shall not cost anybody else the page.
MISSES_ALLOWED = 30
MISSES_FORGOTTEN_AFTER = 10 * 60
RATINGS_AN_HOUR = 30


@require_GET
@login_not_required
def home(request):
    """The search by code, and how it works."""
    return render(request, "portal/home.html", {"typed": ""})


@require_GET
@login_not_required
def find(request):
    """What was typed into the field leads to the page of the code, or back with what to mend."""
    typed = request.GET.get("ma", "")[:40]
    tidy = publication.tidy(typed)
    if tidy:
        return redirect("portal:case", code=tidy)
    problem = (
        _("Mã có 8 chữ và số, như 7F3K-94WD. Ông/Bà vừa gõ “%(typed)s”.") % {"typed": typed}
        if typed.strip()
        else _("Gõ mã ghi trên giấy hẹn.")
    )
    return render(request, "portal/home.html", {"typed": typed, "problem": problem}, status=422)


@require_GET
@login_not_required
def case(request, code):
    """One published record: where it stands, who answered what, what was promised."""
    if _tried_too_often(request):
        problem = _("Từ máy này vừa có quá nhiều lần gõ mã không đúng. Chờ mười phút rồi thử lại.")
        return render(request, "portal/home.html", {"typed": code, "problem": problem}, status=429)
    page = publication.by_code(code)
    if page is None:
        _count_a_miss(request)
        problem = _(
            "Không có kiến nghị nào với mã %(code)s. Xem lại từng chữ trên giấy hẹn; mã không dùng chữ O, I, số 0 và 1."
        ) % {"code": code[:20]}
        return render(request, "portal/home.html", {"typed": code[:20], "problem": problem}, status=404)
    return _case(request, page)


@require_POST
@login_not_required
def rate(request, code):
    """What the holder of a code says of the reply or of the promise; said again, the last word counts."""
    page = None if _tried_too_often(request) else publication.by_code(code)
    if page is None:
        _count_a_miss(request)
        return redirect("portal:case", code=code)
    about = request.POST.get("about", "")
    if _rated_too_often(request):
        return _case(request, page, problem=_("Từ máy này vừa có quá nhiều lần đánh giá. Chờ một giờ rồi thử lại."), status=429)
    try:
        voters_actions.rate(
            page.code, about=about, voice=request.POST.get("voice", ""), words=request.POST.get("words", ""), by=Actor.system()
        )
    except Refused as refusal:
        typed = {"about": about, "voice": request.POST.get("voice", ""), "words": request.POST.get("words", "")}
        return _case(request, page, problem=refusal.reason, typed=typed, status=422)
    return redirect(reverse("portal:case", args=[page.code]) + "#danh-gia")


def _case(request, page, *, problem="", typed=None, status=200):
    counts = publication.counts_of_unit(page.unit)
    return render(request, "portal/case.html", {
        "problem": problem,
        "asks": _asks(page, typed or {}),
        "page": page,
        "lists": publication.lists(page.unit),
        "facts": {key: _day(value) if key.endswith("_on") else value for key, value in page.facts.items()}
        | {"state": _said(page.facts.get("state"))},
        "days_early": _days_early(page.facts),
        "reply": page.reply | {"result": _said(page.reply.get("result"))} if page.reply else {},
        "letter_day": _day(page.reply.get("letter_date", "")),
        "entries": [_entry(step) for step in page.steps],
        "counts": counts,
        "parts": _parts(counts),
    }, status=status)  # fmt: skip


def _asks(page, typed):
    """The questions a voter is asked: of the reply once there is one, of the promise once its day has come."""
    if not page.reply:
        return []
    said = voters.ratings_of(page.code)
    promised = _day(page.facts.get("promised_on"))
    asks = [("reply", _("Trả lời này có đúng điều Ông/Bà hỏi không?"), _REPLY)]
    if promised and promised <= dates.today():
        asks.append(("promise", _("Lời hứa đã được thực hiện chưa?"), _PROMISE))
    found = []
    for about, question, choices in asks:
        before, again = said.get(about), typed if typed.get("about") == about else {}
        found.append({
            "about": about, "question": question, "choices": [(value, str(words)) for value, words in choices],
            "voice": again.get("voice") or (before.voice if before else ""), "words": again.get("words") or (before.words if before else ""),
            "said_at": before.said_at if before else None,
        })  # fmt: skip
    return found


_REPLY = (("good", lazy("Đúng và đủ")), ("partly", lazy("Đúng một phần")), ("bad", lazy("Chưa đúng")))
_PROMISE = (("good", lazy("Đã làm xong")), ("partly", lazy("Làm một phần")), ("bad", lazy("Chưa làm")))


def _rated_too_often(request):
    key = f"portal.rated.{request.META.get('REMOTE_ADDR', '')}.{dates.now():%d%H}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > RATINGS_AN_HOUR


@require_GET
@login_not_required
def place(request, code):
    """The petitions of one place that stand in its public list, newest first; a place without any is not there."""
    unit = units.at(code[:20])
    if unit is None or not publication.lists(unit):
        raise Http404
    page = paging.keyset(publication.listed().filter(unit=unit), order=("-id",), after=request.GET.get("trang"))
    counts = publication.counts_of_unit(unit)
    context = {"unit": unit, "page": page, "counts": counts, "parts": _parts(counts)}
    return htmx.render(request, "portal/place.html", context, part="portal/_place.html")


@require_GET
@login_not_required
def help_page(request):
    """How the portal and the desk are used, in plain words."""
    return render(request, "portal/help.html")


def _entry(step):
    return Entry(when=_day(step["on"]) or "", title=_said(step["title"]), note=step["note"], status=step["status"])


def _said(words):
    """Words of a published page in the reader's language. They are kept in Vietnamese, which is what translations go by."""
    return _(words) if words else ""


def _day(value):
    return date.fromisoformat(value) if value else None


def _days_early(facts):
    """Calendar days the answer came before its term; negative when late; None where there is no answer or no term."""
    answered, due = _day(facts.get("answered_on")), _day(facts.get("due_on"))
    return (due - answered).days if answered and due else None


def _parts(counts):
    return [
        Part(_("giải quyết xong"), counts["solved"], "good", shape="solved"),
        Part(_("mới trả lời, chưa xong"), counts["answered"] - counts["solved"], "said", shape="said"),
        Part(_("chưa trả lời"), counts["total"] - counts["answered"], "calm", shape="sent"),
    ]


def _key(request):
    return f"portal.misses.{request.META.get('REMOTE_ADDR', '')}.{dates.now():%H%M}"[:-1]


def _tried_too_often(request):
    return cache.get(_key(request), 0) >= MISSES_ALLOWED


def _count_a_miss(request):
    key = _key(request)
    cache.add(key, 0, MISSES_FORGOTTEN_AFTER)
    cache.incr(key)
