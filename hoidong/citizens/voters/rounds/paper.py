"""The plan on paper (kế hoạch tiếp xúc cử tri) with its annex, by Decree 30/2020/NĐ-CP, and the same rows as XLSX."""

import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hoidong.kernel import papers, sheets
from hoidong.kernel.base import dates
from hoidong.kernel.base.language import in_vietnamese
from hoidong.kernel.papers import building
from hoidong.kernel.units import queries as units

from ..papers.letters import titles_of
from ..states import Phase
from . import words
from .states import Kind

CODE = "voters.round_plan"
_NO_DAY = "ngày      tháng      năm          "
_OCCASIONS = {Phase.BEFORE: _("trước %(session)s"), Phase.AFTER: _("sau %(session)s"), Phase.OTHER: _("ngoài đợt theo kỳ họp")}


@in_vietnamese
def plan(found, rows, by):
    """Print the plan of a round and keep it. `rows` are its meetings. Returns the Paper."""
    council = _council(found)
    name = _now("Kế hoạch tiếp xúc cử tri %(occasion)s") % {"occasion": occasion_of(found)}
    return papers.make(CODE, _context(found, rows, council), unit=council, name=name, subject=found, by=by)


@in_vietnamese
def plan_docx(found, rows):
    """The plan as it stands now, as DOCX (bytes); nothing is stored."""
    council = _council(found)
    return papers.render(CODE, _context(found, rows, council), unit=council)


@in_vietnamese
def plan_xlsx(found, rows, unit):
    """The meetings as XLSX (bytes), under the headings of the import, so that the sheet can come in again."""
    columns = (
        (_now("Tổ đại biểu"), 26), (_now("Xã, phường"), 22), (_now("Ngày"), 12), (_now("Giờ"), 13), (_now("Địa điểm"), 36),
        (_now("Đại biểu"), 40), (_now("Hình thức"), 14), (_now("Chủ trì"), 26), (_now("Ghi chú"), 24),
    )  # fmt: skip
    lines = []
    for row in rows:
        said = words.describe(row, words.people_of(row))
        lines.append(
            (said["group"], said["commune"], row.held_on, said["hours"], said["venue"], said["deputies"], said["kind"],
             said["chair"], said["note"])
        )  # fmt: skip
    return sheets.export(columns, lines, title=found.name, unit=unit.full_name)


def occasion_of(found):
    """ "trước Kỳ họp thứ 3, HĐND thành phố …"."""
    return str(_OCCASIONS[found.phase]) % {"session": found.session.short_name}


def _council(found):
    return units.body_of(found.area, "council") or found.area


