"""What happens elsewhere when a petition moves: the people whose turn it is are told, each once for a batch."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hoidong.kernel import live, notices
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.units import queries as units

from . import events, rules
from .models import Petition

KINDS = (
    notices.Kind(events.HANDED_UP, lazy("Xã, phường chuyển kiến nghị lên"), way=notices.Way.DIGEST, roles=rules.OFFICE_ROLES),
    notices.Kind(events.SENT_BACK, lazy("Cấp trên trả kiến nghị về"), way=notices.Way.MAIL, roles=rules.OFFICE_ROLES),
    notices.Kind(events.SENT, lazy("Kiến nghị được chuyển đến cơ quan"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.RETURNED, lazy("Cơ quan trả lại kiến nghị"), way=notices.Way.MAIL, roles=rules.OFFICE_ROLES),
    notices.Kind(events.ANSWERED, lazy("Cơ quan đã trả lời"), way=notices.Way.DIGEST, roles=rules.OFFICE_ROLES),
    notices.Kind(events.ASKED_AGAIN, lazy("Yêu cầu trả lời lại"), way=notices.Way.MAIL, roles=rules.BODY_ROLES),
    notices.Kind(events.CLOSED, lazy("Kiến nghị của xã đã đóng"), way=notices.Way.APP, roles=("clerk",)),
)
OFFICE = "council_office"


def tell_office(event):
    """The council office that has the petitions in hand now."""
    _tell(event, "office_id", _offices, rules.OFFICE_ROLES, "handed_up" if event.name == events.HANDED_UP else "all")


def tell_commune(event):
    """The office of the commune where they were raised."""
    _tell(event, "commune_id", _offices, ("clerk",), "all")


def tell_body(event):
    """The body that has to answer."""
    _tell(
        event, "body_id", lambda ids: {pk: pk for pk in ids}, rules.BODY_ROLES, "sent" if event.name == events.SENT else "taken"
    )


def _offices(area_ids):
    """{area: its council office} for those that have one."""
    found = {}
    for area_id in area_ids:
        office = units.body_of(units.get(area_id), OFFICE)
        if office is not None:
            found[area_id] = office.pk
    return found


def _tell(event, column, places_of, roles, view):
    """One notice to each person of each place: what happened, to how many, and where to look."""
    petitions = list(
        Petition.objects.filter(pk__in=event.payload["ids"]).order_by("pk").only("pk", "number", "year", "title", column)
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
