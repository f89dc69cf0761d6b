"""The story of a petition, from its audit entries: who did what, when, and what comes next."""

from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.base import dates
from hoidong.kernel.base.dates import format_date
from hoidong.kernel.ui.looks import Entry

from .states import S, Verdict


def of(petition):
    """The entries of the timeline, newest first: what may come on top, then now, then what was done."""
    done = [_done(entry) for entry in audit.entries_about(petition)]
    return [*_ahead(petition), *reversed([entry for entry in done if entry])]


def _ahead(petition):
    if petition.state in (S.CLOSED, S.MERGED, S.CANCELLED):
        return []
    ahead = [Entry(when=_("chưa tới"), title=_("Cử tri được báo kết quả"), status="next")]
    if petition.promised_on:
        ahead.append(Entry(when=petition.promised_on, title=_("Ngày hứa xong"), status="next"))
    holder = petition.body if petition.state in (S.SENT, S.TAKEN) and petition.body else petition.office
    late = bool(petition.state in (S.SENT, S.TAKEN) and petition.due_on and petition.due_on < dates.today())
    note = (
        _("%(holder)s, hạn %(day)s") % {"holder": holder.name, "day": format_date(petition.due_on)}
        if petition.due_on
        else holder.name
    )
    if petition.state not in (S.SENT, S.TAKEN):
        note = holder.name
    ahead.append(Entry(when=_("đang"), title=petition.get_state_display(), note=note, status="late" if late else "now"))
    return ahead


def _titles():
    return {
        "voters.record": _("Ghi kiến nghị"),
        "voters.hand_up": _("Chuyển lên cấp trên"),
        "voters.keep": _("Giữ để xã giải quyết"),
        "voters.send_back": _("Trả về nơi gửi"),
        "voters.classify": _("Phân loại"),
        "voters.merge": _("Gộp vào kiến nghị khác"),
        "voters.merged_here": _("Gộp kiến nghị cùng nội dung"),
        "voters.unmerge": _("Tách ra khỏi kiến nghị gộp"),
        "voters.reword": _("Sửa lời văn"),
        "voters.send": _("Chuyển cơ quan giải quyết"),
        "voters.take": _("Cơ quan tiếp nhận"),
        "voters.return": _("Cơ quan trả lại"),
        "voters.answer": _("Cơ quan trả lời"),
        "voters.answer_on_paper": _("Cơ quan trả lời bằng văn bản, văn phòng ghi lại"),
        "voters.rate": _("Cử tri đánh giá"),
        "voters.deputy_word": _("Đại biểu thêm lời"),
        "voters.urge": _("Đôn đốc trả lời"),
        "voters.share": _("Hỏi cơ quan phối hợp"),
        "voters.give_share": _("Cơ quan phối hợp cho ý kiến"),
        "voters.return_share": _("Cơ quan phối hợp trả lại phần việc"),
        "voters.withdraw_share": _("Rút lời đề nghị phối hợp"),
        "voters.supervise": _("Đoàn giám sát xem xét"),
        "voters.unsupervise": _("Ra khỏi danh mục của đoàn giám sát"),
        "voters.supervised_end": _("Đoàn giám sát kết luận"),
        "voters.return_on_paper": _("Cơ quan trả lại bằng văn bản, văn phòng ghi lại"),
        "voters.assess": _("Đánh giá trả lời"),
        "voters.ask_again": _("Yêu cầu trả lời lại"),
        "voters.carry": _("Chuyển theo dõi ở kỳ họp sau"),
        "voters.close": _("Đóng kiến nghị"),
        "voters.cancel": _("Hủy"),
    }


def _done(entry):
    title = _titles().get(entry.action)
    if title is None:
        return None
    note = ", ".join(part for part in (entry.actor, _note(entry)) if part)
    return Entry(when=entry.at, title=title, note=note, quote=entry.reason)


def _note(entry):
    data = entry.data
    if entry.action == "voters.send":
        return _("văn bản %(symbol)s, hạn %(day)s") % {
            "symbol": data.get("letter", ""),
            "day": format_date(dates.parse_date(data["due_on"])) if data.get("due_on") else "",
        }
    if entry.action == "voters.urge":
        return _("lần %(times)s, văn bản %(symbol)s, trả lời trước ngày %(day)s") % {
            "times": data.get("times", ""), "symbol": data.get("letter", ""),
            "day": format_date(dates.parse_date(data["answer_by"])) if data.get("answer_by") else "",
        }  # fmt: skip
    if entry.action in ("voters.return", "voters.return_on_paper") and data.get("proposed"):
        return _("đề xuất chuyển %(body)s") % {"body": data["proposed"]}
    if entry.action == "voters.share":
        return ", ".join(data.get("bodies", []))
    if entry.action in ("voters.supervise", "voters.unsupervise", "voters.supervised_end"):
        return ", ".join(filter(None, [data.get("team"), data.get("decision") or data.get("number")]))
    if entry.action.endswith("_share"):
        return data.get("body", "")
    if entry.action == "voters.assess":
        return str(Verdict(data["verdict"]).label) if data.get("verdict") in Verdict.values else ""
    if entry.action == "voters.merged_here":
        return _("từ %(numbers)s; giữ đủ nơi nêu") % {"numbers": ", ".join(data.get("merged", []))}
    if entry.action in ("voters.answer", "voters.answer_on_paper") and data.get("promised_on"):
        return _("hứa xong ngày %(day)s") % {"day": format_date(dates.parse_date(data["promised_on"]))}
    return ""
