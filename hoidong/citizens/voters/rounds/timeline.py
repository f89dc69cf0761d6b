"""The story of a round and of a planned meeting, from their audit entries."""

from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.ui.looks import Entry, Look

from . import words
from .states import PlannedState, RoundState


def of_round(found):
    """What was done with a round, newest first; the typing of rows is one entry a day."""
    entries, typed = [], set()
    for entry in audit.entries_about(found):
        if entry.action in ("voters.save_plan_rows", "voters.add_plan_rows"):
            day = (entry.actor, entry.at.date())
            if day in typed:
                continue
            typed.add(day)
        entries.append(_entry(entry))
    return [entry for entry in reversed(entries) if entry]


def of_planned(planned):
    """What was announced, changed, urged and written down of one meeting, newest first."""
    return [entry for entry in reversed([_entry(entry) for entry in audit.entries_about(planned)]) if entry]


def _titles():
    return {
        "voters.open_round": _("Lập đợt"),
        "voters.change_round": _("Sửa thông tin đợt"),
        "voters.save_plan_rows": _("Ghi lịch"),
        "voters.add_plan_rows": _("Thêm dòng vào lịch"),
        "voters.publish_round": _("Công bố lịch"),
        "voters.end_round": _("Kết thúc đợt"),
        "voters.reopen_round": _("Mở lại đợt"),
        "voters.withdraw_round": _("Thu hồi đợt"),
        "voters.change_planned": _("Đổi lịch"),
        "voters.add_planned": _("Thêm vào lịch đã công bố"),
        "voters.call_off": _("Hủy hội nghị"),
        "voters.call_off_with_round": _("Hủy cùng đợt"),
        "voters.record_planned": _("Ghi hội nghị"),
    }


def _entry(entry):
    if entry.action == "voters.urge_minutes":
        title = _("Đôn đốc biên bản lần %(time)s") % {"time": entry.data.get("time", 1)}
        return Entry(when=entry.at, title=title, note=entry.actor, status="late")
    title = _titles().get(entry.action)
    if title is None:
        return None
    return Entry(when=entry.at, title=title, note=", ".join(filter(None, [entry.actor, _note(entry)])), quote=entry.reason)


def _note(entry):
    if entry.action != "voters.change_planned":
        return ""
    before, after = entry.data.get("before", {}), entry.data.get("after", {})
    known = words.labels()
    none = _("chưa có")
    return "; ".join(f"{known[part]}: {before.get(part) or none} → {after[part] or none}" for part in known if part in after)


_ROUND = {
    RoundState.DRAFT: ("new", "calm"),
    RoundState.PUBLISHED: ("sent", "busy"),
    RoundState.ENDED: ("ok", "good"),
    RoundState.WITHDRAWN: ("back", "calm"),
}


def look_of_round(found):
    """How a round's state looks."""
    shape, tone = _ROUND[found.state]
    return Look(shape, tone, found.get_state_display())


def look_of(planned, on):
    """What became of a planned meeting: called off, ahead, being written, minutes there, minutes missing or late."""
    if planned.state == PlannedState.CALLED_OFF:
        return Look("no", "calm", _("Đã hủy"))
    if planned.meeting is not None and planned.meeting.state == "recorded":
        return Look("solved", "good", _("Đã có biên bản"))
    if planned.announced_at is None:
        return Look("new", "calm", _("Chưa công bố"))
    late = planned.minutes_due_on is not None and planned.minutes_due_on < on and planned.held_on < on
    urged = _("đã đôn đốc %(count)s lần") % {"count": planned.urged} if planned.urged else ""
    if planned.meeting is not None:
        return Look("late", "late", _("Quá hạn biên bản"), urged) if late else Look("road", "busy", _("Đang ghi"), urged)
    if planned.held_on < on:
        if late:
            return Look("late", "late", _("Quá hạn biên bản"), urged or _("xã chưa ghi"))
        return Look("soon", "soon", _("Chờ biên bản"), urged or _("xã chưa ghi"))
    return Look("sent", "calm", _("Sắp họp"))
