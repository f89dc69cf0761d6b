"""Who hears of it: the body that is asked or asked no more, the office and the lead body of what came."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hoidong.kernel import live, notices
from hoidong.kernel.base import dates
from hoidong.kernel.base.dates import format_date
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.units import queries as units

from .. import rules
from ..models import Share
from ..states import READ_BY_BODY
from . import events

_ASKERS = (*rules.OFFICE_ROLES, *rules.BODY_ROLES)
KINDS = (
    notices.Kind(events.ASKED, lazy("Đề nghị phối hợp giải quyết kiến nghị"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.WITHDRAWN, lazy("Rút đề nghị phối hợp"), way=notices.Way.APP, roles=rules.BODY_ROLES),
    notices.Kind(events.GIVEN, lazy("Cơ quan phối hợp cho ý kiến"), way=notices.Way.DIGEST, roles=_ASKERS),
    notices.Kind(events.RETURNED, lazy("Cơ quan phối hợp trả lại phần việc"), way=notices.Way.MAIL, roles=_ASKERS),
)


def tell_body(event):
    """The body that was asked, or is asked no more."""
    for share in _shares(event):
        if event.name == events.ASKED:
            words = _("Phối hợp kiến nghị %(number)s, ý kiến trước hết ngày %(day)s · %(title)s")
        else:
            words = _("Không cần ý kiến nữa: kiến nghị %(number)s · %(title)s")
        words %= {"number": share.petition, "day": format_date(share.due_on), "title": share.petition.title}
        _tell(event, _present(share.body), rules.BODY_ROLES, words, reverse("voters:share", args=[share.pk]), share)


def tell_lead(event):
    """The lead body, when somebody else asked another one to coordinate on what it has in hand."""
    for share in _shares(event):
        petition = share.petition
        if petition.body_id is None or petition.state not in READ_BY_BODY or share.asked_unit_id == petition.body_id:
            continue
        words = _("%(body)s được hỏi ý kiến phối hợp, trước hết ngày %(day)s: kiến nghị %(number)s · %(title)s") % {
            "body": share.body.called, "day": format_date(share.due_on), "number": petition, "title": petition.title,
        }  # fmt: skip
        _tell(event, _present(petition.body), rules.BODY_ROLES, words, petition.get_absolute_url(), petition)


def tell_askers(event):
    """The office that has the petition in hand and the lead body: an opinion came, or a part came back."""
    for share in _shares(event):
        words = _("%(body)s: %(state)s, kiến nghị %(number)s · %(title)s") % {
            "body": share.body.called, "state": share.get_state_display(), "number": share.petition,
            "title": share.petition.title}  # fmt: skip
        url = share.petition.get_absolute_url()
        office = units.body_of(_present(units.get(share.petition.office_id)), "council_office")
        if office is not None:
            _tell(event, office, rules.OFFICE_ROLES, words, url, share.petition)
        if share.petition.body_id and share.petition.state in READ_BY_BODY:
            _tell(event, _present(share.petition.body), rules.BODY_ROLES, words, url, share.petition)


def _shares(event):
    return Share.objects.filter(pk__in=event.payload["ids"]).select_related("petition__body__area", "body__area").order_by("pk")


def _present(unit):
    """The unit, or where it is no more the one that took over."""
    return unit if unit.exists_on(dates.today()) else next(iter(units.successors_of(unit)), unit)


def _tell(event, unit, roles, words, url, subject):
    people = [account for account, _unit in accounts_at([unit.pk], *roles)]
    notices.tell(people, kind=event.name, text=words, url=url, subject=subject)
    live.tell(f"unit-{unit.pk}")
