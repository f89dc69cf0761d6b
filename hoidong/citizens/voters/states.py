"""The states and classes of a petition: the words of the office, and how each one looks.

Answered is never solved: the class of a reply (`Result`) says what was done, the state says where the petition stands.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionState(models.TextChoices):
    """Where a petition stands."""

    NEW = "new", _("Mới ghi")
    HANDED_UP = "handed_up", _("Chờ phân loại")
    CLASSIFIED = "classified", _("Đã phân loại, chờ chuyển")
    SENT = "sent", _("Đã chuyển, chưa tiếp nhận")
    TAKEN = "taken", _("Cơ quan đã tiếp nhận")
    RETURNED = "returned", _("Cơ quan trả lại")
    ANSWERED = "answered", _("Đã trả lời, chờ đánh giá")
    CARRIED = "carried", _("Chuyển kỳ họp sau")
    CLOSED = "closed", _("Đã đóng")
    MERGED = "merged", _("Đã gộp")
    CANCELLED = "cancelled", _("Đã hủy theo lô nhập")


S = PetitionState
AT_WORK = (S.HANDED_UP, S.CLASSIFIED, S.SENT, S.TAKEN, S.RETURNED, S.ANSWERED, S.CARRIED)
WITH_BODY = (S.SENT, S.TAKEN)
# What its body reads: what was transferred to it. Before that, and after it was merged or cancelled, `body` is only a plan.
READ_BY_BODY = (S.SENT, S.TAKEN, S.RETURNED, S.ANSWERED, S.CARRIED, S.CLOSED)
ENDED = (S.CLOSED, S.MERGED, S.CANCELLED)
COUNTED = tuple(state for state in S if state not in (S.MERGED, S.CANCELLED))


class MeetingState(models.TextChoices):
    """Where the record of a voter contact meeting stands."""

    WRITING = "writing", _("Đang ghi")
    RECORDED = "recorded", _("Đã lập biên bản")


class Phase(models.TextChoices):
    """The round of meetings a petition comes from."""

    BEFORE = "before", _("Trước kỳ họp")
    AFTER = "after", _("Sau kỳ họp")
    OTHER = "other", _("Ngoài đợt theo kỳ họp")


class Source(models.TextChoices):
    """How a petition came in."""

    MEETING = "meeting", _("Hội nghị tiếp xúc cử tri")
    LETTER = "letter", _("Văn bản, thư của cử tri")
    SHEET = "sheet", _("Nhập từ bảng")
    OTHER = "other", _("Nguồn khác")


class Handling(models.TextChoices):
    """What happens to an opinion raised at a meeting."""

    UP = "up", _("Chuyển lên")
    SPOT = "spot", _("Trả lời tại chỗ")
    COMMUNE = "commune", _("Xã giải quyết")


class Level(models.TextChoices):
    """The level competent to answer (thẩm quyền)."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Tỉnh, thành phố")
    COMMUNE = "commune", _("Xã, phường, đặc khu")


class FieldGroup(models.TextChoices):
    """The five columns of fields in the reports of the council family (1A, Phụ lục I–III)."""

    POLICY = "policy", _("Cơ chế, chính sách")
    ECONOMY = "economy", _("Kinh tế - Ngân sách")
    SOCIETY = "society", _("Văn hóa - Xã hội")
    JUSTICE = "justice", _("Tư pháp")
    SECURITY = "security", _("An ninh, quốc phòng và vấn đề khác")


class Result(models.TextChoices):
    """What a reply says was done, on two levels: the part before the point is the first level."""

    EXPLAINED = "explained", _("Giải trình, cung cấp thông tin")
    SOLVED_TEXT = "solved.text", _("Đã giải quyết xong: ban hành, sửa văn bản quy phạm pháp luật")
    SOLVED_INSPECTION = "solved.inspection", _("Đã giải quyết xong: thanh tra, kiểm tra")
    SOLVED_DONE = "solved.done", _("Đã giải quyết xong: tổ chức thực hiện")
    ROAD_MAP = "working.road_map", _("Đang giải quyết: có lộ trình")
    SUBMITTED = "working.submitted", _("Đang giải quyết: đã trình cấp trên")
    NO_ROAD_MAP = "working.no_road_map", _("Đang giải quyết: chưa có lộ trình")
    NO_RESOURCES = "working.no_resources", _("Đang giải quyết: chưa có nguồn lực")
    NOT_YET = "working.not_yet", _("Đang giải quyết: chưa giải quyết ngay được")
    HIGHER_TEXT = "working.higher_text", _("Đang giải quyết: liên quan văn bản cấp trên")
    OTHER = "working.other", _("Đang giải quyết: lý do khác")
    WILL = "will", _("Sẽ giải quyết, nghiên cứu, tiếp thu")

    @property
    def solved(self):
        """True only for what was really done."""
        return self.value.startswith("solved")

    @property
    def with_date(self):
        """True for a class that promises: it cannot be chosen without a date."""
        return self.value == "working.road_map"

    @property
    def first_level(self):
        """`explained`, `solved`, `working` or `will`."""
        return self.value.split(".")[0]


class Verdict(models.TextChoices):
    """How the council's office judges a reply."""

    FULL = "full", _("Trả lời đủ, đúng nội dung")
    PARTLY = "partly", _("Trả lời một phần")
    UNCLEAR = "unclear", _("Chung chung, chưa rõ")


class About(models.TextChoices):
    """What a voter judges."""

    REPLY = "reply", _("Nội dung trả lời")
    PROMISE = "promise", _("Việc giữ lời hứa")


class Voice(models.TextChoices):
    """How a voter judges it; the sentences on the portal say it in plain words."""

    GOOD = "good", _("Tốt")
    PARTLY = "partly", _("Một phần")
    BAD = "bad", _("Chưa được")
