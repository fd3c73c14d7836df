"""What the portal keeps of a trajectory. Every table here stands behind the wall (`permissions`)."""

from trajectories.models.agreement import Agreement, Signature
from trajectories.models.case import Move, Proposal, Trajectory
from trajectories.models.closing import IntendedResult, Rating
from trajectories.models.execution import ComponentState, Conversation, NotebookEntry, Plan, PlanStep
from trajectories.models.preparation import (
    ClientPoint,
    IntakeAspect,
    Request,
    RequestDraft,
    Suggestion,
)

__all__ = [
    "Agreement",
    "ClientPoint",
    "ComponentState",
    "Conversation",
    "IntakeAspect",
    "IntendedResult",
    "Move",
    "NotebookEntry",
    "Plan",
    "PlanStep",
    "Proposal",
    "Rating",
    "Request",
    "RequestDraft",
    "Signature",
    "Suggestion",
    "Trajectory",
]
