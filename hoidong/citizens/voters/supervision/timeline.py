"""The story of a team, and how its state and that of what it asks for look."""

from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.ui.looks import Entry, Look

from . import rules
from .states import DemandState as D
from .states import TeamState as T

_TEAM = {T.WORKING: ("road", "busy"), T.CONCLUDED: ("said", "soon"), T.CLOSED: ("solved", "good"), T.CANCELLED: ("no", "calm")}
_DEMAND = {
    D.DRAFT: ("new", "calm"), D.OPEN: ("sent", "busy"), D.ASKED_WHY: ("said", "soon"),
    D.REPORTED: ("said", "soon"), D.DONE: ("solved", "good"),
    D.DROPPED: ("no", "calm"),
}  # fmt: skip


def look_of(team):
    """How a team's state looks."""
    return Look(*_TEAM[team.state], team.get_state_display())


def put_look(demand, on):
    """Give a recommendation what a page shows of it: look, days left while it is owed."""
    demand.owed_by = rules.owed_by(demand)
    demand.days = (demand.owed_by - on).days if demand.owed_by else None
    words = _("Quá hạn giải trình") if demand.state == D.ASKED_WHY else _("Quá hạn thực hiện")
    late = rules.is_overdue(demand, on)
    demand.look = Look("late", "late", words) if late else Look(*_DEMAND[demand.state], demand.get_state_display())
    return demand


def measures_of(demand):
    """The rungs of the ladder that were taken for a recommendation, the newest first."""
    found = demand.measures.select_related("taken_by").order_by("-pk")
    return [Entry(when=one.taken_on, title=one.called, note=str(one.taken_by or ""), quote=one.words) for one in found]


def _titles():
    return {
        "voters.found_team": _("Lập đoàn"),
        "voters.change_team": _("Sửa thông tin đoàn"),
        "voters.team_takes_up": _("Đưa kiến nghị vào danh mục"),
        "voters.team_lets_go": _("Đưa kiến nghị ra khỏi danh mục"),
        "voters.team_finding": _("Ghi nhận xét"),
        "voters.conclude_team": _("Kết luận"),
        "voters.close_team": _("Kết thúc theo dõi"),
        "voters.cancel_team": _("Hủy đoàn"),
    }


def of(team):
    """What was done with a team, newest first; writing findings is one entry a day and person."""
    entries, written = [], set()
    for entry in audit.entries_about(team):
        title = _titles().get(entry.action)
        if entry.action == "voters.team_finding":
            day = (entry.actor, entry.at.date())
            title = None if day in written else title
            written.add(day)
        if title is not None:
            note = ", ".join(filter(None, [entry.actor, _note(entry)]))
            entries.append(Entry(when=entry.at, title=title, note=note, quote=entry.reason))
    return entries[::-1]


def _note(entry):
    if entry.action == "voters.team_takes_up":
        return _("%(count)s kiến nghị") % {"count": entry.data.get("count", "")}
    return entry.data.get("petition", "") if entry.action == "voters.team_lets_go" else ""
