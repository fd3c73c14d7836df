"""Plans: naming them, letting the advisor read along, goals."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import User
from portal.privacy import wall
from trajectories.enums import ActorKind, Status
from trajectories.errors import Blocked, NoSuchMove, NotYours, Stale
from trajectories.models import Goal, Plan, PlanStep, Trajectory
from trajectories.services.moving import kind_of, lock
from trajectories.services.reminding import keep_reminders

LETTERS = ("A", "B", "C")
ENDED = (Status.WITHDRAWN, Status.REFERRED_ELSEWHERE, Status.STOPPED_EARLY, Status.COMPLETED)


@transaction.atomic
def set_plan(
    *,
    actor: User,
    trajectory: Trajectory,
    letter: str,
    title: str,
    is_shared: bool | None = None,
    is_reminding: bool | None = None,
) -> Plan:
    """Name a plan; only the participant does. A starts shared, B and C start as the participant's alone."""
    plan = own_plan(actor, trajectory, letter)
    plan.title = title.strip()
    if is_reminding is not None:
        plan.is_reminding = is_reminding
    plan.save()
    if is_shared is not None:
        _share(plan, is_shared=is_shared)
    if is_reminding is not None:
        keep_reminders(PlanStep.objects.filter(plan=plan).select_related("plan__trajectory"))
    return plan


@transaction.atomic
def share_plan(*, actor: User, trajectory: Trajectory, letter: str, is_shared: bool) -> Plan:
    """Let the advisor read a plan along, or take that back; from then on the database refuses it."""
    plan = own_plan(actor, trajectory, letter)
    _share(plan, is_shared=is_shared)
    return plan


def _share(plan: Plan, *, is_shared: bool) -> None:
    if plan.is_shared != is_shared or (is_shared and plan.shared_at is None):
        plan.is_shared, plan.shared_at = is_shared, clock.now() if is_shared else None
        plan.save()


def own_plan(actor: User, trajectory: Trajectory, letter: str) -> Plan:
    """Return the participant's plan under this letter, made when it was not there, on a locked case."""
    case = of_participant(actor, trajectory)
    if letter not in LETTERS:
        raise NoSuchMove
    plan = case.plans.filter(letter=letter).first()
    if plan is None:
        fresh: dict[str, Any] = {"trajectory": case, "letter": letter, "is_shared": letter == "A"}
        plan = Plan.objects.create(**fresh, shared_at=clock.now() if letter == "A" else None)
    return plan


@transaction.atomic
def add_goal(*, actor: User, plan: Plan, text: str) -> Goal:
    """Add a goal to a plan that the actor may see; a double click adds one."""
    in_plan(actor, plan)
    _needs(text)
    last = plan.goals.last()
    if last and last.text == text.strip():
        return last
    return Goal.objects.create(plan=plan, text=text.strip(), order=last.order + 1 if last else 1)


@transaction.atomic
def change_goal(*, actor: User, goal: Goal, text: str) -> Goal:
    """Give a goal other words."""
    in_plan(actor, goal.plan)
    _needs(text)
    goal.text = text.strip()
    goal.save()
    return goal


@transaction.atomic
def remove_goal(*, actor: User, goal: Goal) -> None:
    """Take a goal out; its steps stay in the plan. The participant's act only."""
    of_participant(actor, goal.plan.trajectory)
    goal.delete()


def in_plan(actor: User, plan: Plan) -> Trajectory:
    """Return the locked case of a plan that the actor may see and that still runs; Stale when it was taken back."""
    case = lock(actor, plan.trajectory)
    still_open(case)
    if not wall.visible(Plan, actor).filter(pk=plan.pk).exists():
        raise Stale
    return case


def of_participant(actor: User, trajectory: Trajectory) -> Trajectory:
    """Return the locked case of its participant, while it still runs."""
    case = lock(actor, trajectory)
    if kind_of(actor, case) != ActorKind.PARTICIPANT:
        raise NotYours
    still_open(case)
    return case


def still_open(case: Trajectory) -> None:
    """Refuse when the trajectory has ended."""
    if case.status in ENDED:
        raise NoSuchMove


def _needs(text: str) -> None:
    if not text.strip():
        raise Blocked(_("Write in a few words what the goal is."))
