"""The session's synthesis report (báo cáo tổng hợp ý kiến, kiến nghị của cử tri): contact, petitions by field, results, what waits.

The standing committee and the Fatherland Front give it to the session. Words are those the office edited; every place that
raised a petition stands behind it. Names of voters never do.
"""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hoidong.kernel import papers
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.papers import building, headings
from hoidong.kernel.papers import pdf as pdfs
from hoidong.kernel.ui.numbers import percent, write

from ..states import FieldGroup, Level
from . import counts, lists
from . import rows as reading

CODE = "voters.synthesis"
LONGEST = 2000  # petitions; beyond them nobody reads a report, and the annexes hold them all


def docx(scope):
    """The report as DOCX (bytes) for a Scope. Raises NotAllowed for a session with more petitions than a paper can hold."""
    with override("vi"):
        return papers.render(CODE, _context(scope), unit=scope.actor.unit)


def pdf(scope):
    """The report as PDF (bytes): the PDF of its DOCX."""
    return pdfs.make(docx(scope), title=_now("Báo cáo tổng hợp"))


def _context(scope):
    petitions = scope.petitions()
    read = reading.read(petitions, ("field__place", "field_id", "commune__sort_key", "id"))
    if len(read) > LONGEST:
        raise NotAllowed(
            _now("Kỳ họp có %(count)s kiến nghị, quá dài cho một báo cáo (tối đa %(most)s). Chọn một đợt hoặc một nơi nêu; "
                 "danh mục đầy đủ ở các phụ lục.") % {"count": write(len(read)), "most": write(LONGEST)}
        )  # fmt: skip
    actor = scope.actor
    return {
        "heading": papers.heading_for(headings.issuer_of(actor.unit)).as_context(),
        "day": dates.format_long(dates.today()),
        "occasion": str(scope.session) if scope.session else _now("các kỳ họp"),
        "contact": _contact(scope),
        "total": write(len(read)),
        "voters": write(sum(row["voters"] for row in read)),
        "levels": _levels(read),
        "groups": _groups(read, reading.other_places(petitions)),
        "results": _results(scope, len(read)),
        "pending": _pending(scope),
    }


def _contact(scope):
    _rows, sums = counts.meetings(scope)
    keys = ("count", "voters", "women", "said", "spot", "here", "up")
    return {key: write(sums.get(key, 0)) for key in keys}


def _levels(read):
    unknown = sum(1 for row in read if not row["level"])
    found = [(str(level.label), sum(1 for row in read if row["level"] == level.value)) for level in Level]
    if unknown:
        found.append((_now("chưa xác định"), unknown))
    return [{"name": name, "count": write(count)} for name, count in found if count]


def _groups(read, others):
    names = {group.value: str(group.label) for group in FieldGroup} | {None: _now("Chưa phân loại")}
    groups = []
    for code, name in names.items():
        own = [row for row in read if row["field__group"] == code]
        if own:
            groups.append({
                "name": name, "count": write(len(own)), "share": percent(len(own), len(read)),
                "petitions": [
                    {"place": place, "text": row["text"].rstrip(" ."), "raised": _raised(row, others)}
                    for place, row in enumerate(own, start=1)
                ],
            })  # fmt: skip
    return groups


def _raised(row, others):
    """`xã An Khánh; cùng nêu: …`, after the words of a petition."""
    more = others.get(row["id"], "")
    return row["commune__name"] + (f"; {more[0].lower()}{more[1:]}" if more else "")


def _results(scope, total):
    _rows, sums = counts.by_body(scope)
    keys = ("answered", "solved", "working", "will", "explained", "waiting", "late")
    return {key: write(sums.get(key, 0)) for key in keys} | {
        "answered_share": percent(sums.get("answered", 0), total) or "0 %",
        "solved_share": percent(sums.get("solved", 0), total) or "0 %",
    }


def _pending(scope):
    rows, _sums = lists.pending(scope) if scope.session else ([], {})
    return {"count": write(len(rows)), "shown": [
        {"place": row["place"], "text": row["words"].rstrip(" ."), "body": row["body"] or "", "result": row["result"]} for row in rows[:50]
    ]}  # fmt: skip


