"""What is taken in, what is refused and in which words."""

import hashlib
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoidong.kernel import files
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.files import judging, store
from hoidong.kernel.files.forms import UploadField
from hoidong.kernel.people import Actor

from . import samples

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def wide(name):
    return name.encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.PDF, "Trả lời.pdf", "application/pdf"),
        (samples.docx(), "trả lời.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (samples.xlsx(), "bảng.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (samples.PNG, "ảnh.png", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40, "ảnh.jpeg", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 40, "ảnh.webp", "image/webp"),
        (OLE + wide("WordDocument"), "cũ.doc", "application/msword"),
        (OLE + wide("Workbook"), "cũ.xls", "application/vnd.ms-excel"),
        ("Kiến nghị của cử tri\n".encode(), "ghi chép.txt", "text/plain"),
        ("số;nội dung\n1;đường hỏng\n".encode(), "bảng.csv", "text/csv"),
    ],
)
def test_a_file_is_taken_and_its_type_follows_from_its_content(content, name, media_type):
    stored = files.save(content, name=name, by=Actor.system())
    assert (stored.media_type, stored.size, stored.read()) == (media_type, len(content), content)
    assert stored.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "rỗng.pdf", "rỗng"),
        (samples.PDF, "bảng.xlsx", "bên trong là PDF"),
        (samples.PDF, "không đuôi", "Đuôi tệp"),
        (b"MZ\x90\0\3" + b"\0" * 50, "trả lời.pdf", "chương trình"),
        (b"\x7fELF\2\1\1" + b"\0" * 50, "a.docx", "chương trình"),
        (b"#!/bin/sh\nrm -rf x\n", "ghi chép.txt", "chương trình"),
        (b"<html><script>alert(1)</script></html>", "ghi chép.txt", "Không nhận loại tệp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "hình.png", "Không nhận loại tệp"),
        (b"GIF89a" + b"\0" * 40, "ảnh.gif", "Không nhận loại tệp"),
        (b"\0\1\2\3" * 40, "lạ.txt", "Không nhận loại tệp"),
        (samples.with_part(samples.docx(), "word/vbaProject.bin"), "a.docx", "macro"),
        (samples.with_part(samples.xlsx(), "xl/macrosheets/sheet1.xml"), "a.xlsx", "macro"),
        (samples.with_part(samples.docx(), "b.bin", encrypted=True), "a.docx", "mật khẩu"),
        (samples.with_part(samples.docx(), "word/media/a.bin", b"\0" * 60_000_000), "a.docx", "phình ra"),
        (samples.with_part(samples.docx(), "../../etc/x"), "a.docx", "cấu trúc lạ"),
        (samples.docx()[:400], "a.docx", "bị hỏng"),
        (OLE + wide("WordDocument") + wide("_VBA_PROJECT"), "cũ.doc", "macro"),
        (OLE + wide("EncryptedPackage"), "a.docx", "mật khẩu"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(content, name, words):
    with pytest.raises(Invalid, match=words) as caught:
        files.save(content, name=name, by=Actor.system())
    assert caught.value.field == "file"


def test_a_zip_that_is_no_document_is_refused():
    with pytest.raises(Invalid, match="Tệp nén"):
        files.save(samples.with_part(b"", "a.txt"), name="a.docx", by=Actor.system())


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.FILES_MAX_SIZE = 1024 * 1024
    upload = SimpleUploadedFile("lớn.pdf", samples.PDF)
    upload.size = 30 * 1024 * 1024
    with pytest.raises(Invalid, match="nặng 30 MB, quá mức 1 MB"):
        files.save(upload, by=Actor.system())


def test_the_same_bytes_lie_once_on_the_disk_and_only_their_owner_reads_them():
    first = files.save(samples.PDF, name="một.pdf", by=Actor.system())
    second = files.save(samples.PDF, name="hai.pdf", by=Actor.system())
    assert (first.digest, first.pk) != (second.digest, second.pk)
    assert first.digest == second.digest
    path = store.path_of(first.digest)
    assert [one.name for one in path.parent.iterdir()] == [first.digest[2:]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_name_loses_folders_and_odd_signs_and_keeps_its_extension():
    stored = files.save(samples.PDF, name="..\\..\\C:\\thư mục/Trả lời \u202efdp.exe?.PDF", by=Actor.system())
    assert stored.name == "Trả lời fdp.exe.pdf"
    long = files.save(samples.PDF, name="a" * 300 + ".pdf", by=Actor.system())
    assert len(long.name) <= 120
    assert long.name.endswith(".pdf")


def test_a_form_says_what_is_wrong_with_a_file():
    field = UploadField(max_size=10)
    with pytest.raises(Exception, match="quá mức"):
        field.clean(SimpleUploadedFile("a.pdf", samples.PDF))
    assert UploadField(required=False).clean(None) is None
    several = UploadField(multiple=True).clean(
        [SimpleUploadedFile("a.pdf", samples.PDF), SimpleUploadedFile("b.png", samples.PNG)]
    )
    assert [one.name for one in several] == ["a.pdf", "b.png"]


def test_every_type_that_is_taken_is_offered_by_the_picker():
    assert set(judging.accept().split(",")) >= {
        ".pdf",
        ".docx",
        ".xlsx",
        ".doc",
        ".xls",
        ".odt",
        ".jpg",
        ".png",
        ".webp",
        ".txt",
        ".csv",
    }
