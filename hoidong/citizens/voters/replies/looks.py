"""How letters, passages and reasons read on the screen."""

from django.utils.translation import gettext as _

from hoidong.kernel.ui.looks import Look

from . import common_words
from .states import LetterState, Seen, Verdict

_STATES = {
    LetterState.READING: ("sent", "busy"),
    LetterState.MATCHING: ("new", "busy"),
    LetterState.WRITTEN: ("said", "calm"),
    LetterState.DROPPED: ("back", "calm"),
}


def of_letter(letter):
    """The Look of a letter; one whose reading broke off says so, one at work how much is left."""
    shape, tone = _STATES[letter.state]
    if letter.state == LetterState.READING and letter.trouble:
        return Look("late", "late", _("Không đọc được"))
    note = ""
    if letter.state == LetterState.MATCHING and getattr(letter, "waiting", None):
        note = _("còn %(count)s đoạn chưa xem") % {"count": letter.waiting}
    return Look(shape, tone, letter.get_state_display(), note)


def level_word(level):
    """How sure the machine is, in a word."""
    return {"sure": _("rất chắc"), "likely": _("chắc"), "maybe": _("có thể")}.get(level, "")


def put(passages):
    """Give each passage its `shape` and `note` for the list."""
    for passage in passages:
        passage.shape, passage.note = _of_passage(passage)


def _of_passage(passage):
    if passage.seen == Seen.MATCHED:
        numbers = ", ".join(str(pair.petition) for pair in passage.pairs.all() if pair.verdict == Verdict.YES)
        return "ok", _("khớp %(numbers)s") % {"numbers": numbers}
    if passage.seen == Seen.NOBODY:
        return "no", _("không trả lời kiến nghị nào")
    if passage.frame:
        return "no", _("đầu, cuối thư; không phải lời trả lời")
    pairs = [pair for pair in passage.pairs.all() if pair.verdict == Verdict.OPEN]
    if not pairs:
        return "new", _("máy không đủ chắc")
    if pairs[0].level and len(pairs) == 1:
        return "machine", _("máy đề xuất %(number)s · %(level)s") % {
            "number": pairs[0].petition, "level": level_word(pairs[0].level)}  # fmt: skip
    numbers = _(" hoặc ").join(str(pair.petition) for pair in pairs[:3])
    return "machine", (_("máy đề xuất %(numbers)s") if pairs[0].proposed else _("đã chọn %(numbers)s")) % {"numbers": numbers}


def reasons(pair):
    """[(shape, sentence)]: why the machine put these two together."""
    said = {
        "number": ("ok", _("Thư ghi đúng số kiến nghị %(words)s")),
        "row": ("ok", _("Đúng thứ tự %(words)s trong văn bản chuyển mà thư trả lời")),
        "quote": ("ok", _("Lời hỏi trong thư giống lời kiến nghị %(words)s %%")),
        "place": ("ok", _("Cùng nêu %(words)s")),
        "names": ("ok", _("Cùng nhắc %(words)s")),
        "missing": ("info", _("Thư không nhắc %(words)s: có thể trả lời chưa đủ ý")),
    }
    found = [(said[kind][0], said[kind][1] % {"words": words}) for kind, words in pair.reasons if kind in said]
    return found or [("info", _("Do người chọn; máy không thấy lời nào giống nhau."))]


def marked(passage, petition, places):
    """(pieces of the passage, paragraphs of the petition, places), each cut into (words, whether both have them)."""
    texts = [piece["text"] for piece in passage.pieces]
    own = [text for text in petition.text.split("\n") if text.strip()] if petition else []
    names = ", ".join(places)
    ours = common_words.spans(texts, [*own, names]) if petition else [[] for _text in texts]
    theirs = common_words.spans([*own, names], texts) if petition else []
    pieces = [
        {"place": place, "role": piece["role"], "page": piece["page"], "parts": common_words.cut(piece["text"], ours[place])}
        for place, piece in enumerate(passage.pieces)
    ]
    cuts = [common_words.cut(text, spans) for text, spans in zip([*own, names], theirs, strict=True)] if petition else [[]]
    return pieces, cuts[:-1], cuts[-1]
