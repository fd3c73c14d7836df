"""Calendar files of enrolments, and the public calendar. Titles are neutral where silence was promised."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from catalog.models import Enrolment, Meeting, Session
from portal.delivery.attachment import Attachment
from portal.delivery.calendar import Entry, Method, feed, invitation
from portal.delivery.outbox import Address


def place(session: Session) -> str:
    """Return where a session is held, in the language in force."""
    return gettext("Online") if session.is_online and not session.room else str(session.room or "")


def offering_url(session: Session) -> str:
    """Return the full address of the offering, in the language in force."""
    return settings.BASE_URL + reverse("catalog:offering", args=[session.offering.slug])


def calendar_files(
    enrolment: Enrolment, method: Method, *, session: Session | None = None, after: int = 0
) -> list[Attachment]:
    """Return one calendar file per meeting, in the language in force.

    A meeting keeps its UID when the date moves, so that the entry changes and is not doubled. `session`
    is an earlier date; of that, the meetings beyond the first `after` are withdrawn.
    """
    session, neutral = session or enrolment.session, not enrolment.notice.is_list_shown
    title = gettext("Appointment") if neutral else str(session.title or session.offering.title)
    files: list[Attachment] = []
    parts: list[Session | Meeting] = [session, *session.meetings.all()]
    for number, meeting in list(enumerate(parts, start=1))[after:]:
        file = invitation(
            uid=f"enrolment-{enrolment.reference}-{number}@portal",
            sequence=enrolment.sequence,
            method=method,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=title,
            place=str(meeting.room or ""),
            organiser=_organiser(session),
            attendee=enrolment.participant,
            url=offering_url(session),
        )
        stem, _dot, ending = file.name.rpartition(".")
        files.append(file if number == 1 else replace(file, name=f"{stem}-{number}.{ending}"))
    return files


def _organiser(session: Session) -> Address:
    offering = session.offering
    return Address(offering.contact_mailbox, "nl", str(offering.provider.label))


def calendar_feed(sessions: Iterable[Session]) -> bytes:
    """Return public sessions as a calendar, in the language in force."""
    entries = [
        Entry(
            uid=f"session-{session.reference}@portal",
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            title=str(session.title or session.offering.title),
            place=place(session),
            description=str(session.offering.summary),
            url=offering_url(session),
        )
        for session in sessions
    ]
    name = gettext("Career and development offerings")
    return feed(name=name, language=get_language() or "nl", entries=entries)
