"""Ciphers of the vault: a key for each box, wrapped with the installation's key; both ciphers are bound to what the box is about.

AES-256-GCM: what was changed, or moved to another record, does not open. Nothing is ever compared or looked up by its content.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Shut(Exception):
    """No key that is named here opens it, or it was changed."""


def new_key():
    """A key for one box."""
    return AESGCM.generate_key(bit_length=256)


def print_of(key):
    """Which of the installation's keys: tells nothing of it."""
    return hmac.new(key.encode(), b"hoidong.vault", hashlib.sha256).hexdigest()[:16]


def print_of_today():
    """The print of the key that new boxes are wrapped with."""
    return print_of(settings.VAULT_KEY)


def wrap(box_key, about):
    """(the box's key under the key of today, the print of that key)."""
    return _shut(_derived(settings.VAULT_KEY), box_key, f"key {about}"), print_of_today()


def unwrap(wrapped, key_print, about):
    """The box's key. Raises Shut when the key with this print is not named any more, or the box is another one's."""
    for key in (settings.VAULT_KEY, *settings.VAULT_KEY_FALLBACKS):
        if print_of(key) == key_print:
            return _opened(_derived(key), wrapped, f"key {about}")
    raise Shut(about)


def shut(box_key, content, about):
    """Bytes as they may lie in the database."""
    return _shut(box_key, content, about)


def opened(box_key, sealed, about):
    """The bytes again. Raises Shut."""
    return _opened(box_key, sealed, about)


def _derived(key):
    return hashlib.sha256(f"vault:{key}".encode()).digest()


def _shut(key, content, about):
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def _opened(key, sealed, about):
    sealed = bytes(sealed)
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except InvalidTag as error:
        raise Shut(about) from error
