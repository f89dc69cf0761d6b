"""What stands on the left of the page, by what a person's post allows. No counts: the worklist's tabs have them."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from hoidong.citizens.voters import queries as voters
from hoidong.citizens.voters.replies import queries as replies
from hoidong.citizens.voters.rounds import queries as rounds
from hoidong.citizens.voters.supervision import queries as supervision
from hoidong.kernel import people
from hoidong.kernel.ui.looks import Item, Section

ADMINISTRATORS = ("system_admin", "unit_admin")
# Who keeps the books of the council's office and prints its register of papers.
OFFICE = ("clerk", "council_officer", "leader", "standing_committee")


def sections(actor):
    """The navigation for one person: a list of sections with items."""
    parts = [
        ("", [(_("Bàn làm việc"), "desk:home", "home")]),
        (_("Cử tri"), _of_voters(actor)),
        (_("Hội đồng"), _of_council(actor)),
        (_("Quản trị"), _of_administrators(actor)),
    ]
    found = [Section(title, [item for item in map(_item, items) if item]) for title, items in parts]
    return [section for section in found if section.items]


def _of_voters(actor):
    own = []
    if rounds.has_schedule(actor):
        own = [(_("Kiến nghị nơi tôi ứng cử"), "voters:member_petitions", "message-2"),
               (_("Lịch tiếp xúc của tôi"), "voters:own_schedule", "calendar-event")]  # fmt: skip
    if not voters.works_with_petitions(actor) and supervision.has_teams(actor):
        own.append((_("Giám sát"), "voters:teams", "checklist"))
    return [*own, *_of_petitions(actor)]


def _of_council(actor):
    if not voters.sees_council_side(actor):
        return []
    own = [(_("Kỳ họp"), "meetings:sessions", "calendar-event")]
    if people.holds(actor, *OFFICE):
        own.append((_("Sổ văn bản"), "numbering:sequences", "books"))
    return own


def _of_petitions(actor):
    if not voters.works_with_petitions(actor):
        return []
    own = [(_("Kiến nghị cử tri"), "voters:petitions", "message-2"), (_("Văn bản chuyển"), "voters:letters", "send")]
    if replies.may_bring(actor):
        own.append((_("Thư trả lời"), "voters:replies", "mail-check"))
    if voters.sees_council_side(actor):
        own.insert(0, (_("Tiếp xúc cử tri"), "voters:meetings", "users"))
        own.insert(0, (_("Kế hoạch tiếp xúc"), "voters:rounds", "calendar-time"))
        own.append((_("Giám sát"), "voters:teams", "checklist"))
        own += [(_("Báo cáo"), "voters:report", "chart-bar"), (_("Nhập từ Excel"), "sheets:list", "table-import")]
    asked = supervision.asked_of(actor)
    if "shares" in asked:
        own.insert(1, (_("Phối hợp"), "voters:shares", "users"))
    if "demands" in asked:
        own.append((_("Kiến nghị giám sát"), "voters:demands", "checklist"))
    return own


def _of_administrators(actor):
    if not people.holds(actor, *ADMINISTRATORS):
        return []
    items = [
        (_("Người dùng"), "people:list", "user-circle"),
        (_("Đơn vị"), "units:list", "building"),
        (_("Mẫu văn bản"), "papers:templates", "file-type-docx"),
        (_("Quy định, thời hạn"), "law:rules", "scale"),
        (_("Lịch nghỉ"), "deadlines:calendar", "calendar"),
        (_("Sổ văn bản"), "numbering:sequences", "books"),
    ]
    if people.holds(actor, "system_admin"):
        items.append((_("Hàng đợi"), "outbox:queue", "database"))
    return items


def _item(item):
    label, name, icon = item
    try:
        return Item(label, reverse(name), icon)
    except NoReverseMatch:
        return None
