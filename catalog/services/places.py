"""Places of a session. Whoever changes them holds the lock on the session."""

from catalog.enums import EnrolmentStatus, Pot
from catalog.errors import EnrolmentClosed, NotOnOffer, PotNotPossible, SessionCancelled, SessionPast
from catalog.models import Enrolment, Offering, OfferingPot, Session
from portal import clock
from portal.delivery import jobs
from portal.organisation.queries import appointments_of
from portal.people.models import User

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


def may_come(offering: Offering, person: User) -> bool:
    """Tell whether somebody works where the offering is meant for."""
    rows = appointments_of(person.pk)
    return offering.faculty_id is None or rows.filter(department__faculty=offering.faculty_id).exists()


def way_to_pay(offering: Offering, pot: str) -> OfferingPot:
    """Return the way to pay from this budget. Raises PotNotPossible."""
    way = offering.pots.select_related("notice").exclude(pot=Pot.REFERRAL).filter(pot=pot).first()
    if way is None:
        raise PotNotPossible
    return way


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
