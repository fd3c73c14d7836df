"""The manager's answer: asked with the exact text, answered in time, or lapsed."""

from django.db import transaction
from django.db.models import QuerySet

from catalog.emails import approvals as letters
from catalog.emails import enrolments as emails
from catalog.enums import Answer, EnrolmentStatus
from catalog.errors import AnsweredAlready, NobodyAnswers, ReasonMissing
from catalog.models import Approval, Enrolment
from catalog.queries.approvals import deputies_of
from catalog.queries.notices import answer_by, exact_message
from catalog.services import paying, places
from portal import clock
from portal.delivery import jobs
from portal.organisation.queries import appointments_of
from portal.people.models import User
from portal.privacy import wall

SETTLE = "catalog.settle_enrolment"


def approver_of(person: User) -> User:
    """Return the manager of somebody's largest appointment that has one. Raises NobodyAnswers."""
    rows = appointments_of(person.pk).filter(manager__isnull=False, manager__is_active=True)
    first = rows.select_related("manager").first()
    if first is None or first.manager is None:
        raise NobodyAnswers
    manager: User = first.manager
    return manager


def ask(enrolment: Enrolment) -> Approval:
    """Ask the manager, in exactly the words that the participant has seen."""
    person, session = enrolment.participant, enrolment.session
    texts = {
        f"message_{code}": exact_message(enrolment.notice, session, name=person.full_name, language=code)
        for code in ("nl", "en")
    }
    approval = Approval.objects.create(
        enrolment=enrolment,
        participant=person,
        manager=approver_of(person),
        asked_at=clock.now(),
        answer_by=answer_by(session, clock.now()),
        **texts,
    )
    letters.send_question(approval, [approval.manager, *deputies_of(approval.manager)])
    letters.send_asked(approval)
    return approval


def withdraw(enrolment: Enrolment) -> None:
    """Take the question back with the enrolment."""
    for approval in Approval.objects.filter(enrolment=enrolment, answer=Answer.ASKED):
        _close(approval, Answer.WITHDRAWN, enrolment.participant)
        letters.send_withdrawn(approval)


@transaction.atomic
def answer(*, approval: Approval, is_yes: bool, actor: User, reason: str = "") -> Approval:
    """Say yes, or no and why; the same answer twice counts once. Raises ReasonMissing and AnsweredAlready."""
    session = places.locked(approval.enrolment.session_id)
    held = _asked_of(actor).select_for_update(of=("self",)).get(pk=approval.pk)
    said = Answer.YES if is_yes else Answer.NO
    if held.answer == said:
        return held
    if not held.is_open:
        raise AnsweredAlready
    if not is_yes and not reason.strip():
        raise ReasonMissing
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=held.enrolment_id)
    enrolment.session = session
    held.reason = "" if is_yes else reason.strip()
    _close(held, said, actor)
    if is_yes:
        enrolment.status = EnrolmentStatus.ACTIVE
        enrolment.save(update_fields=["status"])
        emails.send_confirmation(enrolment)
        return held
    places.end(enrolment, EnrolmentStatus.REFUSED)
    # The money may lie in a budget that this manager does not see; the worker gives it back.
    jobs.enqueue(SETTLE, enrolment.reference)
    letters.send_refused(enrolment, reason=held.reason)
    return held


@transaction.atomic
def lapse(*, approval: Approval) -> bool:
    """End a question that was not answered in time, by the worker; tell whether it was."""
    session = places.locked(approval.enrolment.session_id)
    held = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if held.answer != Answer.ASKED or held.answer_by > clock.now():
        return False
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=held.enrolment_id)
    enrolment.session = session
    _close(held, Answer.LAPSED, None)
    paying.settle(enrolment, actor=None)
    places.end(enrolment, EnrolmentStatus.LAPSED)
    letters.send_not_answered(enrolment)
    return True


@transaction.atomic
def remind(*, approval: Approval) -> None:
    """Remind the manager once, when half of the time has passed."""
    held = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if held.answer != Answer.ASKED or held.reminded_at is not None:
        return
    held.reminded_at = clock.now()
    held.save(update_fields=["reminded_at"])
    letters.send_reminder(held, [held.manager, *deputies_of(held.manager)])


def _asked_of(actor: User) -> QuerySet[Approval]:
    """Return what this person may answer: not what they asked for themself."""
    return wall.visible(Approval, actor).exclude(participant=actor)


def _close(approval: Approval, said: Answer, actor: User | None) -> None:
    approval.answer, approval.answered_at, approval.answered_by = said, clock.now(), actor
    approval.save(update_fields=["answer", "answered_at", "answered_by", "reason"])
