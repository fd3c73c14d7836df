"""The mails of evaluations. Subjects are neutral; the link is in the encrypted body only."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from evaluations.enums import Kind
from evaluations.models import Invitation
from portal.delivery.outbox import Address, queue_mail
from portal.organisation.queries import appointments_of
from portal.people.models import User
from portal.privacy.viewer import viewing
from trajectories.queries.closing import later_address


def survey_address(token: str, language: str) -> str:
    """Return the full address of a survey in that language."""
    with translation.override(language):
        return settings.BASE_URL + reverse("evaluations:survey", args=[token])


def mail_invitation(invitation: Invitation, *, token: str, reminder: int) -> None:
    """Queue the request (reminder 0) or a reminder (1, 2) for one survey."""
    person = invitation.participant
    with translation.override(person.language):
        context = {
            "name": person.greeting_name,
            "title": str(invitation.questionnaire.title),
            "intro": str(invitation.questionnaire.intro),
            "closes_on": invitation.closes_on,
            "address": survey_address(token, person.language),
            "is_last": reminder == len(invitation.questionnaire.reminder_days),
        }
    queue_mail(
        key=f"survey:{invitation.reference}:{reminder}",
        to=_addressee(invitation),
        template="evaluations/reminder" if reminder else "evaluations/invitation",
        context=context,
        neutral=True,
    )


def _addressee(invitation: Invitation) -> User | Address:
    """Return where the mail goes: to somebody who has left, at the address left for the follow-up (decision 9)."""
    person = invitation.participant
    if invitation.kind != Kind.FOLLOW_UP or appointments_of(person.pk).exists():
        return person
    with viewing(person):
        email = later_address(person, invitation.trajectory_id)
    return Address(email, person.language, person.full_name) if email else person
