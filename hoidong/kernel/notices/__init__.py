"""Notices in the app and by mail: what each person chose to hear of, how, and when not.

    notices.register(notices.Kind("voters.sent", _("Kiến nghị được chuyển đến"), way=notices.Way.MAIL))   # AppConfig.ready
    notices.tell(accounts, kind="voters.sent", text=…, url=…, subject=petition)

A notice is what a receiver of an event gives. The text stands in the app only: a mail says the kind and the link
(Law 91/2025/QH15 on personal data).
"""

from .kinds import Kind, register
from .models import Way
from .telling import forget_about, mark_read, notices_for, tell, unread_count

__all__ = ["Kind", "Way", "forget_about", "mark_read", "notices_for", "register", "tell", "unread_count"]
