"""Letters in the forms that bodies write are cut into questions and answers; nothing is lost and nothing stands twice."""

import pytest

from hoidong.citizens.voters.replies import signs, splitting
from hoidong.citizens.voters.replies.lines import Line
from hoidong.citizens.voters.replies.splitting import ASK, HEAD, SAY
from hoidong.kernel.base.text import fold

from .letters import ANSWERS, END, TEXTS, TOP, filled, numbered


def cut(*lines):
    drafts = splitting.split([line if isinstance(line, Line) else Line(filled(line)) for line in lines])
    return [draft for draft in drafts if not draft.frame]


def said(draft, role):
    return [piece.text for piece in draft.pieces if piece.role == role]


def pairs(drafts):
    return [(" ".join(said(draft, ASK)), " ".join(said(draft, SAY))) for draft in drafts]


WANTED = [(text, filled(answer)) for text, answer in zip(TEXTS, ANSWERS, strict=True)]


def test_headings_with_numbers_begin_passages():
    drafts = cut(*TOP, *numbered(), *END)
    assert pairs(drafts) == WANTED
    assert [draft.number for draft in drafts] == [1, 2, 3, 4]


def test_a_letter_of_a_ministry_with_one_petition_is_one_passage():
    drafts = cut(
        *TOP, "1. Nội dung kiến nghị", TEXTS[0], "2. Kết quả nghiên cứu, giải quyết và trả lời kiến nghị", ANSWERS[0], *END
    )
    assert pairs(drafts) == WANTED[:1]


def test_numbers_may_be_roman_or_words():
    for first, second in (("I. Kiến nghị số I", "II. Kiến nghị số II"), ("Kiến nghị thứ nhất", "Kiến nghị thứ hai")):
        drafts = cut(*TOP, first, TEXTS[0], "Trả lời:", ANSWERS[0], second, TEXTS[1], "Trả lời:", ANSWERS[1], *END)
        assert pairs(drafts) == WANTED[:2]
        assert [draft.number for draft in drafts] == [1, 2]


def test_questions_told_before_answers_begin_passages():
    asked = [f"Cử tri xã Thạnh Phú {text[0].lower()}{text[1:]}" for text in TEXTS]
    lines = [line for text, answer in zip(asked, ANSWERS, strict=True) for line in (text, answer)]
    drafts = cut(*TOP, *lines, *END)
    assert pairs(drafts) == [(text, answer) for text, (_asked, answer) in zip(asked, WANTED, strict=True)]


def test_question_and_answer_in_one_paragraph_are_parted():
    drafts = cut(
        *TOP,
        f"1. Cử tri kiến nghị: “{TEXTS[0]}” Trả lời: {ANSWERS[0]}",
        f"2. Cử tri kiến nghị: “{TEXTS[1]}” Trả lời: {ANSWERS[1]}",
        *END,
    )
    assert [len(draft.pieces) for draft in drafts] == [2, 2]
    assert said(drafts[1], SAY) == [f"Trả lời: {filled(ANSWERS[1])}"]


def test_numbered_measures_inside_an_answer_do_not_begin_passages():
    lines = [
        "1. Cử tri đề nghị sửa đường.",
        "Trả lời:",
        "1. Sở đã vá ổ gà.",
        "2. Sở đã cắm biển.",
        "2. Cử tri đề nghị lắp đèn.",
        "Trả lời:",
        "Sở đã lắp đèn.",
    ]
    drafts = cut(*TOP, *lines, *END)
    assert [said(draft, ASK) for draft in drafts] == [["1. Cử tri đề nghị sửa đường."], ["2. Cử tri đề nghị lắp đèn."]]


def test_questions_listed_first_are_given_their_answers_by_number():
    asked = [line for number, text in enumerate(TEXTS, 1) for line in (f"Kiến nghị số {number}: {text}",)]
    answered = [line for number, answer in enumerate(ANSWERS, 1) for line in (f"Trả lời kiến nghị số {number}:", answer)]
    drafts = cut(*TOP, "I. CÁC KIẾN NGHỊ", *asked, "II. NỘI DUNG TRẢ LỜI", *answered, *END)
    assert [draft.number for draft in drafts] == [1, 2, 3, 4]
    for draft, text, (_asked, answer) in zip(drafts, TEXTS, WANTED, strict=True):
        assert text in " ".join(said(draft, ASK))
        assert answer in said(draft, SAY)


def test_plain_numbers_are_enough():
    drafts = cut(
        *TOP, f"1. Về đường tỉnh 427B: {ANSWERS[0]}", f"2. Về đèn đường thôn Tây: {ANSWERS[1]}", "Việc này đã xong.", *END
    )
    assert len(drafts) == 2
    assert said(drafts[1], SAY)[-1] == "Việc này đã xong."


def test_a_letter_in_no_known_form_is_one_passage_to_be_cut_by_hand():
    [draft] = cut(*TOP, ANSWERS[0], ANSWERS[1], *END)
    assert len(draft.pieces) == 2


def row(*cells, table=1):
    return Line(" ".join(cells), cells=cells, table=table)


def test_a_table_is_read_by_its_columns():
    rows = [row("TT", "Nội dung kiến nghị", "Kết quả giải quyết, trả lời"), row("(1)", "(2)", "(3)"), row("I", "Lĩnh vực giao thông", ""),
            *[row(str(number), *pair) for number, pair in enumerate(WANTED, 1)]]  # fmt: skip
    drafts = cut(*TOP, *rows, *END)
    assert pairs(drafts) == WANTED
    assert [draft.number for draft in drafts] == [1, 2, 3, 4]
    assert "Lĩnh vực giao thông" in " ".join(said(drafts[0], HEAD))


