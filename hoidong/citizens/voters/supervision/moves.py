"""Every way the state of a team, or of what it asks for, can change. Taking petitions up is a move of theirs (`voters.moves`)."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.workflow import Move

from . import events, rules
from .states import DemandState as D
from .states import TeamState as T

CONCLUDE = Move(
    "conclude_team", {T.WORKING}, T.CONCLUDED, rules.check_conclude, _("Kết luận"), event=events.CONCLUDED, key="K",
    changes=("conclusion", "conclusion_number", "concluded_on", "signer", "signer_title", "paper_id"),
)  # fmt: skip
CLOSE = Move("close_team", {T.CONCLUDED}, T.CLOSED, rules.check_close, _("Kết thúc theo dõi"), changes=("closed_on",))
CANCEL = Move("cancel_team", {T.WORKING}, T.CANCELLED, rules.check_lead, _("Hủy đoàn"), reason_required=True)
MOVES = (CONCLUDE, CLOSE, CANCEL)

ISSUE = Move("issue_demand", {D.DRAFT}, D.OPEN, rules.check_follow, _("Ban hành cùng kết luận"))
REPORT = Move(
    "report_demand", {D.OPEN}, D.REPORTED, rules.check_report, _("Báo cáo kết quả"),
    event=events.REPORTED, changes=("report", "reported_on", "reported_by", "file_id"),
)  # fmt: skip
ASK_WHY = Move(
    "ask_why", {D.OPEN, D.REPORTED}, D.ASKED_WHY, rules.check_ask_why, _("Yêu cầu giải trình"),
    reason_required=True, event=events.ASKED_WHY, changes=("judgement", "explain_by"),
)  # fmt: skip
EXPLAIN = Move(
    "explain_demand", {D.ASKED_WHY}, D.REPORTED, rules.check_report, _("Giải trình"), event=events.REPORTED,
    changes=("explanation", "explained_on", "explained_by", "explanation_file_id"),
)  # fmt: skip
MEASURE = Move(
    "measure_demand", {D.OPEN, D.ASKED_WHY, D.REPORTED}, None, rules.check_measure, _("Áp dụng biện pháp"),
    reason_required=True, event=events.MEASURED,
)  # fmt: skip
ACCEPT = Move(
    "accept_demand", {D.OPEN, D.REPORTED}, D.DONE, rules.check_follow, _("Đã thực hiện"), changes=("judgement", "ended_on")
)
SEND_BACK = Move(
    "send_back_demand", {D.REPORTED}, D.OPEN, rules.check_follow, _("Yêu cầu thực hiện tiếp"),
    reason_required=True, event=events.SENT_BACK, changes=("judgement", "due_on"),
)  # fmt: skip
DROP = Move(
    "drop_demand", {D.OPEN, D.ASKED_WHY, D.REPORTED}, D.DROPPED, rules.check_follow, _("Thôi theo dõi"),
    reason_required=True, changes=("judgement", "ended_on"),
)  # fmt: skip
DEMAND_MOVES = (ISSUE, REPORT, ASK_WHY, EXPLAIN, MEASURE, ACCEPT, SEND_BACK, DROP)
