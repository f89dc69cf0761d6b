"""The library's forms of sign-in, in our words and without its placeholders."""

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.utils.translation import gettext_lazy as _

from . import forgotten

NEW_PASSWORD = _("Ít nhất 10 ký tự, không chỉ có chữ số. Vài từ ghép lại dễ nhớ hơn và khó đoán hơn.")


class _Plain:
    """Labels and hints by field name; no placeholders, no help that the label makes needless."""

    words: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label, hint = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)
            if name in ("code",):
                field.widget.attrs |= {"inputmode": "numeric", "autofocus": True, "class": "hd-input--short hd-input--code"}


class LoginForm(_Plain, account.LoginForm):
    """User name or e-mail, and the password."""

    words = {"login": (_("Tên đăng nhập hoặc thư điện tử"), ""), "password": (_("Mật khẩu"), "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    """The present password, and a new one twice."""

    words = {
        "oldpassword": (_("Mật khẩu hiện nay"), ""),
        "password1": (_("Mật khẩu mới"), NEW_PASSWORD),
        "password2": (_("Gõ lại mật khẩu mới"), ""),
    }

    def clean(self):
        """A first password is on a slip of paper, so the new one must be another."""
        cleaned = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", _("Chọn mật khẩu khác mật khẩu hiện nay."))
        return _said_again(self, cleaned)


class SetPasswordForm(_Plain, account.SetPasswordForm):
    """A password for an account that has none."""

    words = {"password1": (_("Mật khẩu mới"), NEW_PASSWORD), "password2": (_("Gõ lại mật khẩu mới"), "")}

    def clean(self):
        """Both must be the same."""
        return _said_again(self, super().clean())


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    """The e-mail a link is sent to.

    Whether an account has the address is asked by the worker, not here: the answer takes the same work, and so the same
    time, for an address that is known and for one that is not.
    """

    words = {"email": (_("Thư điện tử"), _("Địa chỉ đã ghi trong hồ sơ người dùng."))}

    def clean_email(self):
        """The address as it was written; nobody is looked for."""
        return self.cleaned_data["email"].lower()

    def save(self, request, **options):
        """Hand the address to the worker."""
        forgotten.ask(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):
    """The new password, by the link of the mail."""

    words = SetPasswordForm.words

    def clean(self):
        """Both must be the same."""
        return _said_again(self, super().clean())


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": (_("Mật khẩu"), "")}


class AuthenticateForm(_Plain, factor.AuthenticateForm):
    """The code of the application, or a recovery code."""

    words = {"code": (_("Mã 6 chữ số, hoặc một mã dự phòng"), "")}


class FactorReauthenticateForm(_Plain, factor.ReauthenticateForm):
    """The same, to confirm."""

    words = AuthenticateForm.words


class ActivateTOTPForm(_Plain, totp.ActivateTOTPForm):
    """The first code, which proves that the application is set up."""

    words = {"code": (_("Mã 6 chữ số đang hiện trong ứng dụng"), "")}


class AddPasskeyForm(_Plain, passkey.AddWebAuthnForm):
    """A key of a phone, a computer or a stick. It always asks for finger, face or PIN, so it may stand alone."""

    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)
    words = {"name": (_("Tên của khóa"), _("Để sau này biết đó là thiết bị nào, ví dụ “Điện thoại của tôi”."))}


class EditPasskeyForm(_Plain, passkey.EditWebAuthnForm):
    """Another name for a key."""

    words = {"name": (_("Tên của khóa"), "")}


def _said_again(form, cleaned):
    """Replace the library's English sentence where the two passwords differ."""
    if "password2" in form.errors and cleaned and cleaned.get("password1") and form.data.get("password2"):
        form.errors["password2"] = form.error_class([_("Hai lần gõ mật khẩu mới không giống nhau. Gõ lại cả hai.")])
    return cleaned
