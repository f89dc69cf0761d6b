"""The minutes of a voter contact meeting (biên bản hội nghị tiếp xúc cử tri)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import numbering, papers
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import building
from hoidong.kernel.units import queries as units

from ..models import Meeting
from ..states import Handling, Phase

CODE = "voters.minutes"
BOOK = numbering.Book(CODE, _("Biên bản hội nghị tiếp xúc cử tri"), optional=True)
_OCCASIONS = {
    Phase.BEFORE: _("trước %(session)s"),
    Phase.AFTER: _("sau %(session)s"),
    Phase.OTHER: _("ngoài đợt theo kỳ họp"),
}


@in_vietnamese
def minutes(meeting, opinions, by):
    """Print the minutes of a meeting with its opinions, in order. Returns the Paper.

    Minutes are papers like others and take a number (Decree 30/2020, art. 7 and 8), unless the commune chose otherwise.
    """
    meeting = Meeting.objects.select_related("commune__area", "session__term", "session__council__area").get(pk=meeting.pk)
    council = units.body_of(meeting.commune, "council") or meeting.commune
    symbol = _number(meeting, council)
    name = _now("Biên bản tiếp xúc cử tri %(place)s ngày %(day)s") % {
        "place": meeting.commune.name, "day": f"{meeting.held_on:%d-%m-%Y}"}  # fmt: skip
    return papers.make(CODE, _context(meeting, opinions, council, symbol), unit=council, name=name, subject=meeting, by=by)


def _number(meeting, council):
    """Draw the number of the minutes from the book of their year; an empty text where they go without."""
    if not numbering.is_numbered(BOOK.code, meeting.commune):
        return ""
    year = meeting.held_on.year
    number = numbering.draw(BOOK.code, unit=council, year=year)
    symbol = numbering.symbol(number, "BB-HĐND" if council.kind == "council" else "BB-UBND")
    title = _now("Biên bản hội nghị tiếp xúc cử tri %(place)s, họp ngày %(day)s") % {
        "place": meeting.commune.name, "day": dates.format_date(meeting.held_on)}  # fmt: skip
    numbering.enter(
        BOOK.code, unit=council, year=year, number=number, subject=meeting, symbol=symbol, title=title,
        issued_on=meeting.held_on, signer=", ".join(filter(None, [meeting.chair, meeting.secretary])),
    )  # fmt: skip
    return symbol


def _context(meeting, opinions, council, symbol):
    return {
        "heading": papers.heading_for(council).as_context(),
        "number": symbol,
        "day": dates.format_long(meeting.held_on),
        "occasion": _OCCASIONS[meeting.phase] % {"session": meeting.session.short_name},
        "session": meeting.session.name,
        "area": meeting.commune.name_in_sentence,
        "place": meeting.place,
        "starts_at": _now("%(hour)s giờ %(minute)s phút") % {
            "hour": f"{meeting.starts_at:%H}", "minute": f"{meeting.starts_at:%M}"} if meeting.starts_at else "",
        "chair": meeting.chair,
        "secretary": meeting.secretary,
        "present": meeting.deputies_present,
        "absent": meeting.deputies_absent,
        "voters": str(meeting.voters_total),
        "women": str(meeting.voters_women),
        "opinions": [_opinion(opinion, place) for place, opinion in enumerate(opinions, start=1)],
        "count": str(len(opinions)),
        "up": _count(opinions, Handling.UP),
        "spot": _count(opinions, Handling.SPOT),
        "commune": _count(opinions, Handling.COMMUNE),
    }  # fmt: skip


def _opinion(opinion, place):
    who = ", ".join(filter(None, [opinion.speaker, opinion.hamlet]))
    reply = ": ".join(filter(None, [opinion.replied_by, opinion.reply]))
    handling = opinion.get_handling_display()
    return {
        "place": place,
        "who": who or _now("Cử tri"),
        "text": opinion.text,
        "voters": str(opinion.voters),
        "handling": f"{handling}. {reply}" if reply else handling,
    }


def _count(opinions, handling):
    return str(sum(opinion.handling == handling for opinion in opinions))


def _build():
    document = building.sheet()
    building.heading(document, number="{% if number %}Số: {{ number }}{% endif %}")
    building.title(document, "BIÊN BẢN", "Hội nghị tiếp xúc cử tri {{ occasion }}")
    building.line(document, "", size=6)
    building.control(document, "{%p if starts_at %}")
    building.body(
        document, "Vào hồi {{ starts_at }}, {{ day }}, tại {{ place }}, Hội nghị tiếp xúc cử tri {{ area }} được tổ chức."
    )
    building.control(document, "{%p else %}")
    building.body(document, "{{ day|capitalize }}, tại {{ place }}, Hội nghị tiếp xúc cử tri {{ area }} được tổ chức.")
    building.control(document, "{%p endif %}")
    building.body(document, [("I. THÀNH PHẦN", True, False)], keep=True)
    for word, name in (
        ("Chủ trì", "chair"),
        ("Thư ký", "secretary"),
        ("Đại biểu dự", "present"),
        ("Đại biểu vắng, lý do", "absent"),
    ):
        building.control(document, f"{{%p if {name} %}}")
        building.body(document, f"- {word}: {{{{ {name} }}}}.", before=3)
        building.control(document, "{%p endif %}")
    building.body(document, "- Cử tri dự: {{ voters }} người, trong đó nữ {{ women }} người.", before=3)
    building.body(document, [("II. Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI", True, False)], keep=True)
    building.body(
        document,
        "Hội nghị ghi nhận {{ count }} ý kiến: {{ spot }} ý kiến được trả lời tại chỗ, {{ commune }} ý kiến do xã giải quyết, "
        "{{ up }} ý kiến chuyển lên cấp có thẩm quyền.",
        before=3,
    )
    building.line(document, "", size=6)
    building.listing(
        document,
        (1.1, 3.4, 6.4, 1.6, 4.0),
        ("TT", "Cử tri, nơi ở", "Nội dung ý kiến, kiến nghị", "Số cử tri", "Xử lý, trả lời"),
        ("{{ row.place }}", "{{ row.who }}", "{{ row.text }}", "{{ row.voters }}", "{{ row.handling }}"),
        each="row in opinions",
        centred=(0, 3),
    )
    building.body(document, "Biên bản được đọc lại cho những người dự họp cùng nghe, thống nhất và lập để làm căn cứ theo dõi việc "
                            "giải quyết, trả lời kiến nghị của cử tri./.", before=8, keep=True)  # fmt: skip
    _signatures(document)
    return document


def _signatures(document):
    building.line(document, "", size=8, keep=True)
    table = building.grid(document, (8.25, 8.25))
    for cell, title, name in zip(table.rows[0].cells, ("THƯ KÝ", "CHỦ TRÌ"), ("secretary", "chair"), strict=True):
        building.line(cell, title, bold=True, align=building.CENTER, keep=True)
        for _room in range(4):
            building.line(cell, "", keep=True)
        building.line(cell, f"{{{{ {name} }}}}", bold=True, align=building.CENTER)
    building.keep_together(table)


_SAMPLE = {
    "heading": {"above": "", "body": "HỘI ĐỒNG NHÂN DÂN\nXÃ MẪU MỘT", "place": "Mẫu Một"},
    "number": "05/BB-HĐND",
    "day": "ngày 12 tháng 02 năm 2026",
    "occasion": "trước Kỳ họp thứ 2, HĐND tỉnh An Mẫu",
    "session": "Kỳ họp thứ 2, Hội đồng nhân dân tỉnh An Mẫu khóa II, nhiệm kỳ 2026–2031",
    "area": "xã Mẫu Một",
    "place": "Nhà văn hóa thôn Một",
    "starts_at": "08 giờ 00 phút",
    "chair": "Nguyễn Văn Mẫu",
    "secretary": "Trần Thị Mẫu",
    "present": "Lê Văn Mẫu, Phạm Thị Mẫu",
    "absent": "không",
    "voters": "120",
    "women": "61",
    "opinions": [
        {"place": 1, "who": "Hoàng Văn Mẫu, thôn Một", "text": "Đề nghị nạo vét kênh chính trước mùa mưa.", "voters": "15",
         "handling": "Chuyển lên"},
        {"place": 2, "who": "Vũ Thị Mẫu, thôn Hai", "text": "Hỏi lịch cấp căn cước tại xã.", "voters": "1",
         "handling": "Trả lời tại chỗ. Công an xã: cấp vào thứ Ba, thứ Năm hằng tuần"},
    ],
    "count": "2",
    "up": "1",
    "spot": "1",
    "commune": "0",
}  # fmt: skip

MINUTES = papers.Kind(
    code=CODE,
    name=_("Biên bản hội nghị tiếp xúc cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("heading.above, heading.body, heading.place", _("cơ quan cấp trên, cơ quan ban hành, địa danh")),
        ("number", _("số, ký hiệu; trống nếu biên bản không lấy số")),
        ("day, starts_at", _("ngày họp, giờ bắt đầu")),
        ("occasion, session", _("dịp tiếp xúc (trước, sau kỳ họp nào); tên đầy đủ của kỳ họp")),
        ("area, place", _("xã, phường; nơi họp")),
        ("chair, secretary", _("chủ trì, thư ký")),
        ("present, absent", _("đại biểu dự, đại biểu vắng")),
        ("voters, women", _("số cử tri dự, trong đó nữ")),
        ("opinions", _("các ý kiến, mỗi dòng có place, who, text, voters, handling")),
        ("count, up, spot, commune", _("số ý kiến: tất cả, chuyển lên, trả lời tại chỗ, xã giải quyết")),
    ),
)
