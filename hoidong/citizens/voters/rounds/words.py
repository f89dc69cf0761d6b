"""A planned meeting in words: what is compared before and after a change, and what people are told."""

from django.utils.translation import gettext as _

from hoidong.kernel.base import dates

from .states import Kind

# What the public is told of a change; a note of the office stays inside.
PUBLIC = ("held_on", "hours", "venue", "commune", "group", "kind", "chair", "deputies")


def labels():
    """The name of each part, as people read it."""
    return {
        "held_on": _("Ngày"), "hours": _("Giờ"), "venue": _("Địa điểm"), "commune": _("Xã, phường"), "group": _("Tổ đại biểu"),
        "kind": _("Hình thức"), "chair": _("Chủ trì"), "deputies": _("Đại biểu"), "note": _("Ghi chú"),
    }  # fmt: skip


def describe(planned, people):
    """{part: words} of a planned meeting with its deputies."""
    return {
        "held_on": dates.format_date(planned.held_on),
        "hours": planned.hours,
        "venue": planned.venue,
        "commune": planned.commune.name if planned.commune else "",
        "group": planned.group.name if planned.group else "",
        "kind": str(Kind(planned.kind).label),
        "chair": planned.chair,
        "deputies": names(planned, people),
        "note": planned.note,
    }


def names(planned, people):
    """The deputies of a meeting, those of the register first."""
    return "; ".join([*(person.full_name for person in people), *filter(None, [planned.guests])])


def people_of(planned):
    """The deputies of a planned meeting, from what was prefetched."""
    return [entry.person for entry in planned.deputies.all()]


def difference(before, after):
    """(before, after) with only the parts that changed."""
    changed = [part for part in after if before.get(part, "") != after[part]]
    return {part: before.get(part, "") for part in changed}, {part: after[part] for part in changed}


def lines(change):
    """[(label, old words, new words)] of an announced change, in the order people read it; the office's note is left out."""
    known = labels()
    parts = [part for part in PUBLIC if part in change.after or part in change.before]
    return [(known[part], change.before.get(part, ""), change.after.get(part, "")) for part in parts]


def in_short(change):
    """ "Ngày: 25/11/2026 → 27/11/2026; Địa điểm: …", for notices."""
    none = _("chưa có")
    return "; ".join(f"{label}: {old or none} → {new or none}" for label, old, new in lines(change))


def when(planned):
    """ "08:00, 25/11/2026", or the day alone."""
    return ", ".join(filter(None, [planned.hours, dates.format_date(planned.held_on)]))
