"""Invitations, read back as a calendar program reads them."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from portal import clock
from portal.delivery.calendar import Entry, feed, invitation
from portal.delivery.outbox import Address
from portal.people.models import User

ORGANISER = Address("loopbaan@universiteit.example", "nl", "Loopbaan; & Ontwikkeling")
# The night in which summer time ends lies between the two.
START = datetime(2026, 10, 23, 7, 30, tzinfo=UTC)


def invite(**fields):
    given = {
        "uid": "session-7@universiteit.example",
        "sequence": 2,
        "method": "REQUEST",
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "title": "Afspraak met Mirjam, de Wit",
        "place": "Kamer 1.02",
        "description": "Eerste regel\nTweede regel; één",
        "organiser": ORGANISER,
        "attendee": Address("tess@universiteit.example", "nl", "Tess van Dijk"),
        "url": "https://portal.example/nl/mijn/",
    }
    return invitation(**{**given, **fields})


def event_of(file):
    calendar = icalendar.Calendar.from_ical(file.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_invitation_read_back():
    file = invite()
    calendar, event = event_of(file)
    assert (file.name, file.content_type) == ("afspraak.ics", "text/calendar; method=REQUEST; charset=utf-8")
    assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
    assert str(event["uid"]) == "session-7@universiteit.example"
    assert int(event["sequence"]) == 2
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert event.start == START
    assert event.start.hour == 9
    assert event.end - event.start == timedelta(hours=1)
    assert str(event["summary"]) == "Afspraak met Mirjam, de Wit"
    assert str(event["description"]) == "Eerste regel\nTweede regel; één"
    assert (str(event["location"]), str(event["url"])) == ("Kamer 1.02", "https://portal.example/nl/mijn/")
    assert event["status"] == "CONFIRMED"
    assert event["organizer"].params["CN"] == "Loopbaan; & Ontwikkeling"
    assert event["attendee"] == "mailto:tess@universiteit.example"
    assert event["attendee"].params["RSVP"] == "TRUE"


@pytest.mark.parametrize(("month", "hours"), [(7, 2), (12, 1)])
def test_time_zone_comes_with_the_invitation(month, hours):
    start = datetime(2026, month, 1, 12, tzinfo=UTC)
    calendar, event = event_of(invite(starts_at=start, ends_at=start + timedelta(hours=1)))
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Amsterdam"
    local = event.start.replace(tzinfo=None)
    assert zone.to_tz().utcoffset(local) == timedelta(hours=hours)
    assert local.hour == 12 + hours


def test_cancellation_replaces_the_invitation():
    file = invite(method="CANCEL", sequence=3, attendee=User(email="jo@x.example", language="en"))
    calendar, event = event_of(file)
    assert calendar["method"] == "CANCEL"
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 3)
    assert "PARTSTAT" not in event["attendee"].params
    assert file.name == "appointment.ics"


def test_lines_are_folded_and_nothing_can_be_slipped_in():
    content = invite(title="x\r\nATTENDEE:mailto:a@b.example " + "é" * 80).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    _calendar, event = event_of(invite(title="x\r\nATTENDEE:mailto:a@b.example"))
    assert event["attendee"] == "mailto:tess@universiteit.example"


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": START.replace(tzinfo=None)},
        {"ends_at": START},
    ],
)
def test_impossible_times_are_refused(fields):
    with pytest.raises(ValueError, match="aware start"):
        invite(**fields)


def test_stamp_is_the_portals_clock():
    with clock.frozen(datetime(2026, 11, 1, 12, tzinfo=UTC)):
        _calendar, event = event_of(invite())
    assert event["dtstamp"].dt == datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_feed_holds_every_event_and_the_clock_changes_once(number):
    entries = [
        Entry(
            f"{n}@x",
            START + timedelta(days=n),
            START + timedelta(days=n, hours=1),
            f"Workshop {n}",
            "",
            "",
            "",
        )
        for n in range(number)
    ]
    calendar = icalendar.Calendar.from_ical(feed(name="Agenda", language="nl", entries=entries))
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == [entry.title for entry in entries]
    assert [event.decoded("dtstart") for event in calendar.walk("VEVENT")] == [
        entry.starts_at for entry in entries
    ]
    assert len(calendar.walk("VTIMEZONE")) == 1
