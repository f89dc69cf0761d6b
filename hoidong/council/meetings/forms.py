"""Forms of terms and sessions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hoidong.kernel.base import dates
from hoidong.kernel.ui.forms import DateField

from .models import CouncilSession


class TermForm(forms.Form):
    """The term a council is in."""

    number = forms.IntegerField(
        label=_("Khóa"), min_value=1, max_value=89, help_text=_("Ghi số thường; khi in đổi thành số La Mã.")
    )
    first_year = forms.IntegerField(label=_("Từ năm"), min_value=1945, max_value=2100)
    last_year = forms.IntegerField(label=_("Đến năm"), min_value=1946, max_value=2105)
    opens_on = DateField(label=_("Ngày khai mạc kỳ họp thứ nhất"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_year"].initial = dates.today().year
        self.fields["last_year"].initial = dates.today().year + 5

    def clean(self):
        found = super().clean()
        if found.get("first_year") and found.get("last_year") and found["last_year"] <= found["first_year"]:
            self.add_error("last_year", _("Năm kết thúc phải sau năm bắt đầu."))
        return found


class SessionForm(forms.Form):
    """A session: its number follows by itself, its days are what offices change most."""

    number = forms.IntegerField(label=_("Kỳ họp thứ"), min_value=1, max_value=200)
    kind = forms.ChoiceField(label=_("Loại kỳ họp"), choices=CouncilSession.Kind)
    opens_on = DateField(label=_("Ngày khai mạc"))
    closes_on = DateField(label=_("Ngày bế mạc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)


class SessionDaysForm(forms.Form):
    """What may change once a session has its number."""

    opens_on = DateField(label=_("Ngày khai mạc"))
    closes_on = DateField(label=_("Ngày bế mạc"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
