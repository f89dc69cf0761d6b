"""The form that lets a book go on from a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..ui.forms import DateField, TextArea
from ..units.models import Unit
from . import books


class ContinueForm(forms.Form):
    """An office that starts in mid-year keeps the numbers of its paper book."""

    register = forms.ChoiceField(label=_("Sổ"))
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    number = forms.IntegerField(
        label=_("Số tiếp theo"), min_value=1, max_value=1_000_000, help_text=_("Sổ giấy đã đến số 230 thì ghi 231.")
    )
    reason = forms.CharField(label=_("Lý do"), widget=TextArea)

    unit = forms.ModelChoiceField(label=_("Sổ của"), queryset=Unit.objects.none(), required=False)

    field_order = ("register", "unit", "year", "number", "reason")

    def __init__(self, *args, units, **options):
        options["initial"] = {"year": dates.today().year} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["register"].choices = books.choices()
        self.fields["unit"].queryset = units
        self.fields["unit"].empty_label = None
        self.fields["year"].localize = False


class PrintForm(forms.Form):
    """From which day to which day of the year; nothing is the whole year."""

    tu = DateField(label=_("Từ ngày"), required=False)
    den = DateField(label=_("Đến ngày"), required=False)

    def clean(self):
        """The last day is not before the first."""
        cleaned = super().clean()
        if cleaned.get("tu") and cleaned.get("den") and cleaned["den"] < cleaned["tu"]:
            self.add_error("den", _("Ngày cuối không sớm hơn ngày đầu."))
        return cleaned
