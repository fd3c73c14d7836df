"""What the organiser does with a session: more or fewer seats, or calling it off."""

from django.db import transaction

from catalog.emails import enrolments as emails
from catalog.enums import OPEN, EnrolmentStatus
from catalog.errors import SessionCancelled, SessionPast, TooFewSeats
from catalog.models import Enrolment, Session
from catalog.services import approving, paying, places, replacing
from portal import clock
from portal.delivery import jobs
from portal.entitlements.services.booking import release, spend
from portal.people.models import User

CALL_OFF = "catalog.call_off"


@transaction.atomic
def set_seats(*, session: Session, seats: int, actor: User) -> Session:
    """Change the number of seats; nobody loses a place by it, and new places go to who waits longest.

    Raises TooFewSeats below what is taken, SessionCancelled and SessionPast.
    """
    held = places.locked(session.pk)
    _check(held)
    if seats < held.taken + held.held:
        raise TooFewSeats
    held.seats = seats
    held.save(update_fields=["seats"])
    places.pass_on(held)
    return held


@transaction.atomic
def call_off(*, session: Session, actor: User) -> Session:
    """Call a session off: no new places from now on; the worker tells everybody and gives the money back."""
    held = places.locked(session.pk)
    if held.cancelled_at is not None:
        return held
    _check(held)
    held.cancelled_at = clock.now()
    held.save(update_fields=["cancelled_at"])
    jobs.enqueue(CALL_OFF, held.reference, key=f"call-off-{held.reference}")
    return held


def _check(session: Session) -> None:
    if session.cancelled_at is not None:
        raise SessionCancelled
    if session.starts_at <= clock.now():
        raise SessionPast


@transaction.atomic
def end_all(*, session: Session) -> int:
    """End every enrolment of a session that was called off, by the worker; return how many."""
    held = places.locked(session.pk)
    if held.cancelled_at is None:
        return 0
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(session=held, status__in=OPEN)
    ended = list(rows.select_related("participant", "notice").order_by("pk"))
    for enrolment in ended:
        enrolment.session = held
        _end(enrolment)
    return len(ended)


def _end(enrolment: Enrolment) -> None:
    was = enrolment.status
    release(key=paying.booking(enrolment), actor=None)
    enrolment.sequence += 1
    enrolment.status, enrolment.cancelled_at = EnrolmentStatus.CANCELLED, clock.now()
    enrolment.offered_until = None
    enrolment.save(update_fields=["status", "cancelled_at", "offered_until", "sequence"])
    if was == EnrolmentStatus.REQUESTED:
        approving.withdraw(enrolment)
    replacing.withdraw(enrolment)
    emails.send_called_off(enrolment, with_calendar=was == EnrolmentStatus.ACTIVE)


@transaction.atomic
def settle_ended(*, enrolment: Enrolment) -> None:
    """Give back what is still set aside for an enrolment that was refused, by the worker."""
    held = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if not held.is_open:
        release(key=paying.booking(held), actor=None)


@transaction.atomic
def pay(*, enrolment: Enrolment) -> bool:
    """Spend what was set aside once the session has begun, by the worker; tell whether it was."""
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("session").get(pk=enrolment.pk)
    if held.status != EnrolmentStatus.ACTIVE or held.paid_at or held.session.starts_at > clock.now():
        return False
    spend(key=paying.booking(held), actor=None)
    held.paid_at = clock.now()
    held.save(update_fields=["paid_at"])
    return True
