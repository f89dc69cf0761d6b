"""What is sealed opens for named people with a reason, and stands nowhere else."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from hoidong.kernel import vault
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.base.subjects import Ref
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.draining import drain
from hoidong.kernel.vault import glass, readers, sealing
from hoidong.kernel.vault.models import GlassRequest, VaultBox, VaultReader

pytestmark = pytest.mark.django_db
CASE = Ref("test.case", 7)
IDENTITY = {"full_name": "Đặng Thị Quỳnh Hương", "address": "Hẻm 7, ấp Bàu Sen", "id_number": "999 085 001 234"}
REASON = "Xác minh nội dung theo kế hoạch tháng này."


@pytest.fixture
def person_of(actor):
    """The Person behind one of the demo's sign-ins."""
    return lambda username: actor(username).person


@pytest.fixture
def sealed(actor, person_of):
    """An identity sealed for one officer of the council's office."""
    by = actor("lanhdao")
    return vault.seal(CASE, IDENTITY, unit=by.unit, readers=[person_of("chuyenvien")], by=by)


@pytest.fixture
def kept_out(monkeypatch, person_of):
    """A function that keeps people out of what is told of the case."""

    def keep(*usernames):
        people = {person_of(username).pk for username in usernames}
        monkeypatch.setitem(
            readers._kept_out, CASE.kind, lambda subject_id, person: subject_id == CASE.id and person.pk in people
        )

    return keep


def test_a_named_person_opens_it_with_a_reason_and_the_log_says_so(sealed, actor):
    assert vault.open_box(CASE, reason=REASON, by=actor("chuyenvien")) == IDENTITY
    entry = AuditEntry.objects.get(action="vault.open", subject_id=sealed.pk)
    assert entry.reason == REASON
    assert entry.actor == actor("chuyenvien").name


@pytest.mark.parametrize(
    "username", ["chuyenvien2", "lanhdao", "thuongtruc", "quantri", "hethong", "xa", "soxaydung", "daibieu"]
)
def test_nobody_else_opens_it_whatever_post_they_hold(sealed, actor, username):
    by = actor(username)
    assert not vault.may_open(by, CASE)
    for attempt in (
        lambda: vault.open_box(CASE, reason=REASON, by=by),
        lambda: vault.amend(CASE, {"full_name": "Khác"}, by=by),
        lambda: vault.let_read(CASE, by.person, by=by),
        lambda: vault.readers_of(CASE, by=by),
        lambda: vault.destroy(CASE, reason=REASON, by=by),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not AuditEntry.objects.filter(action="vault.open").exists()


def test_a_box_that_is_not_there_is_refused_in_the_same_words(sealed, actor):
    told = []
    for subject in (CASE, Ref("test.case", 8)):
        with pytest.raises(NotAllowed) as refusal:
            vault.open_box(subject, reason=REASON, by=actor("chuyenvien2"))
        told.append(str(refusal.value))
    assert told[0] == told[1]


def test_a_delegate_of_a_named_person_opens_nothing(sealed, actor, person_of):
    from hoidong.kernel.people import actions, actors

    today = dates.today()
    owner = actor("chuyenvien")
    actions.delegate(owner.post, to_person=person_of("chuyenvien2"), starts_on=today, ends_on=today, reason="Đi họp", by=owner)
    other = actor("chuyenvien2")
    post = next(post for post in actors.posts_of(other.person) if post.pk == owner.post.pk)
    standing_in = actors.Actor(account=other.account, person=other.person, post=post, posts=(post,), name=other.name)
    assert standing_in.delegated
    assert not vault.may_open(standing_in, CASE)


@pytest.mark.parametrize("reason", ["", "   ", "xem", "12345678901234"])
def test_a_reason_that_says_nothing_opens_nothing(sealed, actor, reason):
    with pytest.raises(Invalid) as refusal:
        vault.open_box(CASE, reason=reason, by=actor("chuyenvien"))
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    "reason",
    ["Gặp bà Đặng Thị Quỳnh Hương để hỏi thêm", "xac minh dang thi quynh huong o dau", "Đối chiếu căn cước 999085001234 tại công an",
     "Đến HẺM 7, ẤP BÀU SEN làm việc"],
)  # fmt: skip
def test_a_reason_that_names_what_is_sealed_is_refused_and_kept_nowhere(sealed, actor, reason):
    with pytest.raises(Invalid, match="không được chứa thông tin đã niêm phong"):
        vault.open_box(CASE, reason=reason, by=actor("chuyenvien"))
    assert not AuditEntry.objects.filter(reason=reason).exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Người tố cáo là ĐẶNG THỊ QUỲNH HƯƠNG.", True), ("số 999.085.001.234", True), ("Người tố cáo đề nghị giữ bí mật.", False),
     ("Hương vị quê nhà", False), ("", False)],
)  # fmt: skip
def test_other_texts_about_the_record_are_asked_whether_they_give_it_away(sealed, text, expected):
    assert vault.gives_away(CASE, text) is expected
    assert vault.gives_away(Ref("test.case", 8), text) is False


