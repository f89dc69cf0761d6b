"""Identity numbers: checked, then kept only as a keyed hash, so that a stolen database gives none of them away.

Law 91/2025/QH15 on personal data: what is not needed in clear is not stored in clear.
"""

import hashlib
import hmac
import re

from django.conf import settings
from django.utils.translation import gettext as _

from ..base.errors import Invalid


def digits_of(text):
    """The twelve digits somebody typed, without spaces and dots. Raises Invalid for anything else; empty stays empty."""
    digits = re.sub(r"[\s.\-]", "", text or "")
    if digits and not re.fullmatch(r"\d{12}", digits):
        raise Invalid(_("Số định danh có 12 chữ số. Xem trên thẻ căn cước và ghi lại."), field="identity_number")
    return digits


def key_of(digits):
    """The keyed hash of a number; an empty text for none. The key is settings.IDENTITY_KEY."""
    if not digits:
        return ""
    return hmac.new(f"people.identity:{settings.IDENTITY_KEY}".encode(), digits.encode(), hashlib.sha256).hexdigest()


def columns_of(text):
    """What Person keeps of a number: {"identity_key": …, "identity_tail": …}. Raises Invalid."""
    digits = digits_of(text)
    return {"identity_key": key_of(digits), "identity_tail": digits[-3:]}
