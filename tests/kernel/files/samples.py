"""Small real files, made here."""

import io
import zipfile

import xlsxwriter
from docx import Document

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def docx(text="Xin chào"):
    """A Word file with one paragraph."""
    document, target = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def xlsx():
    """An Excel file with one cell."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write_string(0, 0, "Xin chào")
    book.close()
    return target.getvalue()


def with_part(content, name, data=b"x", *, encrypted=False):
    """The package with one part more; `encrypted` only says so in its lists."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    raw = bytearray(target.getvalue())
    if encrypted:
        place = raw.rfind(b"PK\x01\x02")
        raw[place + 8] |= 1
    return bytes(raw)
