"""Figures and bars. Each chart says its numbers in words for those who do not see it, and leads to the list behind."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .. import charts, numbers
from .marks import _sign

register = template.Library()

_FILLS = {"good", "busy", "soon", "late", "calm", "act", "tint"}


def _fill(kind):
    """The attribute that colours a part; "said" is hatched, for answered is not solved."""
    return (
        mark_safe('fill="url(#k-gach)"')  # words of our own
        if kind == "said"
        else format_html('class="f-{}"', kind if kind in _FILLS else "busy")
    )


def _read(part):
    if isinstance(part, dict):
        return {"kind": "busy", "url": "", "shape": ""} | part
    if isinstance(part, tuple | list):
        return dict(
            zip(
                ("label", "value", "kind", "url", "shape"),
                (*part, *("", "", "busy", "", "")[len(part) :]),
                strict=False,
            )
        )
    return {name: getattr(part, name) for name in ("label", "value", "kind", "url", "shape")}


def _said(parts):
    return ", ".join(f"{part['label']} {numbers.write(part['value'])}" for part in parts)


@register.inclusion_tag("ui/parts/split.html")
def split_bar(parts, key=True):
    """One bar of parts (looks.Part, dicts or (label, value, kind, url)); `key` adds the legend with figures."""
    parts = [_read(part) for part in parts]
    placed = charts.split([part["value"] for part in parts])
    for part in parts:
        part["fill"] = _fill(part["kind"])
    bars = [{"x": x, "width": width, "fill": parts[place]["fill"]} for place, (x, width) in placed.items()]
    return {"bars": bars, "parts": parts, "key": key, "said": _said(parts)}


@register.inclusion_tag("ui/parts/split_list.html")
def split_list(parts):
    """The same parts as a list: shape, words, figure, share."""
    parts = [_read(part) for part in parts]
    total = sum(part["value"] for part in parts)
    for part in parts:
        part["share"] = numbers.percent(part["value"], total)
    return {"parts": parts}


@register.inclusion_tag("ui/parts/bar_rows.html")
def bar_rows(parts):
    """A row for each: words, a bar, the figure as a link. The order is the caller's."""
    parts = [_read(part) for part in parts]
    greatest = max((part["value"] for part in parts), default=0) or 1
    for part in parts:
        part["width"] = charts.text(100 * part["value"] / greatest)
        part["fill"] = _fill(part["kind"])
    return {"parts": parts}


@register.inclusion_tag("ui/parts/columns.html")
def column_chart(parts, label, width=288, height=60, every=1):
    """Columns over time: figures above, words below (each `every`-th, counted from the last)."""
    parts = [_read(part) for part in parts]
    top = 22
    placed = charts.columns([part["value"] for part in parts], width, height)
    bars = [
        {
            "x": charts.text(x),
            "y": charts.text(y + top),
            "width": charts.text(wide),
            "height": charts.text(tall),
            "middle": charts.text(x + wide / 2),
            "above": charts.text(y + top - 5),
            "part": part,
            "fill": _fill(part["kind"]),
            "named": (len(parts) - 1 - place) % every == 0,
        }
        for place, (part, (x, y, wide, tall)) in enumerate(zip(parts, placed, strict=True))
    ]
    said = f"{label}: {_said(parts)}"
    return {
        "bars": bars,
        "said": said,
        "width": width,
        "base": height + top,
        "tall": height + top + 22,
    }


@register.simple_tag
def stat(value, label, url="", note="", shape="", tone="", places=None):
    """A figure that is a door to its list; stands in <div class="hd-stats">. None is said as "chưa có", 0 stays 0."""
    figure = _("chưa có") if value is None else numbers.write(value, places)
    sign = _sign(f"s-{shape}", "hd-s", "") if shape else ""
    small = format_html("<small>{}</small>", note) if note else ""
    css = f"hd-stat is-{tone}" if tone else "hd-stat"
    body = format_html("<b>{}</b><span>{}{}</span>{}", figure, sign, label, small)
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, body)
    return format_html('<div class="{}">{}</div>', css, body)
