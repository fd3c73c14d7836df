"""Steps around a date that write a letter by themselves: which, and to whom they are due."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from catalog.enums import EnrolmentStatus, StepType
from catalog.models import Enrolment
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


def letters_due() -> list[Due]:
    """Return the letters of steps that are due and have not been written."""
    now = clock.now()
    around = (now - HORIZON - LATEST, now + HORIZON)
    rows = Enrolment.objects.filter(
        status=EnrolmentStatus.ACTIVE, session__cancelled_at__isnull=True, session__starts_at__range=around
    ).exclude(session__offering__details__steps=[])
    return [due for row in rows.select_related("session__offering").iterator() for due in due_of(row)]


def due_of(enrolment: Enrolment) -> list[Due]:
    """Return the letters that are due to one participant now."""
    found = []
    start = enrolment.session.starts_at
    for step in enrolment.session.offering.details.get("steps", []):
        if step.get("step") in MAILED and step.get("days"):
            mark = f"{step['step']}:{step['days']}:{start:%Y%m%d}"
            moment = start + timedelta(days=step["days"])
            until = start if step["days"] < 0 else moment + LATEST
            if moment <= clock.now() < until and mark not in enrolment.told_steps:
                found.append(Due(enrolment, step, mark))
    return found
