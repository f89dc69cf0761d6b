"""Where a team and what it asks for stand, and the words its findings are written in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamState(models.TextChoices):
    """Where a supervision team stands."""

    WORKING = "working", _("Đang giám sát")
    CONCLUDED = "concluded", _("Đã kết luận, theo dõi thực hiện")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class DemandState(models.TextChoices):
    """Where one recommendation (kiến nghị giám sát) to a body stands. A draft is seen by the council's side only."""

    DRAFT = "draft", _("Dự thảo")
    OPEN = "open", _("Đang thực hiện")
    ASKED_WHY = "asked_why", _("Chờ giải trình")
    REPORTED = "reported", _("Đã báo cáo, chờ xem xét")
    DONE = "done", _("Đã thực hiện")
    DROPPED = "dropped", _("Thôi theo dõi")


OWED = (DemandState.OPEN, DemandState.ASKED_WHY, DemandState.REPORTED)


class Measure(models.TextChoices):
    """What the council does where a recommendation is not carried out: the rungs of the ladder, in their order."""

    URGE = "urge", _("Đôn đốc")
    HANDLE = "handle", _("Kiến nghị xử lý trách nhiệm")
    HEARING = "hearing", _("Đưa ra phiên giải trình")
    QUESTION = "question", _("Chất vấn")
    AGAIN = "again", _("Giám sát lại")
    COUNCIL = "council", _("Báo cáo Hội đồng nhân dân")


class Part(models.TextChoices):
    """What somebody does in a team."""

    HEAD = "head", _("Trưởng đoàn")
    DEPUTY = "deputy", _("Phó Trưởng đoàn")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Thành viên")


class Seen(models.TextChoices):
    """What a team found a petition to be, whatever the answer said."""

    SOLVED = "solved", _("Đã giải quyết xong")
    WORKING = "working", _("Đang giải quyết")
    EXPLAINED = "explained", _("Mới giải trình")
    NOTHING = "nothing", _("Chưa giải quyết")


class Pace(models.TextChoices):
    """Whether the body kept its days."""

    ON_TIME = "on_time", _("Đúng tiến độ")
    LATE = "late", _("Chậm tiến độ")


class Advice(models.TextChoices):
    """What the team proposes to the office for the petition."""

    CLOSE = "close", _("Đóng kiến nghị")
    CARRY = "carry", _("Theo dõi ở kỳ họp sau")
    AGAIN = "again", _("Yêu cầu trả lời lại")
