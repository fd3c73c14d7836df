"""Steps around a date that write a letter by themselves: which, and to whom they are due."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from catalog.enums import EnrolmentStatus, StepType
from catalog.models import Enrolment, Session
from portal import clock

# These tell the participant something; the others are done by people or by other parts of the portal.
MAILED = frozenset({StepType.REMINDER, StepType.PREWORK, StepType.ASSIGNMENT, StepType.FOLLOW_UP})
# So long after its moment a letter about what comes afterwards still makes sense.
LATEST = timedelta(days=14)
HORIZON = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Due:
    """One letter that is due to one participant; `mark` tells whether it has been written."""

    enrolment: Enrolment
    step: dict[str, Any]
    mark: str


def enrolments_due() -> list[int]:
    """Return the keys of the enrolments to which a letter is due; of dates without one nothing is read."""
    now = clock.now()
    around = (now - HORIZON - LATEST, now + HORIZON)
    runs = Session.objects.filter(cancelled_at__isnull=True, starts_at__range=around)
    found: list[int] = []
    for run in runs.exclude(offering__details__steps=[]).select_related("offering"):
        marks = [mark for _step, mark in _due_in(run)]
        if marks:
            rows = Enrolment.objects.filter(session=run, status=EnrolmentStatus.ACTIVE)
            found += rows.exclude(told_steps__contains=marks).values_list("pk", flat=True)
    return found


def due_of(enrolment: Enrolment) -> list[Due]:
    """Return the letters that are due to one participant now."""
    due = _due_in(enrolment.session)
    return [Due(enrolment, step, mark) for step, mark in due if mark not in enrolment.told_steps]


def _due_in(session: Session) -> list[tuple[dict[str, Any], str]]:
    """Return the steps of a date whose letters are due now, each with its mark."""
    found, start = [], session.starts_at
    for step in session.offering.details.get("steps", []):
        if step.get("step") in MAILED and step.get("days"):
            moment = start + timedelta(days=step["days"])
            until = start if step["days"] < 0 else moment + LATEST
            if moment <= clock.now() < until:
                found.append((step, f"{step['step']}:{step['days']}:{start:%Y%m%d}"))
    return found
