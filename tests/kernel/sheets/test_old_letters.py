"""Sheets of before Unicode are known, converted, and shown before anything is taken."""

import io

import pytest
import xlsxwriter

from hoidong.kernel.base import old_letters
from hoidong.kernel.base.old_letters import TCVN3, VNI
from hoidong.kernel.sheets import actions, reading

from .old_excel import xls

pytestmark = pytest.mark.django_db
SAID = (
    ("§Ò nghÞ söa ®­êng liªn th«n", TCVN3, "Đề nghị sửa đường liên thôn"),
    ("Kªnh t­íi båi l¾ng, cuèi kªnh kh«ng cã n­íc", TCVN3, "Kênh tưới bồi lắng, cuối kênh không có nước"),
    ("NguyÔn V¨n Tó", TCVN3, "Nguyễn Văn Tú"),
    ("Ñeà nghò söûa ñöôøng lieân thoân", VNI, "Đề nghị sửa đường liên thôn"),
    ("Keânh töôùi boài laéng, cuoái keânh khoâng coù nöôùc", VNI, "Kênh tưới bồi lắng, cuối kênh không có nước"),
    ("THOÂN ÑOÂNG", VNI, "THÔN ĐÔNG"),
)


@pytest.mark.parametrize(("old", "coding", "new"), SAID)
def test_old_letters_are_known_and_converted(old, coding, new):
    assert old_letters.coding_of(old) == coding
    assert old_letters.convert(old, coding) == new


@pytest.mark.parametrize("text", [
    "Đề nghị sửa đường liên thôn", "Xã Hà Thanh", "thôn", "", "12/2026", "Café crème brûlée", "São Paulo", "huyện Mỹ Đức", "ông Lò Văn Pá",
    "Sở GTVT © 2026", "5 m² đất, 30°C", "à, á, ã", "hoà thuận", "kí hiệu §5",
])  # fmt: skip
def test_what_is_unicode_already_stays_as_it_is(text):
    assert old_letters.coding_of(text) == ""
    assert old_letters.modern([text]) == ([text], "")


def test_every_letter_of_the_alphabet_with_every_tone_is_in_both_tables():
    letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    assert set(letters) <= set(old_letters._TCVN3.values())
    assert set(letters) | set(letters.upper()) <= set(old_letters._VNI.values())


def test_short_words_follow_the_others_and_unicode_beside_them_is_left_alone():
    assert old_letters.modern(["§Ò nghÞ söa ®­êng", "X· Hµ", "x·"])[0] == ["Đề nghị sửa đường", "Xã Hà", "xã"]
    mixed = ["§Ò nghÞ söa ®­êng", "Đề nghị sửa đường", "xã Hà", "thôn"]
    assert old_letters.modern(mixed) == (["Đề nghị sửa đường", *mixed[1:]], TCVN3)


def workbook(*rows):
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    page = made.add_worksheet()
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    made.close()
    return target.getvalue()


TCVN3_ROWS = (["Hä vµ tªn", "Ngµy sinh"], ["NguyÔn V¨n Tó", "1/2/1990"], ["TrÇn ThÞ §µo", ""])
VNI_ROWS = (["Hoï vaø teân", "Ngaøy sinh"], ["Nguyeãn Vaên Tuù", "1/2/1990"], ["Traàn Thò Ñaøo", ""])


@pytest.mark.parametrize(("rows", "coding"), [(TCVN3_ROWS, TCVN3), (VNI_ROWS, VNI)])
@pytest.mark.parametrize("form", ["xlsx", "xls", "csv as bytes", "csv as unicode"])
def test_a_sheet_is_read_in_unicode_whatever_it_was_written_in(names, rows, coding, form):
    text = "\n".join(";".join(row) for row in rows)
    content = {
        "xlsx": lambda: workbook(*rows),
        "xls": lambda: xls(rows),
        "csv as bytes": lambda: text.encode("latin-1"),
        "csv as unicode": lambda: text.encode("utf-8"),
    }[form]()
    found = reading.best(reading.tables(content, names))
    assert found.coding == coding
    assert [cells["name"] for _number, cells in found.rows] == ["Nguyễn Văn Tú", "Trần Thị Đào"]
    assert set(found.header) == {"name", "born"}


def test_the_coding_is_told_before_anything_is_taken(names, actor, signed_in):
    from hoidong.kernel.people.models import Person

    before = Person.objects.count()
    lot = actions.start(names, content=workbook(*TCVN3_ROWS), file_name="cu.xlsx", options={}, told=[], by=actor("chuyenvien"))
    page = signed_in("chuyenvien").get(lot.get_absolute_url()).content.decode()
    assert "TCVN3 (ABC), đã đổi sang Unicode" in page
    assert "Nguyễn Văn Tú" in page
    assert Person.objects.count() == before
    actions.take(lot, by=actor("chuyenvien"))
    assert Person.objects.filter(full_name="Trần Thị Đào").exists()


def test_a_sheet_in_unicode_says_nothing_of_codings(names, actor):
    lot = actions.start(
        names,
        content=workbook(["Họ và tên"], ["Lò Văn Pá"], ["Hà"]),
        file_name="moi.xlsx",
        options={},
        told=[],
        by=actor("chuyenvien"),
    )
    assert lot.told == []
    assert [row.raw["name"] for row in lot.rows.order_by("number")] == ["Lò Văn Pá", "Hà"]
