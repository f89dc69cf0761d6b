"""Vietnamese words, dates and pages of lists: one spelling inside, the order of the alphabet, days as people type them."""

import datetime
import unicodedata

import pytest

from hoidong.kernel.base import dates, paging, subjects, text
from hoidong.kernel.base.errors import Invalid
from hoidong.kernel.law.models import Rule


@pytest.mark.parametrize(
    "typed",
    ["22/11/2026", "22-11-2026", "22.11.2026", "22/11/26", " 22 / 11 / 2026 ", "ngày 22 tháng 11 năm 2026", "2026-11-22",
     "2026-11-22T08:00", "46348", "46348.0", datetime.date(2026, 11, 22), datetime.datetime(2026, 11, 22, 23, 59)],
)  # fmt: skip
def test_a_day_is_understood_in_every_way_people_type_it(typed):
    assert dates.parse_date(typed) == datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    ["", None, "hôm qua", "31/02/2026", "29/02/2027", "13/13/2026", "00/01/2026", "11/22/2026", "2026", "0000-01-01", "1/2"],
)
def test_what_is_no_day_is_refused_with_a_sentence(typed):
    with pytest.raises(Invalid) as refusal:
        dates.parse_date(typed)
    assert str(refusal.value).endswith(".")


def test_the_day_comes_before_the_month():
    assert dates.parse_date("01/02/2026") == datetime.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (datetime.date(2026, 11, 22), "22/11/2026", "ngày 22 tháng 11 năm 2026"),
        (datetime.date(2026, 3, 5), "05/03/2026", "ngày 05 tháng 3 năm 2026"),
        (datetime.date(2026, 1, 10), "10/01/2026", "ngày 10 tháng 01 năm 2026"),
        (datetime.date(2026, 2, 9), "09/02/2026", "ngày 09 tháng 02 năm 2026"),
    ],
)
def test_days_are_written_as_offices_write_them(day, short, long):
    assert (dates.format_date(day), dates.format_long(day)) == (short, long)
    assert dates.parse_date(short) == dates.parse_date(long) == day


def test_moments_are_those_of_viet_nam_wherever_the_server_stands():
    late = datetime.datetime(2026, 11, 22, 17, 30, tzinfo=datetime.UTC)
    assert dates.format_moment(late) == "23/11/2026 00:30"


def test_words_are_kept_composed_and_folded_for_search():
    decomposed = unicodedata.normalize("NFD", " Đường Nguyễn Huệ\u00a0")
    assert text.nfc(decomposed) == "Đường Nguyễn Huệ"
    assert text.fold(decomposed) == "duong nguyen hue"
    assert text.fold("  HỘI   ĐỒNG\n nhân dân ") == "hoi dong nhan dan"


def test_words_stand_in_the_order_of_the_dictionary():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(reversed(letters), key=text.sort_key) == letters
    tones = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "măn"]
    assert sorted(reversed(tones), key=text.sort_key) == tones
    hamlets = ["Thôn 2", "Thôn 10", "Thôn Đoài", "Thôn Đông"]
    assert sorted(reversed(hamlets), key=text.sort_key) == hamlets


def test_people_stand_by_given_name_then_family_name_then_the_names_between():
    people = ["Nguyễn Văn An", "Trần Thị An", "Lê Bình", "Nguyễn Thị Ánh", "Phạm Đức", "Đỗ Văn Ý"]
    ordered = ["Nguyễn Văn An", "Trần Thị An", "Nguyễn Thị Ánh", "Lê Bình", "Phạm Đức", "Đỗ Văn Ý"]
    assert sorted(reversed(people), key=text.person_sort_key) == ordered
    assert [text.initials(name) for name in ("Nguyễn Thị Ánh", "Ý", "")] == ["NÁ", "Ý", ""]


def test_a_text_is_cut_at_a_word_and_never_longer_than_asked():
    words = "Đề nghị sửa đường liên thôn"
    assert text.clip(words, 100) == words
    assert text.clip(words, 15) == "Đề nghị sửa…"
    for length in range(2, 30):
        assert len(text.clip(words, length)) <= length


@pytest.fixture
def rows(db):
    Rule.objects.bulk_create(
        Rule(code=f"PAGE.{number:03d}", title=f"{number % 3}", value=number, unit="wd", basis="x") for number in range(60)
    )
    return Rule.objects.filter(code__startswith="PAGE.")


@pytest.mark.parametrize("order", [("code", "id"), ("-code", "id"), ("title", "-code", "id"), ("-title", "code", "-id")])
def test_every_row_is_on_one_page_forward_and_back(rows, order):
    wanted, token, pages = list(rows.order_by(*order)), None, []
    while True:
        page = paging.keyset(rows, order=order, after=token, size=25)
        pages.append(page)
        if not page.next_token:
            break
        token = page.next_token
    assert [row.pk for page in pages for row in page] == [row.pk for row in wanted]
    assert [len(page) for page in pages] == [25, 25, 10]
    back = paging.keyset(rows, order=order, after=pages[2].prev_token, size=25)
    assert [row.pk for row in back] == [row.pk for row in pages[1]]
    first = paging.keyset(rows, order=order, after=back.prev_token, size=25)
    assert ([row.pk for row in first], first.prev_token) == ([row.pk for row in pages[0]], None)


@pytest.mark.parametrize(
    "token", ["x", "%%%", "bnVsbA", "WyJuIl0", "WyJuIiwieCIsInkiXQ", "WyJuIiwgWzFdLCAyXQ", "é", "A" * 5000]
)
def test_a_token_that_was_tampered_with_leads_to_the_first_page(rows, token):
    page = paging.keyset(rows, order=("value", "id"), after=token, size=25)
    assert page.rows[0].value == 0


@pytest.mark.parametrize(
    ("text_", "size"), [("50", 50), ("100", 100), ("7", 25), ("x", 25), ("", 25), ("-1", 25), ("9" * 50, 25)]
)
def test_only_offered_sizes_of_a_page_are_taken(text_, size):
    assert paging.size_of(text_) == size


def test_every_registered_kind_has_its_model_and_its_page():
    assert subjects._subjects
    for kind, subject in subjects._subjects.items():
        assert subjects.model_of(kind)._meta.label == subject.model
        assert subject.url_name == "" or subjects.url_of(kind, 1).startswith("/")
    assert subjects.url_of("tests.unknown", 1) == ""
