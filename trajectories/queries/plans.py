"""The plans that somebody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from catalog.queries.enrolments import next_enrolments
from portal import clock
from portal.people.models import User
from portal.privacy import wall
from portal.privacy.lookup import get_visible
from trajectories.models import Goal, Plan, PlanStep, Trajectory

# How long a step that was taken out can be put back.
KEPT_DAYS = 30


@dataclass(frozen=True)
class Progress:
    """How far a plan is."""

    done: int
    total: int
    late: int

    @property
    def percent(self) -> int:
        """Share of steps that are done."""
        return round(100 * self.done / self.total) if self.total else 0


def plans(actor: User, case: Trajectory) -> QuerySet[Plan]:
    """Return the plans that the actor may read, with their steps in the order of the goals."""
    steps = PlanStep.objects.select_related("goal", "offering").order_by(
        F("goal__order").asc(nulls_first=True), "goal", "order", "pk"
    )
    return (
        wall.visible(Plan, actor)
        .filter(trajectory=case)
        .select_related("trajectory")
        .prefetch_related(Prefetch("steps", steps), "goals")
    )


def plan(actor: User, case: Trajectory, letter: str) -> Plan | None:
    """Return one plan, if it was written and the actor may read it."""
    return plans(actor, case).filter(letter=letter).first()


def step(actor: User, case: Trajectory, reference: str) -> PlanStep:
    """Return one step, or raise Http404."""
    rows = PlanStep.objects.select_related("plan__trajectory", "goal", "offering")
    return get_visible(rows.filter(plan__trajectory=case), actor, reference)


def goal(actor: User, case: Trajectory, reference: str) -> Goal:
    """Return one goal, or raise Http404."""
    rows = Goal.objects.select_related("plan__trajectory").filter(plan__trajectory=case)
    return get_visible(rows, actor, reference)


def grouped(row: Plan | None) -> list[tuple[Goal | None, list[PlanStep]]]:
    """Return the steps by goal: first those without one, then every goal, also without steps."""
    if row is None:
        return []
    steps = {key: list(found) for key, found in groupby(row.steps.all(), lambda step: step.goal_id)}
    groups: list[tuple[Goal | None, list[PlanStep]]] = [(None, steps[None])] if None in steps else []
    return groups + [(goal, steps.get(goal.pk, [])) for goal in row.goals.all()]


def note_places(actor: User, steps: Iterable[PlanStep]) -> None:
    """Note at each step the actor's own next place in its offering; one query, none without offerings."""
    linked = [step for step in steps if step.offering_id]
    found = (
        next_enrolments(actor, {step.offering_id for step in linked if step.offering_id}) if linked else {}
    )
    for step in linked:
        step.place = found.get(step.offering_id or 0)


def progress(steps: Iterable[PlanStep]) -> Progress:
    """Count what is done and what is late."""
    rows = list(steps)
    return Progress(sum(bool(row.done_at) for row in rows), len(rows), sum(row.is_late for row in rows))


def before(actor: User, row: PlanStep) -> Any:
    """Return a step as it was before its last change, from its history; None when it never changed."""
    events = wall.visible(PlanStep.pgh_event_model, actor).filter(  # type: ignore[attr-defined]
        reference=row.reference, version=row.version - 1
    )
    return events.select_related("goal").order_by("-pgh_id").first()


def removed(actor: User, case: Trajectory, row: Plan | None = None) -> list[Any]:
    """Return the steps that were taken out of plans lately and are still out, newest first, from the history."""
    since = clock.now() - timedelta(days=KEPT_DAYS)
    visible = wall.visible(Plan, actor).filter(trajectory=case)
    events = wall.visible(PlanStep.pgh_event_model, actor).filter(  # type: ignore[attr-defined]
        plan__in=visible if row is None else [row.pk], pgh_label="delete", pgh_created_at__gte=since
    )
    there = PlanStep.objects.filter(plan__in=visible).values("reference")
    rows = events.exclude(reference__in=there).order_by("reference", "-pgh_id").distinct("reference")
    return sorted(rows, key=lambda event: event.pgh_id, reverse=True)
