"""Letters become lines: DOCX, PDF with text, XLSX, old letters; what cannot be read is refused with what to do."""

import io

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter

from hoidong.citizens.voters.replies import reading, reading_pdf
from hoidong.kernel.base.errors import Invalid

from .letters import END, TEXTS, TOP, docx, filled, numbered, pdf


def texts(content, kind):
    return [line.text for line in reading.read(content, kind).lines]


def saved(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_word_letter_is_read_in_order_with_nothing_left_out():
    lines = [filled(line) for line in (*TOP, *numbered(), *END)]
    assert texts(docx(*numbered()), "docx") == lines


def test_numbers_that_word_sets_by_itself_are_read():
    document = Document()
    for text in ("Đề nghị sửa đường liên xã.", "Đề nghị lắp đèn đường thôn.", "Đề nghị nạo vét kênh xã."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Sở đã ghi nhận và sẽ xem xét trong năm tới, khi có nguồn.", style="List Bullet")
    read = texts(saved(document), "docx")
    assert [line.split(" ", 1)[0] for line in read] == ["1.", "2.", "3.", "-"]


def test_what_was_struck_out_is_not_read_and_what_was_put_in_is():
    document = Document()
    paragraph = document.add_paragraph(f"{TEXTS[3]} Sở sẽ hoàn thành việc này vào ")
    for tag, word, part in (("w:del", "tháng Năm", "w:delText"), ("w:ins", "tháng Chín", "w:t")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(part)
        text.text = word
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    [read] = texts(saved(document), "docx")
    assert "tháng Chín" in read
    assert "tháng Năm" not in read


def test_cells_of_a_table_are_read_row_by_row_and_merged_ones_say_the_same():
    document = Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Đề nghị sửa đường liên xã đã hỏng nhiều năm nay."
    table.cell(0, 1).text = "Sở đã khảo sát tuyến đường."
    table.cell(1, 1).text = "Sở đã bố trí vốn năm sau."
    table.cell(2, 0).text, table.cell(2, 1).text = "Đề nghị lắp đèn.", "Sở đã lắp đèn xong."
    rows = [line.cells for line in reading.read(saved(document), "docx").lines]
    assert rows[1] == ("Đề nghị sửa đường liên xã đã hỏng nhiều năm nay.", "Sở đã bố trí vốn năm sau.")
    assert len(rows) == 3


def test_a_footnote_is_not_passed_over_in_silence():
    document = Document()
    paragraph = document.add_paragraph(TEXTS[0])
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:footnoteReference"))
    paragraph._p.append(run)
    assert any("Chú thích cuối trang" in note for note in reading.read(saved(document), "docx").notes)


def test_a_pdf_gives_the_paragraphs_of_the_letter_and_its_pages():
    letter = reading.read(pdf(*TOP, *numbered(), *END), "pdf")
    assert [line.text for line in letter.lines] == [filled(line) for line in (*TOP, *numbered(), *END)]
    assert letter.pages == letter.lines[-1].page


def test_page_numbers_and_running_heads_are_no_part_of_a_letter():
    from weasyprint import HTML

    style = "@page{@top-center{content:'UBND thành phố'}@bottom-center{content:counter(page)}}"
    body = "".join(
        f"<p style='break-after:page'>{text} Trang này là trang thứ {place} của thư.</p>" for place, text in enumerate(TEXTS, 1)
    )
    content = HTML(
        string=f"<html lang='vi'><style>{style}</style>{body}<p>Lưu: VT, phòng Quản lý hạ tầng, chị Thử.</p></html>"
    ).write_pdf()
    read = texts(content, "pdf")
    assert "UBND thành phố" not in read
    assert not [line for line in read if line.isdecimal()]
    assert len(read) == 5


def test_a_sheet_is_read_with_its_columns():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    for place, row in enumerate(
        [("STT", "Nội dung kiến nghị", "Nội dung trả lời"), (1, TEXTS[0], "Đang lập dự án."), (2, TEXTS[1], "Đã lắp xong.")]
    ):
        sheet.write_row(place, 0, row)
    book.close()
    rows = [line.cells for line in reading.read(kept.getvalue(), "xlsx").lines]
    assert rows[1] == ("1", TEXTS[0], "Đang lập dự án.")


def test_old_letters_are_converted_and_it_is_said_which_they_were():
    old = [
        "Cö tri ®Ò nghÞ söa ch÷a tuyÕn ®­êng liªn x· ®· xuèng cÊp nhiÒu n¨m nay, mïa m­a ®i l¹i rÊt khã kh¨n.",
        "Së ®· kh¶o s¸t vµ sÏ bè trÝ kinh phÝ trong n¨m tíi ®Ó söa ch÷a toµn tuyÕn ®­êng nµy.",
    ]
    document = Document()
    for line in old:
        document.add_paragraph(line)
    letter = reading.read(saved(document), "docx")
    assert letter.coding.startswith("TCVN3")
    assert letter.lines[0].text.startswith("Cử tri đề nghị sửa chữa tuyến đường liên xã")


def test_decomposed_letters_are_composed():
    import unicodedata

    document = Document()
    document.add_paragraph(unicodedata.normalize("NFD", TEXTS[0]))
    assert texts(saved(document), "docx") == [TEXTS[0]]


def _scan(pages=1):
    from PIL import Image

    out = io.BytesIO()
    image = Image.new("RGB", (600, 800), "white")
    image.save(out, "PDF", save_all=True, append_images=[image] * (pages - 1))
    return out.getvalue()


def _locked():
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*TEXTS)))), io.BytesIO()
    writer.encrypt("kín")
    writer.write(out)
    return out.getvalue()


