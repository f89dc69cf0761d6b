"""The same petition while its commune holds it, and where it meets one of another commune."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Origin, Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel.audit.models import AuditEntry

from .test_leaks import NAME, SECRET, STRANGERS, TELLING, reads


@pytest.fixture
def secret(write):
    """The petition, as the first commune wrote it down."""
    return write(f"Đề nghị làm lại cống {SECRET} đầu xóm, {TELLING}.", speaker=NAME, hamlet=f"Xóm {SECRET}")[0]


def test_a_petition_not_handed_up_is_not_there_for_the_city_nor_for_any_body(secret, signed_in):
    for username in ("chuyenvien", "thuongtruc", "soxaydung", *STRANGERS):
        client = signed_in(username)
        assert client.get(f"/cu-tri/kien-nghi/{secret.pk}/").status_code == 404
        assert TELLING not in reads(client, f"/tim/?q={SECRET}")[1]
        assert TELLING not in reads(client, "/cu-tri/kien-nghi/xuat/?xem=all")[1]


def test_each_look_at_the_name_is_one_entry_and_each_commune_reads_its_own_voters_only(
    secret, write, hand_up, actor, these, signed_in
):
    other = write(
        f"Đề nghị làm lại cống {SECRET} phía xóm Đoài.", at="xa2", speaker="Ông Phía Bên Kia", hamlet="Xóm Đoài Riêng"
    )[0]
    hand_up([secret], classified=False)
    hand_up([other], classified=False, at="xa2")
    actions.merge(secret, these([secret, other]), by=actor("chuyenvien"))

    for username, own, foreign, pk in (
        ("xa", "Kínnằm", "Phía Bên Kia", secret.pk), ("xa2", "Phía Bên Kia", "Kínnằm", other.pk),
    ):  # fmt: skip
        client = signed_in(username)
        page = client.get(f"/cu-tri/kien-nghi/{pk}/").content.decode()
        assert "phía xóm Đoài" not in page or username == "xa2"
        assert "Xóm Đoài Riêng" not in page or username == "xa2"
        before = AuditEntry.objects.filter(action="audit.looked").count()
        for look in (1, 2):
            names = client.post(f"/cu-tri/kien-nghi/{pk}/nguoi-neu/").content.decode()
            assert own in names
            assert foreign not in names
            assert AuditEntry.objects.filter(action="audit.looked").count() == before + look
    names = signed_in("chuyenvien").post(f"/cu-tri/kien-nghi/{secret.pk}/nguoi-neu/").content.decode()
    assert "Kínnằm" in names
    assert "Phía Bên Kia" in names


def test_links_on_a_merged_record_lead_only_where_one_may_go(secret, write, hand_up, actor, these, signed_in):
    other = write("Đề nghị làm lại cống phía xóm Đoài.", at="xa2")[0]
    hand_up([secret], classified=False)
    hand_up([other], classified=False, at="xa2")
    actions.merge(secret, these([secret, other]), by=actor("chuyenvien"))
    for username, pk, foreign in (("xa", secret.pk, other.pk), ("xa2", other.pk, secret.pk)):
        page = signed_in(username).get(f"/cu-tri/kien-nghi/{pk}/").content.decode()
        assert f"/cu-tri/kien-nghi/{foreign}/" not in page
    assert f"/cu-tri/kien-nghi/{other.pk}/" in signed_in("chuyenvien").get(f"/cu-tri/kien-nghi/{secret.pk}/").content.decode()


def test_the_origin_of_a_petition_keeps_its_words_when_the_office_edits_it(secret, actor, these):
    seen = Petition.objects.get(pk=secret.pk).changed_at
    actions.reword(secret, title="Tiêu đề", words="Lời văn mới.", by=actor("xa"), seen_at=seen)
    assert SECRET in Origin.objects.get(petition=secret).text
    assert Petition.objects.get(pk=secret.pk).state == S.NEW
