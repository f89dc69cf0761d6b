"""“Có phải ý Ông/Bà là …”: the words of what was found by likeness that stand nearest to the words as typed."""

import difflib
import re

from ..base.text import fold

_WORD = re.compile(r"\w+")


def suggestion(words, titles, *, least=0.6):
    """What was probably meant, in the spelling of the titles, or an empty text. A few titles, so it is done here."""
    wanted = _WORD.findall(fold(words))
    best, likeness = "", least
    for title in titles:
        shown = _WORD.findall(title)
        for start in range(max(1, len(shown) - len(wanted) + 1)):
            piece = shown[start : start + len(wanted)]
            ratio = difflib.SequenceMatcher(None, " ".join(wanted), fold(" ".join(piece))).ratio()
            if likeness < ratio < 1:
                best, likeness = " ".join(piece), ratio
    return best
