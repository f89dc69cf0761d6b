"""Every report of the petitions, each defined once: its columns, its rows, its title. Page, XLSX, DOCX and PDF follow.

Shapes and names are those councils file (family A: provincial councils; B: the national family; C: the ward's ledger).
The district tier of older shapes is the commune today.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.papers.listings import DAY, MARK, NUMBER, Column, Filled, Listing

from ..states import Level
from . import columns as c
from . import counts, ledger, lists, supervised

COUNCIL, RESULTS, BOOKS = _("Phụ lục kèm văn bản của Hội đồng nhân dân"), _("Kết quả giải quyết"), _("Sổ và thống kê")
_MODULE = _("Kiến nghị cử tri")
_LIST = (c.PLACE, c.AREA, c.NUMBER_OF, c.WORDS)
_ANNEX = (*_LIST, *c.FIELDS, c.NOTE)


@dataclass(frozen=True)
class Report:
    """One report: where it stands in the catalogue, its list, and `fill(scope)` that gives (rows, sums).

    `title` is the heading on paper; `%(occasion)s` in it is the session at hand, so that no title is ever a wrong one.
    """

    family: str
    about: str
    title: str
    listing: Listing
    fill: Callable
    names: bool = False

    @property
    def slug(self):
        """What stands in the address."""
        return self.listing.code.removeprefix("voters.list_").replace("_", "-")

    @property
    def name(self):
        """The name in the catalogue."""
        return self.listing.name

    def filled(self, scope):
        """The report for a Scope, ready to be shown or printed."""
        rows, sums = self.fill(scope)
        return Filled(self.listing, self.title % {"occasion": scope.occasion()}, scope.note(), rows, sums)


def _report(code, name, about, title, columns, fill, family=COUNCIL, names=False, **form):
    return Report(family, about, title, Listing(f"voters.list_{code}", name, columns, module=_MODULE, **form), fill, names)


REPORTS = (
    _report(
        "1a", _("Phụ lục I (1A): danh mục kiến nghị gửi đến kỳ họp"), _("Từng kiến nghị theo nơi nêu, năm cột lĩnh vực."),
        _("PHỤ LỤC I: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"), _ANNEX, lists.by_field_columns,
    ),
    _report(
        "1b", _("1B: tổng hợp kiến nghị gửi đến kỳ họp"), _("Từng kiến nghị theo nơi nêu, không chia lĩnh vực."),
        _("TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"), (*_LIST, c.NOTE), lists.plain,
    ),
    _report(
        "1b1", _("1B1: số kiến nghị theo nơi nêu"), _("Tổng số và tỷ lệ của từng xã, phường, đặc khu."),
        _("TỔNG HỢP SỐ KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s, THEO NƠI NÊU"),
        (c.PLACE, Column("name", _("Xã, phường, đặc khu"), 7.0), c.COUNT, c.SHARE, c.NOTE), counts.by_place, landscape=False,
    ),
    _report(
        "field", _("Số kiến nghị theo lĩnh vực"), _("Tổng số và tỷ lệ của từng lĩnh vực."),
        _("TỔNG HỢP SỐ KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s, THEO LĨNH VỰC"),
        (c.PLACE, Column("name", _("Lĩnh vực"), 7.0), c.COUNT, c.SHARE, c.NOTE), counts.by_field, landscape=False,
    ),
    _report(
        "2", _("Phụ lục II: thẩm quyền trung ương"), _("Kiến nghị chuyển Đoàn đại biểu Quốc hội gửi bộ, ngành."),
        _("PHỤ LỤC II: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s THUỘC THẨM QUYỀN BỘ, NGÀNH, TRUNG ƯƠNG"), _ANNEX, lists.central,
    ),
    _report(
        "2p", _("Danh mục thẩm quyền cấp tỉnh"), _("Kiến nghị sở, ngành và Ủy ban nhân dân tỉnh, thành phố giải quyết."),
        _("DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s THUỘC THẨM QUYỀN CẤP TỈNH"), _ANNEX, lists.province,
    ),
    _report(
        "3", _("Phụ lục III: đã được trả lời"), _("Kiến nghị đã trả lời, để tổ đại biểu báo lại cử tri."),
        _("PHỤ LỤC III: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s ĐÃ ĐƯỢC TRẢ LỜI"),
        (*_LIST, *c.FIELDS, c.REPLIER, c.LETTER), lists.answered,
    ),
    _report(
        "2b", _("2B: kiến nghị và nội dung trả lời"), _("Lời kiến nghị và lời trả lời cạnh nhau."),
        _("DANH MỤC KIẾN NGHỊ CỬ TRI GỬI ĐẾN %(occasion)s ĐÃ ĐƯỢC TRẢ LỜI VÀ NỘI DUNG TRẢ LỜI"),
        (c.PLACE, c.AREA, c.NUMBER_OF, c.FIELD, Column("words", _("Nội dung kiến nghị"), 7.0), c.REPLIER, c.REPLY, c.LETTER),
        lists.answered_in_full,
    ),
    _report(
        "4", _("Phụ lục IV: thẩm quyền cấp xã"), _("Kiến nghị chuyển tổ đại biểu, xã giải quyết và trả lời cử tri."),
        _("PHỤ LỤC IV: DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s THUỘC THẨM QUYỀN CẤP XÃ"), _ANNEX, lists.commune,
    ),
    _report(
        "sorting", _("Phân loại sơ bộ"), _("Cấp, cơ quan và lĩnh vực đề nghị, để Thường trực cho ý kiến trước khi chuyển."),
        _("BẢNG PHÂN LOẠI SƠ BỘ KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (*_LIST, c.FIELD, *(Column(level.value, level.label, 1.5, MARK, group=_("Cấp thẩm quyền"), summed=True) for level in Level), c.BODY),
        lists.classified,
    ),
    _report(
        "results", _("Kết quả giải quyết theo cơ quan"), _("Đã trả lời tách khỏi đã giải quyết xong; có tỷ lệ và quá hạn."),
        _("TỔNG HỢP KẾT QUẢ GIẢI QUYẾT, TRẢ LỜI KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (c.PLACE, Column("name", _("Cơ quan"), 5.0), c.count("count", _("Tổng số")), c.count("answered", _("Đã trả lời")),
         c.share("answered_share", _("Tỷ lệ trả lời")), *(c.count(key, words, group=_("Kết quả")) for key, words in (
             ("solved", _("Giải quyết xong")), ("working", _("Đang giải quyết")), ("will", _("Sẽ giải quyết")),
             ("explained", _("Giải trình")), ("waiting", _("Chưa trả lời")))),
         c.share("solved_share", _("Tỷ lệ giải quyết xong")), c.count("late", _("Quá hạn"))),
        counts.by_body, RESULTS,
    ),
    _report(
        "new_law", _("Văn bản đã ban hành để tiếp thu"), _("Kiến nghị giải quyết bằng ban hành, sửa văn bản."),
        _("DANH MỤC VĂN BẢN ĐÃ BAN HÀNH ĐỂ TIẾP THU KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (c.PLACE, c.BODY, c.NUMBER_OF, Column("words", _("Nội dung kiến nghị"), 7.0), c.REPLY, c.LETTER), lists.with_new_law, RESULTS,
    ),
    _report(
        "asks_for_law", _("Văn bản cử tri kiến nghị sửa đổi"), _("Kiến nghị về cơ chế, chính sách; có lộ trình và ngày dự kiến."),
        _("DANH MỤC VĂN BẢN CỬ TRI KIẾN NGHỊ BAN HÀNH, SỬA ĐỔI, GỬI ĐẾN %(occasion)s"),
        (c.PLACE, c.BODY, c.NUMBER_OF, c.WORDS, c.RESULT, c.ROAD_MAP, c.PROMISED), lists.asks_for_law, RESULTS,
    ),
    _report(
        "pending", _("Tồn đọng qua nhiều kỳ họp"), _("Kiến nghị của các kỳ trước chưa giải quyết xong, cũ nhất đứng đầu."),
        _("DANH MỤC KIẾN NGHỊ CỦA CỬ TRI TỒN ĐỌNG TÍNH ĐẾN %(occasion)s"),
        (c.PLACE, Column("session", _("Kỳ họp gửi đến"), 1.6, NUMBER), Column("waited", _("Số kỳ đã qua"), 1.5, NUMBER), c.NUMBER_OF,
         Column("words", _("Nội dung kiến nghị"), 9.0), c.BODY, c.RESULT, c.ROAD_MAP, c.PROMISED),
        lists.pending, RESULTS,
    ),
    _report(
        "working", _("Đang giải quyết, theo cơ quan"), _("Lộ trình và ngày hứa của từng kiến nghị, xếp theo cơ quan."),
        _("DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s ĐANG GIẢI QUYẾT, THEO CƠ QUAN"),
        (c.PLACE, c.BODY, c.NUMBER_OF, c.WORDS, c.RESULT, c.ROAD_MAP, c.PROMISED), lists.working_by_body, RESULTS,
    ),
    _report(
        "working_field", _("Đang giải quyết, theo lĩnh vực"), _("Lộ trình và ngày hứa của từng kiến nghị, xếp theo lĩnh vực."),
        _("DANH MỤC KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s ĐANG GIẢI QUYẾT, THEO LĨNH VỰC"),
        (c.PLACE, c.FIELD, c.NUMBER_OF, Column("words", _("Nội dung kiến nghị"), 9.0), c.BODY, c.RESULT, c.ROAD_MAP, c.PROMISED),
        lists.working_by_field, RESULTS,
    ),
    _report(
        "supervision", _("Phụ lục 6: giám sát việc giải quyết"), _("Từng kiến nghị các đoàn giám sát xem xét: cơ quan trả lời gì, đoàn thấy gì."),
        _("PHỤ LỤC 6: KẾT QUẢ GIÁM SÁT VIỆC GIẢI QUYẾT KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (c.PLACE, Column("team", _("Đoàn giám sát"), 3.2), c.NUMBER_OF, Column("words", _("Nội dung kiến nghị"), 6.0), c.BODY,
         Column("result", _("Cơ quan trả lời"), 2.4), c.LETTER, *(Column(key, words, width, group=_("Đoàn giám sát nhận xét")) for key, words, width in (
             ("finding", _("Nhận xét"), 4.6), ("seen", _("Kết quả"), 1.8), ("pace", _("Tiến độ"), 1.6), ("advice", _("Đề nghị"), 1.8)))),
        supervised.findings, RESULTS, wide=True, size=11,
    ),
    _report(
        "demands", _("Theo dõi kết luận, kiến nghị giám sát"), _("Việc cơ quan phải làm sau giám sát: người, hạn, đã báo cáo gì."),
        _("THEO DÕI THỰC HIỆN KẾT LUẬN, KIẾN NGHỊ GIÁM SÁT VỀ KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (c.PLACE, Column("team", _("Đoàn giám sát"), 3.2), Column("body", _("Cơ quan thực hiện"), 3.0), Column("words", _("Việc phải làm"), 6.0),
         Column("person", _("Người chịu trách nhiệm"), 2.6), Column("due_on", _("Thời hạn"), 2.6, DAY), Column("state", _("Tình trạng"), 2.2),
         Column("report", _("Kết quả thực hiện"), 5.0), Column("reported_on", _("Ngày báo cáo"), 2.6, DAY)),
        supervised.demands, RESULTS, size=11,
    ),
    _report(
        "reply_times", _("Thời gian nhận trả lời"), _("Từng văn bản chuyển: hạn, ngày trả lời, còn nợ và chậm."),
        _("THỜI GIAN NHẬN BÁO CÁO TRẢ LỜI KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        (c.PLACE, Column("name", _("Cơ quan"), 5.0), Column("letter", _("Văn bản chuyển"), 2.6), Column("issued_on", _("Ngày chuyển"), 2.2, DAY),
         c.count("count", _("Số kiến nghị")), Column("due_on", _("Hạn trả lời"), 2.2, DAY), Column("first", _("Trả lời đầu tiên"), 2.2, DAY),
         Column("last", _("Trả lời gần nhất"), 2.2, DAY), c.count("owed", _("Còn nợ")), c.count("late", _("Chậm hạn"))),
        counts.reply_times, RESULTS,
    ),
    _report(
        "meetings", _("Hoạt động tiếp xúc cử tri"), _("Hội nghị, cử tri dự, ý kiến và cách xử lý, theo nơi tổ chức."),
        _("HOẠT ĐỘNG TIẾP XÚC CỬ TRI PHỤC VỤ %(occasion)s"),
        (c.PLACE, Column("name", _("Xã, phường, đặc khu"), 5.0), c.count("count", _("Số hội nghị")), c.count("minutes", _("Đã có biên bản")),
         c.count("voters", _("Cử tri dự")), c.count("women", _("Trong đó nữ")), c.count("said", _("Ý kiến")),
         *(c.count(key, words, group=_("Xử lý ý kiến")) for key, words in (
             ("spot", _("Trả lời tại chỗ")), ("here", _("Xã giải quyết")), ("up", _("Chuyển lên"))))),
        counts.meetings, BOOKS,
    ),
    _report(
        "ledger", _("Sổ theo dõi kiến nghị (22 cột)"), _("Sổ của phường, xã: mỗi kiến nghị một dòng. Họ tên che, trừ khi chọn hiện."),
        _("SỔ THEO DÕI, GIÁM SÁT VIỆC GIẢI QUYẾT KIẾN NGHỊ CỦA CỬ TRI GỬI ĐẾN %(occasion)s"),
        ledger.COLUMNS, ledger.fill, BOOKS, names=True, wide=True, size=9, letterhead=True,
    ),
)  # fmt: skip
BY_SLUG = {report.slug: report for report in REPORTS}
