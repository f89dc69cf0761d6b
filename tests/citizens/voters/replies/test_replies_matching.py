"""Which petition a passage answers, why, and what its words speak for; the machine holds back where it does not know."""

import datetime

import pytest

from hoidong.citizens.voters.replies import common_words, letterhead, names, promises, results, scoring
from hoidong.citizens.voters.replies.lines import Line
from hoidong.citizens.voters.replies.scoring import Candidate
from hoidong.citizens.voters.replies.splitting import ASK, HEAD, SAY, Draft, Piece

from .letters import ANSWERS, END, TEXTS, TOP, filled

ON = datetime.date(2026, 11, 1)
WAITING = [
    Candidate(key, f"{key}/2026", f"AC{key}D-EFGH", text, ("xã Thạnh Phú",), (("05hdndvp", key),))
    for key, text in enumerate(TEXTS, 1)
]


def draft(asked="", said=ANSWERS[1], head="", number=None, **more):
    pieces = [Piece(text, role) for text, role in ((head, HEAD), (asked, ASK), (said, SAY)) if text]
    return Draft(pieces, number, **more)


def matched(passage, cited=frozenset()):
    return [match.pk for match in scoring.Matcher(WAITING, cited).match(passage)]


def kinds(passage, cited=frozenset()):
    return [kind for kind, _words in scoring.Matcher(WAITING, cited).match(passage)[0].reasons]


@pytest.mark.parametrize("key", [1, 2, 3, 4])
@pytest.mark.parametrize("share", [1, 0.5, 0.3])
def test_a_whole_or_shortened_quotation_finds_its_petition(key, share):
    words = TEXTS[key - 1].split()
    assert matched(draft(" ".join(words[: int(len(words) * share)])))[0] == key


def test_letters_lost_on_the_way_do_not_lose_the_petition():
    broken = TEXTS[2].replace("ê", "e").replace("ư", "u").replace("đ", "d").replace("ảnh", "anh").replace("nạo", "no")
    assert matched(draft(broken))[0] == 3


def test_an_answer_without_question_is_matched_by_its_own_words():
    assert (
        matched(
            draft(
                head="3. Về kênh Bảy Xã",
                said="Kênh Bảy Xã bồi lắng nhiều năm, nước thải ứ đọng; Sở đã nạo vét xong hai bên kênh.",
            )
        )[0]
        == 3
    )


def test_what_is_about_something_else_is_held_back():
    assert matched(draft("Đề nghị mở thêm lớp dạy bơi cho học sinh tiểu học trong dịp hè.")) == []
    assert scoring.Matcher([]).match(draft(TEXTS[0])) == []


def test_a_question_retold_in_other_words_is_proposed_without_being_sure_where_nothing_else_is_like_it():
    asked = "Dân hai bên kênh kêu ca mùi hôi, nước thải ứ đọng lâu ngày, mong được khơi thông dòng chảy, bảo đảm vệ sinh cho bà con trong ấp."
    [found] = scoring.Matcher(WAITING).match(draft(asked, "Sở ghi nhận."))
    assert (found.pk, found.level, found.score < scoring.LEAST) == (3, scoring.MAYBE, True)
    weak = draft("Bà con mong có đèn chiếu sáng ở nơi công cộng của khu dân cư mới và lối đi nội bộ.", "Sở ghi nhận.")
    assert matched(weak) == []


def test_a_number_that_is_quoted_decides_and_a_decree_is_no_number():
    assert matched(draft(head="Kiến nghị số 4/2026", said="Sở đã xem xét."))[0] == 4
    assert matched(draft(head="Về việc áp dụng Nghị định số 4/2026/NĐ-CP", said="Sở đã xem xét.")) == []
    assert matched(Draft([Piece("Đã xong.", SAY)], said={"code": "2/2026"})) == [2]


