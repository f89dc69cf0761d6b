"""Calendars to subscribe to (RFC 5545): of an area for everybody, of one deputy under a secret address."""

import datetime
import functools
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from . import conflicts, words
from .states import Kind, PlannedState

ZONE = "Asia/Ho_Chi_Minh"
# How often calendars should ask again; some only heed the older header.
AGAIN = datetime.timedelta(hours=4)
# What is so long over leaves the calendar.
KEPT = datetime.timedelta(days=400)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(planned, *, name, url):
    """The bytes of a calendar of announced meetings (`queries.with_all`). Called off ones stay in it as cancelled."""
    feed = Calendar()
    feed.add("prodid", "-//Hội đồng số//Lịch tiếp xúc cử tri//VI")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("name", name)
    feed.add("x-wr-calname", name)
    feed.add("x-wr-timezone", ZONE)
    feed.add("url", url)
    feed.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    feed.add("x-published-ttl", "PT4H")
    feed.add_component(_zone())
    for row in planned:
        feed.add_component(_event(row))
    return feed.to_ical()


@functools.cache
def _zone():
    """Viet Nam has kept one offset since 1975; years of before are nobody's meeting."""
    return Timezone.from_tzid(ZONE, first_date=datetime.date(2000, 1, 1), last_date=datetime.date(2030, 1, 1))


def _event(row):
    event = Event()
    event.add("uid", f"{row.uid}@hoidong")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", row.changed_at.astimezone(datetime.UTC))
    event.add("created", row.announced_at.astimezone(datetime.UTC))
    _add_time(event, row)
    cancelled = row.state == PlannedState.CALLED_OFF
    summary = _("Tiếp xúc cử tri %(commune)s") % {"commune": row.commune.name}
    event.add("summary", _("ĐÃ HỦY: %(summary)s") % {"summary": summary} if cancelled else summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", f"{row.venue}, {row.commune.name}")
    event.add("description", _description(row, cancelled))
    event.add("url", f"{settings.SITE_URL}{reverse('schedule:public')}?noi={row.commune.code}")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("categories", [_("Tiếp xúc cử tri")])
    return event


def _add_time(event, row):
    if row.starts_at is None:
        event.add("dtstart", row.held_on)
        event.add("dtend", row.held_on + datetime.timedelta(days=1))
        return
    zone = ZoneInfo(ZONE)
    start, end = conflicts.span_of(row)
    event.add("dtstart", start.replace(tzinfo=zone))
    event.add("dtend", end.replace(tzinfo=zone))


def _description(row, cancelled):
    """What is public of a meeting: no note of the office, no name of a voter."""
    said = words.describe(row, words.people_of(row))
    newest = next(iter(row.changes.all()), None)
    lines = [row.round.name]
    if cancelled and newest is not None and newest.reason:
        lines.insert(0, _("Lý do hủy: %(reason)s") % {"reason": newest.reason})
    if row.kind != Kind.ORDINARY:
        lines.append(_("Hình thức: %(kind)s") % {"kind": said["kind"]})
    known = words.labels()
    lines += [f"{known[part]}: {said[part]}" for part in ("group", "deputies", "chair") if said[part]]
    return "\n".join(lines)
