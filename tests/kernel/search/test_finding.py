"""What is found for which words, and by whom."""

import importlib
import unicodedata

import pytest

from hoidong.kernel import search
from hoidong.kernel.search.models import SearchEntry
from hoidong.kernel.search.suggesting import suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(actor):
    """The numbers of what the clerk finds, in their order."""
    clerk = actor("xa")
    return lambda words, **more: [hit.subject_id for hit in search.find(clerk, words, **more).hits]


@pytest.mark.parametrize(
    "words",
    ["đường Đồng Lộc", "duong dong loc", "DUONG DONG LOC", "đuong đong lôc", "dong loc duong", "đường đồ", "  duong\t dong  "],
)
def test_accents_đ_case_and_order_do_not_matter(put, find, words):
    put(1, "Sửa đường Đồng Lộc", body="Mặt đường ngập nước sau mưa")
    put(2, "Đề nghị lắp đèn chiếu sáng")

    assert find(words) == [1]


def test_composed_and_decomposed_letters_are_the_same(put, find):
    put(1, unicodedata.normalize("NFD", "Sửa đường Đồng Lộc"))

    assert find("đường") == [1]


def test_what_has_the_same_accents_stands_first(put, find):
    put(1, "Hỗ trợ bán nhà ở xã hội")
    put(2, "Bàn về nước sạch", body="bạn đọc")

    assert find("bán") == [1, 2]
    assert find("bàn") == [2, 1]


def test_words_in_the_body_are_found_after_those_in_the_title(put, find):
    put(1, "Kiến nghị khác", body="Cống thoát nước bị tắc")
    put(2, "Cống thoát nước thôn Đoài")

    assert find("cống thoát") == [2, 1]


def test_a_phrase_in_quotes_is_found_as_it_stands(put, find):
    put(1, "Nước sạch nông thôn")
    put(2, "Sạch đường làng, nước đủ dùng")

    assert sorted(find("nước sạch")) == [1, 2]
    assert find('"nước sạch"') == [1]
    assert find("“nước sạch”") == [1]


def test_a_word_after_a_minus_is_left_out(put, find):
    put(1, "Nước sạch nông thôn")
    put(2, "Nước thải nông thôn")

    assert find("nước -thải") == [1]


def test_the_last_word_may_be_begun_only(put, find):
    put(1, "Trường mầm non Hoa Sen")

    assert find("truong mam no") == [1]
    assert find("truong mam non hoa s") == [1]


@pytest.mark.parametrize("words", ["125/KN-HĐND", "125/kn-hdnd", "7F3K-94WD", "7f3k 94wd", "7f3k94wd"])
def test_a_code_is_found_however_it_is_typed_and_stands_first(put, find, words):
    put(1, "Kiến nghị có mã", code="125/KN-HĐND 7F3K-94WD")
    put(2, "Nhắc đến 125/KN-HĐND và 7F3K-94WD trong nội dung")

    assert find(words)[0] == 1


def test_a_misspelt_name_is_found_and_the_right_one_is_proposed(put, actor):
    put(1, "Sửa đường Trần Hưng Đạo")

    found = search.find(actor("xa"), "tran hung dao duog")
    assert found.alike
    assert [hit.subject_id for hit in found.hits] == [1]
    assert suggestion("trần hưg đạo", [hit.title for hit in found.hits]) == "Trần Hưng Đạo"


@pytest.mark.parametrize(
    "words", ["", " ", "a", "()", "&", '"', "' OR 1=1 --", "-", "\\", "a:*", "!!", "<->", "đ" * 5000, "x\u0000y"]
)
def test_odd_words_never_break_the_search(put, find, words):
    put(1, "Sửa đường Đồng Lộc")

    assert find(words.replace("\x00", "")) in ([], [1])


def test_what_another_unit_may_see_is_not_found(put, actor):
    put(1, "Đường Đồng Lộc của xã A")
    put(2, "Đường Đồng Lộc của xã B", units=[actor("xa2").unit.pk])
    put(3, "Đường Đồng Lộc của không ai", units=[])

    assert [hit.subject_id for hit in search.find(actor("xa"), "đồng lộc").hits] == [1]
    assert [hit.subject_id for hit in search.find(actor("xa2"), "đồng lộc").hits] == [2]
    assert search.find(actor("xa2"), "đường đồng lôcc của xã").hits[0].subject_id == 2
    assert search.find(None, "đồng lộc").hits == []