def test_the_whole_database_holds_no_word_of_it(actor, person_of):
    by, officer = actor("lanhdao"), actor("chuyenvien")
    names = [f"Nguyễn Hoàng Sơn Trà {place}" for place in range(200)]
    for place, name in enumerate(names):
        subject = Ref("test.case", 100 + place)
        vault.seal(subject, {"full_name": name}, unit=by.unit, readers=[officer.person], by=by)
        number = vault.add_scan(subject, f"Tôi tên {name}".encode(), name=f"{name}.txt", media_type="text/plain", by=by)
        vault.open_box(subject, reason=REASON, by=officer)
        vault.open_scan(subject, number, reason=REASON, by=officer)
    drain()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            # Bytes in text form are hexadecimal: the names are looked for as letters and as their bytes.
            cursor.execute(
                f'SELECT count(*) FROM "{table}" told WHERE told::text LIKE %s OR told::text LIKE %s',
                ["%Sơn Trà%", f"%{'Sơn Trà'.encode().hex()}%"],
            )
            assert cursor.fetchone()[0] == 0, table
    assert "kernel_vaultbox" in tables


def test_long_and_short_names_are_of_one_size(actor, person_of):
    by = actor("lanhdao")
    sizes = {
        len(
            vault.seal(
                Ref("test.case", place), {"full_name": name}, unit=by.unit, readers=[person_of("chuyenvien")], by=by
            ).content
        )
        for place, name in enumerate(("Lê An", "Công Tằng Tôn Nữ Thị Ngọc Khuê Bích Trâm"), start=20)
    }
    assert len(sizes) == 1


def test_what_was_moved_to_another_record_or_changed_does_not_open(sealed, actor, person_of):
    by = actor("lanhdao")
    other = vault.seal(Ref("test.case", 8), {"full_name": "Khác"}, unit=by.unit, readers=[person_of("chuyenvien")], by=by)
    VaultBox.objects.filter(pk=other.pk).update(wrapped=sealed.wrapped, content=sealed.content)
    with pytest.raises(sealing.Shut):
        vault.open_box(Ref("test.case", 8), reason=REASON, by=actor("chuyenvien"))
    changed = bytes(sealed.content[:-1]) + bytes([sealed.content[-1] ^ 1])
    VaultBox.objects.filter(pk=sealed.pk).update(content=changed)
    with pytest.raises(sealing.Shut):
        vault.open_box(CASE, reason=REASON, by=actor("chuyenvien"))


