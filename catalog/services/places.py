"""Places of a session. Whoever changes them holds the lock on the session."""

from collections.abc import Iterable

from django.db.models import Q

from catalog.enums import CERTAIN, OPEN, EnrolmentStatus, Pot
from catalog.errors import (
    EnrolmentClosed,
    NotOnOffer,
    PlaceElsewhere,
    PotNotPossible,
    SessionCancelled,
    SessionPast,
)
from catalog.models import Enrolment, Offering, OfferingPot, Session
from catalog.permissions import belonging_to
from portal import clock
from portal.delivery import jobs
from portal.organisation.queries import appointments_of
from portal.people.models import User

FILL = "catalog.fill_places"


def locked(session_id: int) -> Session:
    """Lock a session: whoever changes its places does so alone."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("offering")
    return rows.get(pk=session_id)


def locked_with_others(session: Session) -> Session:
    """Lock a date, and with it the other dates of an offering that one attends once.

    In the order of their keys, as everywhere: two pages open on two dates can't take two places.
    """
    rows = Session.objects.select_for_update(of=("self",)).select_related("offering").order_by("pk")
    return next(run for run in rows.filter(_alike(session)) if run.pk == session.pk)


def own(session: Session, actor: User) -> list[Enrolment]:
    """Return the actor's places and turns: in this date, and in the others of an offering that one attends once."""
    dates = Session.objects.filter(_alike(session))
    rows = belonging_to(actor).filter(status__in=OPEN, session__in=dates)
    return list(rows.select_related("session"))


def _alike(session: Session) -> Q:
    """Return the filter for this date, with those that it rules out for who has a place in it."""
    is_this = Q(pk=session.pk)
    if session.offering.is_repeatable:
        return is_this
    return is_this | Q(offering=session.offering_id, ends_at__gt=clock.now())


def elsewhere(mine: Iterable[Enrolment], session: Session) -> list[Enrolment]:
    """Return the turns and offers that end with a place in this date. Raises PlaceElsewhere."""
    found = [enrolment for enrolment in mine if enrolment.session_id != session.pk]
    if any(enrolment.status in CERTAIN for enrolment in found):
        raise PlaceElsewhere
    return found


def let_go(enrolments: Iterable[Enrolment]) -> None:
    """End turns and offers that are not needed any more; a place that comes free goes to the next."""
    for enrolment in enrolments:
        end(enrolment, EnrolmentStatus.CANCELLED)


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


def ways_of(offering: Offering) -> list[OfferingPot]:
    """Return the ways to pay by which one can enrol, each with what the manager hears."""
    return list(offering.pots.select_related("notice").exclude(pot=Pot.REFERRAL))


def way_to_pay(ways: Iterable[OfferingPot], pot: str) -> OfferingPot:
    """Return the way to pay from this budget. Raises PotNotPossible."""
    way = next((one for one in ways if one.pot == pot), None)
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
