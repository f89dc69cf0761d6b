"""What is written out."""

import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from hoidong.kernel import sheets
from hoidong.kernel.sheets import blanks, reading


def cells_of(content, sheet=0):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python()


def test_dates_stay_dates_and_numbers_stay_numbers():
    content = sheets.export(
        [("Số", 8), ("Ngày", 12), ("Nội dung", 40)], [(12, datetime.date(2026, 11, 22), "Đường hỏng"), (None, None, "")]
    )

    assert cells_of(content)[1] == [12, datetime.date(2026, 11, 22), "Đường hỏng"]


@pytest.mark.parametrize("words", ["=1+1", "+84 912", "-Cử tri đề nghị", "@SUM(A1)", "http://example.vn", "\t=A1", "00123"])
def test_words_never_become_formulas_links_or_numbers(words):
    content = sheets.export([("Nội dung", 40)], [(words,)])

    assert cells_of(content)[1] == [words]
    assert b"<f>" not in unpacked(content)
    assert b"hyperlink" not in unpacked(content)


def unpacked(content):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_a_word_longer_than_a_cell_is_cut_and_says_so():
    content = sheets.export([("Nội dung", 40)], [("a" * 40_000,)])

    said = cells_of(content)[1][0]
    assert len(said) == 32_767
    assert said.endswith("…")


def test_unit_and_title_stand_above_the_frozen_header():
    content = sheets.export([("Số", 8)], [(1,)], title="Kiến nghị", unit="Văn phòng")

    first = [row[0] for row in cells_of(content)]
    assert first[:2] == ["Văn phòng", "Kiến nghị"]
    assert first[-2:] == ["Số", 1]
    assert b"pane" in unpacked(content)
    assert b"autoFilter" in unpacked(content)


def test_an_export_without_rows_opens(names):
    assert cells_of(sheets.export([("Số", 8)], [])) == [["Số"]]


def test_the_template_is_read_by_its_own_importer_and_its_example_is_not_taken(names):
    found = reading.tables(blanks.blank(names), names)

    best = reading.best(found)
    assert best.fits
    assert set(best.header) == {"name", "born", "count", "kind"}
    assert best.rows == []
    assert best.examples == 1
