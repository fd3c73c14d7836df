"""Letting somebody have a place. Whoever calls holds the lock on the session."""

from catalog.emails import enrolments as emails
from catalog.enums import EnrolmentStatus
from catalog.models import Enrolment
from catalog.services import approving, paying
from portal.people.queries import managers


def take(enrolment: Enrolment) -> None:
    """Let the participant have a place: at once, or as soon as the manager has agreed."""
    needs_answer = enrolment.notice.needs_answer
    enrolment.status = EnrolmentStatus.REQUESTED if needs_answer else EnrolmentStatus.ACTIVE
    enrolment.offered_until = None
    bosses = managers(enrolment.participant)
    enrolment.is_manager_told = enrolment.notice.is_manager_told and bosses.exists()
    enrolment.save()
    paying.set_aside(enrolment)
    if needs_answer:
        approving.ask(enrolment)
        return
    emails.send_confirmation(enrolment)
    if enrolment.is_manager_told:
        emails.send_manager_notice(enrolment, bosses)
