"""A letter whose headings bear no sign is cut where it quotes the next petition that waits; what is not sure is not called sure."""

import pytest

from hoidong.citizens.voters.replies import recutting, scoring, splitting
from hoidong.citizens.voters.replies.lines import Line
from hoidong.citizens.voters.replies.splitting import ASK, HEAD, SAY

from .letters import ANSWERS, END, TEXTS, TOP, filled

NEXT = "Về nội dung nạo vét kênh, Sở xin tiếp thu và sẽ báo cáo thành phố bố trí kinh phí duy tu hằng năm theo quy định."


@pytest.fixture
def matcher():
    """Knows the four petitions of the letters, numbered as they stand there."""
    return scoring.Matcher(scoring.Candidate(place, f"{place + 1}/2026", "", text) for place, text in enumerate(TEXTS))


def cut(matcher, *texts, top=TOP, end=END):
    lines = [Line(filled(text)) for text in (*top, *texts, *end)]
    return recutting.recut(splitting.split(lines), matcher)


def half(text):
    words = text.split()
    return " ".join(words[: len(words) // 2])


@pytest.mark.parametrize(
    "heading",
    [lambda text: text, half, lambda text: f"Về việc {text[0].lower()}{text[1:]}", lambda text: text.removeprefix("Đề nghị ").upper()],
    ids=["whole", "half", "about", "capitals"],
)  # fmt: skip
@pytest.mark.parametrize("top", [TOP, TOP[:-1]], ids=["with an opening sentence", "without one"])
def test_headings_without_any_sign_each_begin_a_passage_with_the_answer_below(matcher, heading, top):
    drafts = cut(
        matcher, *(line for text, answer in zip(TEXTS, ANSWERS, strict=True) for line in (heading(text), answer)), top=top
    )

    passages = [draft for draft in drafts if not draft.frame]
    assert [draft.pieces[0].text for draft in passages] == [heading(text) for text in TEXTS]
    assert [[piece.text for piece in draft.pieces if piece.role == SAY] for draft in passages] == [
        [filled(one)] for one in ANSWERS
    ]
    assert [matcher.match(draft)[0].pk for draft in passages] == [0, 1, 2, 3]


def test_no_line_is_lost_or_moved(matcher):
    lines = [line for text, answer in zip(TEXTS, ANSWERS, strict=True) for line in (text, answer, NEXT)]
    drafts = cut(matcher, *lines)
    assert [piece.text for draft in drafts for piece in draft.pieces] == [filled(line) for line in (*TOP, *lines, *END)]


def test_an_answer_that_takes_up_the_question_again_begins_nothing(matcher):
    drafts = cut(matcher, TEXTS[2], f"Về việc nạo vét kênh Bảy Xã đã bồi lắng nhiều năm, {NEXT}", TEXTS[0], ANSWERS[0])
    assert [draft.pieces[0].text for draft in drafts if not draft.frame] == [TEXTS[2], TEXTS[0]]


def test_a_subject_line_that_quotes_the_petition_stays_in_the_letterhead(matcher):
    top = [*TOP[:2], f"V/v {TEXTS[2].lower()}", *TOP[3:]]
    drafts = cut(matcher, ANSWERS[2], top=top)
    assert drafts[0].frame
    assert any(piece.text.startswith("V/v") for piece in drafts[0].pieces)
    assert not any(piece.text.startswith("V/v") for draft in drafts if not draft.frame for piece in draft.pieces)


def test_questions_listed_first_are_left_to_their_answers_further_down_and_none_is_called_sure(matcher):
    drafts = cut(matcher, *TEXTS, *ANSWERS)
    passages = [draft for draft in drafts if not draft.frame]
    assert [piece.text for draft in passages for piece in draft.pieces] == [*TEXTS, *map(filled, ANSWERS)]
    levels = {match.level for draft in passages for match in matcher.match(draft)}
    assert scoring.SURE not in levels


def test_a_passage_that_quotes_two_petitions_is_never_sure_of_one(matcher):
    draft = splitting.Draft([splitting.Piece(TEXTS[0], ASK), splitting.Piece(ANSWERS[0], SAY), splitting.Piece(TEXTS[1], SAY)])
    alone = splitting.Draft(draft.pieces[:2])
    assert matcher.match(alone)[0].level == scoring.SURE
    assert matcher.match(draft)[0].level != scoring.SURE


def test_letters_that_say_where_questions_begin_are_cut_as_before(matcher):
    texts = [line for place, (text, answer) in enumerate(zip(TEXTS, ANSWERS, strict=True), 1)
             for line in (f"{place}. Kiến nghị số {place}", text, "Trả lời:", answer)]  # fmt: skip
    lines = [Line(filled(text)) for text in (*TOP, *texts, *END)]
    before = splitting.split(lines)
    assert recutting.recut(before, matcher) == before
    assert [draft.number for draft in before if not draft.frame] == [1, 2, 3, 4]


def test_a_heading_of_the_next_chapter_is_no_answer(matcher):
    drafts = cut(matcher, TEXTS[0], ANSWERS[0], "II. LĨNH VỰC THỦY LỢI", TEXTS[2], ANSWERS[2])
    roles = {piece.text: piece.role for draft in drafts for piece in draft.pieces}
    assert roles["II. LĨNH VỰC THỦY LỢI"] in (HEAD, SAY)
    assert roles[TEXTS[2]] == ASK
