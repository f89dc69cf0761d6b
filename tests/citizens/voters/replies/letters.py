"""Reply letters as bodies write them, made here word by word: DOCX, PDF, XLSX; invented places and petitions."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from hoidong.kernel.base import dates

TOP = [
    "SỞ XÂY DỰNG", "Số: 4127/SXD-VP", "V/v trả lời kiến nghị của cử tri gửi tới sau Kỳ họp thứ Ba",
    "Hà Nội, ngày {day} tháng {month} năm {year}", "Kính gửi: Thường trực Hội đồng nhân dân thành phố.",
    "Sở Xây dựng nhận được các kiến nghị của cử tri tại Văn bản số {cited} của Văn phòng. Sở Xây dựng có ý kiến như sau:",
]  # fmt: skip
END = ["Sở Xây dựng trân trọng gửi Thường trực Hội đồng nhân dân để thông tin tới cử tri./.", "Nơi nhận: Như trên; Lưu: VT.",
       "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Thử Nghiệm"]  # fmt: skip

TEXTS = (
    "Đề nghị nâng cấp đường tỉnh 427B đoạn từ cầu Sắt đến chợ Thạnh Phú dài khoảng 4,2 km vì mặt đường hư hỏng nặng, mùa mưa ngập sâu.",
    "Đề nghị lắp đèn chiếu sáng đường liên thôn Tây qua trường mầm non Hoa Sen, buổi tối rất tối, đã có hai vụ va chạm xe máy.",
    "Đề nghị nạo vét kênh Bảy Xã đã bồi lắng nhiều năm, nước thải ứ đọng bốc mùi, ảnh hưởng sức khỏe hơn ba trăm hộ dân hai bên kênh.",
    "Đề nghị xem xét bố trí bãi đỗ xe tại chợ Tân Mai để xe tải không dừng lấn chiếm lòng đường vào giờ cao điểm.",
)
ANSWERS = (
    "Sở đang trình phê duyệt thiết kế bản vẽ thi công; dự kiến hoàn thành trước ngày 30/6/{next}.",
    "Ngày 05/10/{year}, Sở đã hoàn thành lắp đặt 24 bộ đèn trên toàn tuyến và bàn giao cho xã quản lý.",
    "Đoạn kênh này thuộc trách nhiệm quản lý của đơn vị thủy lợi theo quy định hiện hành; Sở đã thông tin để cử tri biết.",
    "Hiện nay thành phố chưa bố trí được kinh phí cho bãi đỗ xe này.",
)


def filled(line, cited="05/HĐND-VP"):
    """A line with this year's days in it."""
    on = dates.today()
    return line.format(day=on.day, month=on.month, year=on.year, next=on.year + 1, cited=cited)


def docx(*lines, table=None, top=TOP, end=END, cited="05/HĐND-VP"):
    """The bytes of a Word letter: its top, these lines, a table (rows of cells), its end."""
    document = Document()
    for line in (*top, *lines):
        document.add_paragraph(filled(line, cited))
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = filled(text)
    for line in end:
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def numbered(texts=TEXTS, answers=ANSWERS):
    """Lines "Kiến nghị số 1 … Nội dung … Kết quả …" for these petitions and answers."""
    for number, (text, answer) in enumerate(zip(texts, answers, strict=False), start=1):
        yield from (f"{number}. Kiến nghị số {number}", "Nội dung kiến nghị", text, "Kết quả nghiên cứu, giải quyết", answer)


def pdf(*lines):
    """The bytes of a PDF with this text, as Word's own: a line a paragraph."""
    from html import escape

    from weasyprint import HTML

    body = "".join(f"<p>{escape(filled(line))}</p>" for line in lines)
    return HTML(string=f"<html><body lang='vi'>{body}</body></html>").write_pdf()


def upload(content, name="tra-loi.docx"):
    """What a browser sends."""
    return SimpleUploadedFile(name, content)
