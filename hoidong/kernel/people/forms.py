"""Forms of people and posts."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..ui.forms import DateField, UnitField
from . import roles
from .models import Person


class PersonForm(forms.Form):
    """A new person with account and first post."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60, help_text=_("Chữ thường không dấu, số, dấu chấm; như nguyen.van.an."))
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Để nhận thông báo và đặt lại mật khẩu."))
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    identity_number = forms.CharField(
        label=_("Số định danh"), max_length=12, required=False, help_text=_("12 chữ số; cần khi đăng nhập bằng định danh điện tử.")
    )

    def clean_username(self):
        """Small letters, digits and points only, so that it can be read over the phone."""
        name = self.cleaned_data["username"].strip().lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,58}", name):
            raise forms.ValidationError(_("Chỉ dùng chữ a–z không dấu, chữ số, dấu chấm, gạch ngang; ít nhất hai ký tự."))
        return name

    def clean_identity_number(self):
        """Twelve digits or nothing."""
        number = self.cleaned_data["identity_number"].replace(" ", "")
        if number and not re.fullmatch(r"\d{12}", number):
            raise forms.ValidationError(_("Số định danh có 12 chữ số."))
        return number


class PostForm(forms.Form):
    """A post: where, as what, from when."""

    unit = UnitField(label=_("Đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=[])
    title = forms.CharField(label=_("Chức vụ"), max_length=160, help_text=_("Như ghi trong văn bản: Chuyên viên, Phó Chánh Văn phòng."))
    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến ngày"), required=False)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        system = actor.post.role == "system_admin"
        self.fields["role"].choices = [(code, name) for code, name in roles.choices() if system or code != "system_admin"]
        if not system:
            self.fields["unit"].within = actor.unit.area
        self.fields["starts_on"].initial = dates.today()


class EndForm(forms.Form):
    """The last day of a post."""

    ends_on = DateField(label=_("Ngày cuối cùng"))


class DelegationForm(forms.Form):
    """One's work given to a colleague for some days."""

    to_person = forms.ModelChoiceField(label=_("Giao cho"), queryset=Person.objects.none(), empty_label=_("Chọn đồng nghiệp"))
    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = colleagues
        self.fields["starts_on"].initial = dates.today()
