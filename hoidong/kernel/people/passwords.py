"""What a password must be; each refusal says what to change. Fewer rules, longer passwords (NIST SP 800-63B)."""

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..base.text import fold


class LongEnough(django.MinimumLengthValidator):
    """A number of letters."""

    def validate(self, password, user=None):
        """ValidationError where it is shorter."""
        if len(password) < self.min_length:
            raise ValidationError(
                _("Mật khẩu quá ngắn: cần ít nhất %(count)s ký tự.") % {"count": self.min_length}, code="short"
            )


class NotCommon(django.CommonPasswordValidator):
    """None of the twenty thousand that are tried first."""

    def validate(self, password, user=None):
        """ValidationError for one of them."""
        if password.lower().strip() in self.passwords:
            raise ValidationError(_("Mật khẩu này nhiều người dùng, dễ đoán. Chọn mật khẩu khác."), code="common")


class NotOnlyDigits(django.NumericPasswordValidator):
    """No birthday, no telephone number."""

    def validate(self, password, user=None):
        """ValidationError for digits only."""
        if password.isdigit():
            raise ValidationError(_("Mật khẩu chỉ có chữ số, dễ đoán. Thêm chữ."), code="digits")


class NotTheName:
    """Neither the user name nor the full name, however written."""

    def validate(self, password, user=None):
        """ValidationError where the password is a name of its owner and little more."""
        person = getattr(user, "person", None) if user is not None and user.pk else None
        names = {getattr(user, "username", ""), person.full_name if person else ""}
        plain = fold(password).replace(" ", "")
        for name in (fold(name).replace(" ", "") for name in names if name):
            if name in plain and len(plain) < len(name) + 6:
                raise ValidationError(_("Mật khẩu gần giống tên. Chọn mật khẩu khác."), code="name")

    def get_help_text(self):
        """The rule in words."""
        return _("Mật khẩu không được gần giống tên.")
