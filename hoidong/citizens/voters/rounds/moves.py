"""Every way the state of a round, or of a planned meeting, can change."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.workflow import Move

from . import events, rules
from .states import PlannedState, RoundState

S = RoundState
PUBLISH = Move(
    "publish_round", {S.DRAFT}, S.PUBLISHED, rules.check_round, _("Công bố lịch"),
    event=events.PUBLISHED, key="C", changes=("published_at", "paper_id"),
)  # fmt: skip
END = Move("end_round", {S.PUBLISHED}, S.ENDED, rules.check_round, _("Kết thúc đợt"), key="K")
REOPEN = Move("reopen_round", {S.ENDED}, S.PUBLISHED, rules.check_round, _("Mở lại đợt"))
WITHDRAW = Move(
    "withdraw_round", {S.DRAFT, S.PUBLISHED}, S.WITHDRAWN, rules.check_round, _("Thu hồi"),
    reason_required=True, event=events.WITHDRAWN, key="T",
)  # fmt: skip
MOVES = (PUBLISH, END, REOPEN, WITHDRAW)

CALL_OFF = Move(
    "call_off", {PlannedState.PLANNED}, PlannedState.CALLED_OFF, rules.check_call_off, _("Hủy hội nghị"), reason_required=True
)
CALL_OFF_WITH_ROUND = Move(
    "call_off_with_round", {PlannedState.PLANNED}, PlannedState.CALLED_OFF, rules.check_with_round,
    _("Hủy cùng đợt"), reason_required=True,
)  # fmt: skip
PLANNED_MOVES = (CALL_OFF, CALL_OFF_WITH_ROUND)
