"""The citizen's home: follow a petition by its code, without an account. Reads what was published, nothing else."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoidong.kernel import publication
from hoidong.kernel.base import dates
from hoidong.kernel.ui.looks import Entry, Part

# Guessing codes is hopeless (7·10^10 of them), but a program that tries shall not cost anybody else the page.
MISSES_ALLOWED = 30
MISSES_FORGOTTEN_AFTER = 10 * 60


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
    counts = publication.counts_of_unit(page.unit)
    return render(request, "portal/case.html", {
        "page": page,
        "facts": {key: _day(value) if key.endswith("_on") else value for key, value in page.facts.items()},
        "days_early": _days_early(page.facts),
        "reply": page.reply,
        "letter_day": _day(page.reply.get("letter_date", "")),
        "entries": [_entry(step) for step in page.steps],
        "counts": counts,
        "parts": _parts(counts),
    })  # fmt: skip


@require_GET
@login_not_required
def help_page(request):
    """How the portal and the desk are used, in plain words."""
    return render(request, "portal/help.html")


def _entry(step):
    return Entry(when=_day(step["on"]) or "", title=step["title"], note=step["note"], status=step["status"])


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
    cache.set(key, cache.get(key, 0) + 1, MISSES_FORGOTTEN_AFTER)
