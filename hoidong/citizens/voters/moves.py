"""The table of moves: every way a petition's state can change. Checks stand in `rules`."""

from django.utils.translation import gettext_lazy as _

from hoidong.kernel.workflow import Move

from . import events, rules
from .shares import rules as shares
from .states import MeetingState, S
from .supervision import events as supervised
from .supervision import rules as supervision

HAND_UP = Move(
    "hand_up", {S.NEW}, S.HANDED_UP, rules.check_hand_up, _("Chuyển lên"),
    event=events.HANDED_UP, key="L", changes=("office", "handed_up_on"),
)  # fmt: skip
KEEP = Move("keep", {S.NEW}, S.HANDED_UP, rules.check_office, _("Giữ để xã giải quyết"), key="X")
SEND_BACK = Move(
    "send_back", {S.HANDED_UP, S.CLASSIFIED}, S.NEW, rules.check_send_back, _("Trả về nơi gửi"),
    reason_required=True, event=events.SENT_BACK, key="V", changes=("office", "handed_up_on"),
)  # fmt: skip
CLASSIFY = Move(
    "classify", {S.HANDED_UP, S.CLASSIFIED, S.RETURNED}, S.CLASSIFIED, rules.check_office, _("Phân loại"),
    event=events.CLASSIFIED, key="P", changes=("field", "level", "body"),
)  # fmt: skip
MERGE = Move(
    "merge", {S.HANDED_UP, S.CLASSIFIED}, S.MERGED, rules.check_office, _("Gộp"),
    event=events.MERGED, key="G", changes=("merged_into",),
)  # fmt: skip
# So does taking a petition into the group of a supervision team (`supervision.moves`).
SUPERVISE = Move(
    "supervise", {S.SENT, S.TAKEN, S.ANSWERED, S.CARRIED, S.CLOSED}, None, supervision.check_take_up, _("Đưa vào đoàn giám sát"),
    event=supervised.TAKEN_UP, key="S",
)  # fmt: skip
UNMERGE = Move(
    "unmerge", {S.MERGED}, S.HANDED_UP, rules.check_unmerge, _("Tách ra"), event=events.UNMERGED, changes=("merged_into",)
)
SEND = Move(
    "send", {S.CLASSIFIED}, S.SENT, rules.check_send, _("Chuyển cơ quan"),
    event=events.SENT, key="C", changes=("sent_on", "due_on"),
)  # fmt: skip
TAKE = Move("take", {S.SENT}, S.TAKEN, rules.check_body, _("Tiếp nhận"), event=events.TAKEN, key="N")
RETURN = Move(
    "return", {S.SENT, S.TAKEN}, S.RETURNED, rules.check_body, _("Trả lại, không thuộc thẩm quyền"),
    reason_required=True, event=events.RETURNED, key="T", changes=("due_on",),
)  # fmt: skip
ANSWER = Move(
    "answer", {S.TAKEN, S.CARRIED}, S.ANSWERED, rules.check_body, _("Trả lời"),
    event=events.ANSWERED, key="L", changes=("answered_on", "result", "promised_on", "verdict"),
)  # fmt: skip
# A body without an account here, a ministry above all, answers on paper; the office writes the letter down in its name.
ANSWER_ON_PAPER = Move(
    "answer_on_paper", {S.SENT, S.TAKEN, S.CARRIED}, S.ANSWERED, rules.check_on_paper, _("Ghi trả lời nhận bằng văn bản"),
    event=events.ANSWERED, changes=("answered_on", "result", "promised_on", "verdict"),
)  # fmt: skip
RETURN_ON_PAPER = Move(
    "return_on_paper", {S.SENT, S.TAKEN}, S.RETURNED, rules.check_on_paper, _("Ghi cơ quan trả lại bằng văn bản"),
    reason_required=True, event=events.RETURNED, changes=("due_on",),
)  # fmt: skip
# Urging changes no state: the petition stays where it is, and the log holds the proof.
URGE = Move("urge", {S.SENT, S.TAKEN}, None, rules.check_urge, _("Đôn đốc"), event=events.URGED, key="D")
# Asking bodies to coordinate changes no state either: their parts have states of their own (`shares.moves`).
SHARE = Move("share", {S.CLASSIFIED, S.SENT, S.TAKEN}, None, shares.check_ask, _("Hỏi cơ quan phối hợp"), key="H")
ASSESS = Move("assess", {S.ANSWERED}, None, rules.check_office, _("Đánh giá trả lời"), key="Đ", changes=("verdict",))
ASK_AGAIN = Move(
    "ask_again", {S.ANSWERED}, S.TAKEN, rules.check_office, _("Yêu cầu trả lời lại"),
    reason_required=True, event=events.ASKED_AGAIN, key="Y", changes=("due_on", "verdict"),
)  # fmt: skip
CARRY = Move("carry", {S.ANSWERED}, S.CARRIED, rules.check_office, _("Chuyển kỳ họp sau"), event=events.CARRIED, key="K")
CLOSE = Move(
    "close", {S.ANSWERED, S.CARRIED}, S.CLOSED, rules.check_close, _("Đóng"), event=events.CLOSED, changes=("closed_on",)
)
CANCEL = Move(
    "cancel", {S.NEW, S.HANDED_UP}, S.CANCELLED, rules.check_office, _("Hủy"), reason_required=True, event=events.CANCELLED
)
# The order in which the buttons stand; the first open one is the main one.
MOVES = (
    HAND_UP,
    KEEP,
    CLASSIFY,
    SEND,
    MERGE,
    SEND_BACK,
    TAKE,
    ANSWER,
    RETURN,
    SHARE,
    URGE,
    ANSWER_ON_PAPER,
    RETURN_ON_PAPER,
    ASSESS,
    CLOSE,
    CARRY,
    ASK_AGAIN,
    SUPERVISE,
    UNMERGE,
    CANCEL,
)

RECORD_MEETING = Move(
    "record_meeting", {MeetingState.WRITING}, MeetingState.RECORDED, rules.check_meeting,
    _("Lập biên bản"), changes=("paper_id",),
)  # fmt: skip
MEETING_MOVES = (RECORD_MEETING,)
