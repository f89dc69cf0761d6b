"""The log can only grow, and tampering with it is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from hoidong.kernel import audit, people
from hoidong.kernel.audit.chain import broken_places
from hoidong.kernel.audit.models import AuditChain, AuditEntry
from hoidong.kernel.base.subjects import Ref

pytestmark = pytest.mark.django_db
RECORD = Ref("tests.record", 7)
APPEND_ONLY = "append-only"


@pytest.fixture
def entries(actor):
    """Three entries of one unit, one after the other."""
    clerk = actor("xa")
    for word in ("một", "hai", "ba"):
        audit.record("tests.note", RECORD, clerk, reason=word)
    return list(AuditEntry.objects.filter(subject_kind=RECORD.kind).order_by("place"))


class tampering:
    """What somebody with the keys of the database could do: switch the triggers off, change, switch them on again."""

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")

    def __exit__(self, *error):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_entry_says_who_did_what_in_which_post(entries, actor):
    clerk, entry = actor("xa"), entries[0]

    assert (entry.account_id, entry.actor, entry.unit_id) == (clerk.account.pk, clerk.name, clerk.unit.pk)
    assert clerk.unit.full_name in entry.post
    assert list(audit.entries_about(RECORD)) == entries


def test_entries_of_a_unit_stand_in_one_chain_without_gaps(entries):
    assert [entry.place - entries[0].place for entry in entries] == [0, 1, 2]
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert AuditChain.objects.get(unit_id=entries[0].unit_id).head == entries[-1].digest


def test_each_unit_has_a_chain_of_its_own(entries, actor):
    other = audit.record("tests.note", RECORD, actor("xa2"))
    platform = audit.record("tests.note", RECORD, people.Actor.system())

    assert AuditEntry.objects.get(pk=other.pk).unit_id == actor("xa2").unit.pk
    assert AuditEntry.objects.get(pk=platform.pk).unit_id == 0
    assert broken_places() == []


def test_many_entries_are_one_statement_and_still_one_chain(actor, django_assert_num_queries):
    clerk = actor("xa")
    for count in (1, 40):
        with django_assert_num_queries(1):
            audit.record_many("tests.many", [Ref("tests.many", number) for number in range(count)], clerk)

    assert broken_places() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditentry SET reason = 'khác' WHERE id = %s",
        "UPDATE kernel_auditentry SET digest = '' WHERE id = %s",
        "DELETE FROM kernel_auditentry WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(entries, statement):
    with pytest.raises(DatabaseError, match=APPEND_ONLY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [entries[0].pk])


def test_the_database_refuses_to_empty_the_log(entries):
    with pytest.raises(DatabaseError, match=APPEND_ONLY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE kernel_auditentry")


def test_a_digest_that_is_brought_along_is_not_taken(actor):
    entry = AuditEntry.objects.get(pk=audit.record("tests.note", RECORD, actor("xa")).pk)
    forged = AuditEntry.objects.create(
        unit_id=actor("xa").unit.pk, at=entry.at, actor="Không ai", action="tests.forged", subject_kind="x", subject_id=1,
        place=1, previous="0" * 64, digest="f" * 64,
    )  # fmt: skip

    forged.refresh_from_db()
    assert forged.digest != "f" * 64
    assert broken_places() == []


def test_an_entry_goes_with_the_change_that_was_rolled_back(actor):
    clerk = actor("xa")
    with transaction.atomic():
        audit.record("tests.undone", RECORD, clerk)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.filter(action="tests.undone").exists()
    audit.record("tests.kept", RECORD, clerk)
    assert broken_places() == []


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "lời khác"},
        {"actor": "Người khác"},
        {"account_id": 999},
        {"action": "tests.other"},
        {"subject_id": 8},
        {"data": {"from": "x"}},
        {"post": "Chức vụ khác"},
        {"at": "2020-01-01T00:00:00Z"},
        {"previous": "0" * 64},
    ],
)
def test_a_change_behind_the_back_of_the_log_is_found(entries, change):
    assert broken_places() == []
    with tampering():
        AuditEntry.objects.filter(pk=entries[1].pk).update(**change)

    found = broken_places()
    assert any(f"(id {entries[1].pk})" in sentence for sentence in found)


def test_an_entry_taken_out_of_the_middle_is_found(entries):
    with tampering():
        AuditEntry.objects.filter(pk=entries[1].pk).delete()

    assert any(f"(id {entries[2].pk})" in sentence for sentence in broken_places())


def test_the_last_entry_taken_out_is_found(entries):
    with tampering():
        AuditEntry.objects.filter(pk=entries[2].pk).delete()

    assert any(f"unit {entries[2].unit_id}:" in sentence for sentence in broken_places())


def test_a_whole_chain_taken_out_is_found(entries):
    unit = entries[0].unit_id
    with tampering():
        AuditEntry.objects.filter(unit_id=unit).delete()

    assert any(f"unit {unit}:" in sentence for sentence in broken_places())


def test_the_command_fails_when_the_log_was_tampered_with(entries, capsys):
    call_command("verify_audit")
    with tampering():
        AuditEntry.objects.filter(pk=entries[1].pk).update(reason="lời khác")

    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_audit")


def test_looking_at_protected_data_is_an_entry_but_no_step_of_the_record(actor):
    audit.looked_at(RECORD, actor("xa"), "số điện thoại")

    assert AuditEntry.objects.filter(action="audit.looked", data={"what": "số điện thoại"}).count() == 1
    assert list(audit.entries_about(RECORD)) == []
