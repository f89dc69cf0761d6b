"""What happens elsewhere when a petition moves: the people whose turn it is are told, each once for a batch."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hoidong.kernel import deadlines, live, notices
from hoidong.kernel.base import dates
from hoidong.kernel.people import Actor
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.units import queries as units

from . import events, mirrors, rules
from .actions.transfers import DUTY
from .models import Petition
from .states import READ_BY_BODY

KINDS = (
    notices.Kind(events.HANDED_UP, lazy("Xã, phường chuyển kiến nghị lên"), way=notices.Way.DIGEST, roles=rules.OFFICE_ROLES),
    notices.Kind(events.SENT_BACK, lazy("Cấp trên trả kiến nghị về"), way=notices.Way.MAIL, roles=rules.OFFICE_ROLES),
    notices.Kind(events.SENT, lazy("Kiến nghị được chuyển đến cơ quan"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.RETURNED, lazy("Cơ quan trả lại kiến nghị"), way=notices.Way.MAIL, roles=rules.OFFICE_ROLES),
    notices.Kind(events.ANSWERED, lazy("Cơ quan đã trả lời"), way=notices.Way.DIGEST, roles=rules.OFFICE_ROLES),
    notices.Kind(events.ASKED_AGAIN, lazy("Yêu cầu trả lời lại"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.RATED_BAD, lazy("Cử tri đánh giá trả lời chưa đạt"), way=notices.Way.DIGEST, roles=rules.OFFICE_ROLES),
    notices.Kind(events.URGED, lazy("Đôn đốc trả lời kiến nghị quá hạn"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.CLOSED, lazy("Kiến nghị của xã đã đóng"), way=notices.Way.APP, roles=("clerk",)),
)
OFFICE = "council_office"
EVERYTHING = Q()


def follow_deadlines(event):
    """Petitions keep a copy of the last day to answer, for lists and reports; it moves with the deadline."""
    if (event.payload["subject_kind"], event.payload["duty"]) != (mirrors.KIND, DUTY):
        return
    ids, by_day = event.payload["ids"], defaultdict(list)
    for pk, day in deadlines.last_days(mirrors.KIND, ids, DUTY).items():
        by_day[day].append(pk)
    for day, keys in by_day.items():
        Petition.objects.filter(pk__in=keys).update(due_on=day)
    mirrors.touch(ids, by=Actor.system())


def tell_office(event):
    """The council office that has the petitions in hand now."""
    _tell(event, "office_id", _offices, rules.OFFICE_ROLES, "handed_up" if event.name == events.HANDED_UP else "all")


def tell_commune(event):
    """The office of the commune where they were raised."""
    _tell(event, "commune_id", _offices, ("clerk",), "all")


def tell_body(event):
    """The body that has to answer, or the one that took over from it; not one that is only planned meanwhile."""
    view = {events.SENT: "sent", events.URGED: "late"}.get(event.name, "taken")
    _tell(event, "body_id", _bodies, rules.BODY_ROLES, view, Q(state__in=READ_BY_BODY))


def _bodies(ids):
    """{body: who works for it now}."""
    return {pk: _present(unit).pk for pk, unit in units.get_many(ids).items()}


def _present(unit):
    """The unit, or where it is no more the one that took over."""
    return unit if unit.exists_on(dates.today()) else next(iter(units.successors_of(unit)), unit)


def _offices(area_ids):
    """{area: its council office} for those that have one."""
    found = {}
    for area_id in area_ids:
        office = units.body_of(_present(units.get(area_id)), OFFICE)
        if office is not None:
            found[area_id] = office.pk
    return found


def _tell(event, column, places_of, roles, view, condition=EVERYTHING):
    """One notice to each person of each place: what happened, to how many, and where to look."""
    petitions = list(
        Petition.objects.filter(condition, pk__in=event.payload["ids"])
        .order_by("pk")
        .only("pk", "number", "year", "title", column)
    )
    groups = defaultdict(list)
    for petition in petitions:
        groups[getattr(petition, column)].append(petition)
    label = {kind.code: str(kind.label) for kind in KINDS}[event.name]
    for area_id, unit_id in places_of([pk for pk in groups if pk]).items():
        batch = groups[area_id]
        people = [account for account, _unit in accounts_at([unit_id], *roles)]
        notices.tell(people, kind=event.name, text=_words(label, batch), url=_address(batch, view), subject=batch[0])
        live.tell(f"unit-{unit_id}")


def _words(label, batch):
    if len(batch) == 1:
        return f"{label}: {batch[0]} · {batch[0].title}"
    return f"{label}: " + ngettext("%(count)s kiến nghị", "%(count)s kiến nghị", len(batch)) % {"count": len(batch)}


def _address(batch, view):
    return batch[0].get_absolute_url() if len(batch) == 1 else f"{reverse('voters:petitions')}?xem={view}"
