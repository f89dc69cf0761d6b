"""What the pages do with proposals: they show them, and take nothing over by themselves."""

import pytest

from hoidong.citizens.voters import actions
from hoidong.citizens.voters.models import Field, Meeting, Opinion, Petition

WORDS = "Tuyến đường trục thôn Đoài xuống cấp, nhiều ổ gà, đề nghị Sở Xây dựng sửa mặt đường."
ADDRESS = "/cu-tri/kien-nghi/de-xuat/"


def test_the_piece_names_field_level_body_and_why(signed_in):
    page = signed_in("xa").post(ADDRESS, {"text": WORDS}).content.decode()
    assert "Đề xuất" in page
    assert "Giao thông, hạ tầng" in page
    assert "Sở Xây dựng" in page
    assert "lời văn nêu" in page
    assert "có cụm từ" in page


def test_two_words_are_not_enough_to_propose(signed_in):
    assert 'data-take="' not in signed_in("xa").post(ADDRESS, {"text": "đường hỏng"}).content.decode()


def test_words_about_nothing_known_get_no_body(signed_in):
    page = signed_in("xa").post(ADDRESS, {"text": "Bà con rất vui và cảm ơn buổi gặp hôm ấy lắm."}).content.decode()
    assert 'data-take="body"' not in page


@pytest.mark.parametrize("name", ["soxaydung", "daibieu", "quantri"])
def test_the_piece_is_not_there_for_others(name, signed_in):
    assert signed_in(name).post(ADDRESS, {"text": WORDS}).status_code == 404


def test_markup_in_the_words_of_an_earlier_petition_stays_text(signed_in, record):
    record("xa", f"{WORDS} <script>alert(1)</script>")
    page = signed_in("xa").post(ADDRESS, {"text": WORDS}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("odd", [{"commune": "²"}, {"commune": "9" * 30}, {"pk": "x"}, {"pk": "0"}, {"row": "<b>"}])
def test_odd_numbers_change_nothing(odd, signed_in):
    assert signed_in("xa").post(ADDRESS, {"text": WORDS, **odd}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_piece_takes_the_same_number_of_queries_for_one_and_three(count, signed_in, record, django_assert_max_num_queries):
    record("xa", *[f"{WORDS} Lần {number}." for number in range(count)])
    client = signed_in("xa")
    client.post(ADDRESS, {"text": WORDS})
    with django_assert_max_num_queries(26):
        client.post(ADDRESS, {"text": WORDS})


def test_the_form_begins_empty_and_keeps_what_was_chosen(signed_in, actor):
    client = signed_in("xa")
    body = Petition.objects.filter(body__isnull=False).first().body
    page = client.get("/cu-tri/kien-nghi/moi/").content.decode()
    assert "data-proposals" in page
    clerk = actor("xa")
    from hoidong.council.meetings import queries as sessions

    sent = {
        "text": WORDS, "voters": 1, "raised_on": "01/11/2026", "session": sessions.current_session(clerk).pk, "phase": "before",
        "source": "letter", "field": Field.objects.get(code="transport").pk, "level": "province", "body": body.pk,
    }  # fmt: skip
    assert client.post("/cu-tri/kien-nghi/moi/", sent).status_code == 302
    made = Petition.objects.latest("pk")
    assert (made.field.code, made.level, made.body_id) == ("transport", "province", body.pk)


def test_a_row_of_the_grid_hands_on_what_was_taken_over(actor):
    clerk = actor("xa")
    meeting = Meeting.objects.filter(commune=clerk.unit.area, state="writing").first()
    field, body = Field.objects.get(code="transport"), Petition.objects.filter(body__isnull=False).first().body
    row = {"place": 90, "text": WORDS, "field": str(field.pk), "level": "province", "body": str(body.pk)}
    actions.save_opinions(meeting, [row], by=clerk)
    actions.make_minutes(meeting, by=clerk)
    made = Opinion.objects.get(meeting=meeting, place=90).petition
    assert (made.field, made.level, made.body) == (field, "province", body)


@pytest.mark.parametrize("forged", ["0", "999999999", "x", "²", "9" * 40, ""])
def test_a_row_with_a_field_or_body_that_does_not_exist_keeps_its_words(forged, actor):
    clerk = actor("xa")
    meeting = Meeting.objects.filter(commune=clerk.unit.area, state="writing").first()
    actions.save_opinions(meeting, [{"place": 91, "text": WORDS, "field": forged, "body": forged, "level": forged}], by=clerk)
    kept = Opinion.objects.get(meeting=meeting, place=91)
    assert (kept.text, kept.field, kept.body, kept.level) == (WORDS, None, None, "")
