"""The roles a post can have: what a person may do follows from role, unit and state, decided in each module's rules."""

from django.utils.translation import gettext_lazy as _

from ..units.kinds import Level


class Role:
    """A kind of post. `reads_cases`: it finds its unit's records.

    `second_factor`: signing in takes more than a password; `second_factor_above_commune`: only for posts at a province or
    above, where the same work reads the names of a whole province (docs/decisions/0006).
    """

    code = ""
    name = ""
    description = ""
    second_factor = False
    second_factor_above_commune = False
    reads_cases = True

    @classmethod
    def asks_factor_at(cls, unit):
        """Must a post with this role at this unit have a second factor?"""
        return cls.second_factor or (cls.second_factor_above_commune and unit.level != Level.COMMUNE)


class SystemAdmin(Role):
    code = "system_admin"
    name = _("Quản trị hệ thống")
    description = _("Cấu hình nền tảng; không xem nội dung hồ sơ.")
    second_factor = True
    reads_cases = False


class UnitAdmin(Role):
    code = "unit_admin"
    name = _("Quản trị đơn vị")
    description = _("Người dùng, đơn vị, mẫu văn bản của đơn vị mình.")
    second_factor = True
    reads_cases = False


class Clerk(Role):
    code = "clerk"
    name = _("Văn thư, công chức cấp xã")
    description = _("Ghi hội nghị, kiến nghị, chuyển lên.")
    second_factor_above_commune = True


class CouncilOfficer(Role):
    code = "council_officer"
    name = _("Chuyên viên văn phòng Hội đồng nhân dân")
    description = _("Tổng hợp, phân loại, chuyển, đánh giá kiến nghị.")
    second_factor = True


class Leader(Role):
    code = "leader"
    name = _("Lãnh đạo đơn vị")
    description = _("Duyệt, giao việc, ký, gia hạn.")
    second_factor = True


class StandingCommittee(Role):
    code = "standing_committee"
    name = _("Thường trực Hội đồng nhân dân")
    description = _("Quyết định, giám sát.")
    second_factor = True


class Committee(Role):
    code = "committee"
    name = _("Ban của Hội đồng nhân dân")
    description = _("Thẩm tra, giám sát.")
    second_factor_above_commune = True


class GroupHead(Role):
    code = "group_head"
    name = _("Tổ trưởng tổ đại biểu")
    description = _("Kế hoạch và biên bản tiếp xúc cử tri của tổ.")


class Deputy(Role):
    code = "deputy"
    name = _("Đại biểu Hội đồng nhân dân")
    description = _("Kỳ họp, chất vấn, kiến nghị nơi ứng cử.")


class BodyOfficer(Role):
    code = "body_officer"
    name = _("Chuyên viên cơ quan giải quyết")
    description = _("Tiếp nhận, trả lời kiến nghị được chuyển đến.")


class FatherlandFront(Role):
    code = "fatherland_front"
    name = _("Mặt trận Tổ quốc Việt Nam")
    description = _("Phối hợp tiếp xúc cử tri, giám sát.")


class HamletHead(Role):
    code = "hamlet_head"
    name = _("Trưởng thôn, Tổ trưởng tổ dân phố")
    description = _("Ý kiến, thông báo của thôn, tổ dân phố.")


class Auditor(Role):
    code = "auditor"
    name = _("Kiểm toán nhật ký")
    description = _("Chỉ đọc nhật ký.")
    second_factor = True
    reads_cases = False


ROLES = {
    role.code: role
    for role in (
        CouncilOfficer, Clerk, BodyOfficer, Leader, StandingCommittee, Committee, GroupHead, Deputy,
        FatherlandFront, HamletHead, UnitAdmin, SystemAdmin, Auditor,
    )
}  # fmt: skip


def choices():
    """(code, name) of every role, for forms."""
    return [(code, role.name) for code, role in ROLES.items()]
