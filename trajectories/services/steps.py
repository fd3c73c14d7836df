"""Steps of a plan: add, change, order, tick, link to an offering, take out and put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Offering
from portal import clock
from portal.people.models import User
from trajectories.errors import Blocked, Stale
from trajectories.models import Goal, Plan, PlanStep, Trajectory
from trajectories.queries import plans as reading
from trajectories.services.plans import in_plan, of_participant
from trajectories.services.reminding import keep_reminders

WEEK = timedelta(days=7)
WORDS = ("text", "due_on", "help_needed", "goal_id", "offering_id", "done_at")


@dataclass(frozen=True)
class Ticked:
    """What came of ticking: how many steps changed, how many another device had ticked already, and when."""

    changed: int
    already: int
    latest: datetime | None


@transaction.atomic
def add_step(
    *,
    actor: User,
    plan: Plan,
    text: str,
    due_on: date | None = None,
    help_needed: str = "",
    goal: Goal | None = None,
) -> PlanStep:
    """Add a step at the end of a plan that the actor may see."""
    in_plan(actor, plan)
    _needs(text)
    last = plan.steps.order_by("order", "pk").last()
    if last and (last.text, last.due_on, last.goal) == (text.strip(), due_on, goal):
        return last  # a double click
    order = last.order + 1 if last else 1
    words = {"text": text.strip(), "due_on": due_on, "help_needed": help_needed.strip(), "goal": goal}
    step = PlanStep.objects.create(plan=plan, order=order, **words)
    keep_reminders([step])
    return step


@transaction.atomic
def change_step(
    *,
    actor: User,
    step: PlanStep,
    text: str,
    due_on: date | None,
    help_needed: str = "",
    goal: Goal | None = None,
    version: int | None = None,
) -> PlanStep:
    """Give a step other words or another date. Raises Stale when another device changed it."""
    _needs(text)
    fresh = _hold(actor, step, None)
    words = (text.strip(), due_on, help_needed.strip(), goal)
    if (fresh.text, fresh.due_on, fresh.help_needed, fresh.goal) == words:
        return fresh  # a double click, or nothing changed
    if version not in (None, fresh.version):
        raise Stale
    fresh.text, fresh.due_on, fresh.help_needed, fresh.goal = words
    return _save(fresh)


@transaction.atomic
def put_off_step(*, actor: User, step: PlanStep, version: int | None = None) -> PlanStep:
    """Move the date a week on, counted from today when it has passed."""
    fresh = _hold(actor, step, version)
    if fresh.due_on is None or fresh.done_at:
        raise Stale
    fresh.due_on = max(fresh.due_on, clock.today()) + WEEK
    return _save(fresh)


@transaction.atomic
def link_offering(*, actor: User, step: PlanStep, offering: Offering | None) -> PlanStep:
    """Link a step to an offering of the catalogue that the actor may read, or to none."""
    fresh = _hold(actor, step, None)
    fresh.offering = offering
    return _save(fresh)


@transaction.atomic
def tick_steps(*, actor: User, trajectory: Trajectory, shown: Mapping[str, bool], ticked: set[str]) -> Ticked:
    """Make steps done or open as somebody ticked; `shown` tells per reference whether the page said done.

    Only what the person changed counts: an older page does not undo the ticks of another device.
    """
    case = of_participant(actor, trajectory)
    changed, already = 0, []
    rows = PlanStep.objects.filter(plan__trajectory=case).select_related("plan__trajectory")
    for step in rows:
        wanted = step.reference in ticked
        if shown.get(step.reference, wanted) == wanted:
            continue
        if bool(step.done_at) == wanted:
            already.append(step.done_at)
            continue
        step.done_at = clock.now() if wanted else None
        _save(step)
        changed += 1
    return Ticked(changed, len(already), max((at for at in already if at), default=None))


@transaction.atomic
def move_step(*, actor: User, step: PlanStep, up: bool) -> None:
    """Swap a step with the one above or below under the same goal; at the end nothing happens."""
    in_plan(actor, step.plan)
    rows = list(step.plan.steps.select_for_update().filter(goal=step.goal_id).order_by("order", "pk"))
    place = next((index for index, row in enumerate(rows) if row.pk == step.pk), 0)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


@transaction.atomic
def remove_step(*, actor: User, step: PlanStep) -> None:
    """Take a step out of a plan; it can be put back. The participant's act only."""
    of_participant(actor, step.plan.trajectory)
    PlanStep.objects.filter(pk=step.pk).delete()


@transaction.atomic
def restore_step(*, actor: User, trajectory: Trajectory, reference: str, version: int) -> PlanStep:
    """Put a step back as it was before its last change, or back into its plan when it was taken out."""
    case = of_participant(actor, trajectory)
    fresh = PlanStep.objects.filter(plan__trajectory=case, reference=reference).first()
    if fresh is None:
        return _bring_back(actor, case, reference)
    if fresh.version != version:
        raise Stale
    before = reading.before(actor, fresh)
    if before is None:
        raise Stale
    for name in WORDS:
        setattr(fresh, name, getattr(before, name))
    return _save(_in_its_goal(fresh))


def _bring_back(actor: User, case: Trajectory, reference: str) -> PlanStep:
    gone = next((row for row in reading.removed(actor, case) if row.reference == reference), None)
    if gone is None:
        raise Stale
    words: dict[str, Any] = {name: getattr(gone, name) for name in (*WORDS, "plan_id", "order", "reference")}
    step = _in_its_goal(PlanStep(**words, version=gone.version + 1))
    step.save()
    keep_reminders([step])
    return step


def _in_its_goal(step: PlanStep) -> PlanStep:
    """Leave the goal out when it is not there any more."""
    if step.goal_id and not Goal.objects.filter(pk=step.goal_id, plan=step.plan_id).exists():
        step.goal = None
    return step


def _hold(actor: User, step: PlanStep, version: int | None) -> PlanStep:
    in_plan(actor, step.plan)
    rows = PlanStep.objects.select_for_update(of=("self",)).select_related(
        "plan__trajectory", "goal", "offering"
    )
    fresh = rows.filter(pk=step.pk).first()
    if fresh is None or version not in (None, fresh.version):
        raise Stale
    return fresh


def _save(step: PlanStep) -> PlanStep:
    step.version += 1
    step.save()
    keep_reminders([step])
    return step


def _needs(text: str) -> None:
    if not text.strip():
        raise Blocked(_("Write in a few words what the step is."))
