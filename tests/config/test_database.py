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


def test_replicas_are_named_one_after_the_other_and_give_up_soon(monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://u@one/h, postgres://u@two/h?connect_timeout=9")
    monkeypatch.setenv("HD_DB", "other")
    found = database.replicas({"ENGINE": "e", "NAME": "h", "HOST": "primary"})
    assert [(alias, place["HOST"], place["NAME"], place["OPTIONS"]["connect_timeout"]) for alias, place in found.items()] == [
        ("replica1", "one", "other", "2"),
        ("replica2", "two", "other", "9"),
    ]


def test_a_wrong_address_of_a_replica_names_its_variable(monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICA_URL", "mysql://two/h")
    with pytest.raises(ValueError, match="DATABASE_REPLICA_URL"):
        database.replicas({})


def test_past_a_pooler_one_listens_and_cursors_end_with_their_statement(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@pooler:6432/h")
    assert database.direct(database.settings(tmp_path)) == {}
    assert not database.settings(tmp_path)["DISABLE_SERVER_SIDE_CURSORS"]

    monkeypatch.setenv("DATABASE_DIRECT_URL", "postgres://u@server:5432/h")
    primary = database.settings(tmp_path)
    direct = database.direct(primary)["direct"]
    assert (primary["HOST"], direct["HOST"], direct["PORT"]) == ("pooler", "server", "5432")
    assert primary["DISABLE_SERVER_SIDE_CURSORS"]


def test_a_web_process_shares_connections_and_keeps_what_the_address_says(monkeypatch):
    places = {"default": {"OPTIONS": {"sslmode": "require"}}, "direct": {}}
    monkeypatch.setenv("DATABASE_POOL", "0")
    database.share_connections(places)
    assert places == {"default": {"OPTIONS": {"sslmode": "require"}}, "direct": {}}

    monkeypatch.setenv("DATABASE_POOL", "1")
    database.share_connections(places)
    pool = {"min_size": 1, "max_size": 1, "timeout": 10}
    assert places == {"default": {"OPTIONS": {"sslmode": "require", "pool": pool}}, "direct": {"OPTIONS": {"pool": pool}}}
