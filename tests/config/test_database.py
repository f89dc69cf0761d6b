"""Which server the settings name."""

import pytest

from config import database


def test_an_address_is_read_with_its_password_and_options():
    place = database.parse("postgres://ng%C6%B0%E1%BB%9Di:b%40t@db.example:5433/hoidong?sslmode=require")
    assert place == {
        "NAME": "hoidong", "USER": "người", "PASSWORD": "b@t", "HOST": "db.example", "PORT": "5433", "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


def test_a_socket_is_named_by_its_folder():
    assert database.parse("postgres:///hoidong?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("address", ["mysql://localhost/x", "postgres://localhost"])
def test_an_address_that_cannot_be_says_what_is_wrong(address):
    with pytest.raises(ValueError, match="DATABASE_URL"):
        database.parse(address)
