"""What a file really is, from its bytes, and whether it can be taken. Names and declared types are never believed."""

import re
from dataclasses import dataclass

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from ..base.errors import Invalid
from . import packages

MAX_SIZE = 20 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileType:
    """A type that is taken: its extension, its media type, other spellings of the extension, shown in the page or not."""

    extension: str
    media_type: str
    others: tuple = ()
    inline: bool = False


TYPES = {
    one.extension: one
    for one in (
        FileType("pdf", "application/pdf", inline=True),
        FileType("docx", f"{_OFFICE}.wordprocessingml.document"),
        FileType("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        FileType("doc", "application/msword"),
        FileType("xls", "application/vnd.ms-excel"),
        FileType("odt", "application/vnd.oasis.opendocument.text"),
        FileType("jpg", "image/jpeg", ("jpeg", "jpe"), inline=True),
        FileType("png", "image/png", inline=True),
        FileType("webp", "image/webp", inline=True),
        FileType("txt", "text/plain"),
        FileType("csv", "text/csv"),
    )
}
INLINE = frozenset(one.media_type for one in TYPES.values() if one.inline)
_LOOKS_LIKE = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
# How programs begin: Windows, Linux, macOS (four ways), Java, scripts, shortcuts.
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!", b"L\0\0\0\x01\x14\x02\0",
)  # fmt: skip
_MARKUP = re.compile(rb"^\s*<(?:!doctype|html|script|svg|\?xml|\?php|body|head|iframe)", re.I)


def accept():
    """What a file picker offers, as the attribute `accept`."""
    return ",".join(f".{name}" for one in TYPES.values() for name in (one.extension, *one.others))


def max_size():
    """The largest file that is taken, in bytes."""
    return getattr(settings, "FILES_MAX_SIZE", MAX_SIZE)


def judge(content, name, limit=None):
    """The FileType of these bytes. Raises Invalid, which says what is wrong with the file and what to bring instead."""
    check_size(len(content), name, limit)
    if content.startswith(_PROGRAMS):
        raise Invalid(_("Tệp “%(name)s” là chương trình chạy được, không nhận.") % {"name": name}, field="file")
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    found = _type_of(content, name, extension)
    if extension not in (found.extension, *found.others):
        raise Invalid(
            _(
                "Đuôi tệp “%(name)s” không đúng với nội dung: bên trong là %(kind)s. Đổi đuôi thành .%(right)s hoặc chọn tệp khác."
            )
            % {"name": name, "kind": found.extension.upper(), "right": found.extension},
            field="file",
        )
    return found


def check_size(size, name, limit=None):
    """Raises Invalid for an empty or too large file; before its bytes are read."""
    limit = limit or max_size()
    if size == 0:
        raise Invalid(_("Tệp “%(name)s” rỗng. Chọn lại tệp.") % {"name": name}, field="file")
    if size > limit:
        raise Invalid(
            _("Tệp “%(name)s” nặng %(size)s MB, quá mức %(limit)s MB. Giảm dung lượng hoặc tách tệp.")
            % {"name": name, "size": _megabytes(size), "limit": _megabytes(limit)},
            field="file",
        )


def _megabytes(size):
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0")


def _type_of(content, name, extension):
    if content.startswith(b"PK"):
        return TYPES[packages.zip_type(content, name)]
    if content.startswith(packages.OLE):
        return TYPES[packages.ole_type(content, name)]
    if (found := _by_signature(content)) in TYPES:
        return TYPES[found]
    if not found and _is_text(content):
        return TYPES["csv" if extension == "csv" else "txt"]
    raise Invalid(
        _("Không nhận loại tệp “%(name)s”. Nhận PDF, DOCX, XLSX, DOC, XLS, ODT, TXT, CSV và ảnh JPG, PNG, WEBP.")
        % {"name": name},
        field="file",
    )


def _by_signature(content):
    """The extension of a picture or PDF, `?` for anything else that is known and not taken, empty when nothing is known."""
    try:
        matches = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    for match in matches:
        if match.mime_type in _LOOKS_LIKE and content[: len(match.byte_match)] == match.byte_match:
            return _LOOKS_LIKE[match.mime_type]
    return "" if _is_text(content) else "?"


def _is_text(content):
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        return False
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not re.search(r"[\0-\x08\x0e-\x1f]", words)
    return False
