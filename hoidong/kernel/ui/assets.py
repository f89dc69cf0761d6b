"""Front-end files: copied from node_modules and generated into var/assets, never kept in the repository.

`vendor/` holds files of others exactly as their packages ship them; `ui/sprite.svg` is made of the icons named in
icons.py and of our own shapes; `ui/all.css` is every sheet of ui in one file, for runs with hashed names.
"""

import re
import shutil
from pathlib import Path

from .icons import ICONS

HERE = Path(__file__).resolve().parent
SHEETS_FOLDER = HERE.parent / "static" / "ui"

SHEETS = (
    *(
        "fonts",
        "tokens",
        "ground",
        "shell",
        "controls",
        "states",
        "ledger",
        "figures",
        "record",
        "time",
    ),
    *("forms", "pickers", "entry", "messages", "public", "print"),
)

_FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx-ext-sse.js": "htmx-ext-sse/dist/sse.min.js",
    "tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select.complete.min.js.map": "tom-select/dist/js/tom-select.complete.min.js.map",
}
_FACES = (
    *(
        (f"be-vietnam-pro-{part}-{weight}-normal", "be-vietnam-pro")
        for part in ("vietnamese", "latin")
        for weight in (400, 500, 600, 700)
    ),
    *((f"inter-latin-{weight}-normal", "inter") for weight in (400, 500, 600, 700)),
    *(
        (f"tinos-{part}-{weight}-{style}", "tinos")
        for part in ("vietnamese", "latin")
        for weight in (400, 700)
        for style in ("normal", "italic")
    ),
)
_LICENCES = {
    "htmx": "htmx.org/LICENSE",
    "htmx-ext-sse": "htmx-ext-sse/LICENSE",
    "tom-select": "tom-select/LICENSE",
    "tabler-icons": "@tabler/icons/LICENSE",
    "be-vietnam-pro": "@fontsource/be-vietnam-pro/LICENSE",
    "inter": "@fontsource/inter/LICENSE",
    "tinos": "@fontsource/tinos/LICENSE",
}


class Missing(Exception):
    """A file that should be in node_modules is not there; the text says which, and what to run."""


def build(node_modules, target):
    """Copy and generate everything into `target` (both Paths). Returns the relative paths written, in order."""
    wanted = {f"vendor/{name}": source for name, source in _FILES.items()}
    wanted |= {f"vendor/fonts/{face}.woff2": f"@fontsource/{family}/files/{face}.woff2" for face, family in _FACES}
    wanted |= {f"vendor/licences/{name}.txt": source for name, source in _LICENCES.items()}
    for name, source in wanted.items():
        _copy(node_modules / source, target / name)
    _write(target / "ui/sprite.svg", sprite(node_modules))
    _write(target / "ui/all.css", stylesheet())
    return [*wanted, "ui/sprite.svg", "ui/all.css"]


def sprite(node_modules):
    """One SVG of symbols: `i-…` from the icon package, `s-…` and the mark from shapes.svg."""
    own = (HERE / "shapes.svg").read_text(encoding="utf-8")
    symbols = re.findall(r"<symbol .*?</symbol>", own, re.DOTALL)
    for name in ICONS:
        source = node_modules / f"@tabler/icons/icons/outline/{name}.svg"
        if not source.is_file():
            raise Missing(f"No icon “{name}” in {source.parent}: mend icons.py or run npm ci.")
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{_inside(source.read_text(encoding="utf-8"))}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def stylesheet():
    """All sheets of ui in their order, as one. They lie in one folder, so relative addresses stay right."""
    return "\n".join((SHEETS_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


def _inside(svg):
    """What stands between <svg …> and </svg>, without the empty square every icon carries and without line breaks."""
    body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)[1]
    body = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", body)
    return re.sub(r"\s*\n\s*", "", body).replace(" />", "/>")


def _copy(source, target):
    if not source.is_file():
        raise Missing(f"No file {source}: run npm ci first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def _write(target, text):
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")
