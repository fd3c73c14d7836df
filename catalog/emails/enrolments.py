"""Letters about a certain place: to the participant, and to a manager who is told."""

from collections.abc import Iterable

from django.utils.translation import override

from catalog.emails.calendar import calendar_files
from catalog.emails.letter import send
from catalog.models import Enrolment, Session
from catalog.queries.notices import exact_message
from portal.delivery.attachment import Attachment
from portal.delivery.calendar import Method
from portal.delivery.outbox import queue_mail
from portal.interface.moments import day
from portal.people.models import User


def _files(enrolment: Enrolment, method: Method) -> list[Attachment]:
    with override(enrolment.participant.language):
        return calendar_files(enrolment, method)


def send_confirmation(enrolment: Enrolment) -> None:
    """Confirm a place, with a calendar file per meeting."""
    send(enrolment, "confirmed", files=_files(enrolment, "REQUEST"))


def send_cancellation(enrolment: Enrolment) -> None:
    """Confirm that a place was given back, and withdraw the calendar entries."""
    send(enrolment, "cancelled", files=_files(enrolment, "CANCEL"))


def send_moved(enrolment: Enrolment, before: Session) -> None:
    """Confirm the new date; the calendar entries change with it, and those too many are withdrawn."""
    with override(enrolment.participant.language):
        files = calendar_files(enrolment, "REQUEST")
        files += calendar_files(enrolment, "CANCEL", session=before, after=len(files))
    send(enrolment, "moved", files=files)


def send_called_off(enrolment: Enrolment, *, with_calendar: bool) -> None:
    """Tell that the organiser called the session off."""
    send(enrolment, "called_off", files=_files(enrolment, "CANCEL") if with_calendar else [])


def send_date_changed(enrolment: Enrolment, *, with_calendar: bool) -> None:
    """Tell that the organiser changed time or room; each change of the date is told once."""
    files = _files(enrolment, "REQUEST") if with_calendar else []
    send(enrolment, "date_changed", files=files, mark=f"date{enrolment.session.version}")


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
    _to_managers(enrolment, managers, "manager_told_cancelled")


def send_manager_moved(enrolment: Enrolment, managers: Iterable[User]) -> None:
    """Tell the manager who knew of it the new date."""
    _to_managers(enrolment, managers, "manager_told_moved")


def _to_managers(enrolment: Enrolment, managers: Iterable[User], template: str) -> None:
    for manager in managers:
        with override(manager.language):
            context = {
                "participant": enrolment.participant.full_name,
                "title": str(enrolment.session.offering.title),
                "day": day(enrolment.session.starts_at),
            }
        key = f"enrolment-{enrolment.reference}-{template}-{manager.reference}-{enrolment.sequence}"
        queue_mail(key=key, to=manager, template=f"catalog/{template}", context=context)