def _broken_word():
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(*TEXTS))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:300] if name == "word/document.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (_scan, "pdf", "bản quét"),
        (lambda: _scan(3), "pdf", "mở từng kiến nghị"),
        (_locked, "pdf", "Bỏ mật khẩu"),
        (lambda: pdf(*TEXTS)[:900], "pdf", "Xuất lại PDF"),
        (_broken_word, "docx", "Mở bằng Word, lưu lại"),
        (lambda: docx(top=(), end=()), "docx", "không có chữ"),
        (lambda: b"\xd0\xcf\x11\xe0", "doc", "lưu thành một trong ba dạng"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(make, kind, said):
    with pytest.raises(Invalid, match=said):
        reading.read(make(), kind)


def test_a_page_without_text_among_others_is_told():
    writer, out = PdfWriter(), io.BytesIO()
    for content in (pdf(*TEXTS), _scan(), pdf(*TEXTS)):
        writer.append(io.BytesIO(content))
    writer.write(out)
    assert any("Trang 2 không có chữ" in note for note in reading.read(out.getvalue(), "pdf").notes)


def test_letters_that_are_no_words_are_refused():
    document = Document()
    document.add_paragraph(
        "Þ§ßÐþ Æøåß ðÐÞþ ßÆøå Ðþðß ÆÞøå §ßÐþ ðÆøß ÞÐþð åßÆø ÐÞðþ ßøåÆ ÐðþÞ ßåøÆ Ððþ §Þß Æøåð Þßð ÐÆø þåß ÞðÆ øÐþ"
    )
    with pytest.raises(Invalid, match="không theo Unicode"):
        reading.read(saved(document), "docx")


def _many(pages):
    writer, out, one = PdfWriter(), io.BytesIO(), pdf(*TEXTS)
    for _page in range(pages):
        writer.append(io.BytesIO(one))
    writer.write(out)
    return out.getvalue()


def test_a_long_letter_is_for_the_worker_and_says_how_far_it_is():
    content, heard = _many(32), []
    with pytest.raises(reading_pdf.TooMuch):
        reading.read(content, "pdf", most_pages=30)
    assert reading.read(content, "pdf", progress=lambda done, pages: heard.append((done, pages))).pages == 32
    assert heard[0] == (1, 32)
    assert heard[-1] == (32, 32)


def test_a_letter_that_takes_too_long_is_stopped_and_says_where():
    with pytest.raises(Invalid, match=r"quá lâu|bị hỏng"):
        reading_pdf.read(_many(60), seconds=0.3)


def test_more_pages_than_a_letter_has_are_refused(monkeypatch):
    monkeypatch.setattr(reading_pdf, "MOST_PAGES", 3)
    with pytest.raises(Invalid, match="quá mức 3 trang"):
        reading.read(_many(4), "pdf")


def test_the_number_of_a_word_level_is_read_with_its_form():
    document = Document()
    numbering = document.part.numbering_part.element
    abstract, level = OxmlElement("w:abstractNum"), OxmlElement("w:lvl")
    abstract.set(qn("w:abstractNumId"), "77")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "upperRoman"), ("w:lvlText", "%1.")):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        level.append(element)
    abstract.append(level)
    numbering.insert(0, abstract)
    number, target = OxmlElement("w:num"), OxmlElement("w:abstractNumId")
    number.set(qn("w:numId"), "77")
    target.set(qn("w:val"), "77")
    number.append(target)
    numbering.append(number)
    for text in TEXTS[:2]:
        paragraph = document.add_paragraph(text)
        marks, key = OxmlElement("w:numPr"), OxmlElement("w:numId")
        key.set(qn("w:val"), "77")
        marks.append(key)
        paragraph._p.get_or_add_pPr().append(marks)
    assert [line.split(" ", 1)[0] for line in texts(saved(document), "docx")] == ["I.", "II."]
