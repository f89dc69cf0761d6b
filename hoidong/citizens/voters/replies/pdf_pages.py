"""The text of a PDF, page by page, as lines of JSON. Runs as a program of its own: a bad file costs a process, not the office.

Reads the file from standard input. First line {"pages": n} or {"error": "password" | "damaged"}, then for each page
{"lines": [[text, x, y], …]}, x and y in points from the lower left corner where the line begins.
"""

import json
import resource
import sys

MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 240


def say(**words):
    """One line to the reader."""
    print(json.dumps(words), flush=True)


def lines_of(page):
    """The lines of a page with the place where each begins."""
    lines, words, place = [], "", (0, 0)

    def hear(text, cm, tm, _font, _size):
        nonlocal words, place
        for part, more in [(part, True) for part in text.split("\n")[:-1]] + [(text.split("\n")[-1], False)]:
            if part.strip() and not words.strip():
                place = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            words += part
            if more:
                lines.append([words, round(place[0], 1), round(place[1], 1)])
                words = ""

    page.extract_text(visitor_text=hear)
    return [line for line in [*lines, [words, *place]] if line[0].strip()]


def main():
    """Open, then page by page; a page that cannot be read is empty and says so."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    import io
    import logging

    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return say(error="password")
        pages = len(reader.pages)
    except Exception:
        return say(error="damaged")
    say(pages=pages)
    for number in range(pages):
        try:
            say(lines=lines_of(reader.pages[number]))
        except Exception:
            say(lines=[], broken=True)


if __name__ == "__main__":
    main()
