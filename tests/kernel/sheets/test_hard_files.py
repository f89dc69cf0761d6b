"""Files as they really come: old, locked, damaged, disguised, too large, with many bad rows. Good rows are never lost."""

import time
import unicodedata
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.people.models import Person
from hoidong.kernel.sheets import Importer, actions, importers, reading, tasks
from hoidong.kernel.sheets.models import SheetLot

from .old_excel import container, with_password, xls
from .test_old_letters import workbook

pytestmark = pytest.mark.django_db
ADDRESS = "/du-lieu/test.names/"


def sent(client, content, name="bang.xlsx"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def test_a_workbook_of_excel_97_is_read(names):
    found = reading.best(reading.tables(xls([["Họ và tên", "Ngày sinh", "Số lượng"], ["Trần Thị B", 29252.0, 1234.5]]), names))
    [(number, cells)] = found.rows
    line = names.parse(number, cells)
    assert (number, line.values["name"], line.values["born"], line.values["count"]) == (2, "Trần Thị B", "1980-02-01", 1234.5)


def test_a_workbook_with_a_password_is_refused_with_what_to_do(names, signed_in):
    answer = sent(signed_in("chuyenvien"), with_password())
    assert answer.status_code == 422
    assert "Bỏ mật khẩu" in answer.content.decode()


GOOD = workbook(["Họ và tên"], ["An"])


@pytest.mark.parametrize("content", [
    GOOD[: len(GOOD) // 2], GOOD[:300] + b"\0" * 300 + GOOD[600:], b"PK\x03\x04" + b"\0" * 200, container(Workbook=b"\x00" * 600),
    container(WordDocument=b"x" * 100), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
])  # fmt: skip
def test_a_damaged_workbook_is_refused_in_words_and_makes_no_lot(names, signed_in, content):
    answer = sent(signed_in("chuyenvien"), content)
    assert answer.status_code == 422
    assert "chọn lại" in answer.content.decode() or "Tệp trống" in answer.content.decode()
    assert not SheetLot.objects.exists()


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03" + b"\0" * 200, b"\x7fELF\x02\x01" + b"\0" * 100, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
)
@pytest.mark.parametrize("name", ["bang.xlsx", "bang.pdf", "bang.csv"])
def test_a_program_in_the_clothes_of_a_sheet_is_refused(names, signed_in, content, name):
    answer = sent(signed_in("chuyenvien"), content, name)
    assert answer.status_code == 422
    assert not SheetLot.objects.exists()


def test_an_archive_that_is_no_workbook_is_refused(names, signed_in):
    import io

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert sent(signed_in("chuyenvien"), target.getvalue()).status_code == 422


def test_a_file_over_the_limit_is_refused_before_it_is_read(names, signed_in, settings):
    settings.FILES_MAX_SIZE = 1024 * 1024
    answer = sent(signed_in("chuyenvien"), b"a" * (1024 * 1024 + 1), "bang.csv")
    assert answer.status_code == 422
    assert "quá 1 MB" in answer.content.decode()
    with pytest.raises(Invalid, match="quá 1 MB"):
        reading.tables(b"a" * (1024 * 1024 + 1), names)


def test_decomposed_letters_are_composed_in_header_and_cells(names):
    rows = [
        [unicodedata.normalize("NFD", cell) for cell in row] for row in (["Họ và tên", "Loại"], ["Phạm Thị Hường", "Loại A"])
    ]
    for content in (workbook(*rows), "\n".join(";".join(row) for row in rows).encode()):
        [(_number, cells)] = reading.best(reading.tables(content, names)).rows
        assert cells == {"name": "Phạm Thị Hường", "kind": "Loại A"}


def test_a_sheet_whose_column_is_called_otherwise_says_which_is_missing(names, signed_in):
    answer = sent(signed_in("chuyenvien"), workbook(["Mã số", "Quê quán"], ["1", "Hà Nội"]))
    assert answer.status_code == 422
    assert "Không thấy cột “Họ và tên”" in answer.content.decode()


def test_of_five_thousand_rows_three_hundred_bad_ones_stay_and_the_others_are_taken(names, bring_in, actor):
    rows = [f"Người {place};{'hôm nào' if place % 50 < 3 else '1/2/1990'};;" for place in range(5000)]
    before, began, by = Person.objects.count(), time.monotonic(), actor("chuyenvien")
    lot = bring_in(rows)
    tasks.work.func(lot.pk, by.account.pk, by.post.pk)
    lot.refresh_from_db()
    assert (lot.state, lot.ok, lot.bad) == ("checked", 4700, 300)

    actions.take(lot, by=by)
    tasks.work.func(lot.pk, by.account.pk, by.post.pk)
    lot.refresh_from_db()
    assert (lot.state, lot.taken, lot.bad, lot.trouble) == ("taken", 4700, 300, "")
    assert Person.objects.count() == before + 4700
    assert all("hôm nào" in row.errors["born"] for row in lot.rows.filter(state="bad"))
    assert time.monotonic() - began < 60


class Plain(Importer):
    """The least an importer must say."""

    code = "test.plain"

    def may(self, actor):
        return True

    def take(self, rows, lot, actor, options):
        return len(rows)


def test_an_importer_that_does_not_say_who_may_or_how_to_take_cannot_be_made():
    class Half(Importer):
        def may(self, actor):
            return True

    with pytest.raises(TypeError, match="take"):
        Half()
    assert not Plain().can_undo
    assert Plain().check([1, 2], None, {}) == [1, 2]


FAULTS = {
    "said by the importer": "Ma",
    "refused by the database": "Người tên dài " + "quá" * 400,
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
@pytest.mark.parametrize("place", [0, 6, 12])
def test_one_bad_row_never_loses_the_good_ones(names, bring_in, actor, fault, place):
    good = [f"Tốt {number}" for number in range(12)]
    rows = good[:place] + [FAULTS[fault]] + good[place:]
    lot = actions.take(bring_in([f"{name};;;" for name in rows]), by=actor("chuyenvien"))
    assert (lot.taken, lot.bad, lot.state) == (12, 1, "taken")
    assert Person.objects.filter(full_name__startswith="Tốt ").count() == 12
    bad = lot.rows.get(state="bad")
    assert bad.number == place + 2
    assert bad.errors


@pytest.mark.parametrize("code", sorted(importers.known()))
def test_every_importer_of_the_platform_says_who_may_and_what_its_rows_are(code, actor):
    importer = importers.named(code)
    assert importer.columns
    assert any(column.required for column in importer.columns)
    assert not importer.may(actor("daibieu"))
    line = importer.parse(2, {})
    assert line.errors, "an empty row must not be taken"
