"""The words of other languages: collects the Vietnamese source strings, keeps `locale/en` in step, compiles it.

`make messages` is `python -m config.messages`: new strings come in with an empty translation and are listed, strings nobody
uses any more go out. No GNU gettext is needed. What scripts say comes with the page (`ui/parts/script_words.html`), so that
one file holds everything.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "locale"
SOURCES = tuple(BASE / name for name in ("config", "demo", "hoidong"))
WIDTH = 0  # one line for one string: a changed word is a changed line
ALIASES = dict.fromkeys(("_", "_now", "_lazy", "lazy", "noop", "gettext", "gettext_lazy", "gettext_noop"))
PLURALS = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
CONTEXTS = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)) | {"npgettext": ((1, "c"), 2, 3)}
HEADER = "# Hội đồng số in another language; the source text is Vietnamese. Kept by `make messages`.\n#"


def main():
    """Bring every catalogue in step with the code, compile it, and say what waits for a translation; 1 when something does."""
    waiting = []
    for path in catalogues():
        catalogue = renewed(path)
        write(path, catalogue)
        waiting += untranslated(catalogue)
    compile_changed()
    for text in waiting:
        print(text)
    print(f"{len(waiting)} strings wait for their translation in locale/." if waiting else "Every string is translated.")
    return 1 if waiting else 0


def catalogues(locale=LOCALE):
    """The .po files, sorted."""
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def collect(sources=SOURCES):
    """Every string people see, from Python and templates: {(context or None, text): text or (one, many)}."""
    found = {}
    for root in sources:
        for path in sorted(root.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and path.is_file():
                for context, text in strings_of(path):
                    key = (context, text if isinstance(text, str) else text[0])
                    # The same words once with and once without a plural are one entry, the one with the plural.
                    if key not in found or not isinstance(text, str):
                        found[key] = text
    return found


def strings_of(path):
    """The strings of one file, as (context or None, text or (one, many)). Raises TemplateSyntaxError for a broken template."""
    from babel.messages.extract import extract_python

    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "{%" not in code and "{{" not in code:
            return
        code = _as_python(code, path)
    keywords = ALIASES | PLURALS | CONTEXTS
    source = BytesIO(code.encode())
    for _line, name, words, _comments in extract_python(source, list(keywords), (), {"encoding": "utf-8"}):
        words = words if isinstance(words, tuple) else (words,)
        context, *texts = words if name in CONTEXTS else (None, *words)
        texts = texts[: 2 if name in PLURALS or name == "npgettext" else 1]
        # A name instead of words: an alias of gettext called with a variable, which is noted where the words stand.
        if texts and all(texts):
            yield context, tuple(texts) if len(texts) > 1 else texts[0]


def _as_python(code, path):
    """A template as lines of calls of gettext; everything else is left out."""
    from django.utils.translation.template import templatize

    calls = re.findall(r"""\b(?:n?p?gettext|_)\s*\((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?|\s*count\s*)+\)""",
                       templatize(code, origin=str(path)))  # fmt: skip
    return "\n".join(calls) + "\n"


def renewed(path, sources=SOURCES):
    """The catalogue of this file with exactly the strings of the code: translations kept, new ones empty, old ones gone."""
    from babel.messages.catalog import Catalog

    known = read(path)
    fresh = Catalog(locale=known.locale, charset="utf-8", header_comment=HEADER, fuzzy=False)
    for (context, _text), text in sorted(collect(sources).items(), key=lambda item: (item[0][1], item[0][0] or "")):
        before = known.get(text if isinstance(text, str) else text[0], context)
        fits = before is not None and before.pluralizable == (not isinstance(text, str))
        fresh.add(text, before.string if fits and not before.fuzzy else "", context=context)
    return fresh


def read(path):
    """The catalogue in a .po file."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, charset="utf-8")


def write(path, catalogue):
    """Write a .po file that differs from the one before only where a string differs."""
    path.write_bytes(text_of(catalogue))


def text_of(catalogue):
    """The bytes of a .po file: sorted by text, without places, dates and tools."""
    from babel.messages.pofile import write_po

    out = BytesIO()
    write_po(out, catalogue, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    head = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue().rstrip(b"\n") + b"\n"


def untranslated(catalogue):
    """The strings without a whole translation."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]


def compile_changed(locale=LOCALE):
    """Write the .mo file beside each .po file that is newer. Several processes may do so at once."""
    from babel.messages.mofile import write_mo

    for path in catalogues(locale):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        out = BytesIO()
        write_mo(out, read(path))
        unfinished = compiled.with_suffix(f".{id(out)}")
        unfinished.write_bytes(out.getvalue())
        unfinished.replace(compiled)


if __name__ == "__main__":
    sys.exit(main())
