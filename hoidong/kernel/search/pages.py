"""One field over everything a person may see."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..base.text import nfc
from ..ui import htmx
from ..ui.looks import Tab
from . import kept
from .finding import CANDIDATES, LIMIT, find
from .indexing import label_of
from .suggesting import suggestion


@require_GET
def search(request):
    """Finds `q`; `loai` keeps to one kind, `tu` begins at a place."""
    words, kind = nfc(request.GET.get("q", "").replace("\x00", ""))[:200], request.GET.get("loai", "")[:60]
    offset = _offset(request.GET.get("tu", ""))
    found = find(request.actor, words, kind=kind, offset=offset)
    if found.hits and not offset:
        kept.remember(request, words)
    context = {
        "words": words,
        "kind": kind,
        "found": found,
        "tabs": _tabs(words, kind, found.counts or {}),
        "groups": _groups(found.hits, alone=bool(kind)),
        "meant": suggestion(words, [hit.title for hit in found.hits]) if found.alike else "",
        "lately": [] if words else kept.lately(request),
        "too_short": bool(words) and found.too_short,
        "before": max(0, offset - LIMIT) if offset else None,
        "after": offset + LIMIT if found.more and offset + LIMIT < CANDIDATES else None,
        "first": offset + 1,
        "last": offset + len(found.hits),
    }
    return htmx.render(request, "search/find.html", context, part="search/_found.html")


def _offset(text):
    return min(int(text), CANDIDATES) // LIMIT * LIMIT if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _tabs(words, kind, counts):
    """One for each kind that was found, and all. Numbers over what is counted are written as they are."""
    if len(counts) < 2 and not kind:
        return []
    total = sum(counts.values())
    names = sorted((str(label_of(code)), code) for code in {*counts, *({kind} if kind else ())})
    return [
        Tab(_("Tất cả"), _address(words), count=total, current=not kind),
        *(Tab(label, _address(words, code), count=counts.get(code, 0), current=code == kind) for label, code in names),
    ]


def _address(words, kind=""):
    return "?" + urlencode({"q": words} | ({"loai": kind} if kind else {}))


def _groups(hits, *, alone):
    """The hits by kind, in the order in which each kind's best hit stands: [(label, code, hits)]."""
    groups: dict = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit)
    return [("" if alone else label_of(code), code, rows) for code, rows in groups.items()]
