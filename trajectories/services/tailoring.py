"""The participant's situation, and taking or leaving a suggestion."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal import clock
from portal.people.models import User
from trajectories.enums import Progress, ToolKind
from trajectories.enums.instruments import instruments
from trajectories.errors import NoSuchMove
from trajectories.models import Situation, ToolChoice, Trajectory
from trajectories.services.components import lock_to_tailor
from trajectories.services.moving import save
from trajectories.workflow.components import component


@transaction.atomic
def note_situation(
    *, actor: User, trajectory: Trajectory, facts: Mapping[str, Any], version: int | None = None
) -> Situation:
    """Keep where the participant stands; the suggestions follow, and the history keeps what was before."""
    case = lock_to_tailor(actor, trajectory, version)
    row = case.situations.first()
    if row is None or row.facts != dict(facts):
        row = row or Situation(trajectory=case)
        row.facts, row.noted_at = dict(facts), clock.now()
        row.save()
        save(case)
    return row


@transaction.atomic
def choose_tool(*, actor: User, trajectory: Trajectory, kind: str, key: str, take: bool | None) -> None:
    """Take a component or an instrument, leave it, or (None) take that decision back."""
    case = lock_to_tailor(actor, trajectory)
    _known(case, kind, key)
    row = case.toolchoices.filter(kind=kind, key=key).first()
    if take is None:
        if row is not None:
            row.delete()
    else:
        row = row or ToolChoice(trajectory=case, kind=kind, key=key)
        row.is_taken, row.chosen_at = take, clock.now()
        row.save()
    if kind == ToolKind.COMPONENT:
        _follow(case, key, taken=bool(take))


def _known(case: Trajectory, kind: str, key: str) -> None:
    if kind == ToolKind.INSTRUMENT and key in instruments():
        return
    part = component(key, case.rules_version) if kind == ToolKind.COMPONENT else None
    if part is None or part.is_standard:
        raise NoSuchMove


def _follow(case: Trajectory, key: str, *, taken: bool) -> None:
    """Put a component that was taken in the programme; take it out again while nothing was done with it."""
    if taken:
        case.componentstates.get_or_create(key=key, defaults={"handling": Progress.TODO})
    else:
        case.componentstates.filter(key=key, handling=Progress.TODO).delete()
