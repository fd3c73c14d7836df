"""Copies of a case for other people, row by row: sixty cases in a second."""

from copy import copy
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState

from portal.people.models import User, new_reference
from tests.factories.database import as_owner
from tests.factories.trajectories import Story
from trajectories.enums import Status
from trajectories.models import Agreement, Conversation, Move, Request, Trajectory

PARTS: tuple[type[Model], ...] = (Request, Agreement, Conversation)


def retell(told: Story, participant: User) -> Trajectory:
    """Copy a case with its request, agreement and talks for somebody else; the database sees each move."""
    with as_owner():
        path = list(Move.objects.filter(trajectory=told.trajectory).order_by("at", "pk"))
        case: Trajectory = _copy(told.trajectory, participant=participant, status=Status.REQUESTED)
        for move in path[1:]:
            Trajectory.objects.filter(pk=case.pk).update(status=move.target)
        for part in PARTS:
            for row in part._default_manager.filter(trajectory=told.trajectory.pk):
                _copy(row, trajectory=case)
    return case


def _copy(row: Any, **changed: Any) -> Any:
    new = copy(row)
    new._state = ModelState()
    new.pk = None
    if hasattr(row, "reference"):
        changed["reference"] = new_reference()
    for name, value in changed.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    return new
