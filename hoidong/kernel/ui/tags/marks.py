"""Signs, states, dates and numbers: small things that stand in every row, so they are made without templates."""

import datetime
import re

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hoidong.kernel.base import dates
from hoidong.kernel.base.text import fold

from .. import numbers
from ..icons import ICONS, SHAPES
from ..looks import TONES

register = template.Library()

_ICONS, _SHAPES = frozenset(ICONS), frozenset(SHAPES)
# Fewer working days than this left, and a term is shown as nearing its end.
SOON_DAYS = 5
_DUE = {
    "time": ("calm", "soon"),
    "soon": ("soon", "soon"),
    "late": ("late", "late"),
    "stopped": ("calm", "carry"),
    "unknown": ("calm", "info"),
    "done": ("good", "ok"),
    "waiting": ("calm", "sent"),
}


def _sign(name, css, label):
    use = format_html('<use href="{}#{}"/>', static("ui/sprite.svg"), name)
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', css, label, use)
    return format_html('<svg class="{}" aria-hidden="true">{}</svg>', css, use)


@register.simple_tag
def icon(name, label="", css=""):
    """An outline icon. Decoration, unless `label` says what it means. ValueError for a name not in icons.py."""
    if name not in _ICONS:
        raise ValueError(f"No icon “{name}” in hoidong/kernel/ui/icons.py.")
    return _sign(f"i-{name}", f"hd-i {css}".rstrip(), label)


@register.simple_tag
def shape(name, label="", css=""):
    """One of the project's own shapes (see icons.SHAPES)."""
    if name not in _SHAPES:
        raise ValueError(f"No shape “{name}” in hoidong/kernel/ui/icons.py.")
    return _sign(f"s-{name}", f"hd-s {css}".rstrip(), label)


@register.simple_tag
def mark():
    """The project's mark: a hall seen from above."""
    return _sign("mark", "hd-mark", "")


def _tone(name):
    return f"is-{name}" if name in TONES else "is-calm"


def _look(look, shape, tone, label, note):
    if look is None or look == "":
        return shape, tone, label, note
    if isinstance(look, str):
        return shape, tone, look, note
    return look.shape, look.tone, label or look.label, note or getattr(look, "note", "")


@register.simple_tag
def badge(look=None, *, shape="", tone="calm", label="", note=""):
    """A state with ground, for records: `{% badge petition.look %}` or shape, tone and label."""
    name, colour, words, more = _look(look, shape, tone, label, note)
    sign = _sign(f"s-{name}", "hd-s", "") if name else ""
    text = format_html("{} · {}", words, more) if more else words
    return format_html('<span class="hd-badge {}">{}{}</span>', _tone(colour), sign, text)


@register.simple_tag
def state(look=None, *, shape="", tone="calm", label="", note=""):
    """A state without ground, for lists; what it hangs on stands under it."""
    name, colour, words, more = _look(look, shape, tone, label, note)
    sign = _sign(f"s-{name}", "hd-s", "") if name else ""
    small = format_html("<small>{}</small>", more) if more else ""
    return format_html(
        '<span class="hd-state {}">{}<span>{}{}</span></span>',
        _tone(colour),
        sign,
        words,
        small,
    )


@register.simple_tag
def due(day, days=None, *, state="", text="", bold=False):
    """A term: its date, and under it how far it is.

    `days`: working days left (negative: over). `state`: time, soon, late, stopped, unknown, waiting or done; without it,
    it follows from `days`. `text` replaces the words.
    """
    if not state:
        state = "unknown" if days is None else "late" if days < 0 else "soon" if days <= SOON_DAYS else "time"
    tone, sign = _DUE[state]
    words = text or _due_words(state, days)
    when = format_html(
        '<{0} class="hd-num">{1}</{0}>',
        "b" if bold else "span",
        _day(day) or _("chưa có hạn"),
    )
    under = format_html("<small>{}{}</small>", _sign(f"s-{sign}", "hd-s", ""), words) if words else ""
    return format_html('<span class="hd-due {}">{}{}</span>', f"is-{tone}", when, under)


def _due_words(state, days):
    if state == "done":
        return _("đúng hạn")
    if state == "stopped":
        return _("tạm dừng tính hạn")
    if days is None:
        return _("chưa tính được") if state == "unknown" else ""
    if days < 0:
        return _("quá %(count)s ngày") % {"count": numbers.write(-days)}
    if days == 0:
        return _("hôm nay")
    return _("còn %(count)s ngày") % {"count": numbers.write(days)}


def _day(value):
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return dates.format_date(value) if isinstance(value, datetime.date) else str(value or "")


@register.simple_tag
def date(value, empty=""):
    """`22/11/2026` with the machine's form beside it; `empty` where there is none."""
    if not value:
        return empty
    text = _day(value)
    iso = timezone.localtime(value).date() if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value
    if not isinstance(iso, datetime.date):
        return format_html('<span class="hd-num">{}</span>', text)
    return format_html('<time class="hd-num" datetime="{}">{}</time>', iso.strftime("%Y-%m-%d"), text)


@register.simple_tag
def moment(value, empty=""):
    """`22/11/2026 16:42`, in Viet Nam's time."""
    if not value:
        return empty
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    iso, text = local.isoformat(timespec="minutes"), local.strftime("%d/%m/%Y %H:%M")
    return format_html('<time class="hd-num" datetime="{}">{}</time>', iso, text)


register.simple_tag(moment, name="datetime")


@register.simple_tag
def long_date(value):
    """`ngày 05 tháng 3 năm 2026`, as on official papers."""
    return dates.format_long(value) if value else ""


@register.simple_tag
def num(value, places=None, empty="0"):
    """`1.234.567,5` in figures of equal width. None is `empty`, which is 0 unless said otherwise."""
    return format_html('<span class="hd-num">{}</span>', numbers.write(value, places) or empty)


@register.filter
def number(value, places=None):
    """The same as bare text, for sentences and attributes."""
    return numbers.write(value, places)


@register.filter
def percent(part, whole):
    """`14,8 %`."""
    return numbers.percent(part, whole)


@register.simple_tag
def highlight(text, query):
    """The text with what was searched for marked, whatever the marks of the letters. Everything else is escaped."""
    text = str(text or "")
    words = [re.escape(word) for word in fold(str(query or "")).split() if len(word) > 1]
    folded = "".join(_fold_letter(letter) for letter in text)
    if not words or len(folded) != len(text):
        return conditional_escape(text)
    parts, at = [], 0
    for found in re.finditer(
        r"(?<!\w)(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?!\w)",
        folded,
    ):
        parts += [
            conditional_escape(text[at : found.start()]),
            format_html("<mark>{}</mark>", text[found.start() : found.end()]),
        ]
        at = found.end()
    # Every part was escaped above.
    return mark_safe("".join([*parts, conditional_escape(text[at:])]))


def _fold_letter(letter):
    folded = fold(letter)
    return folded if len(folded) == 1 else letter if not letter.isspace() else " "
