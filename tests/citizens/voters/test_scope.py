"""Who sees what: with data that could leak."""

import pytest

from hoidong.citizens.voters import queries
from hoidong.citizens.voters.models import Meeting, Petition, TransferLetter

PAGES = ("/cu-tri/kien-nghi/{petition}/", "/cu-tri/kien-nghi/{petition}/giay-hen/", "/cu-tri/kien-nghi/{petition}/sua/")


def test_a_commune_sees_its_own_petitions_and_no_other(actor):
    own = actor("xa").unit.area_id
    seen = set(queries.petitions_for(actor("xa")).values_list("commune", flat=True))
    assert seen == {own}
    assert Petition.objects.exclude(commune=own).exists()


def test_the_city_sees_only_what_was_handed_up(actor):
    seen = queries.petitions_for(actor("chuyenvien"))
    assert seen.exists()
    assert not seen.filter(handed_up_on=None).exists()
    assert Petition.objects.filter(handed_up_on=None).exists()


def test_a_body_sees_only_what_was_transferred_to_it(actor):
    seen = queries.petitions_for(actor("soxaydung"))
    assert set(seen.values_list("body", flat=True)) == {actor("soxaydung").unit.pk}
    assert not seen.filter(sent_on=None).exists()


@pytest.mark.parametrize("name", ["daibieu", "quantri", "quantrixa", "hethong"])
def test_people_without_work_on_petitions_see_none(actor, name):
    assert not queries.petitions_for(actor(name)).exists()
    assert not queries.letters_for(actor(name)).exists()
    assert not queries.meetings_for(actor(name)).exists()


@pytest.mark.parametrize("name", ["daibieu", "quantri", "quantrixa", "hethong"])
@pytest.mark.parametrize("address", ["kien-nghi/", "kien-nghi/xuat/", "van-ban-chuyen/", "don-doc/", "hoi-nghi/", "bao-cao/"])
def test_lists_of_petitions_are_not_there_for_people_without_work_on_them(signed_in, name, address):
    assert signed_in(name).get(f"/cu-tri/{address}").status_code == 404


@pytest.mark.parametrize("name", ["xa", "chuyenvien", "lanhdao", "thuongtruc", "soxaydung", "phongxa"])
def test_lists_of_petitions_open_for_who_works_on_them(signed_in, name):
    client = signed_in(name)
    addresses = ("kien-nghi/", "kien-nghi/xuat/", "van-ban-chuyen/", "don-doc/")
    assert {client.get(f"/cu-tri/{address}").status_code for address in addresses} == {200}


def test_nobody_sees_nothing():
    assert not queries.petitions_for(None).exists()


@pytest.mark.parametrize("page", PAGES)
def test_another_communes_petition_is_not_there(signed_in, actor, page):
    foreign = Petition.objects.exclude(commune=actor("xa2").unit.area).first()
    assert signed_in("xa2").get(page.format(petition=foreign.pk)).status_code == 404


def test_another_bodys_petition_is_not_there(signed_in, actor):
    foreign = Petition.objects.filter(sent_on__isnull=False).exclude(body=actor("sonongnghiep").unit).first()
    assert signed_in("sonongnghiep").get(f"/cu-tri/kien-nghi/{foreign.pk}/").status_code == 404


def test_another_bodys_letter_is_not_there(signed_in, actor):
    foreign = TransferLetter.objects.exclude(body=actor("sonongnghiep").unit).first()
    assert signed_in("sonongnghiep").get(f"/cu-tri/van-ban-chuyen/{foreign.pk}/").status_code == 404


def test_another_communes_meeting_is_not_there(signed_in):
    meeting = Meeting.objects.first()
    assert signed_in("xa2").get(f"/cu-tri/hoi-nghi/{meeting.pk}/").status_code == 404


def test_a_move_cannot_be_asked_for_a_petition_one_does_not_see(signed_in, actor):
    foreign = Petition.objects.filter(state="new").exclude(commune=actor("xa2").unit.area).first()
    assert signed_in("xa2").get(f"/cu-tri/kien-nghi/viec/hand_up/?chon={foreign.pk}").status_code == 404


def test_a_body_never_reads_who_spoke(signed_in, actor):
    from hoidong.citizens.voters.models import Origin

    petition = queries.petitions_for(actor("soxaydung")).first()
    Origin.objects.filter(petition=petition).update(speaker="Ông Người Nêu Thử")
    page = signed_in("soxaydung").get(f"/cu-tri/kien-nghi/{petition.pk}/")
    assert page.status_code == 200
    assert "Người Nêu Thử" not in page.content.decode()
    assert signed_in("soxaydung").post(f"/cu-tri/kien-nghi/{petition.pk}/nguoi-neu/").status_code in (403, 404)


def test_each_look_at_a_speakers_name_is_written_down(signed_in, actor):
    from hoidong.citizens.voters.models import Origin
    from hoidong.kernel.audit.models import AuditEntry

    petition = queries.petitions_for(actor("xa")).first()
    Origin.objects.filter(petition=petition).update(speaker="Ông Người Nêu Thử")
    client = signed_in("xa")
    assert "Người Nêu Thử" not in client.get(f"/cu-tri/kien-nghi/{petition.pk}/").content.decode()
    before = AuditEntry.objects.count()
    assert "Người Nêu Thử" in client.post(f"/cu-tri/kien-nghi/{petition.pk}/nguoi-neu/").content.decode()
    assert AuditEntry.objects.filter(action="audit.looked").exists()
    assert AuditEntry.objects.count() == before + 1


def test_the_public_page_holds_no_name_of_a_voter(client, actor):
    from hoidong.citizens.voters import mirrors
    from hoidong.citizens.voters.models import Origin
    from hoidong.kernel.publication.models import Publication

    petition = queries.petitions_for(actor("xa")).first()
    Origin.objects.filter(petition=petition).update(speaker="Ông Người Nêu Thử", hamlet="Thôn Riêng Tư")
    mirrors.touch([petition.pk], by=actor("xa"))
    assert Publication.objects.filter(code=petition.code).exists()
    page = client.get(f"/cong/tra-cuu/{petition.code}/").content.decode()
    assert "Người Nêu Thử" not in page
    assert "Thôn Riêng Tư" not in page


@pytest.mark.parametrize("address", ["/ban-lam-viec/", "/cu-tri/kien-nghi/", "/toi/", "/quan-tri/nguoi-dung/"])
def test_strangers_are_led_to_the_sign_in(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/tai-khoan/dang-nhap/")