def test_a_record_is_sealed_once_and_never_without_content_or_readers(sealed, actor, person_of):
    by, officer = actor("lanhdao"), person_of("chuyenvien")
    with pytest.raises(IntegrityError), transaction.atomic():
        vault.seal(CASE, IDENTITY, unit=by.unit, readers=[officer], by=by)
    with pytest.raises(Invalid):
        vault.seal(Ref("test.case", 9), {"full_name": ""}, unit=by.unit, readers=[officer], by=by)
    with pytest.raises(Invalid) as refusal:
        vault.seal(Ref("test.case", 9), IDENTITY, unit=by.unit, readers=[], by=by)
    assert refusal.value.field == "readers"


def test_who_may_open_it_names_others_and_the_last_name_stays(sealed, actor, person_of):
    officer, second = actor("chuyenvien"), person_of("chuyenvien2")
    with pytest.raises(Invalid):
        vault.stop_reading(CASE, officer.person, by=officer)
    vault.let_read(CASE, second, by=officer)
    assert {reader.person_id for reader in vault.readers_of(CASE, by=officer)} == {officer.person.pk, second.pk}
    vault.stop_reading(CASE, officer.person, by=actor("chuyenvien2"))
    assert not vault.may_open(officer, CASE)
    assert vault.may_open(actor("chuyenvien2"), CASE)


def test_who_is_kept_out_is_not_named_and_does_not_open_though_named_before(sealed, actor, person_of, kept_out):
    kept_out("chuyenvien", "chuyenvien2")
    assert not vault.may_open(actor("chuyenvien"), CASE)
    kept_out("chuyenvien2")
    with pytest.raises(NotAllowed):
        vault.let_read(CASE, person_of("chuyenvien2"), by=actor("chuyenvien"))
    VaultBox.objects.all().delete()
    with pytest.raises(NotAllowed):
        vault.seal(CASE, IDENTITY, unit=sealed.unit, readers=[person_of("chuyenvien2")], by=actor("lanhdao"))


def test_the_heads_hear_of_an_opening_but_not_why_nor_what_and_not_who_is_kept_out(sealed, actor, kept_out):
    vault.open_box(CASE, reason=REASON, by=actor("chuyenvien"))
    drain()
    told = Notice.objects.filter(kind="vault.opened")
    assert {notice.account_id for notice in told} >= {actor("lanhdao").account.pk}
    assert all(actor("chuyenvien").person.full_name in notice.text and REASON not in notice.text for notice in told)
    assert not any(value in notice.text for notice in told for value in IDENTITY.values())
    before = told.filter(account=actor("lanhdao").account).count()
    kept_out("lanhdao")
    vault.open_box(CASE, reason=REASON, by=actor("chuyenvien"))
    drain()
    assert told.filter(account=actor("lanhdao").account).count() == before


def test_a_scan_comes_back_with_its_name_and_only_with_its_own_record(sealed, actor, person_of):
    by, officer = actor("lanhdao"), actor("chuyenvien")
    number = vault.add_scan(CASE, b"%PDF-1.7 handwriting", name="Đơn viết tay.pdf", media_type="application/pdf", by=by)
    assert vault.open_scan(CASE, number, reason=REASON, by=officer) == (
        "Đơn viết tay.pdf",
        "application/pdf",
        b"%PDF-1.7 handwriting",
    )
    vault.seal(Ref("test.case", 8), IDENTITY, unit=by.unit, readers=[officer.person], by=by)
    with pytest.raises(NotAllowed):
        vault.open_scan(Ref("test.case", 8), number, reason=REASON, by=officer)


def test_what_is_destroyed_opens_for_nobody_and_leaves_the_proof_that_it_was_there(sealed, actor):
    officer = actor("chuyenvien")
    vault.add_scan(CASE, b"scan", name="a.txt", media_type="text/plain", by=actor("lanhdao"))
    vault.destroy(CASE, reason="Hết thời hạn lưu theo quy định", by=officer)
    box = VaultBox.objects.get(pk=sealed.pk)
    assert (bytes(box.wrapped), bytes(box.content), box.scans.count()) == (b"", b"", 0)
    assert box.destroyed_at
    with pytest.raises(NotAllowed):
        vault.open_box(CASE, reason=REASON, by=officer)


