"""Opening terms and sessions. Each action takes `by` and is written down."""

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
    before = queries.term_on(council, opens_on)
    if before is not None and before.ends_on is None and before.opens_on < opens_on:
        before.ends_on = dates.day_before(opens_on)
        before.save(update_fields=["ends_on"])
    try:
        with transaction.atomic():
            term = Term.objects.create(
                council=council, number=number, first_year=first_year, last_year=last_year, opens_on=opens_on
            )
    except IntegrityError as error:
        raise Invalid(_("Khóa này đã có, hoặc ngày khai mạc nằm trong nhiệm kỳ khác."), field="number") from error
    audit.record("meetings.open_term", council, by, number=number, opens_on=opens_on.isoformat())
    return term


@transaction.atomic
def open_session(term, *, number, kind, opens_on, closes_on, by, place=""):
    """Plan a session of a term. Raises Invalid when the number is taken or the days do not fit the term."""
    rules.check_office(by, term.council)
    _check_days(term, opens_on, closes_on)
    try:
        with transaction.atomic():
            session = CouncilSession.objects.create(
                council=term.council, term=term, number=number, kind=kind, opens_on=opens_on, closes_on=closes_on, place=place
            )
    except IntegrityError as error:
        raise Invalid(_("Nhiệm kỳ này đã có kỳ họp thứ %(number)s.") % {"number": number}, field="number") from error
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
    locked.save(update_fields=["opens_on", "closes_on", "place"])
    audit.record("meetings.change_session", locked, by, before=before, opens_on=opens_on.isoformat())
    return locked


def _check_days(term, opens_on, closes_on):
    if closes_on < opens_on:
        raise Invalid(_("Ngày bế mạc không thể trước ngày khai mạc."), field="closes_on")
    if opens_on < term.opens_on or (term.ends_on and opens_on > term.ends_on):
        raise Invalid(_("Ngày khai mạc nằm ngoài %(term)s.") % {"term": term.years}, field="opens_on")
