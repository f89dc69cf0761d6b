"""Opening terms and sessions. Each action takes `by` and is written down."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoidong.kernel import audit
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid

from . import queries, rules
from .models import CouncilSession, Term


@transaction.atomic
def open_term(council, *, number, first_year, last_year, opens_on, by):
    """A new council begins: the term before it ends the day before. Raises Invalid when the number or the days are taken."""
    rules.check_office(by, council)
    if last_year <= first_year:
        raise Invalid(_("Năm kết thúc phải sau năm bắt đầu."), field="last_year")
    before = queries.term_on(council, opens_on)
    if before is not None and before.ends_on is None and before.opens_on < opens_on:
        _end_term(before, opens_on)
    with _said_of_constraints({
        "council_has_each_term_once": (_("Hội đồng nhân dân này đã có khóa %(number)s.") % {"number": number}, "number"),
        "council_has_one_term_a_day": (_("Ngày khai mạc nằm trong nhiệm kỳ khác đã ghi. Xem lại ngày."), "opens_on"),
    }):  # fmt: skip
        term = Term.objects.create(
            council=council, number=number, first_year=first_year, last_year=last_year, opens_on=opens_on
        )
    audit.record("meetings.open_term", council, by, number=number, opens_on=opens_on.isoformat())
    return term


@transaction.atomic
def open_session(term, *, number, kind, opens_on, closes_on, by, place=""):
    """Plan a session of a term. Raises Invalid when the number is taken or the days do not fit the term."""
    rules.check_office(by, term.council)
    _check_days(term, opens_on, closes_on)
    with _said_of_constraints({
        "term_has_each_session_once": (_("Nhiệm kỳ này đã có kỳ họp thứ %(number)s.") % {"number": number}, "number"),
        "council_has_one_session_a_day": _two_sessions(),
    }):  # fmt: skip
        session = CouncilSession.objects.create(
            council=term.council, term=term, number=number, kind=kind, opens_on=opens_on, closes_on=closes_on, place=place
        )
    audit.record("meetings.open_session", session, by, number=number, opens_on=opens_on.isoformat())
    return session


@transaction.atomic
def change_session(session, *, opens_on, closes_on, by, place=""):
    """Move a session to other days or another place. Its number and kind stay: papers quote them."""
    locked = CouncilSession.objects.select_for_update(of=("self",)).select_related("term", "council").get(pk=session.pk)
    rules.check_office(by, locked.council)
    _check_days(locked.term, opens_on, closes_on)
    before = {"opens_on": locked.opens_on.isoformat(), "closes_on": locked.closes_on.isoformat(), "place": locked.place}
    locked.opens_on, locked.closes_on, locked.place = opens_on, closes_on, place
    with _said_of_constraints({"council_has_one_session_a_day": _two_sessions()}):
        locked.save(update_fields=["opens_on", "closes_on", "place"])
    audit.record("meetings.change_session", locked, by, before=before, opens_on=opens_on.isoformat())
    return locked


def _end_term(term, next_opens_on):
    """A term ends the day before the next council opens its first session; no session of it may lie behind that day."""
    behind = term.sessions.filter(closes_on__gte=next_opens_on).order_by("opens_on").first()
    if behind is not None:
        raise Invalid(
            _(
                "Kỳ họp thứ %(number)s của nhiệm kỳ trước bế mạc ngày %(day)s. Sửa ngày kỳ họp đó trước, hoặc chọn ngày khai mạc sau."
            )
            % {"number": behind.number, "day": dates.format_date(behind.closes_on)},
            field="opens_on",
        )
    term.ends_on = dates.day_before(next_opens_on)
    term.save(update_fields=["ends_on"])


def _two_sessions():
    return _("Những ngày này đã có một kỳ họp khác của Hội đồng nhân dân. Chọn ngày khác."), "opens_on"


@contextmanager
def _said_of_constraints(sentences):
    """What the database refuses, in words at the field: {constraint: (sentence, field)}. Two at once are refused like one."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name
        if name not in sentences:
            raise
        sentence, field = sentences[name]
        raise Invalid(sentence, field=field) from error


def _check_days(term, opens_on, closes_on):
    if closes_on < opens_on:
        raise Invalid(_("Ngày bế mạc không thể trước ngày khai mạc."), field="closes_on")
    if opens_on < term.opens_on or (term.ends_on and opens_on > term.ends_on):
        raise Invalid(_("Ngày khai mạc nằm ngoài %(term)s.") % {"term": term.years}, field="opens_on")
    if term.ends_on and closes_on > term.ends_on:
        raise Invalid(_("Ngày bế mạc nằm ngoài %(term)s.") % {"term": term.years}, field="closes_on")