def test_what_was_amended_opens_as_it_stands_now(sealed, actor):
    officer = actor("chuyenvien")
    vault.amend(CASE, {**IDENTITY, "address": "Ấp Mới"}, by=officer)
    assert vault.open_box(CASE, reason=REASON, by=officer)["address"] == "Ấp Mới"


def test_a_changed_key_opens_what_the_old_one_sealed_until_it_is_wrapped_anew(sealed, actor, settings, capsys):
    old = settings.VAULT_KEY
    settings.VAULT_KEY, settings.VAULT_KEY_FALLBACKS = "a new key of the installation", []
    with pytest.raises(sealing.Shut):
        vault.open_box(CASE, reason=REASON, by=actor("chuyenvien"))
    with pytest.raises(CommandError, match="1 sealed boxes open with neither"):
        call_command("reseal_vault")
    settings.VAULT_KEY_FALLBACKS = [old]
    assert vault.open_box(CASE, reason=REASON, by=actor("chuyenvien")) == IDENTITY
    call_command("reseal_vault")
    assert "Wrapped anew: 1 sealed boxes." in capsys.readouterr().out
    settings.VAULT_KEY_FALLBACKS = []
    assert vault.open_box(CASE, reason=REASON, by=actor("chuyenvien")) == IDENTITY


# --- Breaking it open -------------------------------------------------------------------------------------------


def test_two_heads_break_it_open_for_a_day(sealed, actor, monkeypatch):
    asked = vault.ask_to_break(CASE, reason=REASON, by=actor("lanhdao"))
    assert not vault.may_open(actor("lanhdao"), CASE)
    vault.confirm_breaking(asked, by=actor("thuongtruc"))
    assert vault.open_box(CASE, reason=REASON, by=actor("lanhdao")) == IDENTITY
    drain()
    assert Notice.objects.filter(kind="vault.broken").exists()
    later = dates.now() + datetime.timedelta(hours=glass.HOURS, minutes=1)
    monkeypatch.setattr(dates, "now", lambda: later)
    assert not vault.may_open(actor("lanhdao"), CASE)


def test_nobody_confirms_the_own_request_and_who_is_no_head_confirms_none(sealed, actor):
    asked = vault.ask_to_break(CASE, reason=REASON, by=actor("lanhdao"))
    for username in ("lanhdao", "chuyenvien", "chuyenvien2", "quantri", "soxaydung"):
        with pytest.raises(NotAllowed):
            vault.confirm_breaking(asked, by=actor(username))
    assert not VaultReader.objects.filter(person=actor("lanhdao").person).exists()


def test_who_is_kept_out_neither_asks_nor_confirms(sealed, actor, kept_out):
    kept_out("lanhdao")
    with pytest.raises(NotAllowed):
        vault.ask_to_break(CASE, reason=REASON, by=actor("lanhdao"))
    kept_out("thuongtruc")
    asked = vault.ask_to_break(CASE, reason=REASON, by=actor("lanhdao"))
    with pytest.raises(NotAllowed):
        vault.confirm_breaking(asked, by=actor("thuongtruc"))


def test_a_request_is_refused_with_a_reason_and_decided_once(sealed, actor):
    asked = vault.ask_to_break(CASE, reason=REASON, by=actor("lanhdao"))
    with pytest.raises(Invalid):
        vault.refuse_breaking(asked, reason="", by=actor("thuongtruc"))
    vault.refuse_breaking(asked, reason="Người được phân công đang có mặt", by=actor("thuongtruc"))
    with pytest.raises(NotAllowed):
        vault.confirm_breaking(GlassRequest.objects.get(pk=asked.pk), by=actor("thuongtruc"))
    assert not vault.may_open(actor("lanhdao"), CASE)