def test_a_row_without_question_goes_on_answering():
    rows = [
        row("STT", "Kiến nghị", "Trả lời"),
        row("1", WANTED[0][0], "Phần một của lời đáp."),
        row("", "", "Phần hai của lời đáp."),
    ]
    [draft] = cut(*rows)
    assert said(draft, SAY) == ["Phần một của lời đáp.", "Phần hai của lời đáp."]


def test_a_table_of_a_letterhead_is_no_table_of_answers():
    drafts = cut(
        row("SỞ XÂY DỰNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        row("Số: 12/SXD", "Hà Nội, ngày 2 tháng 9 năm 2026"),
        *numbered(),
        *END,
    )
    assert pairs(drafts) == WANTED


@pytest.mark.parametrize("lines", [[*TOP, *numbered(), *END], [*TOP, *ANSWERS, *END], [*numbered()], [*TOP], ["Một dòng."], []])
def test_every_line_stands_in_one_passage_and_in_order(lines):
    drafts = splitting.split([Line(filled(line)) for line in lines])
    assert [piece.text for draft in drafts for piece in draft.pieces] == [filled(line) for line in lines]


CLASS_LINES = (
    "Nội dung kiến nghị đang được giải quyết thông qua hoạt động quản lý nhà nước",
    "Nội dung kiến nghị đã được giải quyết thông qua hoạt động quản lý nhà nước",
    "Nội dung kiến nghị được giải trình, cung cấp thông tin",
    "Nội dung kiến nghị đã được tiếp thu, giải quyết thông qua xây dựng, sửa đổi, bổ sung văn bản quy phạm pháp luật",
)


def test_a_line_that_names_the_class_begins_the_answer_and_no_new_question():
    asked = [f"{place}. Về việc cử tri {text[0].lower()}{text[1:]}" for place, text in enumerate(TEXTS, start=1)]
    rows = zip(asked, CLASS_LINES, ANSWERS, strict=True)
    drafts = cut(*TOP, *(line for row in rows for line in row), *END)
    assert [(said(draft, ASK), said(draft, SAY)) for draft in drafts] == [
        ([text], [line, filled(answer)]) for text, line, answer in zip(asked, CLASS_LINES, ANSWERS, strict=True)
    ]


def test_questions_listed_first_are_answered_under_headings_that_name_their_number():
    asked = [f"{place}. {text}" for place, text in enumerate(TEXTS[:3], start=1)]
    asked.append("4. Về bãi đỗ xe ở chợ Tân Mai.")  # so short that it might be a heading
    answered = [line for place, text in enumerate(ANSWERS, start=1) for line in (f"{place}. Về kiến nghị số {place}", text)]
    drafts = cut(*TOP, "I. NỘI DUNG KIẾN NGHỊ CỦA CỬ TRI", *asked, "II. KẾT QUẢ GIẢI QUYẾT, TRẢ LỜI", *answered, *END)
    assert pairs(drafts) == [(text, answer) for text, (_asked, answer) in zip(asked, WANTED, strict=True)]


def test_a_listed_question_of_two_paragraphs_stays_a_question():
    asked = (f"1. {TEXTS[0]}", "Tuyến này đã được ghi vào kế hoạch từ ba năm trước.", f"2. {TEXTS[1]}")
    answered = ("1. Về kiến nghị số 1", ANSWERS[0], "2. Về kiến nghị số 2", ANSWERS[1])
    drafts = cut(*TOP, "I. Nội dung kiến nghị", *asked, "II. Kết quả giải quyết", *answered, *END)
    assert [said(draft, ASK) for draft in drafts] == [list(asked[:2]), [asked[2]]]
    assert [said(draft, SAY) for draft in drafts] == [[filled(answer)] for answer in ANSWERS[:2]]


def test_a_heading_that_reading_joined_with_its_answer_is_parted_from_it():
    drafts = cut(
        *TOP, "I. Kiến nghị số 1", "1. Nội dung kiến nghị", TEXTS[0],
        "2. Kết quả nghiên cứu, giải quyết và trả lời kiến nghị Sở ghi nhận, sẽ xem xét khi lập kế hoạch.", *END
    )  # fmt: skip
    assert said(drafts[0], SAY) == ["Sở ghi nhận, sẽ xem xét khi lập kế hoạch."]


def test_a_petition_that_was_copied_with_its_own_number_or_dash_still_begins_a_passage():
    asked = (f"1. - Cử tri phản ánh: {TEXTS[0]}", f"2. - Cử tri cho rằng: {TEXTS[1]}", f"3. 12. {TEXTS[2]}")
    drafts = cut(*TOP, *(line for row in zip(asked, CLASS_LINES, ANSWERS, strict=False) for line in row), *END)
    assert [(draft.number, draft.pieces[0].text) for draft in drafts] == list(enumerate(asked, start=1))


@pytest.mark.parametrize("words", ["4.200 tỷ đồng đã được bố trí.", "15/8/2026 là ngày khởi công.", "2. 5,5 km đường đã xong."])
def test_amounts_and_days_are_no_numbers_of_passages(words):
    assert signs.lead_of(fold(words))[0] is None
