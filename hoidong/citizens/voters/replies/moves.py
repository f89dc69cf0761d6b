"""Every way the state of a reply letter can change."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.workflow import Move

from . import rules
from .states import LetterState as S

READ = Move("reply_read", {S.READING}, S.MATCHING, rules.check_letter, _("Đọc xong"), changes=("pages", "done", "trouble"))
WRITE = Move("reply_write", {S.MATCHING}, S.WRITTEN, rules.check_write, _("Ghi trả lời"))
REOPEN = Move("reply_reopen", {S.WRITTEN}, S.MATCHING, rules.check_letter, _("Khớp thêm"))
DROP = Move("reply_drop", {S.READING, S.MATCHING}, S.DROPPED, rules.check_letter, _("Bỏ thư này"))
MOVES = (READ, WRITE, REOPEN, DROP)
