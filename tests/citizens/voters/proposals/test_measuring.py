"""The command an office measures with, on sheets of our own invention."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def sheet(tmp_path, invented):
    """`sheet("new", rows)`: a CSV of invented petitions; all of them, each in three wordings, where no rows are named."""

    def write(name, rows=None, columns=("text", "province", "agency_code", "field_code")):
        if rows is None:
            known = [row for row in invented if "body" in row]
            rows = [
                {
                    "text": f"{start} {row['text']}",
                    "province": "An Giang",
                    "agency_code": row["body"],
                    "field_code": row["field"],
                }
                for start in ("Cử tri phản ánh:", "Bà con nhiều lần nói:", "Tại hội nghị có ý kiến:")
                for row in known
            ]
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return str(path)

    return write


def _measured(**options):
    out = StringIO()
    call_command("measure_proposals", stdout=out, **options)
    return out.getvalue()


def test_it_prints_how_often_it_was_right_and_held_back(sheet, invented):
    rows = [{"text": row["text"], "agency_code": row["body"].upper(), "field_code": ""} for row in invented if "body" in row]
    said = _measured(test=sheet("new", rows))
    for word in ("top-1", "top-3", "surest half", "held back", "where proposed"):
        assert word in said
    assert f"learned from 0 decisions, compared with {len(rows)}" in said


def test_repeats_between_the_sheets_are_counted_apart(sheet):
    said = _measured(learn=sheet("past"), test=sheet("new"))
    assert "whose words stand nearly alike among the learned ones" in said


def test_one_sheet_is_cut_into_parts(sheet):
    said = _measured(learn=sheet("past"), folds=3, each=True)
    assert "in 3 parts" in said
    assert "bgtvt" in said
    assert "field" in said


def test_rows_without_a_decision_are_left_out(sheet):
    rows = [{"text": "Giá điện cao quá.", "agency_code": "bct"}, {"text": "II. ĐỐI VỚI CHÍNH PHỦ", "agency_code": ""}]
    assert "compared with 1" in _measured(test=sheet("new", rows))


def test_a_sheet_without_the_column_says_which_one_is_missing(sheet):
    with pytest.raises(CommandError, match="agency_code"):
        _measured(test=sheet("new", [{"text": "x"}], columns=("text",)))


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        _measured(test="nowhere.csv")


def test_nothing_to_measure_says_what_to_give():
    with pytest.raises(CommandError, match="--learn"):
        _measured()
