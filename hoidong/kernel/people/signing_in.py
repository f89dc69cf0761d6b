"""How sign-in behaves here: no public sign-up, secrets sealed at rest, the national identity finds an account, never makes one."""

import base64
import logging
import secrets
import time

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..base.errors import Invalid
from . import identity, sealing, sessions
from .actors import actor_for
from .models import Account, Person
from .steps import needs_factor

log = logging.getLogger(__name__)

# What is said after something was done; what is not named here needs no words.
_SAID = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."),
    "account/messages/password_set.txt": _("Đã đặt mật khẩu."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng mã xác thực."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt ứng dụng mã xác thực."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa."),
    "mfa/messages/webauthn_removed.txt": _("Đã bỏ khóa."),
    "socialaccount/messages/account_connected.txt": _("Đã nối với định danh điện tử."),
    "socialaccount/messages/account_connected_updated.txt": _("Định danh điện tử đã được nối từ trước."),
    "socialaccount/messages/account_disconnected.txt": _("Đã bỏ nối với định danh điện tử."),
    "socialaccount/messages/account_connected_other.txt": _("Định danh này đã nối với một tài khoản khác."),
}
_WRONG = _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only; every sign-in and change of password is written down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "phone_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "enter_current_password": _("Mật khẩu hiện nay không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": _("Mã không đúng."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu đã hết hạn hoặc đã dùng."),
        "too_many_login_attempts": _("Sai quá nhiều lần. Chờ 5 phút rồi thử lại."),
        "rate_limited": _("Thử quá nhanh. Chờ một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request):
        """Nobody signs up by himself."""
        return False

    def is_reauthentication_required(self, *, app, **options):
        """Signing in a moment ago is as good as giving the password again."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **options)

    def set_password(self, user, password):
        """Keep a new password that its owner chose: a first password has done its service, other sessions end."""
        user.must_change_password = False
        super().set_password(user, password)
        current = self.request.session.session_key if self.request and self.request.user == user else ""
        sessions.end_all(user, besides=current)
        _note("people.password", user)

    def post_login(self, request, user, **kwargs):
        """Write the sign-in down."""
        _note("people.sign_in", user)
        return super().post_login(request, user, **kwargs)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Our own words instead of the library's English ones."""
        message = message or _SAID.get(message_template)
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, and not to be given up by who must have one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Vai trò của Ông/Bà bắt buộc có lớp thứ hai. Thêm một lớp khác trước khi bỏ lớp này."),
        "cannot_generate_recovery_codes": _("Bật ứng dụng mã xác thực hoặc thêm khóa trước, rồi mới tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng. Xem lại mã đang hiện trong ứng dụng; đồng hồ điện thoại phải đúng giờ."),
        "unverified_email": _("Thư điện tử chưa được xác nhận."),
    }

    def encrypt(self, text):
        """Seal a secret with a key that is not in the database."""
        return sealing.seal(sealing.FACTORS, text)

    def decrypt(self, encrypted_text):
        """Open what `encrypt` sealed. With a key that is lost nothing fits any more: a secret that nobody can know."""
        try:
            return sealing.open_sealed(sealing.FACTORS, encrypted_text)
        except sealing.Sealed:
            log.error("A second factor opens with no key: SECRET_KEY was changed. See docs/operating/backup.md, Keys.")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url):
        """The picture a phone reads, as SVG without styles, so that it can stand in the page."""
        return segno.make(url, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="hd-qr", lineclass=None)

    def can_delete_authenticator(self, authenticator):
        """The last factor of somebody who must have one stays."""
        if not settings.SECOND_FACTOR_REQUIRED or not needs_factor(actor_for(authenticator.user)):
            return True
        main = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return Authenticator.objects.filter(user=authenticator.user, type__in=main).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type):
        """A name for a new key, to be changed by its owner."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Khóa %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self):
        """The name a phone shows beside a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Hội đồng số"}


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the national identity: the number it vouches for must be that of a person who has an account."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _SAID["socialaccount/messages/account_connected_other.txt"],
    }

    def is_open_for_signup(self, request, sociallogin):
        """A stranger with an identity stays a stranger."""
        return False

    def populate_user(self, request, sociallogin, data):
        """Take what the provider told out of what will be stored: of all that, only its own name for the person is kept."""
        request.identity_claims = _flat(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request, sociallogin):
        """Connect the identity to the account of the person with this number, or say what to do."""
        person = _person_of(request)
        if sociallogin.state.get("process") == "connect":
            _refuse_another(request, person)
        elif not sociallogin.is_existing:
            if person is None or person.account is None:
                raise ImmediateHttpResponse(render(request, "people/unknown_identity.html", status=403))
            sociallogin.connect(request, person.account)
            audit.record("people.connect_identity", person, actor_for(person.account))

    def get_connect_redirect_url(self, request, socialaccount):
        """Back to one's own page."""
        from django.urls import reverse

        return reverse("people:account")


def _flat(claims):
    """What userinfo and the signed token say, the signed token last."""
    nested = (claims.get("userinfo"), claims.get("id_token"))
    return {**claims, **{name: value for part in nested if isinstance(part, dict) for name, value in part.items()}}


def _person_of(request):
    """The person whose number the provider vouches for, or None."""
    number = getattr(request, "identity_claims", {}).get(settings.OIDC_NUMBER_CLAIM)
    try:
        key = identity.key_of(identity.digits_of(str(number or "")))
    except Invalid:
        return None
    return Person.objects.filter(identity_key=key).select_related("account").first() if key else None


def _refuse_another(request, person):
    """Somebody signed in may connect an identity only when it is not another person's."""
    own = Person.objects.filter(account=request.user).first()
    if (person is not None and person != own) or (own is not None and own.identity_key and person is None):
        raise ImmediateHttpResponse(render(request, "people/other_identity.html", status=403))


def _note(action, account):
    person = Person.objects.filter(account=account).first()
    if person is not None:
        audit.record(action, person, actor_for(account))


def account_named(text):
    """The account somebody means by a user name or an e-mail, or None."""
    text = text.strip().lower()
    field = "email__iexact" if "@" in text else "username"
    return Account.objects.filter(**{field: text}).first() if text else None
