"""Surveys, answers and releases for tests, built past the wall as the owner.

survey = evaluations.survey()            # an open closing survey with its secret link
evaluations.answered(faculty, "2026Q3", ce2=5, number=12)
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger

from evaluations.enums import Kind, ReleaseState, State
from evaluations.models import Indicator, Invitation, Release, ReleasedFigure, Response
from evaluations.queries.surveys import current_questionnaire
from evaluations.services.tokens import new_token
from portal import clock
from portal.organisation.models import Faculty
from portal.people.models import User
from tests.factories import people
from tests.factories.database import as_owner
from trajectories.models import Trajectory

FREE_START = "trajectories.Trajectory:legal_start"
LIKERT = dict.fromkeys(("ce2", "ce3", "ce4", "ce5", "ce6", "ce7", "ce9", "ce11"), "4")
CLOSING_ANSWERS = {"ce1": "8", **LIKERT, "ce8": "achieved", "ce12": "same_job_refreshed"}


def trajectory(
    faculty: Faculty | None = None,
    *,
    participant: User | None = None,
    requested_at: datetime | None = None,
    ended_at: datetime | None = None,
    status: str = "closed",
) -> Trajectory:
    """Make a bare trajectory in a status, without walking there."""
    unit = faculty or people.faculty()
    with as_owner(), pgtrigger.ignore(FREE_START):
        return Trajectory.objects.create(
            participant=participant or people.user(),
            advisor=people.user("Mirjam de Wit"),
            faculty=unit,
            frame="voluntary_policy",
            language="nl",
            status=status,
            reply_due_on=date(2026, 1, 5),
            requested_at=requested_at or clock.now(),
            closed_at=ended_at,
            ended_at=ended_at,
        )


@dataclass
class Survey:
    """A survey request with the token of its mail."""

    invitation: Invitation
    token: str

    def address(self, language: str = "nl") -> str:
        """Return where the link leads."""
        word = {"nl": "vragenlijst", "en": "survey"}[language]
        return f"/{language}/{word}/{self.token}/"

    @property
    def fresh(self) -> Invitation:
        """Return the row as it is now."""
        with as_owner():
            return Invitation.objects.get(pk=self.invitation.pk)


def survey(case: Trajectory | None = None, *, kind: Kind = Kind.CLOSING, **fields: Any) -> Survey:
    """Make a survey request, sent today unless told otherwise."""
    of = case or trajectory()
    token, token_hash = new_token()
    sent_on = fields.pop("sent_on", clock.today())
    values = {
        "kind": kind,
        "trajectory": of,
        "participant_id": of.participant_id,
        "faculty_id": of.faculty_id,
        "questionnaire": current_questionnaire(kind),
        "state": State.SENT,
        "due_on": sent_on,
        "sent_on": sent_on,
        "closes_on": sent_on + timedelta(days=42),
        "token_hashes": [token_hash],
        **fields,
    }
    with as_owner():
        return Survey(Invitation.objects.create(**values), token)


def planned(
    case: Trajectory | None = None, *, due_on: date, kind: Kind = Kind.CLOSING, **fields: Any
) -> Invitation:
    """Make a survey request that waits for its day."""
    empty: dict[str, Any] = {"state": State.PLANNED, "sent_on": None, "closes_on": None, "token_hashes": []}
    of = case or trajectory()
    values = {
        "kind": kind,
        "trajectory": of,
        "participant_id": of.participant_id,
        "faculty_id": of.faculty_id,
        "questionnaire": current_questionnaire(kind),
        "due_on": due_on,
        **empty,
        **fields,
    }
    with as_owner():
        return Invitation.objects.create(**values)


def answered(faculty: Faculty, period: str, *, number: int = 1, **choices: Any) -> None:
    """Make answer sheets of the closing survey."""
    questionnaire = current_questionnaire(Kind.CLOSING)
    sheets = [
        Response(
            questionnaire=questionnaire,
            faculty=faculty,
            period=period,
            choices={key: str(value) for key, value in choices.items()},
            texts={},
        )
        for _sheet in range(number)
    ]
    with as_owner():
        Response.objects.bulk_create(sheets)


def release(period: str = "2026Q3", state: str = ReleaseState.RELEASED, **figures: Any) -> Release:
    """Make a release; figures by indicator and faculty code, `all` for the university, None when hidden."""
    with as_owner():
        number = Release.objects.count() + 1
        row = Release.objects.create(
            period=period,
            number=number,
            state=state,
            definitions_version=1,
            released_at=clock.local(date(2026, 10, 12)) if state == ReleaseState.RELEASED else None,
        )
        for indicator, values in figures.items():
            for code, value in values.items():
                low, high = value or (None, None)
                ReleasedFigure.objects.create(
                    release=row,
                    indicator=Indicator.objects.get(key=indicator),
                    faculty=None if code == "all" else people.faculty(code),
                    low=low,
                    high=high,
                )
    return row
