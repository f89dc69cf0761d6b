"""Who hears of it: bodies whose petitions are taken up or who are asked for something; the team of what was reported."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hoidong.kernel import live, notices
from hoidong.kernel.base import dates
from hoidong.kernel.base.dates import format_date
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.people.models import Account
from hoidong.kernel.units import queries as units

from .. import rules as petition_rules
from ..models import Demand, Petition, SupervisionTeam
from ..rounds.rules import DEPUTY_ROLES
from ..states import READ_BY_BODY
from . import events
from .states import DemandState

_BODY, _TEAM = petition_rules.BODY_ROLES, (*petition_rules.COUNCIL_ROLES, *DEPUTY_ROLES)
KINDS = (
    notices.Kind(events.TAKEN_UP, lazy("Kiến nghị được đoàn giám sát đưa vào danh mục"), way=notices.Way.MAIL, roles=_BODY),
    notices.Kind(events.CONCLUDED, lazy("Kết luận, kiến nghị của đoàn giám sát"), way=notices.Way.MAIL, roles=(*_BODY, *_TEAM)),
    notices.Kind(events.REPORTED, lazy("Cơ quan báo cáo thực hiện kiến nghị giám sát"), way=notices.Way.DIGEST, roles=_TEAM),
    notices.Kind(events.SENT_BACK, lazy("Yêu cầu thực hiện tiếp kiến nghị giám sát"), way=notices.Way.MAIL, roles=_BODY),
    notices.Kind(
        events.ASKED_WHY, lazy("Yêu cầu giải trình việc chưa thực hiện kiến nghị giám sát"), way=notices.Way.MAIL, roles=_BODY
    ),
    notices.Kind(events.MEASURED, lazy("Biện pháp sau giám sát"), way=notices.Way.MAIL, roles=_BODY),
    notices.Kind(events.DUE_SOON, lazy("Kiến nghị giám sát sắp đến hạn"), way=notices.Way.MAIL, roles=_BODY),
)


def tell_bodies(event):
    """Each body once for the whole batch: a team looks at petitions it answers."""
    groups = defaultdict(list)
    for petition in Petition.objects.filter(pk__in=event.payload["ids"], state__in=READ_BY_BODY).order_by("pk"):
        groups[petition.body_id].append(petition)
    for body_id, batch in groups.items():
        if len(batch) == 1:
            words = _("Đoàn giám sát xem xét kiến nghị %(number)s · %(title)s") % {"number": batch[0], "title": batch[0].title}
            url = batch[0].get_absolute_url()
        else:
            words = ngettext(
                "Đoàn giám sát xem xét %(count)s kiến nghị", "Đoàn giám sát xem xét %(count)s kiến nghị", len(batch)
            )
            words, url = words % {"count": len(batch)}, f"{reverse('voters:petitions')}?xem=all"
        _tell_unit(event.name, units.get(body_id), _BODY, words, url, batch[0])


def tell_concluded(event):
    """The bodies what they are asked for; the members that their team concluded."""
    for team in SupervisionTeam.objects.filter(pk__in=event.payload["ids"]).order_by("pk"):
        for demand in team.demands.exclude(state=DemandState.DRAFT).select_related("body__area").order_by("pk"):
            _tell_unit(event.name, demand.body, _BODY, _asked(demand), demand.get_absolute_url(), demand)
        words = _("%(team)s đã kết luận") % {"team": team.name}
        notices.tell(_members(team), kind=event.name, text=words, url=team.get_absolute_url(), subject=team)


def tell_team(event):
    """The members, and who works in the office of the place: a body reported."""
    for demand in _demands(event):
        words = _("%(body)s báo cáo thực hiện kiến nghị giám sát · %(words)s") % {
            "body": demand.body.called,
            "words": demand.words,
        }
        office = units.body_of(_present(units.get(demand.team.area_id)), "council_office")
        people = set(_members(demand.team))
        if office is not None:
            people |= {account for account, _unit in accounts_at([office.pk], *petition_rules.OFFICE_ROLES)}
            live.tell(f"unit-{office.pk}")
        notices.tell(people, kind=event.name, text=words, url=demand.get_absolute_url(), subject=demand)


def tell_body(event):
    """The body: what it reported is not enough."""
    for demand in _demands(event):
        _tell_unit(event.name, demand.body, _BODY, _asked(demand), demand.get_absolute_url(), demand)


def tell_asked_why(event):
    """The body: it has to explain in writing, until a day."""
    for demand in _demands(event):
        words = _("Giải trình bằng văn bản chậm nhất ngày %(day)s · %(words)s") % {
            "day": format_date(demand.explain_by),
            "words": demand.words,
        }
        _tell_unit(event.name, demand.body, _BODY, words, demand.get_absolute_url(), demand)


def tell_measured(event):
    """The body: which rung of the ladder the council took."""
    for demand in _demands(event):
        measure = demand.measures.order_by("pk").last()
        words = _("%(measure)s: kiến nghị giám sát chưa thực hiện · %(words)s") % {
            "measure": measure.called,
            "words": demand.words,
        }
        _tell_unit(event.name, demand.body, _BODY, words, demand.get_absolute_url(), demand)


def tell_due_soon(demand):
    """The body: the last day of what it was asked for comes near."""
    words = _("Sắp đến hạn %(day)s báo cáo kiến nghị giám sát · %(words)s") % {
        "day": format_date(demand.due_on),
        "words": demand.words,
    }
    _tell_unit(events.DUE_SOON, demand.body, _BODY, words, demand.get_absolute_url(), demand)


def _asked(demand):
    return _("Kiến nghị giám sát, hạn %(day)s · %(words)s") % {"day": format_date(demand.due_on), "words": demand.words}


def _demands(event):
    return Demand.objects.filter(pk__in=event.payload["ids"]).select_related("body__area", "team").order_by("pk")


def _members(team):
    found = Account.objects.filter(person__in=team.members.values("person"), is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _present(unit):
    """The unit, or where it is no more the one that took over."""
    return unit if unit.exists_on(dates.today()) else next(iter(units.successors_of(unit)), unit)


def _tell_unit(kind, unit, roles, words, url, subject):
    unit = _present(unit)
    people = [account for account, _unit in accounts_at([unit.pk], *roles)]
    notices.tell(people, kind=kind, text=words, url=url, subject=subject)
    live.tell(f"unit-{unit.pk}")
