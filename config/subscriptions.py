"""Which event is heard by whom: the one list. Events are written by `outbox.publish`, receivers run in the worker."""

from hoidong.citizens.voters import events as voters
from hoidong.citizens.voters.members import events as members
from hoidong.citizens.voters.rounds import events as rounds
from hoidong.citizens.voters.shares import events as shares
from hoidong.citizens.voters.supervision import events as supervision
from hoidong.kernel.deadlines import events as deadlines
from hoidong.kernel.law import events as law
from hoidong.kernel.vault import events as vault

_DEADLINES = "hoidong.kernel.deadlines.recount"
_VOTERS = "hoidong.citizens.voters.receivers"
_MEMBERS = "hoidong.citizens.voters.members.receivers"
_ROUNDS = "hoidong.citizens.voters.rounds.receivers"
_SHARES = "hoidong.citizens.voters.shares.receivers"
_ENDING = "hoidong.citizens.voters.shares.ending"
_SUPERVISION = "hoidong.citizens.voters.supervision.receivers"

SUBSCRIPTIONS = {
    law.CHANGED: [f"{_DEADLINES}.on_rule_changed"],
    deadlines.CALENDAR_CHANGED: [f"{_DEADLINES}.on_calendar_changed"],
    vault.OPENED: ["hoidong.kernel.vault.receivers.tell_opened"],
    vault.BROKEN: ["hoidong.kernel.vault.receivers.tell_broken"],
    deadlines.MOVED: [f"{_VOTERS}.follow_deadlines"],
    voters.HANDED_UP: [f"{_VOTERS}.tell_office", f"{_MEMBERS}.tell_followers"],
    voters.SENT_BACK: [f"{_VOTERS}.tell_commune", f"{_MEMBERS}.tell_followers", f"{_ENDING}.end_open"],
    voters.SENT: [f"{_VOTERS}.tell_body", f"{_MEMBERS}.tell_followers"],
    voters.RETURNED: [f"{_VOTERS}.tell_office", f"{_MEMBERS}.tell_followers", f"{_ENDING}.end_open"],
    voters.ANSWERED: [f"{_VOTERS}.tell_office", f"{_MEMBERS}.tell_followers", f"{_ENDING}.end_open"],
    voters.ASKED_AGAIN: [f"{_VOTERS}.tell_body", f"{_MEMBERS}.tell_followers"],
    voters.URGED: [f"{_VOTERS}.tell_body", f"{_MEMBERS}.tell_followers"],
    voters.CLOSED: [f"{_VOTERS}.tell_commune", f"{_MEMBERS}.tell_followers", f"{_ENDING}.end_open"],
    voters.RATED_BAD: [f"{_VOTERS}.tell_office"],
    voters.CARRIED: [f"{_MEMBERS}.tell_followers"],
    voters.MERGED: [f"{_ENDING}.end_open"],
    voters.CANCELLED: [f"{_ENDING}.end_open"],
    members.SPOKEN: [f"{_MEMBERS}.tell_office"],
    shares.ASKED: [f"{_SHARES}.tell_body", f"{_SHARES}.tell_lead"],
    shares.WITHDRAWN: [f"{_SHARES}.tell_body"],
    shares.GIVEN: [f"{_SHARES}.tell_askers"],
    shares.RETURNED: [f"{_SHARES}.tell_askers"],
    supervision.TAKEN_UP: [f"{_SUPERVISION}.tell_bodies", f"{_MEMBERS}.tell_followers"],
    supervision.CONCLUDED: [f"{_SUPERVISION}.tell_concluded"],
    supervision.REPORTED: [f"{_SUPERVISION}.tell_team"],
    supervision.SENT_BACK: [f"{_SUPERVISION}.tell_body"],
    supervision.ASKED_WHY: [f"{_SUPERVISION}.tell_asked_why"],
    supervision.MEASURED: [f"{_SUPERVISION}.tell_measured"],
    rounds.PUBLISHED: [f"{_ROUNDS}.tell_published"],
    rounds.CHANGED: [f"{_ROUNDS}.tell_changed"],
    rounds.WITHDRAWN: [f"{_ROUNDS}.tell_withdrawn"],
    rounds.URGED: [f"{_ROUNDS}.tell_urged"],
}
