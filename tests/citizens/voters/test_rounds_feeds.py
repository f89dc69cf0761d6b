"""Calendars to subscribe to: RFC 5545, stable, in Viet Nam's time; the private one under a secret that nothing writes down."""

import datetime
import logging
import re

import pytest
from icalendar import Calendar

from hoidong.citizens.voters.actions import calendars, planned
from hoidong.citizens.voters.models import CalendarKey, PlannedMeeting
from hoidong.citizens.voters.rounds import words
from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base.errors import NotAllowed
from tests.citizens.voters.days import day, typed

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.citizens.voters.rounds_fixtures"]
PUBLIC = "/cong/lich-tiep-xuc/01.ics"


@pytest.fixture(autouse=True)
def empty_cache():
    from django.core.cache import cache

    cache.clear()


def events(client, address=PUBLIC):
    """{uid: event} of a calendar as a program reads it."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def of(row):
    return f"{row.uid}@hoidong"


@pytest.fixture
def secret(actor):
    return calendars.new_key(by=actor("daibieu"))


def test_the_text_is_what_rfc_5545_asks_for(client, under_way):
    raw = client.get(PUBLIC).content
    lines = raw.split(b"\r\n")
    assert (lines[0], lines[-2], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"")
    assert max(len(line) for line in lines) <= 75
    text = raw.decode()
    for name in ("VERSION:2.0", "PRODID:", "METHOD:PUBLISH", "BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "TZOFFSETTO:+0700"):
        assert name in text, name
    calendar = Calendar.from_ical(raw)
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "LOCATION"} <= set(event)
        assert not event.errors


def test_an_hour_is_viet_nams_wherever_the_server_stands(client, published, settings):
    settings.TIME_ZONE = "UTC"
    _found, (row, whole) = published({"starts_at": "8h-10h30"}, {"starts_at": ""})
    event = events(client)[of(row)]
    start = event["DTSTART"].dt
    assert (start.hour, start.minute, start.utcoffset()) == (8, 0, datetime.timedelta(hours=7))
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event["DTEND"].dt - start == datetime.timedelta(hours=2, minutes=30)
    assert events(client)[of(whole)]["DTSTART"].dt == whole.held_on  # a whole day where no hour is known


def test_the_uid_stays_and_the_sequence_grows_with_each_change(client, published, actor):
    _found, (row,) = published({})
    before = events(client)[of(row)]
    values = {name: getattr(row, name) for name in planned.VALUES}
    planned.change_planned(
        row, values | {"venue": "Nơi mới, tầng 2; phòng 3"}, [], by=actor("chuyenvien"), seen_at=row.changed_at
    )
    after = events(client)[of(row)]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert str(after["LOCATION"]).startswith("Nơi mới, tầng 2; phòng 3")
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_a_meeting_that_was_called_off_stays_as_cancelled(client, published, actor):
    _found, (row,) = published({})
    planned.call_off(row, by=actor("chuyenvien"), reason="Bão số 12")
    event = events(client)[of(row)]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Bão số 12" in event["DESCRIPTION"]


def test_words_of_people_cannot_add_lines_of_their_own(client, published):
    _found, (row,) = published({"venue": "Nhà văn hóa\nEND:VEVENT\nBEGIN:VALARM, \\n; ♥", "chair": "X\r\nATTENDEE:mailto:a@b"})
    calendar = Calendar.from_ical(client.get(PUBLIC).content)
    assert not calendar.walk("VALARM")
    assert "ATTENDEE" not in events(client)[of(row)]


def test_the_calendar_of_one_commune_holds_no_other(client, under_way):
    row = under_way.planned.select_related("commune").get(place=9)
    found = events(client, f"/cong/lich-tiep-xuc/{row.commune.code}.ics")
    places = PlannedMeeting.objects.filter(uid__in=[uid.split("@")[0] for uid in found]).values_list("commune", flat=True)
    assert set(places) == {row.commune_id}


def test_what_is_long_over_leaves_the_calendar(client, published):
    _found, (row,) = published({})
    assert of(row) in events(client)
    PlannedMeeting.objects.filter(pk=row.pk).update(held_on=day(-500))
    assert of(row) not in events(client)


def test_a_deputys_own_calendar_holds_what_the_deputy_attends(client, secret, under_way, actor):
    found = events(client, f"/lich/{secret}.ics")
    attends = [row for row in under_way.planned.all() if actor("daibieu").person in words.people_of(row)]
    assert set(found) == {of(row) for row in attends}
    assert 0 < len(attends) < under_way.planned.count()


def test_a_new_address_ends_the_one_before_and_a_revoked_one_is_not_there(client, secret, actor):
    assert client.get(f"/lich/{secret}.ics").status_code == 200
    fresh = calendars.new_key(by=actor("daibieu"))
    assert client.get(f"/lich/{secret}.ics").status_code == 404
    assert client.get(f"/lich/{fresh}.ics").status_code == 200
    calendars.revoke_key(by=actor("daibieu"))
    assert client.get(f"/lich/{fresh}.ics").status_code == 404


def test_the_secret_is_kept_nowhere(secret, actor):
    """Not in its own table, not in the log of changes, not in any other text of the database."""
    from django.db import connection

    assert secret not in CalendarKey.objects.get().digest
    assert not AuditEntry.objects.filter(data__icontains=secret).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{table}"::text LIKE %s', [f"%{secret}%"])
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.parametrize("broken", [False, True])
def test_no_log_ever_holds_the_secret(client, secret, caplog, monkeypatch, actor, broken):
    calendars.revoke_key(by=actor("daibieu")) if not broken else None
    if broken:
        from hoidong.citizens.voters.rounds import feeds

        monkeypatch.setattr(feeds, "calendar", lambda *_args, **_more: 1 / 0)
        client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        assert client.get(f"/lich/{secret}.ics").status_code == (500 if broken else 404)
    assert caplog.records
    for record in caplog.records:
        if record.name.startswith("django.db"):
            continue
        assert secret not in record.getMessage()


def test_guessing_ends_soon_and_other_machines_go_on(client, secret):
    for _try in range(30):
        assert client.get("/lich/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").status_code == 404
    assert client.get(f"/lich/{secret}.ics").status_code == 429
    assert client.get(f"/lich/{secret}.ics", REMOTE_ADDR="10.9.9.9").status_code == 200


def test_one_calendar_is_not_asked_for_without_end(client, secret):
    answers = [client.get(f"/lich/{secret}.ics").status_code for _try in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


def test_the_private_calendar_is_kept_by_nobody_on_the_way(client, secret):
    answer = client.get(f"/lich/{secret}.ics")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("username", ["xa", "chuyenvien", "soxaydung", "hethong"])
def test_only_deputies_have_a_calendar_of_their_own(actor, signed_in, username):
    with pytest.raises(NotAllowed):
        calendars.new_key(by=actor(username))
    assert signed_in(username).get("/cu-tri/lich-cua-toi/").status_code == 404
    assert signed_in(username).post("/cu-tri/lich-cua-toi/lien-ket/").status_code == 404


def test_the_address_is_shown_once(signed_in, client):
    deputy = signed_in("daibieu")
    page = deputy.post("/cu-tri/lich-cua-toi/lien-ket/", follow=True).content.decode()
    address = re.search(r'value="(http[^"]+/lich/[^"]+\.ics)"', page)[1]
    assert deputy.get(address.split("8000")[-1] if "8000" in address else "/" + address.split("/", 3)[3]).status_code == 200
    assert "/lich/" not in deputy.get("/cu-tri/lich-cua-toi/").content.decode().replace("/cong/lich", "")


def test_a_calendar_costs_the_same_for_more_meetings(client, cost, published, under_way):
    few = cost(client, PUBLIC)
    published(*({"held_on": typed(30 + place)} for place in range(12)))
    assert cost(client, PUBLIC) <= few <= 6
