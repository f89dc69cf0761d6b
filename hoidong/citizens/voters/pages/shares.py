"""The pages of a coordinating body: its list, one part with what is asked; and taking the asking back."""

from django import forms
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hoidong.kernel import deadlines, files
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed, Refused
from hoidong.kernel.files.forms import UploadField
from hoidong.kernel.ui import htmx, toasts
from hoidong.kernel.ui.looks import Look

from ..counting import tallies_of
from ..forms import ReasonForm
from ..models import Share
from ..queries import answers_petitions, sees_council_side, view_named
from ..shares import actions, queries, rules
from ..shares.states import ShareState as T
from .tabs import tabs_of

_LOOKS = {T.ASKED: ("sent", "busy"), T.GIVEN: ("said", "calm"), T.RETURNED: ("back", "soon"), T.WITHDRAWN: ("back", "calm")}


class OpinionForm(forms.Form):
    """What the coordinating body says."""

    words = forms.CharField(
        label=gettext_lazy("Ý kiến của cơ quan"), max_length=actions.LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Cơ quan chủ trì và văn phòng Hội đồng nhân dân đọc được."),
        error_messages={"required": gettext_lazy("Ghi ý kiến của cơ quan.")},
    )  # fmt: skip
    file = UploadField(
        label=gettext_lazy("Văn bản kèm theo"), required=False, help_text=gettext_lazy("PDF, DOCX, XLSX hoặc ảnh, đến 20 MB.")
    )


def put_look(share, on):
    """Give a part its look on this day."""
    if share.state == T.ASKED and share.due_on < on:
        share.look = Look("late", "late", _("Quá hạn cho ý kiến"))
    else:
        share.look = Look(*_LOOKS[share.state], share.get_state_display())
    return share


def put_days(share, on, calendar=None):
    """Give a part the working days left while it waits; None where nobody waits or the year has no calendar yet."""
    try:
        share.days = deadlines.days_left(share.due_on, on, calendar) if share.state == T.ASKED else None
    except deadlines.CalendarMissing:
        share.days = None


def shown(actor, petition):
    """The parts in a petition as its record shows them, each with its paper and whether this person may take it back."""
    found = queries.shares_of(actor, petition)
    for share in found:
        put_look(share, dates.today())
        share.file = files.by_id(share.file_id) if share.file_id else None
        share.petition = petition
        share.mine = share.state == T.ASKED and _may_withdraw(actor, share)
    return found


def _may_withdraw(actor, share):
    try:
        rules.check_withdraw(actor, share)
    except NotAllowed:
        return False
    return True


@require_GET
def shares(request):
    """One page of one view of the parts this body was asked for."""
    actor, on = request.actor, dates.today()
    if sees_council_side(actor) or not answers_petitions(actor):
        raise Http404
    views = queries.views_for(on)
    view = view_named(views, request.GET.get("xem", ""))
    page = queries.listed(actor, view=view, after=request.GET.get("trang"))
    tabs = tabs_of(request, views, tallies_of(queries.shares_for(actor), views), view)
    calendar = deadlines.current()
    for share in page:
        put_look(share, on)
        put_days(share, on, calendar)
    context = {"page": page, "tabs": tabs, "view": view}
    return htmx.render(request, "voters/share/shares.html", context, part="voters/share/_shares.html")


def _found(request, pk):
    try:
        return queries.share(request.actor, pk)
    except Share.DoesNotExist as error:
        raise Http404 from error


@require_GET
def share(request, pk):
    """One part: the petition's words and places, who leads, what is asked and by when; the forms while it waits."""
    return _page(request, _found(request, pk))


def _page(request, found, form=None, back=None):
    put_look(found, dates.today())
    put_days(found, dates.today())
    found.file = files.by_id(found.file_id) if found.file_id else None
    context = {
        "share": found, "petition": found.petition, "waiting": found.state == T.ASKED, "returning": back is not None,
        "form": form or OpinionForm(), "back": back or ReasonForm(prefix="tra"),
    }  # fmt: skip
    return render(request, "voters/share/share.html", context, status=422 if form or back else 200)


@require_POST
def give(request, pk):
    """Give the opinion; what was typed stays when it is refused."""
    found = _found(request, pk)
    form = OpinionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                upload = form.cleaned_data["file"]
                kept = files.save(upload, by=request.actor) if upload else None
                actions.give(found, form.cleaned_data["words"], by=request.actor, file_id=kept.pk if kept else None)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            toasts.add(request, _("Đã gửi ý kiến đến cơ quan chủ trì và văn phòng."))
            return redirect("voters:share", found.pk)
    return _page(request, _found(request, pk), form=form)


@require_POST
def give_back(request, pk):
    """Return the part with the reason."""
    found = _found(request, pk)
    form = ReasonForm(request.POST, prefix="tra")
    if form.is_valid():
        try:
            actions.give_back(found, form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            toasts.add(request, _("Đã trả lại phần việc. Cơ quan chủ trì và văn phòng được báo."))
            return redirect("voters:share", found.pk)
    return _page(request, _found(request, pk), back=form)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Who asked takes the asking back, with the reason."""
    try:
        found = queries.asked_by(request.actor, pk)
    except Share.DoesNotExist as error:
        raise Http404 from error
    if not _may_withdraw(request.actor, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(found, form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            _blame(form, refusal)
        else:
            toasts.add(request, _("Đã rút lời đề nghị. Cơ quan được báo."))
            return redirect("voters:petition", found.petition_id)
    context = {"share": found, "petition": found.petition, "form": form}
    return render(request, "voters/share/withdraw.html", context, status=422 if form.is_bound else 200)


def _blame(form, refusal):
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, refusal.reason)
