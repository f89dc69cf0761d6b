"""`manage.py due_dates FILE.csv`: every line that can be answered is, every other one is named."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
HEADING = ["start", "days", "unit", "due", "why"]


def run(path, **options):
    """(rows printed, lines of complaint, whether it ended with an error)."""
    out, err, failed = io.StringIO(), io.StringIO(), False
    try:
        call_command("due_dates", str(path), stdout=out, stderr=err, **options)
    except SystemExit as end:
        failed = end.code != 0
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows[0] == HEADING
    return rows[1:], err.getvalue().splitlines(), failed


@pytest.fixture
def file(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "terms.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def test_each_line_gets_its_last_day_and_why(file):
    rows, complaints, failed = run(file("start,days,unit\n28/08/2026,7,working\n2026-10-23,30,calendar\n"))

    assert [row[:4] for row in rows] == [
        ["28/08/2026", "7", "wd", "11/09/2026"],
        ["23/10/2026", "30", "cd", "23/11/2026"],
    ]
    assert "Quốc khánh" in rows[0][4]
    assert "Chủ nhật, sang ngày làm việc kế tiếp" in rows[1][4]
    assert (complaints, failed) == ([], False)


def test_bad_lines_are_told_with_their_number_and_the_good_ones_are_still_printed(file):
    rows, complaints, failed = run(
        file(
            "start,days,unit\n"
            "31/02/2026,7,working\n"
            "01/09/2026,bảy,working\n"
            "\n"
            "01/09/2026,7,tuần\n"
            "05/05/2031,7,working\n"
            "01/09/2026,7\n"
            "20/11/2026,5,working\n"
        )
    )

    assert [row[3] for row in rows] == ["27/11/2026"]
    assert [line.split(":")[0] for line in complaints] == [f"line {number}" for number in (2, 3, 5, 6, 7)]
    assert "Không có ngày 31/02/2026 trong lịch" in complaints[0]
    assert "Không hiểu số ngày “bảy”" in complaints[1]
    assert "Không hiểu loại ngày “tuần”" in complaints[2]
    assert "lịch nghỉ năm 2031 chưa có" in complaints[3]
    assert failed


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("start;days;unit\r\n20/11/2026;5;working\r\n", "utf-8-sig"),
        ("start\tdays\tunit\n20/11/2026\t5\tworking\n", "utf-8"),
        ("\n\n20-11-26;5;wd\n", "utf-8"),
        ("Ngày nhận;Loại ngày;Số ngày\n20.11.2026;ngày làm việc;5\n", "utf-8-sig"),
        ("2026-11-20,05,WORKING\r", "utf-8"),
        ('"ngày 20 tháng 11 năm 2026","5","Ngày làm việc"\n', "utf-8"),
    ],
)
def test_files_as_people_save_them_are_read(file, content, encoding):
    rows, complaints, _failed = run(file(content, encoding))

    assert complaints == []
    assert [row[:4] for row in rows] == [["20/11/2026", "5", "wd", "27/11/2026"]]


def test_a_quotation_mark_left_open_spoils_its_own_line_only(file):
    rows, complaints, _failed = run(file('"20/11/2026,5,working\n20/11/2026,5,working\n'))

    assert [row[3] for row in rows] == ["27/11/2026"]
    assert [line.split(":")[0] for line in complaints] == ["line 1"]


@pytest.mark.parametrize("days", ["9" * 9, "9" * 5000, "-3", "1.5", ""])
def test_numbers_that_are_no_term_are_told(file, days):
    rows, complaints, _failed = run(file(f"20/11/2026,{days},calendar\n"))

    assert rows == []
    assert len(complaints) == 1
    assert len(complaints[0]) < 150


def test_a_byte_order_mark_on_standard_input_is_no_part_of_the_heading(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeffstart,days,unit\n20/11/2026,5,wd\n"))

    rows, complaints, _failed = run("-")

    assert (len(rows), complaints) == (1, [])


def test_what_ends_on_a_day_off_can_be_kept(file):
    rows, _complaints, _failed = run(file("23/10/2026,30,calendar\n"), on_weekend="keep")

    assert rows[0][3] == "22/11/2026"


def test_a_file_that_is_no_text_or_not_there_is_said(file, tmp_path):
    with pytest.raises(CommandError):
        run(tmp_path / "none.csv")
    with pytest.raises(CommandError):
        run(file("start,days,unit\n", "utf-16"))
