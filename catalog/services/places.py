"""Places of a session. Whoever changes them holds the lock on the session."""

from catalog.enums import EnrolmentStatus
from catalog.errors import EnrolmentClosed, NotOnOffer, SessionCancelled, SessionPast
from catalog.models import Enrolment, Session
from portal import clock
from portal.delivery import jobs

FILL = "catalog.fill_places"


def locked(session_id: int) -> Session:
    """Lock a session: whoever changes its places does so alone."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("offering")
    return rows.get(pk=session_id)


def check_open(session: Session) -> None:
    """Refuse what can't be enrolled in, the plainest reason first."""
    now = clock.now()
    reasons = (
        (not session.offering.is_on_offer, NotOnOffer),
        (session.cancelled_at is not None, SessionCancelled),
        (session.starts_at <= now, SessionPast),
        (session.enrol_until <= now, EnrolmentClosed),
    )
    for holds, refusal in reasons:
        if holds:
            raise refusal


def end(enrolment: Enrolment, status: EnrolmentStatus) -> None:
    """Close an enrolment; a place that comes free goes to the next in the queue."""
    freed = enrolment.is_holding
    enrolment.status = status
    enrolment.cancelled_at = clock.now()
    enrolment.offered_until = None
    enrolment.save(update_fields=["status", "cancelled_at", "offered_until", "sequence"])
    if freed:
        pass_on(enrolment.session)


def pass_on(session: Session) -> None:
    """Ask the worker to offer free places to who waits."""
    jobs.enqueue(FILL, session.reference)
