"""The records of this module."""

from .answers import Answer, Assessment
from .letters import TransferItem, TransferLetter, UrgingItem, UrgingLetter
from .meetings import Meeting, Opinion
from .members import DeputyWord, Follow
from .petitions import Field, Origin, Petition
from .printed import PrintedReport
from .proposals import Alike, Learned
from .ratings import VoterRating
from .replies import Passage, ReplyLetter, ReplyPair
from .rounds import CalendarKey, GroupArea, PlanChange, PlannedDeputy, PlannedMeeting, Round
from .shares import Share
from .supervision import Demand, DemandMeasure, SupervisionItem, SupervisionTeam, TeamMember

__all__ = [
    "Alike",
    "Answer",
    "Assessment",
    "CalendarKey",
    "Demand",
    "DemandMeasure",
    "DeputyWord",
    "Field",
    "Follow",
    "GroupArea",
    "Learned",
    "Meeting",
    "Opinion",
    "Origin",
    "Passage",
    "Petition",
    "PlanChange",
    "PlannedDeputy",
    "PlannedMeeting",
    "PrintedReport",
    "ReplyLetter",
    "ReplyPair",
    "Round",
    "Share",
    "SupervisionItem",
    "SupervisionTeam",
    "TeamMember",
    "TransferItem",
    "TransferLetter",
    "UrgingItem",
    "UrgingLetter",
    "VoterRating",
]
