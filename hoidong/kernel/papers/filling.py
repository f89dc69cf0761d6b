"""Filling a template: placeholders in double braces, in a sandbox, with plain values only.

A placeholder that the paper does not have is an error that names it, never an empty space.
"""

import datetime
import io
import re
import zipfile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..base import dates
from ..base.errors import Invalid
from ..base.text import nfc
from . import placeholders

# Letters that XML cannot hold, and those the template engine reads as orders (\a \f: new paragraph, new page).
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSAFE_FILTERS = ("safe", "pprint", "tojson", "xmlattr", "urlize", "attr", "map", "center", "format")


class _Unknown(StrictUndefined):
    """A placeholder that the paper does not have."""

    @property
    def _undefined_message(self):
        return str(self._undefined_name)


def sandbox():
    """The template engine as templates may use it."""
    environment = ImmutableSandboxedEnvironment(undefined=_Unknown, autoescape=True)
    for name in _UNSAFE_FILTERS:
        environment.filters.pop(name, None)
    return environment


def fill(template, context):
    """The DOCX (bytes) made of a template (bytes) and a context of plain values. Raises Invalid, naming what is wrong."""
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(plain(context), jinja_env=sandbox(), autoescape=True)
        target = io.BytesIO()
        document.save(target)
    except SecurityError as error:
        raise _invalid(_("Mẫu dùng lệnh không được phép: %(what)s. Chỉ dùng các ô giữ chỗ trong danh sách."), error) from error
    except UndefinedError as error:
        raise Invalid(placeholders.unknown_words([f"“{str(error)[:200]}”"], context), field="file") from error
    except TemplateSyntaxError as error:
        raise _invalid(_("Mẫu viết sai lệnh: %(what)s. Mỗi {{ và {% phải có }} và %} đi kèm, mỗi “for”, “if” phải có “end”."),
                       error) from error  # fmt: skip
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _invalid(_("Mẫu không điền được: %(what)s."), error) from error
    except (PackageNotFoundError, zipfile.BadZipFile) as error:
        raise Invalid(_("Mẫu không mở được bằng Word. Lưu lại thành .docx rồi gửi lại."), field="file") from error
    return target.getvalue()


def _invalid(words, error):
    return Invalid(words.replace("%(what)s", str(error)[:200]), field="file")


def plain(value):
    """The value as templates may see it: text, numbers, lists and dictionaries; days as they are written."""
    if value is None:
        return ""
    if isinstance(value, str | Promise):
        return _NOT_TEXT.sub("", nfc(str(value)).replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return dates.format_date(value)
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    raise TypeError(f"A paper's context holds plain values only, not {type(value).__name__}")
