"""Plans and their steps."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from trajectories.enums import ActorKind, Status
from trajectories.errors import Blocked, NoSuchMove, NotYours
from trajectories.models import Plan, PlanStep, Trajectory
from trajectories.services.moving import kind_of, lock

LETTERS = ("A", "B", "C")


@transaction.atomic
def set_plan(
    *, actor: User, trajectory: Trajectory, letter: str, title: str, is_shared: bool | None = None
) -> Plan:
    """Name a plan, and say whether the advisor reads along; only the participant decides. A starts shared."""
    case = _of_participant(actor, trajectory)
    if letter not in LETTERS:
        raise NoSuchMove
    plan = case.plans.filter(letter=letter).first() or Plan(
        trajectory=case, letter=letter, is_shared=letter == "A"
    )
    plan.title = title.strip()
    plan.is_shared = plan.is_shared if is_shared is None else is_shared
    plan.save()
    return plan


@transaction.atomic
def add_step(*, actor: User, plan: Plan, text: str, due_on: date | None = None) -> PlanStep:
    """Add a step at the end of a plan that the actor may see."""
    case = lock(actor, plan.trajectory)
    _still_open(case)
    if not text.strip():
        raise Blocked(_("Write in a few words what the step is."))
    last = plan.steps.last()
    if last and (last.text, last.due_on) == (text.strip(), due_on):
        return last  # a double click
    order = last.order + 1 if last else 1
    return PlanStep.objects.create(plan=plan, text=text.strip(), due_on=due_on, order=order)


@transaction.atomic
def tick_steps(*, actor: User, trajectory: Trajectory, shown: set[str], ticked: set[str]) -> int:
    """Make the shown steps (references) done or open as ticked; returns how many changed."""
    case = _of_participant(actor, trajectory)
    changed = 0
    for step in PlanStep.objects.filter(plan__trajectory=case):
        if step.reference in shown and (step.reference in ticked) != bool(step.done_at):
            step.done_at = clock.now() if step.reference in ticked else None
            step.save()
            changed += 1
    return changed


@transaction.atomic
def change_step(*, actor: User, step: PlanStep, text: str, due_on: date | None) -> PlanStep:
    """Give a step other words or another date."""
    case = lock(actor, step.plan.trajectory)
    _still_open(case)
    if not text.strip():
        raise Blocked(_("Write in a few words what the step is."))
    step.text, step.due_on = text.strip(), due_on
    step.save()
    return step


@transaction.atomic
def move_step(*, actor: User, step: PlanStep, up: bool) -> None:
    """Swap a step with the one above or below; at the end of the list nothing happens."""
    case = lock(actor, step.plan.trajectory)
    _still_open(case)
    rows = list(step.plan.steps.select_for_update())
    place = next((index for index, row in enumerate(rows) if row.pk == step.pk), 0)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save()


def _of_participant(actor: User, trajectory: Trajectory) -> Trajectory:
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    _still_open(case)
    return case


def _still_open(case: Trajectory) -> None:
    if case.status in (Status.WITHDRAWN, Status.REFERRED_ELSEWHERE, Status.STOPPED_EARLY, Status.COMPLETED):
        raise NoSuchMove
