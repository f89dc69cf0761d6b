"""Forms on people."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from ..base import dates
from ..ui.forms import DateField, TextArea, UnitField
from . import rules
from .delegating import colleagues_of
from .models import Person, Post
from .roles import ROLES
from .signing_forms import NEW_PASSWORD

# Neither the browser's own memory nor the draft of a form on a shared machine keeps an identity number.
_NEVER_KEPT = {"inputmode": "numeric", "autocomplete": "off", "data-no-draft": True}


def roles_for(actor):
    """(code, name) of the roles an administrator may give."""
    return [
        (code, role.name) for code, role in ROLES.items() if rules.is_system(actor) or code not in ("system_admin", "auditor")
    ]


class PostForm(forms.Form):
    """A post at a unit."""

    unit = UnitField(label=_("Đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"))
    title = forms.CharField(
        label=_("Chức vụ"), max_length=160, help_text=_("Ghi như trên văn bản, ví dụ: Chuyên viên Phòng Dân nguyện.")
    )
    term = forms.CharField(label=_("Nhiệm kỳ"), max_length=40, required=False, help_text=_("Chức vụ bầu, ví dụ: 2026–2031."))
    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args, actor, **options):
        options["initial"] = {"starts_on": dates.today()} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["role"].choices = roles_for(actor)
        self.fields["unit"].within = rules.base_of(actor)


class MemberForm(PostForm):
    """A new person with account and first post."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=60, help_text=_("Chữ thường không dấu, ví dụ: nvkhoat."))
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Để tự đặt lại mật khẩu khi quên."))
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    identity_number = forms.CharField(
        label=_("Số định danh"), max_length=20, required=False, widget=forms.TextInput(attrs=_NEVER_KEPT),
        help_text=_("12 chữ số, để đăng nhập bằng định danh điện tử. Hệ thống chỉ giữ dấu kiểm, không giữ số."),
    )  # fmt: skip
    field_order = ["full_name", "username", "email", "phone", "identity_number", "unit", "role", "title", "starts_on"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["ends_on"], self.fields["term"]


class ContactsForm(forms.Form):
    """How a person is reached; an identity number replaces the one kept."""

    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    identity_number = forms.CharField(
        label=_("Số định danh mới"), max_length=20, required=False, widget=forms.TextInput(attrs=_NEVER_KEPT),
        help_text=_("Để trống thì giữ nguyên."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Lý do"), widget=TextArea, max_length=500)


class EndPostForm(forms.Form):
    """The last day of a post, and why."""

    ends_on = DateField(label=_("Ngày cuối cùng giữ chức vụ"))
    reason = forms.CharField(
        label=_("Lý do"), widget=TextArea, max_length=500, help_text=_("Số quyết định, nghỉ hưu, chuyển công tác…")
    )


class DelegationForm(forms.Form):
    """Whom one's post is given to, for which days."""

    post = forms.ModelChoiceField(label=_("Chức vụ ủy quyền"), queryset=Post.objects.none(), empty_label=None)
    to_person = forms.ModelChoiceField(
        label=_("Giao cho"), queryset=Person.objects.none(), help_text=_("Đồng nghiệp cùng đơn vị.")
    )
    starts_on = DateField(label=_("Từ ngày"))
    ends_on = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), widget=TextArea, max_length=500, help_text=_("Đi công tác, nghỉ phép…"))

    def __init__(self, *args, actor, **options):
        options["initial"] = {"starts_on": dates.today()} | (options.get("initial") or {})
        super().__init__(*args, **options)
        own = rules.current_posts(actor.person)
        self.fields["post"].queryset = own
        self.fields["post"].label_from_instance = lambda post: f"{post.title}, {post.unit.full_name}"
        found = Person.objects.none()
        for post in own:
            found = found | colleagues_of(post)
        self.fields["to_person"].queryset = found.order_by("sort_key", "id")


class FirstRunForm(forms.Form):
    """The first administrator."""

    full_name = forms.CharField(label=_("Họ và tên người quản trị"), max_length=120)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=60, initial="quantri", widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Gõ lại mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password(self):
        """As strong as everybody's."""
        password_validation.validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def clean(self):
        """Both passwords must be the same."""
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("Hai lần gõ mật khẩu không giống nhau. Gõ lại."))
        return cleaned
