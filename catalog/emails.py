"""Mails about enrolments. Calendar titles are neutral where the participant was promised silence."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from catalog.models import Enrolment, Meeting, Session
from catalog.queries.notices import exact_message
from portal.delivery.attachment import Attachment
from portal.delivery.calendar import Entry, Method, feed, invitation
from portal.delivery.outbox import Address, queue_mail
from portal.interface.moments import until, weekday
from portal.people.models import User


def send_confirmation(enrolment: Enrolment) -> None:
    """Confirm a place, with a calendar file per meeting."""
    _send(enrolment, "confirmed", "REQUEST", sequence=0)


def send_cancellation(enrolment: Enrolment) -> None:
    """Confirm that a place was given back, and withdraw the calendar entries."""
    _send(enrolment, "cancelled", "CANCEL", sequence=1)


def send_manager_notice(enrolment: Enrolment, managers: Iterable[User]) -> None:
    """Send the manager exactly what the participant was shown."""
    for manager in managers:
        message = exact_message(
            enrolment.notice,
            enrolment.session,
            name=enrolment.participant.full_name,
            language=manager.language,
        )
        key = f"enrolment-{enrolment.reference}-manager-{manager.reference}"
        queue_mail(key=key, to=manager, template="catalog/manager_told", context={"message": message})


def send_manager_cancellation(enrolment: Enrolment, managers: Iterable[User]) -> None:
    """Tell the manager who knew of it that it is off."""
    for manager in managers:
        context = {
            "participant": enrolment.participant.full_name,
            "title": getattr(enrolment.session.offering, f"title_{manager.language}"),
        }
        key = f"enrolment-{enrolment.reference}-manager-{manager.reference}-cancelled"
        queue_mail(key=key, to=manager, template="catalog/manager_told_cancelled", context=context)


def _send(enrolment: Enrolment, template: str, method: Method, *, sequence: int) -> None:
    person, session = enrolment.participant, enrolment.session
    confidential = not enrolment.notice.is_list_shown
    with override(person.language):
        context = {
            "title": str(session.title or session.offering.title),
            "when": f"{weekday(session.starts_at)}, {until(session.starts_at, session.ends_at)}",
            "where": place(session),
            "told": str(enrolment.notice.shown),
            "url": offering_url(session),
        }
        files = calendar_files(enrolment, method, sequence=sequence, neutral=confidential)
    queue_mail(
        key=f"enrolment-{enrolment.reference}-{template}",
        to=person,
        template=f"catalog/{template}",
        context=context,
        attachments=files,
        neutral=confidential,
    )


def place(session: Session) -> str:
    """Return where a session is held, in the language in force."""
    return gettext("Online") if session.is_online and not session.room else str(session.room or "")


def offering_url(session: Session) -> str:
    """Return the full address of the offering, in the language in force."""
    return settings.BASE_URL + reverse("catalog:offering", args=[session.offering.slug])


def calendar_files(enrolment: Enrolment, method: Method, *, sequence: int, neutral: bool) -> list[Attachment]:
    """Return one calendar file per meeting, in the language in force."""
    session = enrolment.session
    title = gettext("Appointment") if neutral else str(session.title or session.offering.title)
    files = []
    meetings: list[Session | Meeting] = [session, *session.meetings.all()]
    for number, meeting in enumerate(meetings, start=1):
        file = invitation(
            uid=f"enrolment-{enrolment.reference}-{number}@portal",
            sequence=sequence,
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
