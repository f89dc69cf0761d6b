"""Text pasted from Word, Zalo or a table becomes rows: numbered paragraphs, bullets, or lines with tabs."""

import re

from hoidong.kernel.base.text import nfc

_NUMBERED = re.compile(r"^\s*(?:(?:ý kiến|kiến nghị|câu)\s*(?:số\s*)?)?\d{1,3}\s*[.):/-]\s*", re.I)
_BULLET = re.compile(r"^\s*[-–•+*]\s+")
_SPEAKER = re.compile(
    r"^(?:cử tri\s+)?((?:ông|bà|anh|chị|đ/c|đồng chí)\s+[^\W\d_]+(?:\s+[^\W\d_]+){1,5})\s*(?:\(([^)]{2,60})\)|,\s*((?:thôn|tổ|khu|ấp|bản|khóm)\b[^:,]{1,60}))?\s*:\s*",
    re.I,
)


_MARK = re.compile(r"^(?:[-–•+*.\s]+|(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|[a-zđ]\))\s+(?=\D))+")


def without_mark(words):
    """The words without the bullet or number they had in somebody's list: `1.2. Đề nghị …` gives `Đề nghị …`.

    A number that belongs to the sentence stays (`2 cây cầu …`); words that are nothing but a mark stay as they are.
    """
    return words[_MARK.match(words).end() :].strip() if _MARK.match(words) and _MARK.sub("", words).strip() else words


def split(words):
    """The rows in a pasted text: [{"text", "speaker", "hamlet"}]. Nothing of the text is left out.

    Where paragraphs are numbered or bulleted, each number begins a row and what follows without one belongs to it;
    otherwise every line is a row. "Ông Trần Văn A (thôn Đông): …" fills speaker and hamlet.
    """
    lines = [nfc(line) for line in (words or "").replace("\r\n", "\n").split("\n")]
    lines = [line for line in lines if line]
    marked = any(_NUMBERED.match(line) or _BULLET.match(line) for line in lines)
    rows = []
    for line in lines:
        begins = _NUMBERED.match(line) or _BULLET.match(line)
        body = line[begins.end() :] if begins else line
        if marked and not begins and rows:
            rows[-1] = f"{rows[-1]}\n{body}"
        else:
            rows.append(body)
    return [_row(row) for row in rows if row.strip()]


def _row(body):
    cells = [cell.strip() for cell in body.split("\t") if cell.strip()]
    longest = max(cells, key=len) if len(cells) > 1 else body.strip()
    found = _SPEAKER.match(longest)
    if not found or not longest[found.end() :].strip():
        return {"text": longest, "speaker": "", "hamlet": ""}
    return {
        "text": longest[found.end() :].strip(),
        "speaker": found.group(1).strip(),
        "hamlet": (found.group(2) or found.group(3) or "").strip(),
    }
