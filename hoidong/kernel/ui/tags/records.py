"""Parts of a record: facts, timeline, stepper, the open moves, a promise, a file."""

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html

from ..looks import Button, Step
from .marks import _day, moment

register = template.Library()


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows, empty=""):
    """A list of (label, value) or (label, value, note). Rows without value are left out, unless `empty` says what to show."""
    shown = []
    for row in rows:
        label, value, note = (*row, "")[:3]
        if value in (None, "") and not empty:
            continue
        shown.append(
            {
                "label": label,
                "value": empty if value in (None, "") else value,
                "note": note,
            }
        )
    return {"rows": shown}


@register.simple_block_tag
def fact(content, label, note=""):
    """One fact whose value is markup; stands in <dl class="hd-facts">."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", label, content, small)


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries):
    """A list of looks.Entry, in the order given: newest first for officers, oldest first for citizens."""
    return {"entries": [{"entry": entry, "when": _moment_or_day(entry.when)} for entry in entries]}


def _moment_or_day(when):
    if hasattr(when, "hour"):
        return moment(when)
    return format_html('<time class="hd-num">{}</time>', _day(when)) if when else ""


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps, current=None):
    """A list of looks.Step; or a list of words with the number of the current one, from 1."""
    if current is not None:
        steps = [
            Step(
                str(label),
                "done" if place < current else "now" if place == current else "next",
            )
            for place, label in enumerate(steps, start=1)
        ]
    return {"steps": steps}


@register.inclusion_tag("ui/parts/moves.html", takes_context=True)
def moves(context, offers, look=None, at="", main=""):
    """What can be done now: the state, a button for each open move, and why the others are closed, each reason once.

    Closed moves are shown as buttons beside open ones; where all are closed, only the reasons stand there.

    `offers`: looks.Button, or workflow offers (move, allowed, reason) with `at`, the address under which moves are made:
    the button leads to `at` + move.code + "/". `main` is the code of the main one; else the first open one is it.
    """
    buttons = [_button(offer, at, main) for offer in offers]
    if not main and not any(button.main for button in buttons):
        first = next((button for button in buttons if button.allowed), None)
        buttons = [_as_main(button) if button is first else button for button in buttons]
    reasons = {}
    for button in buttons:
        if not button.allowed and button.reason:
            reasons.setdefault(str(button.reason), []).append(str(button.label))
    ids = {reason: f"vi-sao-{place}" for place, reason in enumerate(reasons)}
    shown = buttons if any(button.allowed for button in buttons) else []
    return {
        "look": look,
        "buttons": [{"button": button, "id": ids.get(str(button.reason), "")} for button in shown],
        "closed": [{"id": ids[reason], "labels": ", ".join(labels), "reason": reason} for reason, labels in reasons.items()],
        "csrf_token": get_token(context["request"]) if any(button.post for button in buttons) else "",
    }


def _button(offer, at, main):
    if isinstance(offer, Button):
        return offer
    move = offer.move
    return Button(
        label=move.label,
        url=getattr(offer, "url", "") or f"{at}{move.code}/",
        allowed=offer.allowed,
        reason=offer.reason,
        key=getattr(move, "key", ""),
        main=move.code == main,
    )


def _as_main(button):
    return Button(**{**vars(button), "main": True})


@register.inclusion_tag("ui/parts/promise.html")
def promise(title, note, day, days=None, state="", url=""):
    """Something that was promised for a day: a box one can pick up."""
    return {
        "title": title,
        "note": note,
        "day": day,
        "days": days,
        "state": state,
        "url": url,
    }


@register.inclusion_tag("ui/parts/file.html")
def file_link(name, url, note="", icon="file-text"):
    """A paper or file: its name is the link, what it is stands behind."""
    return {"name": name, "url": url, "note": note, "icon": icon}


@register.inclusion_tag("ui/parts/why.html")
def why(title, steps, result_label="", result="", note="", open=False):
    """How a date was computed: objects with label, date and basis; the result under a double rule."""
    return {
        "title": title,
        "steps": steps,
        "result_label": result_label,
        "result": result,
        "note": note,
        "open": open,
    }
