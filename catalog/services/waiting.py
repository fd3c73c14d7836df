"""The queue: who waits longest is offered a free place, for a time (decision 28). Nobody is overtaken.

Offering and ending offers is the worker's work: it touches other people's rows, which no page may.
"""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.emails import queue as letters
from catalog.enums import EnrolmentStatus
from catalog.errors import OfferEnded
from catalog.models import Enrolment, Session
from catalog.permissions import belonging_to
from catalog.services import places, taking
from portal import clock
from portal.people.models import User

USUAL, SHORT, SOON = timedelta(hours=48), timedelta(hours=12), timedelta(days=5)


def kept_until(session: Session, now: datetime) -> datetime:
    """Return until when an offer made now is kept: never beyond the start."""
    term = SHORT if session.starts_at - now < SOON else USUAL
    return min(now + term, session.starts_at)


@transaction.atomic
def fill(*, session: Session) -> list[Enrolment]:
    """Offer every free place to who waits longest; return the offers."""
    held = places.locked(session.pk)
    if held.cancelled_at is not None or held.starts_at <= clock.now():
        return []
    waiting = Enrolment.objects.select_for_update(of=("self",)).filter(
        session=held, status=EnrolmentStatus.WAITING
    )
    offers = list(waiting.select_related("participant", "notice").order_by("pk")[: held.free])
    for enrolment in offers:
        enrolment.session = held
        enrolment.status = EnrolmentStatus.OFFERED
        enrolment.offered_until = kept_until(held, clock.now())
        enrolment.save(update_fields=["status", "offered_until"])
        letters.send_offer(enrolment)
    return offers


@transaction.atomic
def accept(*, enrolment: Enrolment, actor: User) -> Enrolment:
    """Take the offered place; called twice it does nothing more.

    Raises OfferEnded, PlaceElsewhere, and what enrolling raises about money and approval.
    """
    session = places.locked_with_others(enrolment.session)
    held = belonging_to(actor).select_for_update(of=("self",)).get(pk=enrolment.pk)
    held.session = session
    if held.status in (EnrolmentStatus.ACTIVE, EnrolmentStatus.REQUESTED):
        return held
    if held.offered_until is None or held.offered_until <= clock.now():
        raise OfferEnded
    turns = places.elsewhere(places.own(session, actor), session)
    taking.take(held)
    places.let_go(turns)
    return held


@transaction.atomic
def end_offer(*, enrolment: Enrolment) -> bool:
    """End an offer whose time is over; tell whether it was."""
    session = places.locked(enrolment.session_id)
    held = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    held.session = session
    if held.offered_until is None or held.offered_until > clock.now():
        return False
    places.end(held, EnrolmentStatus.LAPSED)
    letters.send_offer_ended(held)
    return True


@transaction.atomic
def close_queue(*, session: Session) -> int:
    """When the session has begun, let go of who still waited; return how many."""
    held = places.locked(session.pk)
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(
        session=held, status=EnrolmentStatus.WAITING
    )
    if held.starts_at > clock.now():
        return 0
    return rows.update(status=EnrolmentStatus.LAPSED, cancelled_at=clock.now())
