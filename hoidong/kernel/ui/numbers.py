"""Numbers as Vietnamese offices write them: 1.234.567,5."""

from decimal import Decimal


def write(value, places=None):
    """The number with points between thousands and a comma before decimals; "" for None.

    `places` fixes the count of decimals; without it, integers have none and others as many as they carry.
    """
    if value is None or value == "":
        return ""
    if places is None and isinstance(value, float):
        value = Decimal(repr(value))
    text = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def percent(part, whole, places=1):
    """`14,8 %` of a whole; "chưa có" is the caller's to say where the whole is 0, this gives ""."""
    if not whole:
        return ""
    return f"{write(100 * part / whole, places)} %"
