"""The administrator's pages on rules."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from .. import audit
from ..base import dates
from ..base.errors import NotAllowed, Refused
from ..base.paging import keyset, size_of
from ..base.text import fold
from ..ui import htmx, toasts
from ..ui.looks import Button, Entry, Look, Tab
from . import access, changes
from .forms import ChangeForm, VerifyForm, variant_words
from .models import Rule
from .questions import open_questions

VERIFIED = Look("ok", "good", lazy("Đã đối chiếu"))
WAITING = Look("info", "soon", lazy("Chưa đối chiếu văn bản gốc"))
ENDED = Look("back", "calm", lazy("Hết hiệu lực"))


@require_GET
def rules(request):
    """All rules an administrator sees; those nobody compared with the law come first and say so."""
    if not access.is_administrator(request.actor):
        raise Http404
    view, words = request.GET.get("xem", ""), request.GET.get("q", "").strip()
    found = access.rules_for(request.actor)
    in_force = found.exclude(valid_to__lt=dates.today())
    shown = {"cho": in_force.filter(settled=0), "het": found.filter(valid_to__lt=dates.today())}.get(view, in_force)
    if words:
        shown = shown.filter(pk__in=_matching(shown, words))
    page = keyset(
        shown, order=("settled", "code", "id"), after=request.GET.get("trang"), size=size_of(request.GET.get("co", "50"))
    )
    for rule in page:
        rule.look = look_of(rule)
        rule.others = variant_words(rule)
    context = {
        "page": page,
        "words": words,
        "view": view,
        "tabs": _tabs(view, in_force.filter(settled=0).count()),
        "questions": open_questions(request.actor),
    }
    return htmx.render(request, "law/rules.html", context, part="law/_rules.html")


def _matching(found, words):
    """The keys of the rules whose code, title or basis hold all the words, without accents; a few hundred rows at most."""
    wanted = fold(words).split()
    rows = found.values_list("pk", "code", "title", "basis")
    return [key for key, *texts in rows if all(word in fold(" ".join(texts)) for word in wanted)]


def _tabs(view, waiting):
    names = (("", _("Đang dùng"), None), ("cho", _("Chưa đối chiếu"), waiting), ("het", _("Hết hiệu lực"), None))
    return [
        Tab(label, f"?xem={key}" if key else "?", count=count, late=bool(count), current=view == key)
        for key, label, count in names
    ]


def look_of(rule):
    """How the state of a rule looks."""
    if rule.valid_to and rule.valid_to < dates.today():
        return ENDED
    return VERIFIED if rule.is_verified else WAITING


@require_GET
def rule(request, pk):
    """One rule: what it says, by what right, since when, what it was before, and who vouched for it."""
    found = _found(request, pk)
    history = Rule.objects.filter(code=found.code).select_related("scope").order_by("-valid_from", "-id")
    visible = set(access.rules_for(request.actor).filter(code=found.code).values_list("pk", flat=True))
    context = {
        "rule": found,
        "look": look_of(found),
        "facts": _facts(found),
        "offers": _offers(request.actor, found),
        "history": [row for row in history if row.pk in visible],
        "entries": [_entry(entry) for entry in reversed(audit.entries_about(found))],
    }
    return render(request, "law/rule.html", context)


@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Give the rule a new value from a day on; a unit's administrator gives it for the unit."""
    found = _found(request, pk)
    if refused := _refused(request, found, access.check_may_change):
        return refused
    scope = access.scope_of_change(request.actor, found)
    row = access.row_to_change(request.actor, found)
    form = ChangeForm(request.POST or None, rule=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            new = changes.change(row, scope=scope, by=request.actor, **{name: data[name] for name in _CHANGED})
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), refusal.reason)
        else:
            toasts.add(request, _("Đã ghi %(code)s: %(amount)s, dùng từ %(day)s. Hạn đang chạy được tính lại.") % {
                "code": new.code, "amount": new.amount(), "day": dates.format_date(new.valid_from)})  # fmt: skip
            return htmx.redirect(request, reverse("law:rule", args=[new.pk]))
    context = {"rule": row, "form": form, "scope": scope}
    return render(request, "law/change.html", context, status=422 if form.is_bound else 200)


_CHANGED = ("value", "unit", "variants", "starts_on", "basis", "reason")


@require_http_methods(["GET", "POST"])
def verify(request, pk):
    """Note that the number was compared with the text of the law."""
    found = _found(request, pk)
    if refused := _refused(request, found, access.check_may_verify):
        return refused
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.mark_verified(found, note=form.cleaned_data["note"], by=request.actor)
        toasts.add(request, _("Đã ghi nhận %(code)s được đối chiếu.") % {"code": found.code})
        return htmx.redirect(request, reverse("law:rule", args=[found.pk]))
    return render(request, "law/verify.html", {"rule": found, "form": form}, status=422 if form.is_bound else 200)


def _found(request, pk):
    return get_object_or_404(access.rules_for(request.actor), pk=pk)


def _refused(request, rule, check):
    """Back to the rule with the reason, for an address typed by hand; the button is closed with the same words."""
    try:
        check(request.actor, rule)
    except NotAllowed as refusal:
        toasts.add(request, str(refusal.reason), tone="late")
        return htmx.redirect(request, reverse("law:rule", args=[rule.pk]))
    return None


def _offers(actor, rule):
    doors = (
        (_("Thay đổi"), "law:change", access.check_may_change, "edit", True),
        (_("Đã đối chiếu văn bản"), "law:verify", access.check_may_verify, "checks", False),
    )
    return [_button(actor, rule, *door) for door in doors]


def _button(actor, rule, label, url_name, check, icon, main):
    try:
        check(actor, rule)
        if rule.valid_to is not None:
            raise NotAllowed(_("Quy định này đã hết hiệu lực ngày %(day)s.") % {"day": dates.format_date(rule.valid_to)})
    except NotAllowed as refusal:
        return Button(label, allowed=False, reason=str(refusal.reason), icon=icon)
    return Button(label, url=reverse(url_name, args=[rule.pk]), main=main, icon=icon)


def _facts(rule):
    since = dates.format_date(rule.valid_from) or _("không ghi ngày bắt đầu")
    until = dates.format_date(rule.valid_to)
    rows = [
        (_("Giá trị"), rule.amount(), _("tính từ ngày sự kiện trở về trước") if rule.when == "before" else ""),
        *variant_words(rule),
        (_("Căn cứ"), rule.basis, rule.note),
        (_("Hiệu lực"), _("từ %(since)s đến hết %(until)s") % {"since": since, "until": until} if until else since),
        (_("Phạm vi"), rule.scope.name if rule.scope else _("cả nước")),
        (_("Nguồn của con số"), rule.get_confidence_display()),
    ]
    if rule.verified_at:
        vouched = _("%(name)s, ngày %(day)s") % {
            "name": rule.verified_by,
            "day": dates.format_date(timezone.localdate(rule.verified_at)),
        }
        rows.append((_("Người đối chiếu"), vouched, rule.verified_note))
    return rows


_TITLES = {"law.changed": lazy("Thay đổi giá trị"), "law.verified": lazy("Đối chiếu văn bản gốc")}


def _entry(entry):
    words = _("%(before)s thành %(after)s") % entry.data if "before" in entry.data else ""
    return Entry(entry.at, _TITLES.get(entry.action, entry.action), note=f"{entry.actor}, {words}" if words else entry.actor,
                 quote=entry.reason)  # fmt: skip
