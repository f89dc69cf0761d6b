"""What people type into a plan, and what it means."""

import datetime

import pytest

from hoidong.citizens.voters.rounds import cells
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.people import Actor
from hoidong.kernel.people import actions as people
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db
AROUND = datetime.date(2026, 12, 20)


@pytest.fixture
def known(db):
    return cells.Known(units.at("01"), AROUND)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("25/11/2026", (2026, 11, 25)), ("25/12", (2026, 12, 25)), ("3/1", (2027, 1, 3)), ("ngày 5-1", (2027, 1, 5)),
        ("8h00, ngày 25/11/2026 (thứ Tư)", (2026, 11, 25)), ("25.11.26", (2026, 11, 25)), ("2026-11-25", (2026, 11, 25)),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_nearest_one(said, day):
    assert cells.day_of(said, AROUND) == datetime.date(*day)


@pytest.mark.parametrize("said", ["29/2", "31/11", "mai", "25/13/2026"])
def test_a_day_that_is_in_no_calendar_is_refused(said):
    with pytest.raises(Invalid):
        cells.day_of(said, AROUND)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("8h", (8, 0), None), ("8h30", (8, 30), None), ("08:30", (8, 30), None), ("14g15", (14, 15), None), ("8 giờ 30", (8, 30), None),
        ("7h30-9h30", (7, 30), (9, 30)), ("từ 14:00 đến 16:30", (14, 0), (16, 30)), ("08:00–10:00", (8, 0), (10, 0)),
    ],
)  # fmt: skip
def test_hours_are_read_as_offices_write_them(known, said, first, last):
    row = cells.read({"starts_at": said}, known)
    assert row.values["starts_at"] == datetime.time(*first)
    assert row.values["ends_at"] == (datetime.time(*last) if last else None)
    assert row.errors == {}


def test_hours_written_beside_the_day_are_found_there(known):
    row = cells.read({"held_on": "8h00 ngày 25/11/2026"}, known)
    assert (row.values["held_on"], row.values["starts_at"]) == (datetime.date(2026, 11, 25), datetime.time(8, 0))


@pytest.mark.parametrize(("said", "words"), [("buổi sáng", "Không hiểu giờ"), ("10h-9h", "phải sau")])
def test_hours_that_make_no_sense_say_how_to_write_them(known, said, words):
    assert words in cells.read({"starts_at": said}, known).errors["starts_at"]


@pytest.mark.parametrize("said", ["Tổ đại biểu số 1", "tổ 1", "1", "TO DAI BIEU SO 1", "tổ số 01"])
def test_a_group_is_known_by_name_number_or_without_accents(known, said):
    assert cells.read({"group": said}, known).values["group"].name == "Tổ đại biểu số 1"


def test_an_unknown_group_names_those_there_are(known):
    error = cells.read({"group": "tổ 9"}, known).errors["group"]
    assert "Tổ đại biểu số 1" in error


def test_a_commune_is_known_without_accents_and_a_misspelt_one_is_told(known):
    commune = known.communes[0]
    from hoidong.kernel.base.text import fold

    assert cells.read({"commune": fold(commune.name)}, known).values["commune"] == commune
    wrong = cells.read({"commune": "xã Tận Cùng Thế Giới"}, known)
    assert wrong.values["commune"] is None
    assert "Không thấy xã, phường" in wrong.errors["commune"]


def test_an_old_name_is_understood_and_said(db):
    said = "phường Quán Thánh"
    known = cells.Known(units.at("01"), AROUND, said={said})
    row = cells.read({"commune": said}, known)
    assert row.values["commune"].name == "Phường Ba Đình"
    assert row.warnings == ["“phường Quán Thánh” được hiểu là Phường Ba Đình."]


def test_titles_before_and_offices_behind_a_name_are_no_part_of_it(known):
    row = cells.read({"deputies": "- Ông Trịnh Công Lâm, Phó Chủ tịch HĐND;\nBà Đào Thị Minh Nguyệt"}, known)
    assert [person.full_name for person in row.people] == ["Trịnh Công Lâm", "Đào Thị Minh Nguyệt"]
    assert row.values["guests"] == ""


def test_who_is_in_no_list_stays_as_a_guest_and_is_told(known):
    row = cells.read({"deputies": "Trịnh Công Lâm, Lê Văn Khách"}, known)
    assert row.values["guests"] == "Lê Văn Khách"
    assert "Lê Văn Khách" in row.warnings[0]


def test_of_two_deputies_of_one_name_the_one_of_the_group_is_meant(db):
    system = Actor.system()
    group = next(unit for unit in units.bodies_of(units.at("01"), "deputies_group") if unit.name.endswith("2"))
    twin = people.add_person(full_name="Trịnh Công Lâm", by=system)
    people.give_post(twin, unit=group, role="deputy", title="Đại biểu", by=system)
    known = cells.Known(units.at("01"), AROUND)
    assert cells.read({"group": "tổ 2", "deputies": "Trịnh Công Lâm"}, known).people == [twin]
    assert cells.read({"deputies": "Trịnh Công Lâm"}, known).values["guests"] == "Trịnh Công Lâm"


def test_a_cell_that_is_too_long_is_an_error_and_not_cut_in_silence(known):
    row = cells.read({"venue": "a" * 201}, known)
    assert "200" in row.errors["venue"]
    assert len(row.typed["venue"]) == 201


def test_decomposed_letters_are_understood(known):
    import unicodedata

    said = unicodedata.normalize("NFD", known.communes[0].name)
    assert cells.read({"commune": said}, known).values["commune"] == known.communes[0]


def test_what_is_shown_of_a_row_means_the_same_when_it_is_read_again(under_way, known):
    from hoidong.citizens.voters.rounds import queries, words

    for planned in queries.rows_of(under_way):
        again = cells.read(cells.shown(planned, words.people_of(planned)), known)
        assert again.errors == {}
        for name in ("group", "commune", "held_on", "starts_at", "ends_at", "venue", "kind"):
            assert again.values[name] == getattr(planned, name), name
        assert again.people == words.people_of(planned)


pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]
