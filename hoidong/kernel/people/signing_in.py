"""How sign-in behaves here: no public sign-up, the national identity finds an account that is there, never makes one."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render

from .. import audit
from .actors import actor_for
from .models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only; every sign-in and sign-out is written down."""

    def is_open_for_signup(self, request):
        """Nobody signs up by himself."""
        return False

    def post_login(self, request, user, **kwargs):
        """Write the sign-in down."""
        person = Person.objects.filter(account=user).first()
        if person is not None:
            audit.record("people.sign_in", person, actor_for(user))
        return super().post_login(request, user, **kwargs)

    def set_password(self, user, password):
        """A password somebody chose himself is no first password any more."""
        user.must_change_password = False
        super().set_password(user, password)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the national identity: the number it vouches for must be that of a person who has an account."""

    def is_open_for_signup(self, request, sociallogin):
        """A stranger with an identity stays a stranger."""
        return False

    def pre_social_login(self, request, sociallogin):
        """Connect the identity to the account of the person with this number, or say what to do."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = {**claims, **claims.get("userinfo", {}), **claims.get("id_token", {})}
        number = str(claims.get(settings.OIDC_NUMBER_CLAIM) or "").strip()
        person = Person.objects.filter(identity_number=number, account__is_active=True).first() if number else None
        if person is None:
            raise ImmediateHttpResponse(render(request, "people/unknown_identity.html", status=403))
        sociallogin.connect(request, person.account)
        audit.record("people.connect_identity", person, actor_for(person.account))


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    def get_public_key_credential_rp_entity(self):
        """The name a phone shows beside a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Hội đồng số"}


def tried_name(request, credentials=None):
    """The name somebody tried to sign in with, for the lock-out; one form for small and capital letters."""
    given = (credentials or {}).get("username") or (credentials or {}).get("email") or ""
    if not given and request is not None:
        given = request.POST.get("login", "")
    return given.strip().lower()[:150] or None
