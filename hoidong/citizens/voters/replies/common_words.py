"""The words two texts share, as places in each, so that the eye finds them: runs of at least two words in the same order."""

import re

from hoidong.kernel.base.text import fold

from ..proposals.marking import FORMULAS

_WORD = re.compile(r"[^\W_]+(?:[.,/-]\d+)*")


def spans(texts, others):
    """For each of `texts` its marked places [(from, to)]: what stands in any of `others` too."""
    theirs = {pair for text in others for pair, _from, _to in _pairs(text)}
    return [
        _merged(text, [(start, end) for pair, start, end in _pairs(text) if pair in theirs and pair not in FORMULAS])
        for text in texts
    ]


def cut(text, marked):
    """The text as (part, whether it is marked), in order."""
    parts, at = [], 0
    for start, end in marked:
        if start > at:
            parts.append((text[at:start], False))
        parts.append((text[start:end], True))
        at = end
    return [*parts, (text[at:], False)] if at < len(text) else parts


def _pairs(text):
    words = [(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
    for (first, start, _end), (second, _start, end) in zip(words, words[1:], strict=False):
        yield f"{first} {second}", start, end


def _merged(text, found):
    merged = []
    for start, end in sorted(found):
        if merged and not text[merged[-1][1] : start].strip(" ,"):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
