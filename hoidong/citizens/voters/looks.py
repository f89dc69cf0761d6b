"""How each state of a petition looks: a shape, a word, then a colour."""

from django.utils.translation import gettext as _

from hoidong.kernel import deadlines
from hoidong.kernel.base import dates
from hoidong.kernel.ui.looks import Look

from .states import WITH_BODY, Result, S

_SHAPES = {
    S.NEW: ("new", "calm"),
    S.HANDED_UP: ("new", "busy"),
    S.CLASSIFIED: ("new", "busy"),
    S.SENT: ("sent", "calm"),
    S.TAKEN: ("sent", "calm"),
    S.RETURNED: ("back", "soon"),
    S.ANSWERED: ("said", "calm"),
    S.CARRIED: ("carry", "calm"),
    S.CLOSED: ("said", "calm"),
    S.MERGED: ("merge", "calm"),
    S.CANCELLED: ("back", "calm"),
}


def look_of(petition, on=None):
    """The Look of a petition today. Late goes before everything; a reply shows its class, solved only when it is."""
    on = on or dates.today()
    if petition.state in WITH_BODY and petition.due_on and petition.due_on < on:
        return Look("late", "late", _("Quá hạn trả lời"), petition.get_state_display())
    shape, tone = _SHAPES[petition.state]
    note = ""
    if petition.result and petition.state in (S.ANSWERED, S.CARRIED, S.CLOSED):
        result = Result(petition.result)
        shape, tone = result_shape(result)
        note = result_word(petition, result)
    if petition.state == S.MERGED and petition.merged_into:
        return Look(shape, tone, _("Đã gộp vào %(number)s") % {"number": petition.merged_into}, "")
    return Look(shape, tone, petition.get_state_display(), note)


def result_shape(result):
    """Shape and tone of a class of reply: a speech bubble for words, a half disc for a road map, a full disc for solved."""
    if result.solved:
        return "solved", "good"
    return ("road", "busy") if result.first_level in ("working", "will") else ("said", "calm")


def result_word(petition, result):
    """The short word under the state."""
    if result.solved:
        return _("đã giải quyết xong")
    if petition.promised_on:
        return _("hứa %(day)s") % {"day": dates.format_date(petition.promised_on)}
    return _("giải trình, thông tin") if result == Result.EXPLAINED else _("đang giải quyết")


def days_left(petition, on, calendar=None):
    """Working days left for the answer, negative when over; None where no clock runs. Lists read the calendar once."""
    if petition.state not in WITH_BODY or petition.due_on is None:
        return None
    try:
        return deadlines.days_left(petition.due_on, on, calendar)
    except deadlines.CalendarMissing:
        return None


def answered_word(petition):
    """Whether the answer came in time; empty where there is none yet."""
    if not petition.answered_on or not petition.due_on:
        return ""
    return _("đúng hạn") if petition.answered_on <= petition.due_on else _("chậm hạn")