def _context(found, rows, council):
    area = found.area.name_in_sentence
    communes = {row.commune_id for row in rows}
    return {
        "heading": papers.heading_for(council).as_context(),
        "number": found.plan_number or "          /KH-HĐND",
        "day": dates.format_long(found.plan_date) if found.plan_date else _NO_DAY,
        "occasion": occasion_of(found),
        "session": found.session.name,
        "area": area,
        "sender": _now("Thường trực Hội đồng nhân dân %(area)s") % {"area": area},
        "basis": [line.strip().rstrip(";.") for line in found.basis.splitlines() if line.strip()],
        "starts_on": dates.format_date(found.starts_on),
        "ends_on": dates.format_date(found.ends_on),
        "count": f"{len(rows):02d}",
        "communes": f"{len(communes):02d}",
        "meetings": [_line(row, place) for place, row in enumerate(_in_order(rows), start=1)],
        "recipients": [
            _now("Thường trực Hội đồng nhân dân %(area)s;") % {"area": area},
            _now("Ban Thường trực Ủy ban MTTQ Việt Nam %(area)s;") % {"area": area},
            _now("Các tổ đại biểu Hội đồng nhân dân;"),
            _now("Thường trực HĐND, UBND, Ủy ban MTTQ các xã, phường, đặc khu tại Phụ lục;"),
            _now("Lưu: VT."),
        ],
        "signature": {"titles": titles_of(found.signer_title) or ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"], "name": found.signer},
    }


def _in_order(rows):
    """By day and hour; rows of a draft without a day stand last."""
    return sorted(rows, key=lambda row: (row.held_on or datetime.date.max, row.starts_at or datetime.time.min, row.place))


def _line(row, place):
    said = words.describe(row, words.people_of(row))
    kind = f" ({said['kind'].lower()})" if row.kind != Kind.ORDINARY else ""
    when = "\n".join(filter(None, [said["hours"], said["held_on"]]))
    venue = said["venue"] + kind
    return {
        "place": place, "when": when, "commune": said["commune"], "venue": venue, "group": said["group"],
        "deputies": said["deputies"], "chair": said["chair"], "note": said["note"],
    }  # fmt: skip


def _build():
    document = building.sheet()
    building.heading(document)
    building.title(document, "KẾ HOẠCH", "Tiếp xúc cử tri {{ occasion }}")
    building.line(document, "", size=6)
    building.control(document, "{%p for line in basis %}")
    building.body(document, [("{{ line }};", False, True)], before=3)
    building.control(document, "{%p endfor %}")
    building.body(
        document,
        "{{ sender }} ban hành Kế hoạch tiếp xúc cử tri {{ occasion }} như sau:",
    )
    _section(document, "I. MỤC ĐÍCH, YÊU CẦU", (
        "1. Lắng nghe, tổng hợp đầy đủ ý kiến, kiến nghị của cử tri gửi đến {{ session }}; thông tin đến cử tri về hoạt động của Hội "
        "đồng nhân dân và kết quả giải quyết các kiến nghị đã nêu.",
        "2. Hội nghị được tổ chức thiết thực, tạo điều kiện để đông đảo cử tri tham dự, phát biểu; nội dung thuộc thẩm quyền của cấp nào "
        "thì đại diện cấp đó trả lời tại hội nghị.",
    ))  # fmt: skip
    _section(document, "II. THỜI GIAN, ĐỊA ĐIỂM", (
        "1. Thời gian: từ ngày {{ starts_on }} đến ngày {{ ends_on }}.",
        "2. Địa điểm: {{ count }} hội nghị tại {{ communes }} xã, phường, đặc khu; lịch cụ thể tại Phụ lục kèm theo.",
    ))  # fmt: skip
    _section(document, "III. NỘI DUNG", (
        "1. Đại biểu báo cáo với cử tri về nội dung, chương trình hoặc kết quả kỳ họp; kết quả giải quyết, trả lời kiến nghị của cử tri.",
        "2. Cử tri phát biểu ý kiến, kiến nghị; lãnh đạo địa phương và cơ quan liên quan giải trình, trả lời theo thẩm quyền; đại biểu "
        "tiếp thu và làm rõ những vấn đề cử tri quan tâm.",
    ))  # fmt: skip
    _section(document, "IV. TỔ CHỨC THỰC HIỆN", (
        "1. Các tổ đại biểu tham dự đầy đủ theo lịch; đại biểu vắng mặt báo cáo lý do với tổ trưởng và {{ sender }}.",
        "2. Thường trực Hội đồng nhân dân, Ủy ban nhân dân, Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam nơi tổ chức hội nghị thông "
        "báo lịch đến cử tri, chuẩn bị địa điểm, cử người ghi biên bản; lập và gửi biên bản ngay sau hội nghị theo thời hạn quy định.",
        "3. Văn phòng giúp việc Hội đồng nhân dân theo dõi, đôn đốc và tổng hợp ý kiến, kiến nghị của cử tri trình {{ sender }}./.",
    ))  # fmt: skip
    building.signature(document)
    _annex(document)
    return document


def _section(document, title, paragraphs):
    building.body(document, [(title, True, False)], keep=True)
    for text in paragraphs:
        # A signature never stands alone on its page.
        building.body(document, text, before=3, keep=text.endswith("./."))


def _annex(document):
    building.annex(document, "LỊCH TIẾP XÚC CỬ TRI {{ occasion|upper }}", of="Kế hoạch")
    building.listing(
        document,
        (1.0, 2.4, 2.8, 4.0, 2.5, 3.8),
        ("TT", "Thời gian", "Xã, phường, đặc khu", "Địa điểm", "Tổ đại biểu", "Đại biểu dự"),
        ("{{ row.place }}", "{{ row.when }}", "{{ row.commune }}", "{{ row.venue }}", "{{ row.group }}", "{{ row.deputies }}"),
        each="row in meetings",
        centred=(0, 1),
    )


_SAMPLE = {
    "number": "12/KH-HĐND",
    "day": "ngày 05 tháng 02 năm 2026",
    "occasion": "trước Kỳ họp thứ 2, HĐND tỉnh An Mẫu",
    "session": "Kỳ họp thứ 2, Hội đồng nhân dân tỉnh An Mẫu khóa II, nhiệm kỳ 2026–2031",
    "area": "tỉnh An Mẫu",
    "sender": "Thường trực Hội đồng nhân dân tỉnh An Mẫu",
    "basis": ["Căn cứ Luật Tổ chức chính quyền địa phương"],
    "starts_on": "10/02/2026",
    "ends_on": "14/02/2026",
    "count": "02",
    "communes": "02",
    "meetings": [
        {"place": 1, "when": "08:00\n12/02/2026", "commune": "Xã Mẫu Một", "venue": "Nhà văn hóa thôn Một", "group": "Tổ đại biểu số 1",
         "deputies": "Lê Văn Mẫu; Phạm Thị Mẫu", "chair": "Nguyễn Văn Mẫu", "note": ""},
        {"place": 2, "when": "14:00\n12/02/2026", "commune": "Phường Mẫu Hai", "venue": "Hội trường phường (trực tuyến)",
         "group": "Tổ đại biểu số 2", "deputies": "Hoàng Văn Mẫu", "chair": "", "note": ""},
    ],
    "recipients": ["Thường trực Hội đồng nhân dân tỉnh An Mẫu;", "Lưu: VT."],
}  # fmt: skip

PLAN = papers.issued(
    code=CODE,
    name=_("Kế hoạch tiếp xúc cử tri"),
    module=_("Kiến nghị cử tri"),
    build=_build,
    sample=_SAMPLE,
    words=(
        ("number, day", _("số, ký hiệu; ngày ban hành, viết đủ chữ")),
        ("occasion, session, area, sender", _("dịp tiếp xúc; kỳ họp; địa bàn; cơ quan lập kế hoạch")),
        ("basis", _("các dòng căn cứ")),
        ("starts_on, ends_on, count, communes", _("từ ngày, đến ngày; số hội nghị; số xã, phường")),
        ("meetings", _("các hội nghị, mỗi dòng có place, when, commune, venue, group, deputies, chair, note")),
    ),
)