def _build():
    document = building.sheet()
    building.heading(document, number="Số:          /BC-HĐND")
    building.title(document, "BÁO CÁO", "Tổng hợp ý kiến, kiến nghị của cử tri gửi đến {{ occasion }}")
    building.line(document, "", size=6)
    building.body(document, [("I. CÔNG TÁC TIẾP XÚC CỬ TRI", True, False)], keep=True)
    building.body(
        document,
        "Đã tổ chức {{ contact.count }} hội nghị tiếp xúc cử tri với {{ contact.voters }} cử tri dự, trong đó nữ {{ contact.women }} "
        "người; ghi nhận {{ contact.said }} ý kiến, trong đó {{ contact.spot }} ý kiến được trả lời tại hội nghị, {{ contact.here }} ý kiến "
        "do cấp xã giải quyết, {{ contact.up }} ý kiến chuyển lên cấp có thẩm quyền.",
    )
    building.body(document, [("II. Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI", True, False)], keep=True)
    building.body(
        document,
        "Qua tổng hợp, sau khi gộp các nội dung trùng, có {{ total }} kiến nghị của {{ voters }} lượt cử tri, gồm: "
        "{% for level in levels %}thẩm quyền {{ level.name|lower }}: {{ level.count }}{% if not loop.last %}; {% else %}.{% endif %}{% endfor %}",
    )
    building.control(document, "{%p for group in groups %}")
    building.body(
        document, [("{{ loop.index }}. {{ group.name }}", True, False), (" ({{ group.count }} kiến nghị, {{ group.share }})", False, False)],
        keep=True,
    )  # fmt: skip
    building.control(document, "{%p for petition in group.petitions %}")
    building.body(
        document, [("- {{ petition.text }} ", False, False), ("({{ petition.raised }}).", False, True)], before=3
    )  # fmt: skip
    building.control(document, "{%p endfor %}")
    building.control(document, "{%p endfor %}")
    building.body(document, [("III. KẾT QUẢ GIẢI QUYẾT, TRẢ LỜI", True, False)], keep=True)
    building.body(
        document,
        "Các cơ quan đã trả lời {{ results.answered }} kiến nghị ({{ results.answered_share }}), trong đó giải quyết xong "
        "{{ results.solved }} ({{ results.solved_share }}), đang giải quyết {{ results.working }}, sẽ giải quyết {{ results.will }}, giải trình, "
        "cung cấp thông tin {{ results.explained }}. Chưa trả lời {{ results.waiting }} kiến nghị, trong đó quá hạn {{ results.late }}.",
    )
    building.body(document, [("IV. KIẾN NGHỊ CÁC KỲ HỌP TRƯỚC CHƯA GIẢI QUYẾT XONG", True, False)], keep=True)
    building.body(document, "Còn {{ pending.count }} kiến nghị gửi đến các kỳ họp trước chưa giải quyết xong.")
    building.control(document, "{%p for one in pending.shown %}")
    building.body(
        document, [("- {{ one.text }} ", False, False), ("({{ one.body }}: {{ one.result|lower }}).", False, True)], before=3
    )
    building.control(document, "{%p endfor %}")
    building.body(document, "Trên đây là báo cáo tổng hợp ý kiến, kiến nghị của cử tri, trình kỳ họp xem xét./.", keep=True)
    _sign(document)
    return document


def _sign(document):
    building.line(document, "", size=8, keep=True)
    table = building.grid(document, (8.25, 8.25))
    for cell, title in zip(table.rows[0].cells, ("TM. BAN THƯỜNG TRỰC\nỦY BAN MTTQ VIỆT NAM", "TM. THƯỜNG TRỰC\nHỘI ĐỒNG NHÂN DÂN"), strict=True):  # fmt: skip
        for part in title.split("\n"):
            building.line(cell, part, bold=True, align=building.CENTER, keep=True)
        for _room in range(4):
            building.line(cell, "", keep=True)
    building.keep_together(table)


_SAMPLE = {
    "heading": {"above": "", "body": "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN MẪU", "place": "An Mẫu"},
    "day": "ngày 05 tháng 3 năm 2026",
    "occasion": "Kỳ họp thứ 2, Hội đồng nhân dân tỉnh An Mẫu",
    "contact": {"count": "12", "voters": "1.240", "women": "610", "said": "96", "spot": "40", "here": "20", "up": "36"},
    "total": "2",
    "voters": "31",
    "levels": [{"name": "Tỉnh, thành phố", "count": "2"}],
    "groups": [{"name": "Kinh tế - Ngân sách", "count": "2", "share": "100,0 %", "petitions": [
        {"place": 1, "text": "Đề nghị nạo vét kênh chính trước mùa mưa", "raised": "Xã Mẫu Một; cùng nêu: Xã Mẫu Hai"}]}],
    "results": {"answered": "1", "solved": "0", "working": "1", "will": "0", "explained": "0", "waiting": "1", "late": "0",
                "answered_share": "50,0 %", "solved_share": "0 %"},
    "pending": {"count": "1", "shown": [{"place": 1, "text": "Đề nghị sửa cầu dân sinh", "body": "Sở Xây dựng", "result": "Chưa trả lời"}]},
}  # fmt: skip

SYNTHESIS = papers.Kind(
    code=CODE,
    name=_("Báo cáo tổng hợp ý kiến, kiến nghị của cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("heading.above, heading.body, heading.place, day", _("cơ quan ban hành, địa danh, ngày")),
        ("occasion", _("kỳ họp")),
        ("contact", _("số liệu tiếp xúc cử tri: count, voters, women, said, spot, here, up")),
        ("total, voters, levels", _("số kiến nghị, số lượt cử tri, từng cấp thẩm quyền có name, count")),
        ("groups", _("các nhóm lĩnh vực, mỗi nhóm có name, count, share và petitions (text, raised)")),
        ("results", _("kết quả: answered, solved, working, will, explained, waiting, late, answered_share, solved_share")),
        ("pending", _("kiến nghị kỳ trước: count và shown (text, body, result)")),
    ),
)
