"""Who changes the calendar: the platform's administrator, for all offices at once. Everybody else counts by it."""

from django.utils.translation import gettext as _

from ..base.errors import NotAllowed
from ..people.rules import is_system


def may_change(actor):
    """Is this the platform's administrator, or the platform itself?"""
    return is_system(actor)


def check_may_change(actor):
    """Raise NotAllowed with the reason for anybody who may not change the calendar."""
    if not may_change(actor):
        raise NotAllowed(_("Lịch nghỉ dùng chung cho mọi đơn vị. Chỉ quản trị hệ thống thay đổi được."))
