"""Every way the state of a coordinating body's part can change. Asking is a move of the petition (`voters.moves.SHARE`)."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.workflow import Move

from . import events, rules
from .states import ShareState as T

GIVE = Move(
    "give_share", {T.ASKED}, T.GIVEN, rules.check_own, _("Cho ý kiến"),
    event=events.GIVEN, changes=("words", "given_on", "given_by", "file_id"),
)  # fmt: skip
RETURN = Move(
    "return_share", {T.ASKED}, T.RETURNED, rules.check_own, _("Trả lại phần việc"),
    reason_required=True, event=events.RETURNED, changes=("words", "given_on", "given_by"),
)  # fmt: skip
WITHDRAW = Move(
    "withdraw_share", {T.ASKED}, T.WITHDRAWN, rules.check_withdraw, _("Rút lời đề nghị"),
    reason_required=True, event=events.WITHDRAWN, changes=("words",),
)  # fmt: skip
MOVES = (GIVE, RETURN, WITHDRAW)
