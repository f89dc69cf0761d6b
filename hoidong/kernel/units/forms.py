"""Forms of the register of units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..ui.forms import DateField
from .kinds import Kind


class AddForm(forms.Form):
    """New units of one kind under another: one name a line."""

    kind = forms.ChoiceField(label=_("Loại đơn vị"))
    names = forms.CharField(
        label=_("Tên"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Mỗi dòng một đơn vị, như “Thôn Đông”.")
    )
    on = DateField(label=_("Từ ngày"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=200, required=False, help_text=_("Số, ngày của nghị quyết hoặc quyết định.")
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Kind(kind).label) for kind in kinds]

    def clean_names(self):
        """The names, one for each line that holds something."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
