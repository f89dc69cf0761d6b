"""A letter cut again by what waits: a paragraph that quotes another petition begins a passage, whatever signs it lacks.

Headings that neither carry a number nor say "cử tri" look like any short line; the petitions that wait tell what they are.
"""

from dataclasses import replace

from hoidong.kernel.base.text import fold

from . import signs
from .lines import Line
from .splitting import ASK, HEAD, SAY, Draft


def recut(drafts, matcher):
    """The Drafts with passages that answer several petitions cut where the next one is quoted. No line is lost or moved."""
    return [part for draft in drafts for part in _parts(draft, matcher)]


def _parts(draft, matcher):
    if draft.said or len(draft.pieces) < 2:
        return [draft]
    body = _body(draft.pieces) if draft.frame else 0
    starts = [body + place for place in _starts([matcher.quoted(piece.text) for piece in draft.pieces[body:]])]
    if len(starts) < (1 if draft.frame else 2):
        return [draft]
    end = _farewell(draft.pieces, starts[-1]) if draft.frame else len(draft.pieces)
    ends = [*starts[1:], end]
    parts = [_asked_and_said(draft.pieces[start:end], draft.frame) for start, end in zip(starts, ends, strict=True)]
    above, below = draft.pieces[: starts[0]], draft.pieces[end:]
    if draft.frame:
        return [*_frame(above), *(Draft(pieces) for pieces in parts), *_frame(below)]
    parts[0] = [*above, *parts[0]]
    return [Draft(pieces, draft.number if place == 0 else None) for place, pieces in enumerate(parts)]


def _body(pieces):
    """Where the words to the reader begin: behind the address and the sentence that opens the answer. A subject line quotes, too."""
    heads = [place for place, piece in enumerate(pieces) if _is_address(piece.text)]
    return heads[-1] + 1 if heads else len(pieces)


def _farewell(pieces, after):
    """Where the end of the letter begins behind the last passage's first words."""
    return next((place for place in range(after + 1, len(pieces)) if signs.read(Line(pieces[place].text)).closing), len(pieces))


def _frame(pieces):
    return [Draft(pieces, frame=True)] if pieces else []


def _is_address(text):
    return fold(text).lstrip(" -").startswith("kinh gui") or signs.read(Line(text)).says


def _starts(quoted):
    """Where passages begin: at a petition that was not quoted just before, with something said since and behind the last."""
    starts, current = [], None
    for place, petition in enumerate(quoted):
        if petition is None or petition == current:
            continue
        if starts and all(one is not None for one in quoted[starts[-1] + 1 : place]):
            return []  # questions listed one below the other: their answers stand elsewhere
        starts.append(place)
        current = petition
    answered = bool(starts) and any(one is None for one in quoted[starts[-1] + 1 :])
    return starts if answered else []


def _asked_and_said(pieces, all_said):
    """The quoting paragraph asks; what follows is the answer, but for headings that end it (in a frame everything is a heading)."""
    question, *rest = pieces
    last = len(rest)
    while last and rest[last - 1].role == HEAD and not all_said:
        last -= 1
    return [replace(question, role=ASK), *(replace(piece, role=SAY) for piece in rest[:last]), *rest[last:]]
