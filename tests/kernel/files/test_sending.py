"""Who is sent a file, and with which headers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Answer, Petition
from hoidong.kernel import files
from hoidong.kernel.publication.models import Publication

from . import samples

OFFICERS = {"01.SXD": "soxaydung", "01.SNNMT": "sonongnghiep"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def answered(actor):
    """A reply of the demo with a file, and the file."""
    reply = Answer.objects.filter(petition__state="answered").order_by("pk").first()
    stored = files.save(samples.PDF, name="Trả lời.pdf", by=actor("soxaydung"))
    Answer.objects.filter(pk=reply.pk).update(file_id=stored.pk)
    return reply, stored


def test_the_office_reads_the_file_of_an_answer(signed_in, answered):
    _reply, stored = answered
    answer = signed_in("chuyenvien").get(stored.url)
    assert answer.content == samples.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=UTF-8''Tr%E1%BA%A3%20l%E1%BB%9Di.pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_another_commune_and_the_public_do_not_find_it(client, signed_in, answered):
    reply, stored = answered
    assert client.get(stored.url).status_code == 404
    other = "xa2" if reply.petition.commune_id != _area("xa2") else "xa"
    assert signed_in(other).get(stored.url).status_code == 404
    assert signed_in("hethong").get(stored.url).status_code == 404


def _area(username):
    from demo import people

    return people.actor(username).unit.area_id


def test_the_public_reads_it_once_the_petition_stands_in_the_portals_lists(client, answered):
    reply, stored = answered
    Publication.objects.filter(kind="voters.petition", subject_id=reply.petition_id).update(listed=True)
    assert client.get(stored.url).status_code == 200


def test_a_file_no_rule_speaks_for_is_not_there_for_anybody(signed_in, actor):
    stored = files.save(samples.PDF, name="riêng.pdf", by=actor("chuyenvien"))
    assert signed_in("chuyenvien").get(stored.url).status_code == 404


def test_a_made_up_name_finds_nothing(signed_in, answered):
    _reply, stored = answered
    address = reverse("files:show", args=[stored.pk, "khac.pdf"])
    assert signed_in("chuyenvien").get(address).status_code == 404


def test_what_is_neither_pdf_nor_picture_is_a_download(signed_in, answered, actor):
    reply, _stored = answered
    table = files.save(samples.xlsx(), name="bảng.xlsx", by=actor("soxaydung"))
    Answer.objects.filter(pk=reply.pk).update(file_id=table.pk)
    assert signed_in("chuyenvien").get(table.url)["Content-Disposition"].startswith("attachment;")


def test_a_body_sends_a_file_along_with_its_answer(signed_in, actor):
    petition = Petition.objects.filter(state__in=("sent", "taken"), body__code__in=OFFICERS).order_by("-state", "pk").first()
    if petition.state == "sent":
        actions.take(Petition.objects.filter(pk=petition.pk), by=actor(OFFICERS[petition.body.code]))
    data = {"chon": petition.pk, "lam": "1", "words": "Đã sửa xong.", "result": "solved.done",
            "file": SimpleUploadedFile("tra loi.pdf", samples.PDF)}  # fmt: skip
    client = signed_in(OFFICERS[petition.body.code])
    answer = client.post(reverse("voters:move", args=["answer"]), data)
    assert answer.status_code == 302
    stored = files.by_id(Answer.objects.get(petition=petition).file_id)
    assert stored.name == "tra loi.pdf"
    assert client.get(stored.url).status_code == 200
    assert stored.url in client.get(petition.get_absolute_url()).content.decode()
