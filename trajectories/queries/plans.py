"""The plans that somebody may read."""

from django.db.models import QuerySet

from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.models import Plan, PlanStep, Trajectory


def plans(actor: User, case: Trajectory) -> QuerySet[Plan]:
    """Return the plans that the actor may read, with their steps."""
    return wall.visible(Plan, actor).filter(trajectory=case).prefetch_related("steps")


def plan(actor: User, case: Trajectory, letter: str) -> Plan | None:
    """Return one plan, if it was written and the actor may read it."""
    return plans(actor, case).filter(letter=letter).first()


def step(actor: User, case: Trajectory, reference: str) -> PlanStep:
    """Return one step, or raise Http404."""
    rows = PlanStep.objects.select_related("plan__trajectory").filter(plan__trajectory=case)
    return get_visible(rows, actor, reference)
