"""Secrets sealed with a key that is not in the database: made of SECRET_KEY, opened with the keys before it as well."""

import base64
import hashlib

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

FACTORS = "people.factors"
_SEALED = ("secret", "seed")  # of an application and of recovery codes; keys of devices hold no secret
_SEALED_LISTS = ("migrated_codes",)


class Sealed(Exception):
    """What was sealed with a key that nobody named any more."""


def seal(purpose, text):
    """The text, sealed with the key of today."""
    return _keys(purpose).encrypt(text.encode()).decode()


def open_sealed(purpose, text):
    """What `seal` sealed, with this key or one of settings.SECRET_KEY_FALLBACKS. Raises Sealed when none fits."""
    try:
        return _keys(purpose).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise Sealed(purpose) from error


@transaction.atomic
def reseal_factors():
    """Seal all second factors with the key of today. Returns how many were done, and how many no key opens."""
    done = lost = 0
    for row in Authenticator.objects.select_for_update(of=("self",)).order_by("pk"):
        try:
            fresh = {name: _fresh(name, value) for name, value in row.data.items()}
        except Sealed:
            lost += 1
            continue
        if fresh != row.data:
            row.data = fresh
            row.save(update_fields=["data"])
            done += 1
    return done, lost


def _fresh(name, value):
    if name in _SEALED:
        return seal(FACTORS, open_sealed(FACTORS, value))
    if name in _SEALED_LISTS:
        return [seal(FACTORS, open_sealed(FACTORS, part)) for part in value]
    return value


def _keys(purpose):
    return MultiFernet([_key(purpose, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(purpose, key):
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{key}".encode()).digest()))