def test_numbers_of_kinds_count_only_what_may_be_seen(put, actor):
    put(1, "Đường Đồng Lộc")
    put(2, "Đường Đồng Lộc", kind="tests.paper")
    put(3, "Đường Đồng Lộc", kind="tests.paper", units=[actor("xa2").unit.pk])

    assert search.find(actor("xa"), "đồng lộc").counts == {"tests.petition": 1, "tests.paper": 1}
    assert search.find(actor("xa"), "đồng lộc", kind="tests.paper").counts == {"tests.petition": 1, "tests.paper": 1}


def test_public_entries_are_found_by_everybody(put, actor):
    put(1, "Nghị quyết về học phí", units=[], public=True)

    assert [hit.subject_id for hit in search.find(None, "hoc phi").hits] == [1]
    assert [hit.subject_id for hit in search.find(actor("xa2"), "hoc phi").hits] == [1]


def test_a_module_says_which_units_an_actor_searches_for(put, actor, monkeypatch):
    scope = importlib.import_module("hoidong.kernel.search.scope")
    clerk, other = actor("xa"), actor("xa2")
    put(1, "Đường Đồng Lộc", units=[other.unit.area_id])
    monkeypatch.setattr(scope, "_SCOPES", [])
    assert search.find(clerk, "đồng lộc").hits == []

    search.register_scope(lambda actor: [other.unit.area_id])
    assert len(search.find(clerk, "đồng lộc").hits) == 1


def test_many_hits_are_paged_and_nothing_stands_twice(put, find, actor):
    for number in range(1, 46):
        put(number, f"Đường số {number}")

    pages = [find("đường", offset=start) for start in (0, 20, 40)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({one for page in pages for one in page}) == 45
    assert search.find(actor("xa"), "đường").more
    assert not search.find(actor("xa"), "đường", offset=40).more


@pytest.mark.parametrize("count", [1, 3])
def test_finding_takes_two_statements(put, actor, count, django_assert_num_queries):
    clerk = actor("xa")
    for number in range(count):
        put(number + 1, "Đường Đồng Lộc")

    search.scope(clerk)  # which units it took over from is asked once for an actor
    with django_assert_num_queries(2):
        search.find(clerk, "đồng lộc")


def test_an_entry_that_is_written_again_replaces_the_old_one(put, find):
    put(1, "Đường Đồng Lộc", code="12/A")
    put(1, "Cầu Bến Thủy", code="13/B")

    assert find("đồng lộc") == []
    assert find("ben thuy") == [1]
    assert find("13/B") == [1]
    assert SearchEntry.objects.count() == 1


def test_what_is_taken_out_is_found_no_more(put, find):
    put(1, "Đường Đồng Lộc")
    search.remove_many("tests.petition", [1])

    assert find("đồng lộc") == []


def test_the_piece_of_text_shown_is_the_one_around_the_words(put, actor):
    put(1, "Kiến nghị", body="Mở đầu. " * 60 + "Cống thoát nước thôn Đoài bị tắc. " + "Kết thúc. " * 60)

    [hit] = search.find(actor("xa"), "cong thoat").hits
    assert "Cống thoát nước" in hit.text
    assert hit.text.startswith("…")
    assert hit.text.endswith("…")


def test_the_excerpt_shows_the_place_that_holds_most_of_the_words():
    from types import SimpleNamespace

    from hoidong.kernel.search import finding

    body = "Nông thôn mới cần vốn. " * 20 + "Bà con mong được hỗ trợ tiêu thụ nông sản. " + "Đường làng còn xấu. " * 20
    excerpt = finding._snippet(SimpleNamespace(body=body), "ho tro tieu thu nong san")
    assert "hỗ trợ tiêu thụ nông sản" in excerpt
    assert excerpt.startswith("…")
    assert len(excerpt) < 225
