"""Taking and giving back a place in a session."""

from django.db import transaction

from catalog import emails
from catalog.enums import EnrolmentStatus, Pot, Status
from catalog.errors import (
    AnswerNeeded,
    BudgetTooSmall,
    CancelTooLate,
    EnrolmentClosed,
    NotOnOffer,
    PotNotPossible,
    SessionCancelled,
    SessionFull,
    SessionPast,
)
from catalog.models import Enrolment, OfferingPot, Session
from catalog.permissions import visible_to
from portal import clock
from portal.entitlements.errors import NotEnoughError
from portal.entitlements.services.accounts import account_of
from portal.entitlements.services.booking import About, release, reserve
from portal.people.models import User
from portal.people.queries import managers

CAREER_BUDGET = "career_budget"


@transaction.atomic
def enrol(*, session: Session, pot: str, actor: User) -> Enrolment:
    """Take a place for the actor and send the confirmation; called twice it gives the same place.

    The row of the session is locked, so that places are given out one by one; the database refuses
    more places than seats by itself. Raises one of the refusals in `catalog.errors`.
    """
    held = _locked(session)
    found = active_enrolment(session=held, actor=actor)
    if found is not None:
        return found
    _check_session(held)
    way = _way_to_pay(held, pot)
    enrolment = Enrolment.objects.create(
        session=held,
        participant=actor,
        pot=way.pot,
        notice=way.notice,
        cost_eur=held.offering.cost_eur,
        is_manager_told=way.notice.is_manager_told and managers(actor).exists(),
        enrolled_at=clock.now(),
    )
    _set_aside(enrolment)
    emails.send_confirmation(enrolment)
    if enrolment.is_manager_told:
        emails.send_manager_notice(enrolment, managers(actor))
    return enrolment


@transaction.atomic
def cancel(*, enrolment: Enrolment, actor: User) -> Enrolment:
    """Give a place back and withdraw the calendar entry; called twice it does nothing more.

    Raises CancelTooLate once the session has begun.
    """
    held = visible_to(actor).select_for_update().get(pk=enrolment.pk, participant=actor)
    if not held.is_active:
        return held
    if held.session.starts_at <= clock.now():
        raise CancelTooLate
    held.status = EnrolmentStatus.CANCELLED
    held.cancelled_at = clock.now()
    held.save(update_fields=["status", "cancelled_at"])
    release(key=_booking(held), actor=actor)
    emails.send_cancellation(held)
    if held.is_manager_told:
        emails.send_manager_cancellation(held, managers(actor))
    return held


def _booking(enrolment: Enrolment) -> str:
    return f"enrolment-{enrolment.reference}"


def _set_aside(enrolment: Enrolment) -> None:
    """Set the price aside in the participant's own budget, when that pays."""
    if enrolment.pot != Pot.OWN_BUDGET or not enrolment.cost_eur:
        return
    offering, person = enrolment.session.offering, enrolment.participant
    try:
        reserve(
            account=account_of(key=CAREER_BUDGET, user=person),
            amount=enrolment.cost_eur * 100,
            key=_booking(enrolment),
            about=About(**{code: getattr(offering, f"title_{code}") for code in ("nl", "en")}),
            actor=person,
        )
    except NotEnoughError as short:
        raise BudgetTooSmall from short


def active_enrolment(*, session: Session, actor: User) -> Enrolment | None:
    """Return the actor's place in this session."""
    mine = visible_to(actor).filter(participant=actor, status=EnrolmentStatus.ACTIVE)
    return mine.filter(session=session).first()


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("offering").get(pk=session.pk)


def _check_session(session: Session) -> None:
    """Refuse what can't be enrolled in, the plainest reason first."""
    now = clock.now()
    reasons = (
        (session.offering.status != Status.PUBLISHED, NotOnOffer),
        (session.cancelled_at is not None, SessionCancelled),
        (session.starts_at <= now, SessionPast),
        (session.enrol_until <= now, EnrolmentClosed),
        (session.free < 1, SessionFull),
    )
    for holds, refusal in reasons:
        if holds:
            raise refusal


def _way_to_pay(session: Session, pot: str) -> OfferingPot:
    way = session.offering.pots.select_related("notice").exclude(pot=Pot.REFERRAL).filter(pot=pot).first()
    if way is None:
        raise PotNotPossible
    if way.notice.needs_answer:
        raise AnswerNeeded
    return way
