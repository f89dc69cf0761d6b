"""The conclusion on paper (kết luận giám sát) with its two annexes, by Decree 30/2020/NĐ-CP."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import papers
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import building, headings

from ..papers.letters import titles_of
from .states import Part

CODE = "voters.supervision_conclusion"
_NO_DAY = "ngày      tháng      năm          "


@in_vietnamese
def keep(team, *, by):
    """Print the conclusion of a team and keep it. Returns the Paper."""
    name = _now("Kết luận giám sát %(number)s") % {"number": team.conclusion_number or team.decision_number}
    return papers.make(CODE, context_of(team), unit=team.issuer, name=name, subject=team, by=by)


@in_vietnamese
def draft(team):
    """The conclusion as it stands now, as DOCX (bytes); nothing is stored."""
    return papers.render(CODE, context_of(team), unit=team.issuer)


def context_of(team):
    """What the template is filled with: facts, members, findings and recommendations of the team."""
    members = sorted(team.members.select_related("person"), key=lambda one: (list(Part).index(Part(one.part)), one.pk))
    items = list(team.items.select_related("petition__body__area", "petition__commune").order_by("pk"))
    demands = list(team.demands.select_related("body__area").order_by("pk"))
    return {
        "heading": papers.heading_for(headings.issuer_of(team.issuer)).as_context(),
        "number": team.conclusion_number or "          /KL-ĐGS",
        "day": dates.format_long(team.concluded_on) if team.concluded_on else _NO_DAY,
        "team": team.name,
        "decision": _now("Quyết định số %(number)s ngày %(day)s của %(issuer)s") % {
            "number": team.decision_number, "day": dates.format_date(team.decision_date), "issuer": team.issuer.full_name},
        "content": team.content,
        "starts_on": dates.format_date(team.starts_on),
        "ends_on": dates.format_date(team.ends_on),
        "members": [f"{one.person.full_name}, {one.get_part_display().lower()}" for one in members] + _lines(team.others),
        "conclusion": _lines(team.conclusion),
        "count": f"{len(items):02d}",
        "solved": str(sum(item.seen == "solved" for item in items)),
        "late": str(sum(item.pace == "late" for item in items)),
        "items": [_item(item, place) for place, item in enumerate(items, start=1)],
        "demands": [
            {"place": place, "body": one.body.called, "words": one.words, "person": one.person, "due": dates.format_date(one.due_on)}
            for place, one in enumerate(demands, start=1)
        ],
        "recipients": [
            _now("Thường trực Hội đồng nhân dân (báo cáo);"), *([_now("Các cơ quan tại Phụ lục II;")] if demands else []),
            _now("Thành viên đoàn;"), _now("Lưu: VT."),
        ],
        "signature": {"titles": titles_of(team.signer_title) or ["TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN"],
                      "name": team.signer or next((one.person.full_name for one in members), "")},
    }  # fmt: skip


def _lines(words):
    return [line.strip() for line in words.splitlines() if line.strip()]


def _item(item, place):
    petition = item.petition
    return {
        "place": place, "number": petition.shown_number, "text": petition.text, "raised": petition.commune.name,
        "body": petition.body.called if petition.body else "", "finding": item.words, "seen": item.get_seen_display(),
        "pace": item.get_pace_display(), "advice": item.get_advice_display(),
    }  # fmt: skip


def _build():
    document = building.sheet()
    building.heading(document)
    building.title(document, "KẾT LUẬN", "{{ team }}")
    building.line(document, "", size=6)
    building.body(
        document,
        "Thực hiện {{ decision }}, từ ngày {{ starts_on }} đến ngày {{ ends_on }} đoàn giám sát đã giám sát việc giải quyết, trả lời "
        "{{ count }} kiến nghị của cử tri. Đoàn kết luận như sau:",
    )
    building.control(document, "{%p if content %}")
    building.body(document, "Nội dung giám sát: {{ content }}")
    building.control(document, "{%p endif %}")
    building.body(document, [("I. THÀNH PHẦN ĐOÀN", True, False)], keep=True)
    building.control(document, "{%p for line in members %}")
    building.body(document, "- {{ line }}", before=2)
    building.control(document, "{%p endfor %}")
    building.body(document, [("II. KẾT QUẢ GIÁM SÁT", True, False)], keep=True)
    building.body(
        document,
        "Trong {{ count }} kiến nghị có {{ solved }} kiến nghị đã giải quyết xong, {{ late }} kiến nghị chậm tiến độ. Nhận xét từng kiến "
        "nghị tại Phụ lục I.",
    )
    building.control(document, "{%p for line in conclusion %}")
    building.body(document, "{{ line }}")
    building.control(document, "{%p endfor %}")
    building.control(document, "{%p if demands %}")
    building.body(document, [("III. KIẾN NGHỊ GIÁM SÁT", True, False)], keep=True)
    building.body(
        document,
        "Đoàn giám sát đề nghị các cơ quan thực hiện kiến nghị tại Phụ lục II, báo cáo kết quả trước hạn ghi ở từng kiến nghị; "
        "chưa thực hiện được thì giải trình bằng văn bản theo quy định.",
    )
    building.control(document, "{%p endif %}")
    building.signature(document)
    _annexes(document)
    return document


def _annexes(document):
    _annex(document, "PHỤ LỤC I", "NHẬN XÉT TỪNG KIẾN NGHỊ CỦA CỬ TRI")
    building.listing(
        document,
        (0.9, 2.1, 4.5, 2.4, 4.0, 2.6),
        ("TT", "Số kiến nghị", "Nội dung kiến nghị", "Cơ quan", "Nhận xét của đoàn", "Kết quả, tiến độ"),
        ("{{ row.place }}", "{{ row.number }}", "{{ row.text }}", "{{ row.body }}", "{{ row.finding }}",
         "{{ row.seen }}; {{ row.pace|lower }}{% if row.advice %}. Đề nghị: {{ row.advice|lower }}{% endif %}"),
        each="row in items", centred=(0, 1), whole_rows=False,
    )  # fmt: skip
    building.control(document, "{%p if demands %}")
    _annex(document, "PHỤ LỤC II", "KIẾN NGHỊ GIÁM SÁT")
    building.listing(
        document,
        (0.9, 3.6, 6.2, 3.4, 2.4),
        ("TT", "Cơ quan thực hiện", "Nội dung", "Người chịu trách nhiệm", "Thời hạn"),
        ("{{ row.place }}", "{{ row.body }}", "{{ row.words }}", "{{ row.person }}", "{{ row.due }}"),
        each="row in demands", centred=(0, 4),
    )  # fmt: skip
    building.control(document, "{%p endif %}")


def _annex(document, number, title):
    building.new_page(document)
    building.line(document, number, bold=True, align=building.CENTER)
    building.line(document, title, bold=True, align=building.CENTER)
    building.line(
        document, "(Kèm theo Kết luận số {{ number }} {{ day }} của {{ team }})", italic=True, align=building.CENTER, after=2
    )
    building.rule(document, width=5, inside=building.WIDTH)
    building.line(document, "", size=6)


_SAMPLE = {
    "heading": {"above": "", "body": "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN MẪU", "place": "An Mẫu"},
    "number": "03/KL-ĐGS",
    "day": "ngày 20 tháng 5 năm 2026",
    "team": "Đoàn giám sát việc giải quyết kiến nghị về giao thông nông thôn",
    "decision": "Quyết định số 15/QĐ-HĐND ngày 02/03/2026 của Thường trực Hội đồng nhân dân tỉnh An Mẫu",
    "content": "Việc thực hiện lời hứa với cử tri từ đầu nhiệm kỳ.",
    "starts_on": "10/03/2026",
    "ends_on": "30/04/2026",
    "members": ["Nguyễn Văn Mẫu, trưởng đoàn", "Lê Thị Mẫu, thành viên"],
    "conclusion": ["1. Phần lớn kiến nghị được trả lời đúng hạn.", "2. Việc thực hiện lộ trình đã hứa còn chậm."],
    "count": "02",
    "solved": "1",
    "late": "1",
    "items": [
        {"place": 1, "number": "12/2026", "text": "Đề nghị nạo vét kênh chính qua thôn Một trước mùa mưa.", "raised": "Xã Mẫu Một",
         "body": "Sở Nông nghiệp và Môi trường", "finding": "Kênh đã nạo vét 2 km.", "seen": "Đã giải quyết xong",
         "pace": "Đúng tiến độ", "advice": "Đóng kiến nghị"},
    ],
    "demands": [
        {"place": 1, "body": "Sở Xây dựng", "words": "Hoàn thành sửa cầu thôn Hai.", "person": "Giám đốc Sở", "due": "30/09/2026"},
    ],
    "recipients": ["Thường trực Hội đồng nhân dân (báo cáo);", "Lưu: VT."],
    "signature": {"titles": ["TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN"], "name": "Nguyễn Văn Mẫu"},
}  # fmt: skip

CONCLUSION = papers.Kind(
    code=CODE,
    name=_("Kết luận giám sát việc giải quyết kiến nghị của cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("heading.above, heading.body, heading.place", _("cơ quan cấp trên, cơ quan ban hành, địa danh")),
        ("number, day", _("số, ký hiệu; ngày ban hành, viết đủ chữ")),
        ("team, decision, content", _("tên đoàn; quyết định lập đoàn; nội dung giám sát")),
        ("starts_on, ends_on, members", _("từ ngày, đến ngày; các thành viên")),
        ("conclusion", _("các đoạn kết luận")),
        ("count, solved, late", _("số kiến nghị; đã giải quyết xong; chậm tiến độ")),
        ("items", _("các kiến nghị, mỗi dòng có place, number, text, raised, body, finding, seen, pace, advice")),
        ("demands", _("các kiến nghị giám sát, mỗi dòng có place, body, words, person, due")),
        ("recipients", _("các dòng nơi nhận")),
        ("signature.titles, signature.name", _("quyền hạn, chức vụ và họ tên người ký")),
    ),
)
