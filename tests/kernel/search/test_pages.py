"""The page of the search: groups, suggestions, what was searched lately, what is marked."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db


def page(client, **query):
    answer = client.get("/tim/", query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_hits_stand_in_groups_by_kind_with_their_words_marked(put, signed_in):
    put(1, "Sửa đường Đồng Lộc")
    put(2, "Văn bản về đường Đồng Lộc", kind="tests.paper")

    found = page(signed_in("xa"), q="duong dong loc")

    assert {title.text for title in found.select("#tim-thay h2")} == {"Kiến nghị thử", "Văn bản thử"}
    assert [mark.text for mark in found.select("a[href='/x/1/'] mark")] == ["đường", "Đồng", "Lộc"]
    assert [tab.text.split()[0] for tab in found.select("#tim-thay .hd-tabs a")] == ["Tất", "Kiến", "Văn"]


def test_one_kind_can_be_asked_for(put, signed_in):
    put(1, "Đường Đồng Lộc")
    put(2, "Đường Đồng Lộc", kind="tests.paper")

    found = page(signed_in("xa"), q="đồng lộc", loai="tests.paper")

    assert [link["href"] for link in found.select("#tim-thay th a")] == ["/x/2/"]
    assert found.select_one("#tim-thay .hd-tabs a[aria-current]").text.strip().startswith("Văn bản thử")


def test_a_misspelt_name_is_answered_with_what_was_probably_meant(put, signed_in):
    put(1, "Sửa đường Trần Hưng Đạo")

    found = page(signed_in("xa"), q="Trần Hưg Đạo")

    assert found.select_one(".hd-note a").text == "Trần Hưng Đạo"
    assert "Có phải ý Ông/Bà là" in found.select_one(".hd-note").text


def test_what_was_searched_lately_is_offered_when_nothing_is_typed(put, signed_in):
    put(1, "Đường Đồng Lộc")
    client = signed_in("xa")
    assert "mọi hồ sơ Ông/Bà được xem" in page(client).select_one("#tim-thay").text

    page(client, q="đồng lộc")
    page(client, q="không có gì như thế này cả")

    assert [link.text.strip() for link in page(client).select("#tim-thay li a")] == ["đồng lộc"]


def test_words_are_shown_as_text_never_as_markup(put, signed_in):
    put(1, "Tiêu đề <script>alert(1)</script> đường", body="<img src=x onerror=alert(1)> đường")

    found = page(signed_in("xa"), q="<b>đường</b>")

    assert found.select("#tim-thay script, #tim-thay img, #tim-thay b") == []


@pytest.mark.parametrize("query", [{"q": "a"}, {"q": "x" * 3000}, {"q": "đường", "tu": "abc"}, {"q": "đường", "tu": "99999999"},
                                   {"q": "đường", "loai": "x' OR"}, {"q": "a\x00b"}])  # fmt: skip
def test_odd_addresses_are_answered(put, signed_in, query):
    put(1, "Đường Đồng Lộc")

    page(signed_in("xa"), **query)


def test_the_field_keeps_what_was_typed(put, signed_in):
    assert page(signed_in("xa"), q='nước "sạch"').select_one("input[data-search]")["value"] == 'nước "sạch"'


def test_nothing_found_says_what_to_do_next(signed_in):
    assert "Thử ít chữ hơn" in page(signed_in("xa"), q="zzzz yyyy").select_one("#tim-thay").text


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get("/tim/", {"q": "đường"}).status_code == 302
