"""Questions about surveys and who was asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from evaluations.enums import State
from evaluations.models import Draft, Invitation, Question, Questionnaire
from evaluations.workflow import quiet_until


def current_questionnaire(key: str) -> Questionnaire:
    """Return the newest version; Questionnaire.DoesNotExist before the content is loaded."""
    return Questionnaire.objects.filter(key=key).order_by("-version")[:1].get()


def questions_of(invitation: Invitation) -> Sequence[Question]:
    """Return the questions of this request in order, with their options; fewer after an early stop."""
    questionnaire = invitation.questionnaire
    rows = questionnaire.questions.prefetch_related("options")
    return list(rows.filter(key__in=questionnaire.short_form) if invitation.is_short else rows)


def invitation_by_hash(token_hash: str) -> Invitation | None:
    """Return the request that one of the mailed links belongs to."""
    rows = Invitation.objects.filter(token_hashes__contains=[token_hash])
    return rows.select_related("questionnaire").first()


def draft_answers(invitation: Invitation) -> dict[str, Any]:
    """Return what has been saved so far."""
    found = Draft.objects.filter(invitation=invitation).first()
    return dict(found.answers) if found else {}


def asked_lately(participant_id: int, as_of: date) -> bool:
    """Tell whether this person got a survey request less than a month before that day."""
    sent = Invitation.objects.filter(participant_id=participant_id).aggregate(last=Max("sent_on"))["last"]
    return sent is not None and as_of < quiet_until(sent)


def due(as_of: date) -> QuerySet[Invitation]:
    """Return the requests to send by that day."""
    return Invitation.objects.filter(state=State.PLANNED, due_on__lte=as_of)


def out(as_of: date) -> QuerySet[Invitation]:
    """Return the requests that were sent and not answered."""
    return Invitation.objects.filter(state=State.SENT, sent_on__lte=as_of)
