"""Sending a colleague in one's place: asked by the holder, taken by the colleague, never a way past the queue.

The place does not come free in between, so nobody who waits is overtaken; only who holds a certain place
can pass it on, and only as long as cancelling would be free of charge.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from catalog.emails import replacements as letters
from catalog.enums import Answer, EnrolmentStatus
from catalog.errors import (
    AskedAlready,
    ColleagueNotPossible,
    OutsideFaculty,
    PlaceAlready,
    ReplacementOver,
    ReplacementTooLate,
)
from catalog.models import Enrolment, Replacement, Session
from catalog.permissions import belonging_to
from catalog.services import approving, paying, places, taking
from portal import clock
from portal.delivery import jobs
from portal.people.models import User
from portal.privacy import wall

TERM = timedelta(hours=48)


def answer_by(session: Session, now: datetime) -> datetime:
    """Return until when a colleague who is asked now can answer: two days, never beyond the term."""
    return min(now + TERM, session.cancel_until)


@transaction.atomic
def ask(*, enrolment: Enrolment, colleague: User, actor: User) -> Replacement:
    """Ask a colleague to go in the actor's place; the same colleague twice is one question.

    Raises ReplacementTooLate, AskedAlready, ColleagueNotPossible.
    """
    session = places.locked(enrolment.session_id)
    held = belonging_to(actor).select_for_update(of=("self",)).get(pk=enrolment.pk)
    if not can_pass_on(held, session):
        raise ReplacementTooLate
    if not places.may_come(session.offering, colleague):
        raise ColleagueNotPossible
    found = _open().filter(enrolment=held).first()
    if found is not None and found.colleague_id == colleague.pk:
        return found
    if found is not None:
        raise AskedAlready
    until = answer_by(session, clock.now())
    asked = Replacement.objects.create(
        enrolment=held, session=session, participant=actor, colleague=colleague, answer_by=until
    )
    letters.send_question(asked)
    return asked


@transaction.atomic
def take(*, replacement: Replacement, pot: str, actor: User) -> Enrolment:
    """Go in the colleague's place, paid in one's own way; called twice it gives the same place.

    Raises ReplacementOver, PlaceAlready, PlaceElsewhere, OutsideFaculty, and what enrolling raises about money
    and approval.
    """
    session, held = _locked(replacement, actor)
    if held.answer == Answer.YES:
        return belonging_to(actor).filter(session=session).latest("pk")
    given = _place(held, session)
    own, turns = _turns(session, actor)
    way = places.way_to_pay(places.ways_of(session.offering), pot)
    if way.notice.needs_answer:
        approving.approver_of(actor)
    _give_up(given)
    enrolment = own or Enrolment(session=session, participant=actor, enrolled_at=clock.now())
    enrolment.session, enrolment.pot, enrolment.notice = session, way.pot, way.notice
    enrolment.cost_eur = session.offering.cost_eur
    taking.take(enrolment)
    places.let_go(turns)
    _close(held, Answer.YES)
    letters.send_taken(held, given)
    return enrolment


@transaction.atomic
def decline(*, replacement: Replacement, actor: User) -> None:
    """Say no: the place stays with its holder. Raises ReplacementOver."""
    session, held = _locked(replacement, actor)
    if held.answer == Answer.NO:
        return
    _place(held, session)
    letters.send_declined(held)
    _close(held, Answer.NO)


def withdraw(enrolment: Enrolment) -> None:
    """Take the question back, with the place or without; whoever calls holds the lock on the session."""
    for asked in _open().filter(enrolment=enrolment):
        _close(asked, Answer.WITHDRAWN)
        letters.send_withdrawn(asked)


@transaction.atomic
def take_back(*, enrolment: Enrolment, actor: User) -> None:
    """Take the question to a colleague back; nothing happens when there is none."""
    places.locked(enrolment.session_id)
    withdraw(belonging_to(actor).get(pk=enrolment.pk))


@transaction.atomic
def lapse(*, replacement: Replacement) -> bool:
    """End a question that was not answered in time, by the worker; tell whether it was."""
    held = _open().select_for_update(of=("self",)).filter(pk=replacement.pk).first()
    if held is None or held.answer_by > clock.now():
        return False
    _close(held, Answer.LAPSED)
    letters.send_lapsed(held)
    return True


def _open() -> QuerySet[Replacement]:
    return Replacement.objects.filter(answer=Answer.ASKED)


def can_pass_on(enrolment: Enrolment, session: Session) -> bool:
    """Whether the place is certain, the date is on, and giving it up would be free of charge."""
    is_on = session.cancelled_at is None and session.starts_at > clock.now()
    return enrolment.is_active and is_on and paying.is_free_of_charge(session)


def _locked(replacement: Replacement, actor: User) -> tuple[Session, Replacement]:
    """Lock the session and the question, in that order."""
    session = places.locked_with_others(replacement.session)
    rows = wall.visible(Replacement, actor).filter(colleague=actor).select_for_update(of=("self",))
    return session, rows.get(pk=replacement.pk)


def _turns(session: Session, actor: User) -> tuple[Enrolment | None, list[Enrolment]]:
    """Return the colleague's own turn in this date, and the turns on other dates that end with the place."""
    if not places.may_come(session.offering, actor):
        raise OutsideFaculty
    mine = places.own(session, actor)
    own = next((enrolment for enrolment in mine if enrolment.session_id == session.pk), None)
    if own is not None and own.is_holding:
        raise PlaceAlready
    return own, places.elsewhere(mine, session)


def _place(held: Replacement, session: Session) -> Enrolment:
    """Lock the place that is to change hands. Raises ReplacementOver."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("participant", "notice")
    given = rows.filter(pk=held.enrolment_id).first() if held.is_open else None
    if given is None or not can_pass_on(given, session):
        raise ReplacementOver
    given.session = held.session = session
    held.enrolment = given
    return given


def _give_up(given: Enrolment) -> None:
    """End the holder's place without letting it come free: the colleague takes it in the same transaction."""
    given.sequence += 1
    given.status, given.cancelled_at = EnrolmentStatus.CANCELLED, clock.now()
    given.save(update_fields=["status", "cancelled_at", "sequence"])
    # The money lies in a budget that the colleague does not see; the worker gives it back.
    jobs.enqueue(approving.SETTLE, given.reference)


def _close(held: Replacement, said: Answer) -> None:
    held.answer, held.answered_at = said, clock.now()
    held.save(update_fields=["answer", "answered_at"])
