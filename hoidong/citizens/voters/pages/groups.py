"""Deputies' groups and the communes of their constituencies."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hoidong.kernel.base.errors import Refused
from hoidong.kernel.ui import toasts
from hoidong.kernel.ui.forms import SuggestMany
from hoidong.kernel.units.models import Unit

from ..actions import rounds as actions
from ..rounds import cells, queries, rules


class ConstituencyForm(forms.Form):
    """The communes a group was elected in."""

    communes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Xã, phường, đặc khu"), queryset=Unit.objects.none(), required=False, widget=SuggestMany,
        help_text=gettext_lazy("Đơn vị bầu cử của tổ. Gõ vài chữ rồi chọn."),
    )  # fmt: skip

    def __init__(self, *args, communes, **options):
        super().__init__(*args, **options)
        self.fields["communes"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in communes]).in_order()


@require_GET
def groups(request):
    """Each group with its deputies and communes, and the communes that belong to none."""
    known = _known(request)
    areas = queries.areas_of_groups([group.pk for group in known.groups])
    taken = {commune.pk for communes in areas.values() for commune in communes}
    context = {
        "rows": [(group, known.of_group(group), areas[group.pk]) for group in known.groups],
        "without": [commune for commune in known.communes if commune.pk not in taken] if known.groups else [],
    }
    return render(request, "voters/desk/groups.html", context)


@require_http_methods(["GET", "POST"])
def group(request, pk):
    """Set the constituency of one group."""
    known = _known(request)
    found = next((one for one in known.groups if one.pk == pk), None)
    if found is None:
        raise Http404
    initial = {"communes": [unit.pk for unit in queries.areas_of_groups([pk])[pk]]}
    form = ConstituencyForm(request.POST or None, communes=known.communes, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_constituency(found, list(form.cleaned_data["communes"]), by=request.actor)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            toasts.add(request, _("Đã lưu địa bàn của tổ."))
            return redirect("voters:groups")
    context = {"form": form, "group": found, "people": known.of_group(found)}
    return render(request, "voters/desk/group.html", context, status=422 if form.is_bound else 200)


def _known(request):
    if not rules.may_plan(request.actor):
        raise Http404
    return cells.Known(request.actor.unit.area)
