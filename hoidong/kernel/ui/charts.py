"""Geometry of small charts: plain numbers for SVG attributes, so that a page needs neither style nor script.

Bars are measured in percent of their place, columns in the units of a viewBox. What is not 0 keeps a least size, so
that a single case stays visible. Numbers come as text, because a page writes 12.5 as "12,5".
"""

GAP = 0.4
LEAST = 0.8


def split(values):
    """Place and width of each part of one bar, in percent, as {index: (x, width)}. Parts of 0 get no place."""
    shown = [(place, value) for place, value in enumerate(values) if value]
    total = sum(value for _, value in shown)
    if not total:
        return {}
    room = 100 - GAP * (len(shown) - 1)
    small = {place for place, value in shown if room * value / total < LEAST}
    rest = room - LEAST * len(small)
    rest_total = sum(value for place, value in shown if place not in small) or 1
    placed, x = {}, 0.0
    for place, value in shown:
        part = LEAST if place in small else rest * value / rest_total
        placed[place] = (text(x), text(part))
        x += part + GAP
    return placed


def columns(values, width, height):
    """(x, y, width, height) of each column over a line at `height`; the greatest reaches the top. Numbers, not text."""
    greatest = max([*values, 1])
    step = width / max(len(values), 1)
    bar = min(step * 0.68, 48)
    placed = []
    for place, value in enumerate(values):
        tall = max(height * value / greatest, 1.5 if value else 0)
        placed.append((place * step + (step - bar) / 2, height - tall, bar, tall))
    return placed


def text(number):
    """A number as an SVG attribute: a point before decimals, at most two of them."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
