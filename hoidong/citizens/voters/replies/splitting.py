"""A letter cut into passages: what stands above them, each question with its answer, what stands below.

Four forms are known: headings with numbers ("Kiến nghị số 5"), questions told before answers ("Cử tri xã … đề nghị: …"),
questions listed first and answered by number, and plainly numbered paragraphs; tables go by their columns. A letter in none of
them is one passage, to be cut by hand.
"""

from dataclasses import dataclass, field, replace

from . import signs, tables
from .lines import Line

HEAD, ASK, SAY = "head", "ask", "say"
MOST = 1_000


@dataclass(frozen=True)
class Piece:
    """A paragraph of a passage and what it is: heading, what voters asked, what the body says."""

    text: str
    role: str = SAY
    page: int = 0


@dataclass
class Draft:
    """A passage as the machine cuts it. `frame` is what answers nobody: letterhead, greeting, signature."""

    pieces: list = field(default_factory=list)
    number: int | None = None
    frame: bool = False
    parted: bool = False  # a heading said where the answer begins
    said: dict = field(default_factory=dict)  # cells of a table with a meaning of their own: code, result, promised

    def has(self, role):
        """Whether a paragraph has this role."""
        return any(piece.role == role for piece in self.pieces)


def split(lines):
    """The Drafts of a letter, in order. No line is left out, none stands in two."""
    found, run = [], []
    for block in tables.blocks(lines):
        if isinstance(block, Line):
            run += [replace(block, text=part) for part in signs.parts_of(block.text)]
            continue
        found += _of_text(run, more=True)
        run = []
        found += [_of_row(row) for row in block]
    found += _of_text(run, more=bool(found))
    return _joined_by_number(found)[:MOST]


def _of_row(row):
    pieces = [Piece(text, role, row.page) for role in (HEAD, ASK, SAY) for text in row.parts.get(role, ())]
    return Draft(pieces, row.number, said=row.said)


def _of_text(lines, *, more):
    """The passages in lines without tables. `more`: there are tables with answers, so that text alone need not hold any."""
    if not lines:
        return []
    read = [signs.read(line) for line in lines]
    starts = _starts(read)
    if not starts:
        first = _body(read)
        if more or first is None:
            return [_frame(lines)]
        starts = {first: None}
    first, last = min(starts), _closing(read, max(starts))
    drafts = _cut(lines[:last], read[:last], starts, first)
    return [*([_frame(lines[:first])] if first else []), *drafts, *([_frame(lines[last:])] if lines[last:] else [])]


def _frame(lines):
    return Draft([Piece(line.text, HEAD, line.page) for line in lines], frame=True)


def _closing(read, after):
    """Where the end of the letter begins: the first word of farewell behind the last passage's first line."""
    return next((place for place in range(after + 1, len(read)) if read[place].closing), len(read))


def _body(read):
    """Behind the sentence that opens the answer ("… có ý kiến như sau:"); else the first long line."""
    opening = next((place for place, sign in enumerate(read) if sign.says), None)
    if opening is not None and opening + 1 < len(read):
        return opening + 1
    return next((place for place, sign in enumerate(read) if not sign.short), None)


def _starts(read):
    """{place: number} of the lines where passages begin."""
    numbered = {place: sign.number for place, sign in enumerate(read) if sign.number}
    if numbered:
        return {**_listed_above(read, numbered), **numbered}
    asking = [
        place
        for place, sign in enumerate(read)
        if sign.asks or (sign.asks_head and sign.lead) or (sign.lead and _classed_below(read, place))
    ]
    led = [place for place in asking if read[place].lead and read[place].lead[0] in ("arabic", "roman")]
    if len(led) > 1 and len(led) * 2 >= len(asking):
        return _series(read, led)
    if asking:
        return _questions(read, asking)
    heads = [place for place, sign in enumerate(read) if sign.asks_head]
    return dict.fromkeys(heads) if heads else _plain_numbers(read)


def _classed_below(read, place):
    """Whether a line that is no heading of an answer stands right above a line that names the class of one."""
    return place + 1 < len(read) and read[place + 1].says_class and not (read[place].says_head or read[place].says)


def _listed_above(read, numbered):
    """Plainly numbered questions under a heading of questions, where the headings with numbers below only answer them."""
    first = min(numbered)
    head = next((place for place in range(first) if read[place].asks_head), first)
    places = [place for place in range(head + 1, first) if read[place].lead and read[place].lead[0] == "arabic"]
    values = [read[place].lead[1] for place in places]
    counted = len(values) > 1 and values == list(range(1, len(values) + 1)) and set(numbered.values()) <= set(values)
    return dict(zip(places, values, strict=True)) if counted else {}


def _questions(read, asking):
    """A question begins a passage unless the line before it is the heading it belongs to."""
    starts = {}
    for place in asking:
        before = place - 1
        if starts and all(not _answers(read, middle) for middle in range(max(starts) + 1, place)):
            continue  # nothing was answered since: it goes on asking
        starts[place if before < 0 or not read[before].asks_head else before] = None
    return starts


def _answers(read, place):
    sign = read[place]
    return not sign.asks and not sign.asks_head


