"""Words from somebody's list lose the mark they had there, and nothing else."""

import pytest

from hoidong.citizens.voters import pasting


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1.2. Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("3. Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("12) Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("- Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("- 4.1. Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("đ) Đề nghị sửa cầu.", "Đề nghị sửa cầu."),
        ("2 cây cầu ở thôn Đông đã hỏng.", "2 cây cầu ở thôn Đông đã hỏng."),
        ("1.500 hộ dân thiếu nước.", "1.500 hộ dân thiếu nước."),
        ("20/11 vừa qua mưa ngập.", "20/11 vừa qua mưa ngập."),
        ("3.4", "3.4"),
        ("Bà con hỏi: khi nào xong?", "Bà con hỏi: khi nào xong?"),
    ],
)
def test_a_mark_of_a_list_is_taken_off_and_a_number_of_the_sentence_stays(said, kept):
    assert pasting.without_mark(said) == kept
