"""Parts of lists and pages: notes, empty lists, tabs, filters, bulk bar, pager, dialog, progress, errors of a form."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .. import assets, once, toasts
from .marks import _sign

register = template.Library()

_NOTE_SIGNS = {
    "info": "info",
    "busy": "info",
    "soon": "soon",
    "late": "late",
    "good": "ok",
}


@register.simple_block_tag
def note(content, tone="info", sign=""):
    """`{% note "soon" %}…{% endnote %}`: something to know. Tones info, soon, late, good."""
    css = "hd-note" if tone in ("info", "busy") else f"hd-note is-{tone}"
    mark = _sign(f"s-{sign or _NOTE_SIGNS.get(tone, 'info')}", "hd-s", "")
    return format_html('<div class="{}">{}<div>{}</div></div>', css, mark, content)


@register.simple_tag
def once_key():
    """`{% once_key %}` in a form that makes a record: sent twice, it makes one. See ui.once."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.key())


@register.simple_block_tag
def nothing(content, title, text="", sign="inbox"):
    """An empty list: what is not there and what to do next; the block holds the buttons."""
    words = format_html("<p>{}</p>", text) if text else ""
    actions = format_html('<div class="hd-actions">{}</div>', content) if content.strip() else ""
    icon = _sign(f"i-{sign}", "hd-i", "")
    return format_html('<div class="hd-empty">{}<h2>{}</h2>{}{}</div>', icon, title, words, actions)


@register.simple_block_tag
def machine(content, why="", tag=""):
    """What the machine proposes: a dashed line, its reason; the block holds the proposal and, in <footer>, the buttons."""
    label = format_html(
        '<span class="hd-machine-tag">{}{}</span>',
        _sign("s-machine", "hd-s", ""),
        tag or _("Máy đề xuất"),
    )
    reason = format_html('<p class="hd-why-text">{}</p>', why) if why else ""
    return format_html('<div class="hd-machine">{}<div>{}</div>{}</div>', label, content, reason)


@register.simple_block_tag
def dialog(content, name, title, wide=False):
    """A native dialog opened by `data-open="name"`. The title is the question; in the block, <footer> holds the verbs."""
    return format_html(
        '<dialog class="hd-dialog{}" id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2><div>{}</div></dialog>',
        " hd-dialog--wide" if wide else "",
        name,
        name,
        name,
        title,
        content,
    )


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items, label=""):
    """Saved views: a list of looks.Tab."""
    return {"items": items, "label": label or _("Chế độ xem đã lưu")}


@register.inclusion_tag("ui/parts/chips.html", takes_context=True)
def chips(context, items, clear=True):
    """Filters in use: a list of looks.Chip, each with its cross; `clear` adds "Bỏ tất cả" from the third on."""
    request = context["request"]
    shown = [
        {
            "label": chip.label,
            "text": chip.text,
            "url": chip.url or _without(request, chip),
        }
        for chip in items
    ]
    params = {chip.param: None for chip in items if chip.param}
    return {
        "items": shown,
        "clear": _changed(request, params) if clear and len(shown) > 2 else "",
    }


def _without(request, chip):
    if chip.value is None:
        return _changed(request, {chip.param: None})
    query = request.GET.copy()
    kept = [value for value in query.getlist(chip.param) if value != chip.value]
    query.setlist(chip.param, kept)
    query.pop("trang", None)
    return "?" + query.urlencode()


def _changed(request, changes):
    query = request.GET.copy()
    query.pop("trang", None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, value)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    """This page's query with changes: `{% query_with sap="han" nhan=None %}`. The page token is dropped unless given."""
    return _changed(context["request"], changes)


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context, page, param="trang", shown="", target=""):
    """Before and next of a keyset page; `shown` says what is on it; `target` (a CSS id) swaps only that with htmx."""
    request = context["request"]

    def link(token):
        return _changed(request, {param: token}) if token else ""

    return {
        "before": link(page.prev_token),
        "after": link(page.next_token),
        "shown": shown,
        "target": target,
        "alone": not page.prev_token and not page.next_token,
    }


@register.simple_block_tag
def bulk(content, noun=""):
    """The bar over a ledger with moves for the rows picked. Scripts show it from the first row on and count in it."""
    return render_to_string("ui/parts/bulk.html", {"content": content, "noun": noun or _("dòng")})


@register.simple_tag
def pick(value, label):
    """The box at the head of a row. `label` is what is picked ("Chọn kiến nghị 1284")."""
    return format_html(
        '<input class="hd-check" type="checkbox" name="chon" value="{}" aria-label="{}">',
        value,
        label,
    )


@register.simple_tag
def pick_all():
    """The box over all rows of the page; without scripts it is absent."""
    return format_html(
        '<input class="hd-check" type="checkbox" data-pick-all hidden aria-label="{}">',
        _("Chọn cả trang"),
    )


@register.inclusion_tag("ui/parts/progress.html")
def progress(value, total, label, note=""):
    """Long work: a bar, what was done, and that one may leave. A total of 0 or None means it is not known yet."""
    return {"value": value, "total": total, "label": label, "note": note}


@register.simple_tag
def skeleton(lines=4):
    """Grey lines while something loads; they appear only after 300 ms."""
    return format_html('<div class="hd-skel" aria-hidden="true">{}</div>', mark_safe("<i></i>" * lines))


@register.inclusion_tag("ui/forms/_summary.html")
def form_errors(form):
    """Above a form: how many places to mend, each a link to its field."""
    if not form.is_bound:
        return {"count": 0}
    return {"form": form, "count": sum(len(errors) for errors in form.errors.values())}


@register.inclusion_tag("ui/parts/toasts.html", takes_context=True)
def waiting_toasts(context):
    """Toasts left by the view before; the shell shows them."""
    request = context.get("request")
    return {
        "items": toasts.take(request) if hasattr(request, "_messages") else [],
        "request": request,
    }


@register.simple_tag
def stylesheets():
    """The sheets of ui: one file where names carry hashes (production), single files while building."""
    names = ["all"] if hasattr(staticfiles_storage, "hashed_files") else assets.SHEETS
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">\n',
        ((static(f"ui/{name}.css"),) for name in names),
    )
