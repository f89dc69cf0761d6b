"""What is read, however it was written."""

import datetime
import io

import pytest
import xlsxwriter

from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.sheets import reading


def book(fill, names=("Trang 1",)):
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    pages = [made.add_worksheet(name) for name in names]
    fill(made, *pages)
    made.close()
    return target.getvalue()


def rows_of(content, importer):
    return reading.best(reading.tables(content, importer)).rows


def test_the_header_is_found_under_title_rows_whatever_its_case_and_accents(names):
    def fill(made, page):
        page.write(0, 0, "ỦY BAN NHÂN DÂN XÃ")
        page.write(2, 1, "DANH SÁCH NGƯỜI")
        page.write_row(4, 0, ["STT", "HO VA TEN", "sinh ngày", "Ghi gì đó"])
        page.write_row(5, 0, ["(1)", "(2)", "(3)", "(4)"])
        page.write_row(6, 0, [1, "Trần Thị B", "3/4/1990", "x"])
        page.write_row(7, 0, ["", "", "", ""])

    found = reading.best(reading.tables(book(fill), names))

    assert found.header == {"name": "HO VA TEN", "born": "sinh ngày"}
    assert found.unused == ["Ghi gì đó"]
    assert found.rows == [(7, {"name": "Trần Thị B", "born": "3/4/1990"})]


@pytest.mark.parametrize("cell", ["22/11/2026", "22-11-26", "ngày 22 tháng 11 năm 2026", "2026-11-22", "46348"])
def test_dates_are_understood_as_people_write_them(names, cell):
    assert names.parse(1, {"name": "A", "born": cell}).values["born"] == "2026-11-22"


def test_real_dates_and_serial_numbers_of_excel_are_dates(names):
    def fill(made, page):
        page.write_row(0, 0, ["Họ và tên", "Ngày sinh"])
        page.write(1, 0, "A")
        page.write_datetime(1, 1, datetime.datetime(1980, 2, 1), made.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_row(2, 0, ["B", 29252])

    read = [names.parse(number, cells).values["born"] for number, cells in rows_of(book(fill), names)]
    assert read == ["1980-02-01", "1980-02-01"]


def test_a_wrong_date_number_or_choice_is_an_error_of_its_column_and_says_what_to_write(names):
    line = names.parse(1, {"name": "A", "born": "31/02/2026", "count": "mười", "kind": "C"})

    assert set(line.errors) == {"born", "count", "kind"}
    assert "31/02/2026" in line.errors["born"]
    assert "“Loại A”, “Loại B”" in line.errors["kind"]


@pytest.mark.parametrize(("said", "value"), [("1.234", 1234), ("12,5", 12.5), ("7", 7), ("1 234", 1234)])
def test_numbers_are_read_the_vietnamese_way(names, said, value):
    assert names.parse(1, {"name": "A", "count": said}).values["count"] == value


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1258", "utf-16"])
def test_csv_is_read_whatever_its_sign_and_encoding(names, sign, encoding):
    import unicodedata

    text = f"Họ và tên{sign}Loại\nPhạm Văn Ổn{sign}A\n"
    if encoding == "cp1258":  # its letters carry their tones beside them
        text = "".join(split_tone(letter) for letter in unicodedata.normalize("NFC", text))
    assert rows_of(text.encode(encoding), names) == [(2, {"name": "Phạm Văn Ổn", "kind": "A"})]


def split_tone(letter):
    import unicodedata

    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + "".join(tones)


def test_a_cell_merged_over_rows_speaks_for_each_of_them(names):
    def fill(made, page):
        page.write_row(0, 0, ["Loại", "Họ và tên"])
        page.merge_range(1, 0, 3, 0, "Loại A")
        for row, name in enumerate("XYZ", start=1):
            page.write(row, 1, name)

    assert [cells["kind"] for _number, cells in rows_of(book(fill), names)] == ["Loại A"] * 3


def test_a_header_of_two_merged_rows_is_understood(names):
    def fill(made, page):
        page.merge_range(0, 0, 1, 0, "STT")
        page.merge_range(0, 1, 0, 2, "Thông tin")
        page.write(1, 1, "Họ và tên")
        page.write(1, 2, "Ngày sinh")
        page.write_row(2, 0, [1, "A", "1/1/2000"])

    assert rows_of(book(fill), names) == [(3, {"name": "A", "born": "1/1/2000"})]


def test_the_sheet_whose_header_matches_best_comes_first(names):
    def fill(made, first, second):
        first.write(0, 0, "Ghi chú chung")
        second.write_row(0, 0, ["Họ và tên", "Loại"])
        second.write_row(1, 0, ["A", "B"])

    assert reading.best(reading.tables(book(fill, ("Bìa", "Danh sách")), names)).name == "Danh sách"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\x03", b"PK\x03\x04broken", b"<html><table></table></html>", b"\xd0\xcf\x11\xe0xx"]
)
def test_what_is_no_sheet_is_refused_in_words(names, content):
    with pytest.raises(Invalid) as refusal:
        reading.tables(content, names)
    assert len(str(refusal.value)) > 10


def test_sheets_of_libreoffice_are_read(names):
    import zipfile

    def row(*cells):
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def words(text):
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    day = (
        '<table:table-cell office:value-type="date" office:date-value="1980-02-01"><text:p>01/02/80</text:p></table:table-cell>'
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = row(words("Họ và tên"), words("Ngày sinh")) + row(words("Trần Thị B"), day)
    content = f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Trang 1">{body}'
    content += "</table:table></office:spreadsheet></office:body></office:document-content>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        packed.writestr(
            "META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )

    [(number, cells)] = rows_of(target.getvalue(), names)
    assert (number, names.parse(number, cells).values["born"]) == (2, "1980-02-01")
