"""The form that lets a book go on from a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..ui.forms import TextArea
from .models import Register


class ContinueForm(forms.Form):
    """An office that starts in mid-year keeps the numbers of its paper book."""

    register = forms.ModelChoiceField(label=_("Sổ"), queryset=Register.objects.none())
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    number = forms.IntegerField(
        label=_("Số tiếp theo"), min_value=1, max_value=1_000_000, help_text=_("Sổ giấy đã đến số 230 thì ghi 231.")
    )
    reason = forms.CharField(label=_("Lý do"), widget=TextArea)

    def __init__(self, *args, **options):
        options["initial"] = {"year": dates.today().year} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["register"].queryset = Register.objects.order_by("title")
        self.fields["year"].localize = False
