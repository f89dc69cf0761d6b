"""Files that hold files: Word, Excel and OpenDocument. Looked into without unpacking more than their lists."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from ..base.errors import Invalid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_PARTS = 4000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 30 * 1024 * 1024
_LIST_SIZE = 2 * 1024 * 1024
_MACRO_PARTS = re.compile(r"vbaproject|vbadata|/macrosheets/|/activex/|^basic/|^scripts/", re.I)
_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "wordprocessingml.template.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
}


def zip_type(content, name):
    """`docx`, `xlsx` or `odt`. Raises Invalid for other archives, macros, passwords and bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts, name)
            kind = _main_part(package, {part.filename for part in parts})
    except (zipfile.BadZipFile, NotImplementedError, KeyError, EOFError, UnicodeDecodeError, RuntimeError, OSError) as error:
        raise Invalid(
            _("Tệp “%(name)s” bị hỏng, không mở được. Lưu lại rồi gửi lại.") % {"name": name}, field="file"
        ) from error
    if kind == "macro" or any(_MACRO_PARTS.search(part.filename) for part in parts):
        _refuse_macro(name)
    if not kind:
        raise Invalid(
            _("Tệp nén “%(name)s” không nhận được. Gửi từng tệp PDF, DOCX, XLSX, ODT bên trong.") % {"name": name}, field="file"
        )
    return kind


def _check_parts(parts, name):
    if any(part.flag_bits & 1 for part in parts):
        _refuse_password(name)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = unpacked > MAX_UNPACKED or (unpacked > _RATIO_COUNTS_FROM and unpacked / packed > MAX_RATIO)
    if bomb or len(parts) > MAX_PARTS:
        raise Invalid(
            _("Tệp “%(name)s” phình ra quá lớn khi mở, không nhận. Lưu lại bằng Word hoặc Excel rồi gửi lại.") % {"name": name},
            field="file",
        )
    if any(part.filename.startswith(("/", "\\")) or ".." in part.filename.split("/") for part in parts):
        raise Invalid(_("Tệp “%(name)s” có cấu trúc lạ, không nhận.") % {"name": name}, field="file")


def _main_part(package, names):
    if "[Content_Types].xml" in names:
        with package.open("[Content_Types].xml") as part:
            types = part.read(_LIST_SIZE).decode("utf-8", "replace")
        if "macroenabled" in types.lower():
            return "macro"
        return next((kind for mark, kind in _MAIN_PARTS.items() if mark in types), "")
    if "mimetype" in names:
        with package.open("mimetype") as part:
            return "odt" if part.read(200).strip() == b"application/vnd.oasis.opendocument.text" else ""
    return ""


def ole_type(content, name):
    """`doc` or `xls` of the years before 2007. Raises Invalid for macros, passwords and anything else in this form."""
    if _wide("EncryptedPackage") in content:
        _refuse_password(name)
    if _wide("_VBA_PROJECT") in content or _wide("VBA") in content or _wide("Macros") in content:
        _refuse_macro(name)
    if _wide("WordDocument") in content:
        return "doc"
    if _wide("Workbook") in content:
        return "xls"
    raise Invalid(
        _("Không nhận loại tệp “%(name)s”. Lưu thành PDF, DOCX hoặc XLSX rồi gửi lại.") % {"name": name}, field="file"
    )


def _wide(text):
    """A name of a stream, as the directory writes it: two bytes a letter, ended by zeros."""
    return text.encode("utf-16-le") + b"\0\0"


def _refuse_macro(name):
    raise Invalid(
        _("Tệp “%(name)s” có macro, không nhận. Lưu thành tệp không có macro (.docx, .xlsx) rồi gửi lại.") % {"name": name},
        field="file",
    )


def _refuse_password(name):
    raise Invalid(_("Tệp “%(name)s” có mật khẩu. Bỏ mật khẩu rồi gửi lại.") % {"name": name}, field="file")
