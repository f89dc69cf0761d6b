"""Who is told of a plan: the offices of the communes where people meet, and the deputies who attend."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hoidong.kernel import notices
from hoidong.kernel.base import dates
from hoidong.kernel.people.actors import accounts_at
from hoidong.kernel.units import queries as units

from .. import rules as petition_rules
from ..models import PlanChange, PlannedDeputy, PlannedMeeting, Round
from . import events, queries, words
from .rules import DEPUTY_ROLES
from .states import ChangeKind, PlannedState

_ROLES = (*petition_rules.OFFICE_ROLES, *DEPUTY_ROLES)
KINDS = (
    notices.Kind(events.PUBLISHED, lazy("Lịch tiếp xúc cử tri được công bố"), way=notices.Way.MAIL, roles=_ROLES),
    notices.Kind(events.CHANGED, lazy("Lịch tiếp xúc cử tri thay đổi"), way=notices.Way.MAIL, roles=_ROLES),
    notices.Kind(events.WITHDRAWN, lazy("Đợt tiếp xúc cử tri bị thu hồi"), way=notices.Way.MAIL, roles=_ROLES),
    notices.Kind(
        events.URGED, lazy("Đôn đốc biên bản tiếp xúc cử tri"), way=notices.Way.MAIL, roles=petition_rules.OFFICE_ROLES
    ),
)


def tell_published(event):
    """Each commune's office and each deputy: how many meetings, and when the first one is."""
    _tell_rounds(event, PlannedState.PLANNED, _("Lịch %(round)s: %(count)s, sớm nhất %(day)s"))


def tell_withdrawn(event):
    """The same people: the round is withdrawn."""
    _tell_rounds(event, PlannedState.CALLED_OFF, _("Thu hồi: %(round)s; %(count)s đã hủy, sớm nhất %(day)s"))


def tell_changed(event):
    """What was changed, added or called off, to the office of the commune and the deputies, those it no longer concerns too."""
    found = PlanChange.objects.filter(pk__in=event.payload["ids"]).select_related(
        "planned__round__session__council__area", "planned__commune", "planned__group"
    )
    for change in found.order_by("pk"):
        planned = change.planned
        people = list(PlannedDeputy.objects.filter(planned=planned).order_by("pk").values_list("person__account", flat=True))
        people += event.payload.get("accounts", [])
        for offices in _offices({planned.commune_id, *event.payload.get("communes", [])}).values():
            people += offices
        notices.tell(people, kind=events.CHANGED, text=_words_of(change), url=planned.get_absolute_url(), subject=planned)


def tell_urged(event):
    """The office of the commune: minutes of which meeting are missing, and how often it was said."""
    found = PlannedMeeting.objects.select_related("commune").in_bulk(event.payload["ids"])
    offices = _offices({row.commune_id for row in found.values()})
    for key, time in zip(event.payload["ids"], event.payload["times"], strict=True):
        if (row := found.get(key)) is None:
            continue
        text = _("Đôn đốc lần %(time)s: chưa có biên bản hội nghị ngày %(day)s tại %(venue)s.") % {
            "time": time, "day": dates.format_date(row.held_on), "venue": row.venue}  # fmt: skip
        notices.tell(offices.get(row.commune_id, []), kind=events.URGED, text=text, url=row.get_absolute_url(), subject=row)


def _tell_rounds(event, state, sentence):
    rounds = queries.named(Round.objects.filter(pk__in=event.payload["ids"])).order_by("pk")
    for found in rounds:
        rows = list(found.planned.filter(announced_at__isnull=False, state=state).order_by("held_on", "pk"))
        by_commune, by_person = defaultdict(list), defaultdict(list)
        for row in rows:
            by_commune[row.commune_id].append(row)
        known = {row.pk: row for row in rows}
        attends = PlannedDeputy.objects.filter(planned__in=known, person__account__isnull=False)
        for account, key in attends.order_by("planned__held_on", "planned").values_list("person__account", "planned"):
            by_person[account].append(known[key])
        for commune_id, accounts in _offices(set(by_commune)).items():
            text = _summary(sentence, found, by_commune[commune_id])
            notices.tell(accounts, kind=event.name, text=text, url=found.get_absolute_url(), subject=found)
        for account, own in by_person.items():
            notices.tell([account], kind=event.name, text=_summary(sentence, found, own), url=reverse("voters:own_schedule"),
                         subject=found)  # fmt: skip


def _summary(sentence, found, rows):
    count = ngettext("%(count)s hội nghị", "%(count)s hội nghị", len(rows)) % {"count": len(rows)}
    return sentence % {"round": _lower_first(found.name), "count": count, "day": dates.format_date(rows[0].held_on)}


def _lower_first(text):
    return text[:1].lower() + text[1:]


def _words_of(change):
    place = f"{change.planned.commune.name}, {words.when(change.planned)}"
    if change.kind == ChangeKind.CALLED_OFF:
        return _("Hủy hội nghị %(place)s: %(reason)s") % {"place": place, "reason": change.reason}
    if change.kind == ChangeKind.ADDED:
        return _("Thêm hội nghị: %(place)s, %(venue)s") % {"place": place, "venue": change.planned.venue}
    return _("Đổi lịch %(commune)s: %(changes)s") % {"commune": change.planned.commune.name, "changes": words.in_short(change)}


def _offices(commune_ids):
    """{commune: accounts of its council office}, for those communes that have one."""
    offices = defaultdict(set)
    for commune_id, commune in units.get_many(commune_ids - {None}).items():
        # A commune that was merged since is answered for by the one that took over.
        for place in [commune] if commune.exists_on(dates.today()) else units.successors_of(commune):
            office = units.body_of(place, "council_office")
            if office is not None:
                offices[office.pk].add(commune_id)
    found = defaultdict(list)
    for account, unit_id in accounts_at(list(offices), *petition_rules.OFFICE_ROLES):
        for commune_id in offices[unit_id]:
            found[commune_id].append(account)
    return found
