"""Which event is heard by whom: the one list. Events are written by `outbox.publish`, receivers run in the worker."""

from hoidong.citizens.voters import events as voters

_VOTERS = "hoidong.citizens.voters.receivers"

SUBSCRIPTIONS = {
    voters.HANDED_UP: [f"{_VOTERS}.tell_office"],
    voters.SENT_BACK: [f"{_VOTERS}.tell_commune"],
    voters.SENT: [f"{_VOTERS}.tell_body"],
    voters.RETURNED: [f"{_VOTERS}.tell_office"],
    voters.ANSWERED: [f"{_VOTERS}.tell_office"],
    voters.ASKED_AGAIN: [f"{_VOTERS}.tell_body"],
    voters.CLOSED: [f"{_VOTERS}.tell_commune"],
}
