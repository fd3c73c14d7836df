"""Letters about a manager's answer. The manager reads the text that the participant has seen, and no more."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from catalog.emails.letter import send
from catalog.models import Approval, Enrolment
from portal.delivery.outbox import queue_mail
from portal.interface.moments import moment
from portal.people.models import User


def send_question(approval: Approval, to: Iterable[User]) -> None:
    """Ask the manager and whoever answers for them."""
    _to_managers(approval, to, "approval_asked")


def send_reminder(approval: Approval, to: Iterable[User]) -> None:
    """Ask again, when half of the time has passed."""
    _to_managers(approval, to, "approval_reminder")


def send_withdrawn(approval: Approval) -> None:
    """Tell the manager that no answer is needed any more."""
    _to_managers(approval, [approval.manager], "approval_withdrawn")


def send_asked(approval: Approval) -> None:
    """Tell the participant who was asked, and what happens without an answer."""
    enrolment = approval.enrolment
    with override(enrolment.participant.language):
        until = moment(approval.answer_by)
    send(enrolment, "requested", manager=approval.manager.full_name, answer_by=until)


def send_refused(enrolment: Enrolment, *, reason: str) -> None:
    """Tell the participant that the manager did not agree, and why."""
    send(enrolment, "refused", reason=reason)


def send_not_answered(enrolment: Enrolment) -> None:
    """Tell the participant that the manager did not answer in time."""
    send(enrolment, "not_answered")


def _to_managers(approval: Approval, to: Iterable[User], template: str) -> None:
    for reader in to:
        with override(reader.language):
            context = {
                "message": getattr(approval, f"message_{reader.language}"),
                "participant": approval.participant.full_name,
                "answer_by": moment(approval.answer_by),
                "url": settings.BASE_URL + reverse("catalog:approvals"),
            }
        key = f"approval-{approval.reference}-{template}-{reader.reference}"
        queue_mail(key=key, to=reader, template=f"catalog/{template}", context=context)
