"""Bodies are asked to coordinate, give their part, return it, or are asked no more. Each takes `by`, is one transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from hoidong.kernel import deadlines, outbox, workflow
from hoidong.kernel.base import dates, text
from hoidong.kernel.base.errors import Invalid

from .. import moves as petition_moves
from ..models import Share
from . import events, moves, rules
from .ending import catch_up, noted
from .states import ShareState

RULE = "KNCT.SHARE"
LONGEST = 4000


def last_day(petitions):
    """The day offered for an opinion asked for today: by the rule, never after the day the petition itself is owed."""
    due = deadlines.due_by_rule(RULE, dates.today(), unit=petitions[0].office).due_on
    return min([due, *(petition.due_on for petition in petitions if petition.due_on)])


@transaction.atomic
def ask(petitions, *, bodies, asked_for, by, due_on=None):
    """Ask the same bodies to coordinate on each of these petitions (a queryset). Returns the Shares.

    `due_on` is the last day for the opinion, by default `last_day`. Raises Invalid with the field to mend, NotAllowed where
    one of the petitions is not for this person to share.
    """
    bodies, asked_for = list(dict.fromkeys(bodies)), _words(asked_for, "asked_for", _("Ghi nội dung cần phối hợp."))
    if not bodies:
        raise Invalid(_("Chọn ít nhất một cơ quan phối hợp."), field="body_1")
    # Locks the petitions: two people who ask the same body wait for each other, and the second one is told.
    made = workflow.make_many(
        petition_moves.SHARE, petitions, by=by, bodies=[body.called for body in bodies], asked_for=asked_for,
        answer_by=due_on,
    )  # fmt: skip
    day = due_on or last_day(made)
    for petition in made:
        _check_day(petition, day)
        _check_bodies(petition, bodies)
    catch_up(made)
    _check_free(made, bodies)
    shares = Share.objects.bulk_create(
        [
            Share(petition=petition, body=body, asked_for=asked_for, due_on=day, asked_unit=by.unit, asked_by=by.person,
                  asked_on=dates.today())
            for petition in made
            for body in bodies
        ],
        batch_size=500,
    )  # fmt: skip
    outbox.publish(events.ASKED, ids=[share.pk for share in shares])
    return shares


def _words(words, field, missing):
    words = text.nfc(words)
    if not words:
        raise Invalid(missing, field=field)
    if len(words) > LONGEST:
        raise Invalid(_("Tối đa %(most)s chữ cái. Rút ngắn lại.") % {"most": LONGEST}, field=field)
    return words


def _check_day(petition, day):
    if petition.due_on and petition.due_on < dates.today():
        raise Invalid(
            _("Kiến nghị %(number)s đã quá hạn trả lời, không còn ngày để hỏi thêm. Đôn đốc cơ quan chủ trì.")
            % {"number": petition},
            field="due_on",
        )
    if day < dates.today():
        raise Invalid(_("Hạn cho ý kiến đã qua. Ghi ngày từ hôm nay trở đi."), field="due_on")
    if petition.due_on and day > petition.due_on:
        raise Invalid(
            _("Kiến nghị %(number)s phải trả lời trước hết ngày %(day)s. Ghi hạn cho ý kiến không sau ngày đó.")
            % {"number": petition, "day": dates.format_date(petition.due_on)},
            field="due_on",
        )


def _check_bodies(petition, bodies):
    for place, body in enumerate(bodies, 1):
        if body.pk == petition.body_id:
            raise Invalid(
                _("%(body)s đang chủ trì kiến nghị %(number)s. Chọn cơ quan khác, hoặc bỏ chọn kiến nghị đó.")
                % {"body": body.called, "number": petition},
                field=f"body_{place}",
            )
        if body.kind not in rules.ASKED_KINDS or not body.path.startswith(f"{petition.province.path}."):
            raise Invalid(
                _("%(body)s không phải cơ quan trong tỉnh, thành phố này. Chọn cơ quan khác.") % {"body": body.called},
                field=f"body_{place}",
            )


def _check_free(petitions, bodies):
    open_now = Share.objects.filter(petition__in=petitions, body__in=bodies, state=ShareState.ASKED)
    taken = open_now.select_related("petition", "body__area").order_by("pk").first()
    if taken is not None:
        raise Invalid(
            _("%(body)s đang được hỏi ở kiến nghị %(number)s. Bỏ cơ quan này hoặc bỏ chọn kiến nghị đó.")
            % {"body": taken.body.called, "number": taken.petition},
            field=f"body_{[body.pk for body in bodies].index(taken.body_id) + 1}",
        )


@transaction.atomic
def give(share, words, *, by, file_id=None):
    """The body gives its opinion, with or without a paper. Returns the Share."""
    words = _words(words, "words", _("Ghi ý kiến của cơ quan."))
    made = workflow.make(moves.GIVE, share, by=by, words=words, given_on=dates.today(), given_by=by.person, file_id=file_id)
    return noted(moves.GIVE, made, by)


@transaction.atomic
def give_back(share, reason, *, by):
    """The body returns its part, with the reason. Returns the Share."""
    words = _words(reason, "reason", _("Ghi lý do trả lại."))
    made = workflow.make(moves.RETURN, share, by=by, reason=words, words=words, given_on=dates.today(), given_by=by.person)
    return noted(moves.RETURN, made, by, words)


@transaction.atomic
def withdraw(share, reason, *, by):
    """Who asked no longer needs it, with the reason. Returns the Share."""
    words = _words(reason, "reason", _("Ghi lý do rút."))
    return noted(moves.WITHDRAW, workflow.make(moves.WITHDRAW, share, by=by, reason=words, words=words), by, words)
