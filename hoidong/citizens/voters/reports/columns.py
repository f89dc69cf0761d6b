"""The columns reports share; a column means the same in each."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.papers.listings import DAY, MARK, NUMBER, PERCENT, Column

from ..states import FieldGroup

PLACE = Column("place", _("TT"), 1.0, NUMBER)
AREA = Column("area", _("Xã, phường, đặc khu"), 2.6)
NUMBER_OF = Column("number", _("Số kiến nghị"), 1.9)
WORDS = Column("words", _("Nội dung kiến nghị"), 11.0)
NOTE = Column("note", _("Ghi chú"), 2.2)
FIELDS = tuple(Column(group.value, group.label, 1.35, MARK, group=_("Lĩnh vực"), summed=True) for group in FieldGroup)
FIELD = Column("field", _("Lĩnh vực"), 2.6)
BODY = Column("body", _("Cơ quan giải quyết"), 3.2)
REPLIER = Column("body", _("Cơ quan trả lời"), 2.8)
LETTER = Column("letter", _("Văn bản trả lời"), 2.8)
REPLY = Column("reply", _("Nội dung trả lời"), 7.0)
RESULT = Column("result", _("Xếp loại kết quả"), 2.8)
ROAD_MAP = Column("road_map", _("Lộ trình"), 3.6)
PROMISED = Column("promised_on", _("Ngày dự kiến hoàn thành"), 2.2, DAY)
COUNT = Column("count", _("Tổng số kiến nghị"), 2.4, NUMBER, summed=True)
SHARE = Column("share", _("Tỷ lệ"), 2.0, PERCENT, summed=True)


def count(key, title, group="", width=1.7):
    """A column of counts that is added up in the last row."""
    return Column(key, title, width, NUMBER, group=group, summed=True)


def share(key, title, group="", width=1.7):
    """A column of shares; the last row holds the share of the whole, not a sum."""
    return Column(key, title, width, PERCENT, group=group, summed=True)
