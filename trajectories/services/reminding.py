"""Calm reminders of the dates that somebody set: rows with a day, and a scan that may run twice."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from portal import clock
from portal.people.models import User
from portal.privacy.viewer import viewing
from trajectories import emails
from trajectories.enums import Status
from trajectories.models import PlanStep, StepReminder

# Two days before the date, and the day after it when the step is still open.
BEFORE, AFTER = timedelta(days=2), timedelta(days=1)
logger = logging.getLogger(__name__)


def keep_reminders(steps: Iterable[PlanStep]) -> None:
    """Bring the rows of these steps in line with their dates; days that have passed get none."""
    for step in steps:
        step.reminders.filter(sent_at__isnull=True).delete()
        if step.due_on is None or step.done_at or not step.plan.is_reminding:
            continue
        days = [day for day in (step.due_on - BEFORE, step.due_on + AFTER) if day > clock.today()]
        person = step.plan.trajectory.participant_id
        rows = [StepReminder(step=step, participant_id=person, due_on=day) for day in days]
        StepReminder.objects.bulk_create(rows, ignore_conflicts=True)


def send_due() -> None:
    """Send what is due today: one mail a day to each person, whatever the number of steps."""
    due = StepReminder.objects.filter(sent_at__isnull=True, due_on__lte=clock.today())
    for key in list(due.values_list("pk", flat=True)):
        try:
            _send(key)
        except Exception:
            logger.exception("StepReminder %s could not be dealt with", key)


@transaction.atomic
def _send(key: int) -> None:
    due = StepReminder.objects.filter(pk=key, sent_at__isnull=True)
    row = due.select_for_update(of=("self",), skip_locked=True).select_related("participant").first()
    if row is None:
        return
    if _still_matters(row.participant, row.step_id):
        emails.step_is_due(row.participant, clock.today())
    StepReminder.objects.filter(pk=key).update(sent_at=clock.now())


def _still_matters(participant: User, step: int) -> bool:
    """Ask as the participant: the scan itself sees no plan."""
    running = {"done_at__isnull": True, "plan__trajectory__status": Status.IN_PROGRESS}
    with viewing(participant):
        return PlanStep.objects.filter(pk=step, **running).exists()
