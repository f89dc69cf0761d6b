"""Codes people read from paper and type on a phone: eight letters and digits that cannot be mistaken for each other."""

import re
import secrets

from ..base.text import fold
from .models import Publication

# Of each pair that is mistaken (0 O Q, 1 I L, 5 S, 8 B, 2 Z) none is used: about 7·10^10 codes, drawn by chance.
_LETTERS = "ACDEFGHJKMNPRTUVWXY3479"
CODE = re.compile(rf"^[{_LETTERS}]{{4}}-[{_LETTERS}]{{4}}$")


def _draw():
    letters = "".join(secrets.choice(_LETTERS) for _place in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def new_codes(count):
    """`count` codes nobody has."""
    codes = set()
    while len(codes) < count:
        fresh = {_draw() for _place in range(count - len(codes))} - codes
        codes |= fresh - set(Publication.objects.filter(code__in=fresh).values_list("code", flat=True))
    return list(codes)


def tidy(typed):
    """The code as typed, in its one form (`7f3k 94wd` → `7F3K-94WD`); empty when it cannot be one."""
    letters = re.sub(r"[^A-Z0-9]", "", fold(typed).upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ""