def _series(read, led):
    """Numbered questions, and the numbers between them that do not say "cử tri"; a second count from 1 answers the first."""
    kind = read[led[0]].lead[0]
    led = [place for place in led if read[place].lead[0] == kind]
    starts, expected = {}, read[led[0]].lead[1]
    for place in range(led[0], len(read)):
        lead = read[place].lead
        if not lead or lead[0] != kind:
            continue
        ahead = any(read[other].lead[1] == lead[1] for other in led if other > place)
        if (
            place in led
            or (lead[1] == expected and not ahead)
            or (lead[1] == 1 and not ahead and _second_list(read, starts, place))
        ):
            starts[place] = lead[1]
            expected = lead[1] + 1
    return starts


def _second_list(read, starts, place):
    """Whether a new count from 1 follows a heading of answers behind questions that had none."""
    last = max(starts)
    return any(read[between].says_head for between in range(last + 1, place)) and place - last <= 3


def _plain_numbers(read):
    """Nothing says "cử tri": the numbers 1, 2, 3 … alone, or I, II, III where 1 comes again inside them."""
    for kind in ("arabic", "roman"):
        places = [place for place, sign in enumerate(read) if sign.lead and sign.lead[0] == kind]
        values = [read[place].lead[1] for place in places]
        if len(values) > 1 and values == list(range(1, len(values) + 1)):
            return dict(zip(places, values, strict=True))
    return {}


def _cut(lines, read, starts, first):
    drafts, waiting, listed = [], [], []
    for place in range(first, len(lines)):
        if place in starts:
            if drafts:
                waiting = _taken_heads(drafts[-1])
            number = starts[place]
            # A number that comes again, in a heading that names it, answers the question listed under it.
            again = read[place].number and any(draft.number == number for draft in drafts)
            drafts.append(Draft([*waiting], number, parted=bool(again)))
        _add(drafts[-1], lines[place], read[place], begins=place in starts)
        if starts.get(place) and not read[place].number and starts[place] in _named_after(read, starts, place):
            listed.append(drafts[-1])
            drafts[-1].pieces[-1] = replace(drafts[-1].pieces[-1], role=ASK)
    for draft in drafts:
        _settle(draft)
    for draft in listed:
        # A question of several paragraphs: what answers it stands under the heading that names its number.
        if not draft.parted:
            draft.pieces = [replace(piece, role=ASK) if piece.role == SAY else piece for piece in draft.pieces]
    return drafts


def _named_after(read, starts, place):
    """The numbers that headings further down name ("Về kiến nghị số 3"): what is listed under them here is a question."""
    return {starts[other] for other in starts if other > place and read[other].number}


def _taken_heads(draft):
    """Headings at the end of a passage belong to the next one: "II. LĨNH VỰC GIAO THÔNG"."""
    taken = []
    while len(draft.pieces) > 1 and draft.pieces[-1].role == HEAD and not taken:
        taken.insert(0, draft.pieces.pop())
    return taken


def _add(draft, line, sign, *, begins):
    """One more line, with the role its words and its place give it."""
    answered = draft.parted or draft.has(SAY)
    if sign.says_head or sign.says:
        role = HEAD if sign.short and (sign.says or not _goes_on(line.text)) else SAY
        draft.parted = True
    elif sign.says_class:
        role, draft.parted = SAY, True
    elif begins and (sign.asks or (sign.mentions_asking and (not sign.short or _goes_on(line.text)))):
        role = ASK
    elif begins or (sign.asks_head and not answered):
        role = HEAD if sign.short and not sign.asks else ASK
    elif sign.caps or (answered and line.bold and sign.short and sign.lead and sign.lead[0] == "roman"):
        role = HEAD
    else:
        role = SAY if answered else ASK
    draft.pieces.append(Piece(line.text, role, line.page))


def _goes_on(text):
    """Whether a heading has its sentence in the same line: "Trả lời: Dự án đã …"."""
    return len(text.partition(":")[2].strip()) > 20


def _settle(draft):
    """Where no word parts question and answer, the first paragraph that asks is the question and the rest the answer."""
    if draft.parted:
        return
    asked = False
    for place, piece in enumerate(draft.pieces):
        if piece.role != ASK:
            continue
        if asked or (place and not _asks(piece.text)):
            draft.pieces[place] = replace(piece, role=SAY)
        asked = asked or draft.pieces[place].role == ASK


def _asks(text):
    return signs.read(Line(text)).mentions_asking


def _joined_by_number(drafts):
    """Questions listed first and answered by number: each answer is given its question."""
    asked = {}
    for draft in drafts:
        if draft.number and not draft.frame and draft.has(ASK) and not draft.has(SAY):
            asked.setdefault(draft.number, draft)
    answered = {
        draft.number: draft for draft in drafts if draft.number in asked and draft.has(SAY) and asked[draft.number] is not draft
    }
    if len(answered) < 1 or len(answered) * 2 < len(asked):
        return drafts
    for number, draft in answered.items():
        draft.pieces = [*asked[number].pieces, *draft.pieces]
    gone = {id(asked[number]) for number in answered}
    return [draft for draft in drafts if id(draft) not in gone]