def test_the_row_in_the_letter_that_is_answered_counts():
    vague = draft("Cử tri kiến nghị về đường, đèn và kênh.", number=2)
    assert "row" not in kinds(draft(TEXTS[1], number=2))
    assert kinds(draft(TEXTS[1], number=2), frozenset(["05hdndvp"]))[0] == "row"
    assert matched(draft(said="Đã xong.", number=3), frozenset(["05hdndvp"]))[0] == 3
    assert matched(vague) == []


def test_one_passage_may_answer_several_petitions():
    assert set(matched(draft(f"{TEXTS[0]} {TEXTS[1]}"))) == {1, 2}


def test_the_place_that_is_named_tells_equal_petitions_apart():
    text = "Đề nghị sửa mặt đường liên xã đã hỏng nhiều năm, mùa mưa ngập sâu."
    same = [Candidate(1, "1/2026", "", text, ("Hoa Lư",)), Candidate(2, "2/2026", "", text, ("Phước Lộc",))]
    found = scoring.Matcher(same).match(draft(f"Cử tri xã Phước Lộc: {text[0].lower()}{text[1:]}"))
    assert found[0].pk == 2
    assert ("place", "Phước Lộc") in found[0].reasons


def test_names_that_the_letter_does_not_mention_are_told():
    [found] = scoring.Matcher(WAITING).match(
        draft("Đề nghị nâng cấp đường tỉnh 427B vì mặt đường hư hỏng nặng, mùa mưa ngập sâu.")
    )
    reasons = dict(found.reasons)
    assert "427B" in reasons["names"]
    assert "chợ Thạnh Phú" in reasons["missing"]


def test_names_are_read_without_the_capital_of_a_sentence():
    assert names.of("Đề nghị sửa cầu Sắt. Hiện nay trường Hoa Sen ngập, dài 4,2 km.") == ["4,2 km", "cầu Sắt", "trường Hoa Sen"]


def test_the_words_both_share_are_marked_where_they_stand():
    ours, theirs = "Sở nâng cấp đường tỉnh 427B năm sau.", "Xin nâng cấp đường tỉnh 427B ngay."
    [spans] = common_words.spans([ours], [theirs])
    assert [ours[start:end] for start, end in spans] == ["nâng cấp đường tỉnh 427B"]
    assert "".join(part for part, _both in common_words.cut(ours, spans)) == ours


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("Chính phủ đã ban hành Nghị định số 99/2026/NĐ-CP quy định nội dung này.", "solved.text"),
        ("Sở đã kiểm tra, xử phạt hai cơ sở xả thải.", "solved.inspection"),
        ("Sở đã hoàn thành sửa chữa tuyến đường trong tháng 9.", "solved.done"),
        ("Sở đang xây dựng dự án, trình phê duyệt trong quý IV/2026.", "working.road_map"),
        ("Sở đã trình Ủy ban nhân dân thành phố xem xét.", "working.submitted"),
        ("Bộ đã trình Chính phủ ban hành Nghị định số 12/2026/NĐ-CP ngày 10/01/2026 về việc này.", "solved.text"),
        ("Bộ đã trình Chính phủ ban hành Nghị định sửa đổi Nghị định số 12/2024/NĐ-CP.", "working.submitted"),
        ("Sở đang rà soát các tuyến đường.", "working.no_road_map"),
        ("Hiện nay chưa bố trí được kinh phí.", "working.no_resources"),
        ("Việc này chờ Nghị định được ban hành, Sở sẽ thực hiện.", "working.higher_text"),
        ("Chưa thể giải quyết ngay trong năm nay.", "working.not_yet"),
        ("Sở sẽ nghiên cứu, tham mưu trong thời gian tới.", "will"),
        ("Việc này thực hiện theo quy định tại Điều 12 Luật Đất đai.", "explained"),
    ],
)  # fmt: skip
def test_the_words_of_an_answer_speak_for_a_class(words, result):
    found = results.propose([words], ON)
    assert found.result == result


