"""What the tests of people stand on: the demo's city (tests/office.py), its people, and real codes of an application."""

import base64
import hmac
import struct
import time

import pytest
from django.core.cache import cache
from django.test import Client

from demo import people as demo

SIGN_IN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def _no_counts_left(db):
    """Counts of tries are kept in the cache; each test begins with none."""
    cache.clear()


@pytest.fixture
def person_of(db):
    """`person_of("xa")`: the Person behind a user name of the demo."""
    from hoidong.kernel.people.models import Person

    return lambda username: Person.objects.select_related("account").get(account__username=username)


@pytest.fixture
def machine():
    """`machine()`: another machine, with its own cookies."""
    return lambda **options: Client(**options)


def sign_in(client, username, password=demo.PASSWORD, **options):
    """What the form of sign-in sends."""
    return client.post(SIGN_IN, {"login": username, "password": password}, **options)


def code_of(secret, steps=0):
    """The code an application on a phone shows now (RFC 6238), or some steps from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), "sha1").digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
