"""Filling in and sending a survey. The holder of the link acts; nobody needs an account."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from evaluations.enums import Mode, Period, QuestionKind, State
from evaluations.errors import SurveyClosedError
from evaluations.models import Draft, Invitation, Response
from evaluations.queries.surveys import questions_of
from evaluations.services.invitations import tell_trajectory
from portal import clock


def is_open(invitation: Invitation) -> bool:
    """Tell whether the survey can be answered today."""
    closes = invitation.closes_on
    return invitation.state == State.SENT and closes is not None and clock.today() <= closes


def _locked(invitation: Invitation) -> Invitation:
    """Take the request for this transaction; raises SurveyClosedError when it is no longer open."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not is_open(row):
        raise SurveyClosedError
    return row


@transaction.atomic
def save_draft(*, invitation: Invitation, answers: Mapping[str, Any]) -> None:
    """Keep what is filled in so far, encrypted; it replaces what was kept before."""
    row = _locked(invitation)
    Draft.objects.update_or_create(invitation=row, defaults={"answers": dict(answers)})


@transaction.atomic
def send_in(*, invitation: Invitation, answers: Mapping[str, Any]) -> None:
    """Turn the answers into an answer sheet and close the request.

    The sheet names faculty and quarter. In confidential mode the link to the request is kept
    encrypted; the draft goes. Raises SurveyClosedError when it was sent before or has expired.
    """
    row = _locked(invitation)
    texts = {q.key for q in questions_of(row) if q.kind == QuestionKind.OPEN}
    Response.objects.create(
        questionnaire_id=row.questionnaire_id,
        faculty_id=row.faculty_id,
        period=str(Period.of(clock.today())),
        is_short=row.is_short,
        choices={key: value for key, value in answers.items() if key not in texts},
        texts={key: value for key, value in answers.items() if key in texts},
        link=row.reference if row.questionnaire.mode != Mode.ANONYMOUS else "",
    )
    Draft.objects.filter(invitation=row).delete()
    row.state = State.ANSWERED
    row.save(update_fields=["state"])
    tell_trajectory(row)
