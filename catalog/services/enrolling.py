"""Taking and giving back a place in a session, or in its queue."""

from django.db import transaction

from catalog.emails import enrolments as emails
from catalog.emails import queue as letters
from catalog.enums import EnrolmentStatus
from catalog.errors import CancelTooLate, OutsideFaculty, SessionFull
from catalog.models import Enrolment, Session
from catalog.permissions import belonging_to
from catalog.services import approving, paying, places, replacing, taking
from portal import clock
from portal.people.models import User
from portal.people.queries import managers


@transaction.atomic
def enrol(*, session: Session, pot: str, actor: User, may_wait: bool = False) -> Enrolment:
    """Take a place for the actor and send the confirmation; called twice it gives the same place.

    Who comes while others wait joins the queue behind them, if they said that they would. With a place,
    turns on other dates of an offering that one attends once come to an end. The row of the session is
    locked, so that places are given out one by one; the database refuses more places than seats by
    itself. Raises one of the refusals in `catalog.errors`.
    """
    # Asked before the lock: whoever holds it keeps all the others waiting.
    ways, may_come = places.ways_of(session.offering), places.may_come(session.offering, actor)
    held = places.locked_with_others(session)
    mine = places.own(held, actor)
    found = next((enrolment for enrolment in mine if enrolment.session_id == held.pk), None)
    if found is not None:
        return found
    turns = places.elsewhere(mine, held)
    places.check_open(held)
    if not may_come:
        raise OutsideFaculty
    way = places.way_to_pay(ways, pot)
    waits = held.free < 1 or held.waiting > 0
    if waits and not may_wait:
        raise SessionFull
    enrolment = Enrolment(
        session=held,
        participant=actor,
        pot=way.pot,
        notice=way.notice,
        cost_eur=held.offering.cost_eur,
        enrolled_at=clock.now(),
    )
    if way.notice.needs_answer:
        approving.approver_of(actor)
    if not waits:
        taking.take(enrolment)
        places.let_go(turns)
        return enrolment
    enrolment.status = EnrolmentStatus.WAITING
    enrolment.save()
    letters.send_waiting(enrolment)
    return enrolment


@transaction.atomic
def cancel(*, enrolment: Enrolment, actor: User) -> Enrolment:
    """Give back a place, an offer or a turn in the queue; called twice it does nothing more.

    Raises CancelTooLate once the session has begun.
    """
    session = places.locked(enrolment.session_id)
    held = belonging_to(actor).select_for_update(of=("self",)).get(pk=enrolment.pk)
    held.session = session
    if not held.is_open:
        return held
    if session.starts_at <= clock.now():
        raise CancelTooLate
    was = held.status
    paying.settle(held, actor=actor)
    if was == EnrolmentStatus.ACTIVE:
        held.sequence += 1
    places.end(held, EnrolmentStatus.CANCELLED)
    if was == EnrolmentStatus.REQUESTED:
        approving.withdraw(held)
    elif was == EnrolmentStatus.ACTIVE:
        replacing.withdraw(held)
        _tell(held, actor)
    return held


def _tell(enrolment: Enrolment, actor: User) -> None:
    emails.send_cancellation(enrolment)
    if enrolment.is_manager_told:
        emails.send_manager_cancellation(enrolment, managers(actor))
