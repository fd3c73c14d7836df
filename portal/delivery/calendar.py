"""The one door to icalendar: invitations in the wall-clock time of Amsterdam (RFC 5545, 5546).

Titles, places and descriptions are the caller's and must be neutral: a calendar is read by others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

import icalendar

from portal import clock
from portal.delivery.attachment import Attachment
from portal.delivery.outbox import Address
from portal.people.models import User

Method = Literal["REQUEST", "CANCEL"]
FILE_NAMES = {"nl": "afspraak.ics", "en": "appointment.ics"}


def invitation(
    *,
    uid: str,
    sequence: int,
    method: Method,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    place: str = "",
    description: str = "",
    organiser: User | Address,
    attendee: User | Address,
    url: str = "",
) -> Attachment:
    """Return an invitation for one attendee, or (CANCEL) its withdrawal.

    The same `uid` with a higher `sequence` replaces what was sent before.
    Raises ValueError for naive times or an end that is not after the start.
    """
    if starts_at.tzinfo is None or ends_at.tzinfo is None or ends_at <= starts_at:
        raise ValueError("An invitation needs an aware start and a later end.")
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", starts_at.astimezone(clock.AMSTERDAM))
    event.add("dtend", ends_at.astimezone(clock.AMSTERDAM))
    event.add("summary", title)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name, value in (("location", place), ("description", description), ("url", url)):
        if value:
            event.add(name, value)
    event.add("organizer", _person(organiser), encode=False)
    event.add("attendee", _invited(attendee, method), encode=False)
    return _file(event, method, attendee.language)


def _person(who: User | Address) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{who.email}")
    name = who.full_name if isinstance(who, User) else who.name
    if name:
        address.params["CN"] = name
    return address


def _invited(who: User | Address, method: Method) -> icalendar.vCalAddress:
    address = _person(who)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    if method == "REQUEST":
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "TRUE"
    return address


def _file(event: icalendar.Event, method: Method, language: str) -> Attachment:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Career portal//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_amsterdam())
    calendar.add_component(event)
    kind = f"text/calendar; method={method}; charset=utf-8"
    name = FILE_NAMES.get(language, FILE_NAMES["en"])
    return Attachment(name, calendar.to_ical(), kind)


@cache
def _amsterdam() -> icalendar.Timezone:
    """Return the clock changes of Amsterdam; to find them took longer than the rest of an invitation."""
    return icalendar.Timezone.from_tzinfo(clock.AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One public event of a feed."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    description: str
    url: str


def feed(*, name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """Return public events as one calendar that a calendar program can follow."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Career portal//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(_amsterdam())
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", clock.now())
        event.add("dtstart", entry.starts_at.astimezone(clock.AMSTERDAM))
        event.add("dtend", entry.ends_at.astimezone(clock.AMSTERDAM))
        event.add("summary", entry.title)
        for field, value in (
            ("location", entry.place),
            ("description", entry.description),
            ("url", entry.url),
        ):
            if value:
                event.add(field, value)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