def test_words_that_say_nothing_propose_nothing():
    assert results.propose(["Xin cảm ơn cử tri đã quan tâm."], ON) is None
    assert results.propose([], ON) is None


@pytest.mark.parametrize(
    ("line", "words", "result"),
    [
        ("Nội dung kiến nghị được giải trình, cung cấp thông tin", "Sở đã hoàn thành việc trả lời.", "explained"),
        ("Nội dung kiến nghị đã được giải quyết thông qua hoạt động quản lý nhà nước", "Sở đã hoàn thành sửa chữa.", "solved.done"),
        ("Nội dung kiến nghị đang được giải quyết thông qua hoạt động quản lý nhà nước", "Sở đã khảo sát.", "working.no_road_map"),
        ("Nội dung kiến nghị đã được tiếp thu, giải quyết thông qua xây dựng, sửa đổi, bổ sung văn bản quy phạm pháp luật",
         "Bộ đang nghiên cứu, đề xuất hoàn thiện quy định.", "working.no_road_map"),
        ("Nội dung kiến nghị đã được tiếp thu, giải quyết thông qua xây dựng, sửa đổi, bổ sung văn bản quy phạm pháp luật",
         "Bộ đã ban hành Thông tư số 3/2026/TT-BXD.", "solved.text"),
    ],
)  # fmt: skip
def test_the_line_of_a_ministry_names_the_class_unless_its_own_words_say_less(line, words, result):
    found = results.propose([line, words], ON)
    assert found.result == result
    assert found.line == line


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hoàn thành trước ngày 30/6/2027", (2027, 6, 30)), ("xong trong quý IV/2026", (2026, 12, 31)), ("hoàn thành quý 2 năm 2027", (2027, 6, 30)),
        ("ban hành trong tháng 3/2027", (2027, 3, 31)), ("hoàn thành trong năm 2028", (2028, 12, 31)), ("trình trong 6 tháng đầu năm 2027", (2027, 6, 30)),
        ("dự kiến cuối năm 2026", (2026, 12, 31)), ("hoàn thành ngày 15 tháng 02 năm 2027", (2027, 2, 15)),
    ],
)  # fmt: skip
def test_a_promised_day_is_the_last_one_that_keeps_the_word(words, day):
    assert promises.best(promises.find(f"Sở sẽ {words}.", ON)).day == datetime.date(*day)


def test_of_two_days_the_one_by_which_all_is_done_is_proposed():
    found = promises.find("Dự kiến khởi công quý III/2027, hoàn thành trước ngày 30/6/2027.", ON)
    assert promises.best(found).day == datetime.date(2027, 6, 30)


@pytest.mark.parametrize(
    "words", ["Sở đã xong ngày 5/10/2026.", "theo Quyết định số 12/QĐ-UBND ngày 5/12/2026 của thành phố", "ngày 31/13/2027"]
)
def test_what_is_past_or_the_day_of_a_paper_or_no_day_promises_nothing(words):
    assert promises.find(words, ON) == []


def test_the_letterhead_tells_number_day_body_signer_and_what_is_answered():
    facts = letterhead.read([Line(filled(line)) for line in (*TOP, *TEXTS, *END)])
    assert facts.number == "4127/SXD-VP"
    assert facts.bodies[0] == "Sở xây dựng"
    assert facts.signer == "Trần Văn Thử Nghiệm"
    assert "05hdndvp" in facts.cited
    assert "kiến nghị của cử tri" in facts.subject


def test_a_letter_without_number_and_day_leaves_them_empty():
    facts = letterhead.read(
        [Line(text) for text in ("SỞ XÂY DỰNG", "Số:        /SXD-VP", "Hà Nội, ngày     tháng 11 năm 2026", "Kính gửi: ai đó.")]
    )
    assert (facts.number, facts.day) == ("", None)


def test_a_number_that_was_torn_apart_is_put_together():
    assert letterhead.read([Line("Số: **64 7** / BKHCN-VP")]).number == "647/BKHCN-VP"
